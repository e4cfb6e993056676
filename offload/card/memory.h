/* SPDX-License-Identifier: GPL-2.0-only */
/* What the host finds in the card's memory, and where. All of it is in one
 * structure, so that a reset is one memset and nothing is allocated.
 */
#ifndef CARD_MEMORY_H
#define CARD_MEMORY_H

#include <stdint.h>

#include "card/config.h"

#define MEMORY_VNIC_BAR	  (32 * 1024) /* NFP_PF_CSR_SLICE_SIZE */
#define MEMORY_MAC_STATS  0x200	      /* NFP_MAC_STATS_SIZE, of one port */
#define MEMORY_NSP_BUFFER (16 * 1024)

/* Fixed by the driver: NFP_RESOURCE_TBL_BASE, and nfp_cppcore.c for the island
 * map. The driver adds the island of EMEM 0 to the symbols' addresses:
 * NFP_ISL_EMEM0, in bits 37..32.
 */
#define MEMORY_RESOURCES_AT  0x8100000000ULL
#define MEMORY_ISLAND_MAP_AT 0xa0000ULL
#define MEMORY_CHIP_AT	     0x1500000ULL /* nfp_cpp_model_autodetect() */
#define MEMORY_EMEM0_ISLAND  24
#define MEMORY_EMEM0	     ((uint64_t)MEMORY_EMEM0_ISLAND << 32)

/* Chosen here: the driver follows pointers to them. The first group is in the
 * MU of the resource table, the second in EMEM 0.
 */
#define MEMORY_HWINFO_AT     0x8100010000ULL
#define MEMORY_NSP_AT	     0x8100020000ULL
#define MEMORY_NSP_BUFFER_AT 0x8100030000ULL
#define MEMORY_NFFW_AT	     0x8100040000ULL
#define MEMORY_MIP_AT	     0x8100050000ULL

#define MEMORY_SYMBOLS_AT      0x060000u
#define MEMORY_STRINGS_AT      0x062000u
#define MEMORY_CAPABILITIES_AT 0x064000u
#define MEMORY_VALUES_AT       0x066000u
#define MEMORY_DATA_BARS_AT    0x100000u
#define MEMORY_CTRL_BAR_AT     0x110000u
#define MEMORY_MAC_STATS_AT    0x180000u

struct memory {
	uint8_t chip[8];
	uint8_t island_map[16 * 4];
	uint8_t resources[4096];
	uint8_t hwinfo[1024];
	uint8_t nsp[256];
	uint8_t nsp_buffer[MEMORY_NSP_BUFFER];
	uint8_t nffw[8192];
	uint8_t mip[256];
	uint8_t symbols[512];
	uint8_t strings[512];
	uint8_t capabilities[512];
	uint8_t values[64];
	uint8_t data_bar[CARD_PORTS_MAX][MEMORY_VNIC_BAR];
	uint8_t ctrl_bar[MEMORY_VNIC_BAR];
	uint8_t mac_stats[CARD_PORTS_MAX][MEMORY_MAC_STATS];
};

struct card;

/* Puts the card's memory on its bus; once. */
void memory_connect(struct card *card);

#endif
