/* SPDX-License-Identifier: GPL-2.0-only */
#include "profile.h"

/* Source: Netronome/nic-firmware (2021), nfd_user_cfg.h and its NFD; the nfp
 * driver's bpf/offload.c takes 32 bytes off BPF_INL_MTU. Maps: maps/hashmap.uc.
 */
const struct profile profile_published = {
	.name = "nic-firmware-2021",
	.packet_window = 30 * 64 - 32,
	.max_key = 56,
	.max_value = 56,
	.max_element = 64,
};
