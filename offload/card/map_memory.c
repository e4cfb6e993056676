/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "card/be.h"
#include "card/map_memory.h"

const char *map_memory_read(struct maps *maps, uint64_t addr, void *data,
			    uint32_t len, uint32_t *defined)
{
	uint8_t *value = NULL;
	uint32_t inside;

	for (inside = len; inside && inside + 4 > len; inside--) {
		value = maps_memory(maps, addr, inside);
		if (value)
			break;
	}
	if (!value)
		return "read outside of a map's value";
	memcpy(data, value, inside);
	*defined = inside;
	return NULL;
}

/* The host swaps the bytes of each 32-bit word and takes the result for one
 * little-endian number (nfp driver, offload.c nfp_map_bpf_byte_swap()), so the
 * low word is the first one. That the card carries from the first word into
 * the second follows, and is assumed.
 */
const char *map_memory_add(struct maps *maps, uint64_t addr, uint32_t width,
			   uint64_t addend)
{
	uint8_t *value = maps_memory(maps, addr, width);
	uint64_t sum;

	if (!value)
		return "atomic add outside of a map's value";
	if (addr % width)
		return "atomic add at an unaligned address";
	sum = be_get(value) + addend;
	if (width == 8)
		sum += (uint64_t)be_get(value + 4) << 32;
	be_put(value, sum);
	if (width == 8)
		be_put(value + 4, sum >> 32);
	return NULL;
}
