/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "profile.h"

/* adjust_head: nic-firmware's ebpf.uc, ebpf_init_cap_adjust_head(); the shipped
 * firmware says the same.
 */
/* clang-format off */
#define HEAD						\
	.adjust_head = true,				\
	.head_min = 44, .head_max = 248,		\
	.head_sub = 84, .head_add = 112
/* clang-format on */

/* Of Netronome/nic-firmware, as published in 2021: where each number is.
 *
 * max_insns, start, done, stack, live_reload:
 *	nfd_user_cfg.h, NFD_BPF_MAX_LEN, _START_OFF, _DONE_OFF, _STACK_SZ, _CAPS
 * inline_mtu:
 *	Netronome/nfd, nfd_cfg_internal.c, which writes 30
 * helpers:
 *	ebpf.uc; update and delete are there, and compiled out
 * random, queue_select, adjust_tail:
 *	ebpf.uc, ebpf_init_cap_empty()
 * map_array, map_hash, max_maps, max_entries, max_key, max_value, max_element:
 *	ebpf.uc, ebpf_init_cap_maps() of what maps/hashmap.uc defines
 * app_version:
 *	made up, as it depends on who builds it; "bpf-" is the shipped one's
 */
const struct profile profile_published = {
	.name = "nic-firmware-2021",
	.source = "Netronome/nic-firmware, as published in 2021",
	.app = PROFILE_APP_BPF,
	.app_version = "bpf-2021",
	.max_insns = 2560,
	.start = 3072,
	.done = 1,
	.stack = 512,
	.inline_mtu = 30 * 64,
	.packet_window = 30 * 64 - PROFILE_WINDOW_LOSS,
	.helpers = PROFILE_MAP_LOOKUP,
	.live_reload = true,
	.random = true,
	.queue_select = true,
	HEAD,
	.adjust_tail = true,
	.map_array = true,
	.map_hash = true,
	.max_maps = 128,
	.max_entries = 2048000,
	.max_key = 56,
	.max_value = 56,
	.max_element = 64,
};

/* What linux-firmware ships, which was built from a branch that is not
 * published.
 *
 * app_version, helpers, random, queue_select, adjust_head, adjust_tail, the
 * types of maps, max_maps, max_entries, max_key, max_value, max_element:
 *	read in the symbol _abi_bpf_capabilities of all twelve files bpf/nic_*.nffw
 *	in Debian's firmware-netronome 20230210-5
 * max_insns:
 *	reported: CentaurusInfra/mizar, offload_XDP/design_and_limitations.md
 * start:
 *	assumed: two ports' programs then end with the code store, and begin
 *	behind the 2488 instructions that those files have for a data path core
 * the rest:
 *	assumed to be as published
 */
static const struct profile shipped = {
	.name = "bpf-2.0.6",
	.source = "the shipped firmware's own list, its users' reports",
	.app = PROFILE_APP_BPF,
	.app_version = "bpf-2.0.6.124",
	.max_insns = 2800,
	.start = PROFILE_CODE_STORE - 2 * 2800,
	.done = 1,
	.stack = 512,
	.inline_mtu = 30 * 64,
	.packet_window = 30 * 64 - PROFILE_WINDOW_LOSS,
	.helpers = PROFILE_MAP_LOOKUP | PROFILE_EVENT_OUTPUT,
	.live_reload = true,
	.random = true,
	.queue_select = true,
	HEAD,
	.adjust_tail = true,
	.map_array = true,
	.map_hash = true,
	.max_maps = 128,
	.max_entries = 3072000,
	.max_key = 56,
	.max_value = 56,
	.max_element = 64,
};

/* The ordinary firmware: no BPF in it. The version is that of Debian's package
 * (hwdocs/firmware.md).
 */
static const struct profile ordinary = {
	.name = "nic-2.1",
	.source = "Debian's firmware-netronome, folder nic/",
	.app = PROFILE_APP_NIC,
	.app_version = "nic-2.1.16.1",
};

static const struct profile *const profiles[] = {
	&profile_published,
	&shipped,
	&ordinary,
};

#define PROFILES (sizeof(profiles) / sizeof(profiles[0]))

const struct profile *profile_next(const struct profile *after)
{
	size_t i = 0;

	if (!after)
		return profiles[0];
	while (i < PROFILES && profiles[i] != after)
		i++;
	return i + 1 < PROFILES ? profiles[i + 1] : NULL;
}

const struct profile *profile_find(const char *name)
{
	const struct profile *p = NULL;

	while ((p = profile_next(p)))
		if (!strcmp(p->name, name))
			break;
	return p;
}

/* Of Netronome/nic-firmware, as published in 2021: where each number is.
 *
 * assembly, ports, port_gbits:
 *	apps/nic/Makefile; include/platform.h, NS_PLATFORM_PORT_SPEED; a card
 *	that can be split into more ports is here as the widest that it can be
 * clock_mhz:
 *	include/platform.h, NS_PLATFORM_TCLK
 * cores, threads:
 *	apps/nic/Makefile, DATAPATH_ISLANDS times WORKERS_PER_ISLAND, the same
 *	for CX and LX; num_contexts. Netronome's guide to eBPF offload, rev 1.2,
 *	has the same: "50 cores, each running 4 threads"
 * name:
 *	DPDK's guide to the nfp driver
 */
static const struct profile_card cards[] = {
	{ "AMDA0096", "Agilio CX 2x10GbE", 633, 50, 4, 2, 10 },
	{ "AMDA0099", "Agilio CX 2x25GbE", 800, 50, 4, 2, 25 },
	{ "AMDA0081", "Agilio CX 1x40GbE", 800, 50, 4, 1, 40 },
	{ "AMDA0097", "Agilio CX 2x40GbE", 800, 50, 4, 2, 40 },
	{ "AMDA0058", "Agilio LX 2x40GbE", 1200, 50, 4, 2, 40 },
	{ "AMDA0078", "Agilio LX 1x100GbE", 1200, 50, 4, 1, 100 },
};

/* 38,046,848,592 bits of 33,026,761 packets a second are 144 bytes each, which
 * the program counts after it has put 20 bytes in front. Most likely a tester's
 * "128 bytes", which includes the checksum. 33.8 million of them fill a wire of
 * 40 Gb/s: so it has one, and no card with a slower port has done it.
 */
const struct profile_rate profile_rate_published = {
	.what = "an offloaded load balancer",
	.source = "Netronome/bpf-samples, l4lb/README.rst",
	.packets = 33026761,
	.frame = 124,
	.assembly = "AMDA0097",
	.instructions = 360,
};

#define CARDS (sizeof(cards) / sizeof(cards[0]))

const struct profile_card *profile_card_next(const struct profile_card *after)
{
	if (!after)
		return cards;
	return after + 1 < cards + CARDS ? after + 1 : NULL;
}

const struct profile_card *profile_card_find(const char *board_id)
{
	const struct profile_card *card = NULL;

	while ((card = profile_card_next(card)))
		if (!strncmp(board_id, card->assembly, strlen(card->assembly)))
			break;
	return card;
}
