/* SPDX-License-Identifier: GPL-2.0-only */
/* What a firmware tells the driver that its programs may use: a list of type,
 * length and value.
 * Source: nfp driver, bpf/fw.h enum bpf_cap_tlv_type, bpf/main.c
 * nfp_bpf_parse_capabilities().
 */
#ifndef CARD_CAPABILITIES_H
#define CARD_CAPABILITIES_H

#include <stddef.h>
#include <stdint.h>

#include "profile.h"

/* Returns the bytes of the list, at most 256; @list has room for them. */
size_t capabilities_build(uint8_t *list, const struct profile *profile);

#endif
