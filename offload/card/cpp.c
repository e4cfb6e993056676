/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/cpp.h"

#include <assert.h>

#include "card/le.h"

/* The first slice of the first window is the PCI unit itself; this is where
 * its expansion registers are: NFP_PCIE_BAR(0).
 */
#define EXPANSION 0x30000

/* Fields of an expansion register: NFP_PCIE_BAR_PCIE2CPP_*. */
#define MAP_TYPE(reg)	   ((reg) >> 29)
#define TARGET(reg)	   ((reg) >> 23 & 0xf)
#define TOKEN(reg)	   ((reg) >> 21 & 0x3)
#define FIXED_ACTION(reg)  ((reg) >> 16 & 0x1f)
#define FIXED_ADDRESS(reg) ((uint64_t)((reg)&0xffff) << (40 - 16))
#define BULK_ADDRESS(reg)  ((uint64_t)((reg)&0x1fffff) << (40 - 21))

enum map_type {
	MAP_FIXED = 0, /* one action for all accesses */
	MAP_BULK = 1,  /* plain reads and writes */
};

/* enable_bars() sets this slice once, and nothing else does; the first one it
 * sets by the configuration space.
 */
#define PROBE_SLICE 1

/* Reads, and sets the low four bits: how the driver takes a mutex. */
#define TEST_SET_ACTION 5
#define TEST_SET_TOKEN	3
#define TEST_SET_BITS	0xf

const uint64_t card_bar_size[CARD_BARS] = { 16 << 20, 128 << 20, 128 << 20 };

struct place {
	struct cpp_region *region;
	uint64_t offset;
	bool test_set;
};

void cpp_add(struct cpp *cpp, const struct cpp_region *region)
{
	assert(cpp->regions < CPP_REGIONS_MAX);
	cpp->region[cpp->regions++] = *region;
}

static struct cpp_region *find_region(struct cpp *cpp, unsigned int target,
				      uint64_t address, unsigned int size)
{
	for (unsigned int i = 0; i < cpp->regions; i++) {
		struct cpp_region *r = &cpp->region[i];

		if (r->target == target && address >= r->address &&
		    address - r->address + size <= r->size)
			return r;
	}
	return NULL;
}

/* False where nothing is: an unused kind of map, or no region. */
static bool find_place(struct cpp *cpp, unsigned int bar, uint64_t offset,
		       unsigned int size, struct place *place)
{
	uint64_t slice_size = card_bar_size[bar] / CPP_SLICES;
	uint32_t reg = cpp->slice[bar * CPP_SLICES + offset / slice_size];
	uint64_t address;

	place->test_set = false;
	if (MAP_TYPE(reg) == MAP_FIXED) {
		address = FIXED_ADDRESS(reg);
		place->test_set = TARGET(reg) == CPP_MU &&
				  FIXED_ACTION(reg) == TEST_SET_ACTION &&
				  TOKEN(reg) == TEST_SET_TOKEN;
	} else if (MAP_TYPE(reg) == MAP_BULK) {
		address = BULK_ADDRESS(reg);
	} else {
		return false;
	}
	address = (address & ~(slice_size - 1)) | (offset & (slice_size - 1));
	place->region = find_region(cpp, TARGET(reg), address, size);
	if (!place->region)
		return false;
	place->offset = address - place->region->address;
	return true;
}

/* The expansion register at @offset, NULL if there is none. */
static uint32_t *expansion(struct cpp *cpp, unsigned int bar, uint64_t offset)
{
	if (bar || offset < EXPANSION || offset % 4 ||
	    offset >= EXPANSION + sizeof(cpp->slice))
		return NULL;
	return &cpp->slice[(offset - EXPANSION) / 4];
}

static bool is_pci_unit(unsigned int bar, uint64_t offset)
{
	return !bar && offset < card_bar_size[0] / CPP_SLICES;
}

uint64_t cpp_read(struct cpp *cpp, unsigned int bar, uint64_t offset,
		  unsigned int size)
{
	uint32_t *reg = expansion(cpp, bar, offset);
	struct place place;
	uint64_t value;

	if (reg)
		return *reg;
	if (is_pci_unit(bar, offset) ||
	    !find_place(cpp, bar, offset, size, &place))
		return 0;
	if (!place.region->bytes)
		return place.region->read(place.region->priv, place.offset);
	value = le_get(place.region->bytes + place.offset, size);
	if (place.test_set)
		le_put(place.region->bytes + place.offset, size,
		       value | TEST_SET_BITS);
	return value;
}

static void set_expansion(struct cpp *cpp, uint32_t *reg, uint32_t value)
{
	if (reg == &cpp->slice[PROBE_SLICE] && cpp->probe)
		cpp->probe(cpp->priv);
	*reg = value;
}

void cpp_write(struct cpp *cpp, unsigned int bar, uint64_t offset,
	       unsigned int size, uint64_t value)
{
	uint32_t *reg = expansion(cpp, bar, offset);
	struct cpp_region *region;
	struct place place;

	if (reg) {
		set_expansion(cpp, reg, value);
		return;
	}
	if (is_pci_unit(bar, offset) ||
	    !find_place(cpp, bar, offset, size, &place))
		return;
	region = place.region;
	if (region->bytes)
		le_put(region->bytes + place.offset, size, value);
	if (region->written)
		region->written(region->priv, place.offset, size, value);
}
