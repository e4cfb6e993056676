/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of a board's properties, version 2: name and value, each with its
 * zero, under a checksum.
 * Source: nfp driver, nfpcore/nfp_hwinfo.c.
 */
#ifndef CARD_HWINFO_H
#define CARD_HWINFO_H

#include <stddef.h>
#include <stdint.h>

/* @table: of @room bytes, zeroed. @mac: of the first port. */
void hwinfo_build(uint8_t *table, size_t room, const uint8_t mac[6],
		  unsigned int ports);

/* The value of @name, within the table, or NULL. The host can write to a table:
 * it may be broken, and lack its end.
 */
const char *hwinfo_find(const uint8_t *table, size_t room, const char *name);

#endif
