/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/firmware.h"

#include <stdio.h>
#include <string.h>

#include "card/capabilities.h"
#include "card/card_state.h"
#include "card/crc32_posix.h"
#include "card/hwinfo.h"
#include "card/le.h"
#include "card/symbols.h"

#define ACTION_RW 32 /* NFP_CPP_ACTION_RW */

/* How addresses of each target name an island: nfp_cpp.h and nfp_target.c; 40
 * bit addresses and mode 0 for all but the XPB.
 */
#define ISLAND_ADDRESS_40 (1 << 12)
#define ISLAND_MODE_1	  (1 << 13)

/* Part and revision; the driver takes 0x10 off the revision. */
#define CHIP_ID	   4
#define CHIP_MODEL 0x62000020

static void build_chip(struct memory *memory)
{
	le_put(memory->chip + CHIP_ID, 4, CHIP_MODEL);
	for (unsigned int target = 0; target < 16; target++)
		le_put(memory->island_map + target * 4, 4,
		       target == CPP_XPB ? ISLAND_MODE_1 : ISLAND_ADDRESS_40);
}

/* struct nfp_resource_entry: a mutex {owner, key} and where the resource is. */
enum {
	RESOURCE_KEY = 4,
	RESOURCE_NAME = 8,
	RESOURCE_ACTION = 21,
	RESOURCE_TARGET = 23,
	RESOURCE_PAGE = 24,
	RESOURCE_PAGES = 28,
	RESOURCE = 32,
	RESOURCE_NAME_LEN = 8,
};

/* The table's own entry has the key 0, and is only used as its mutex. */
static const struct {
	const char name[RESOURCE_NAME_LEN];
	uint64_t address;
	uint32_t size;
} resources[] = {
	{ "nfp.res", MEMORY_RESOURCES_AT, 4096 },
	{ "nfp.info", MEMORY_HWINFO_AT, 1024 },
	{ "nfp.sp", MEMORY_NSP_AT, 256 },
	{ "nfp.nffw", MEMORY_NFFW_AT, 8192 },
};

static void build_resources(struct memory *memory)
{
	size_t count = sizeof(resources) / sizeof(resources[0]);

	for (size_t i = 0; i < sizeof(memory->resources) / RESOURCE; i++) {
		uint8_t *entry = memory->resources + i * RESOURCE;

		le_put(entry + RESOURCE_KEY, 4, UINT32_MAX);
		if (i >= count)
			continue;
		le_put(entry + RESOURCE_KEY, 4,
		       i ? crc32_posix(resources[i].name, RESOURCE_NAME_LEN)
			 : 0);
		memcpy(entry + RESOURCE_NAME, resources[i].name,
		       RESOURCE_NAME_LEN);
		entry[RESOURCE_ACTION] = ACTION_RW;
		entry[RESOURCE_TARGET] = CPP_MU;
		le_put(entry + RESOURCE_PAGE, 4, resources[i].address >> 8);
		le_put(entry + RESOURCE_PAGES, 4, resources[i].size >> 8);
	}
}

/* struct nfp_nffw_info_data, version 2: the first of 200 firmwares is loaded;
 * before them is one word for each of 200 microengines.
 */
static void build_nffw(struct memory *memory)
{
	uint8_t *first = memory->nffw + 2 * 4 + 200 * 4;

	le_put(memory->nffw, 4, 2 << 16 | 1);
	le_put(first, 4, 1u << 31 | (MEMORY_MIP_AT >> 32 & 0xff));
	le_put(first + 4, 4, CPP_MU << 24 | ACTION_RW << 8);
	le_put(first + 8, 4, MEMORY_MIP_AT & UINT32_MAX);
}

/* struct nfp_mip. */
static void build_mip(struct card *card, const struct symbols *symbols)
{
	uint8_t *mip = card->memory.mip;

	le_put(mip, 4, 'M' | 'I' << 8 | 'P' << 16);
	le_put(mip + 4, 4, 1);
	le_put(mip + 8, 4, 96);
	le_put(mip + 16, 4, 1);
	le_put(mip + 32, 4, MEMORY_SYMBOLS_AT);
	le_put(mip + 36, 4, symbols->table_size);
	le_put(mip + 40, 4, MEMORY_STRINGS_AT);
	le_put(mip + 44, 4, symbols->strings_size);
	snprintf((char *)mip + 48, 16, "%s", card->config.profile.app_version);
	snprintf((char *)mip + 64, 32, "emulated");
}

/* A number that has a symbol of its own. */
static void add_value(struct card *card, struct symbols *symbols,
		      const char *name, uint64_t value)
{
	size_t at = card->memory_values++ * 8;

	le_put(card->memory.values + at, 8, value);
	symbols_add(symbols, name, MEMORY_VALUES_AT + at, 8);
}

/* enum nfp_app_id. */
static unsigned int app_id(enum profile_app app)
{
	return app == PROFILE_APP_BPF ? 2 : 1;
}

/* The plain NIC has no control vNIC: the driver does not ask for one. */
static void build_symbols(struct card *card, struct symbols *symbols)
{
	const struct card_config *config = &card->config;

	symbols_add(symbols, "_pf0_net_bar0", MEMORY_DATA_BARS_AT,
		    config->ports * MEMORY_VNIC_BAR);
	symbols_add(symbols, "_mac_stats", MEMORY_MAC_STATS_AT,
		    config->ports * MEMORY_MAC_STATS);
	card->memory_values = 0;
	add_value(card, symbols, "_pf0_net_app_id",
		  app_id(config->profile.app));
	add_value(card, symbols, "nfd_cfg_pf0_num_ports", config->ports);
	if (config->profile.app != PROFILE_APP_BPF)
		return;
	symbols_add(symbols, "_pf0_net_ctrl_bar", MEMORY_CTRL_BAR_AT,
		    MEMORY_VNIC_BAR);
	symbols_add(symbols, "_abi_bpf_capabilities", MEMORY_CAPABILITIES_AT,
		    capabilities_build(card->memory.capabilities,
				       &config->profile));
}

void firmware_build(struct card *card)
{
	struct memory *memory = &card->memory;
	struct symbols symbols = {
		.table = memory->symbols,
		.table_room = sizeof(memory->symbols),
		.strings = memory->strings,
		.strings_room = sizeof(memory->strings),
	};

	build_chip(memory);
	build_resources(memory);
	hwinfo_build(memory->hwinfo, sizeof(memory->hwinfo), card->mac,
		     card->config.ports);
	build_nffw(memory);
	build_symbols(card, &symbols);
	build_mip(card, &symbols);
	nsp_build(card);
	for (unsigned int i = 0; i < CARD_VNICS; i++)
		vnic_build(&card->vnic[i]);
}
