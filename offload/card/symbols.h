/* SPDX-License-Identifier: GPL-2.0-only */
/* The firmware's symbol table, in EMEM 0: what the driver looks up by name.
 * Source: nfp driver, nfpcore/nfp_rtsym.c struct nfp_rtsym_entry.
 */
#ifndef CARD_SYMBOLS_H
#define CARD_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

struct symbols {
	uint8_t *table, *strings;
	size_t table_room, strings_room;
	size_t table_size, strings_size; /* bytes in use */
};

/* An object of @size bytes at @address in EMEM 0; @size: 4 or 8 for numbers. */
void symbols_add(struct symbols *symbols, const char *name, uint32_t address,
		 uint32_t size);

#endif
