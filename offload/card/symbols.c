/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/symbols.h"

#include <assert.h>
#include <string.h>

#include "card/cpp.h"
#include "card/le.h"
#include "card/memory.h"

#define TYPE_OBJECT 1	 /* NFP_RTSYM_TYPE_OBJECT */
#define NO_ENGINE   0xff /* not in a microengine's local memory */

enum {
	AT_TYPE = 0,
	AT_TARGET = 1,
	AT_ISLAND = 2,
	AT_ADDRESS_HI = 3,
	AT_ADDRESS_LO = 4,
	AT_NAME = 8, /* offset in the strings */
	AT_ENGINE = 10,
	AT_SIZE_HI = 11,
	AT_SIZE_LO = 12,
	ENTRY = 16,
};

void symbols_add(struct symbols *symbols, const char *name, uint32_t address,
		 uint32_t size)
{
	uint8_t *entry = symbols->table + symbols->table_size;
	size_t len = strlen(name) + 1;

	assert(symbols->table_size + ENTRY <= symbols->table_room &&
	       symbols->strings_size + len <= symbols->strings_room);
	entry[AT_TYPE] = TYPE_OBJECT;
	entry[AT_TARGET] = CPP_MU;
	entry[AT_ISLAND] = MEMORY_EMEM0_ISLAND;
	entry[AT_ADDRESS_HI] = 0;
	le_put(entry + AT_ADDRESS_LO, 4, address);
	le_put(entry + AT_NAME, 2, symbols->strings_size);
	entry[AT_ENGINE] = NO_ENGINE;
	entry[AT_SIZE_HI] = 0;
	le_put(entry + AT_SIZE_LO, 4, size);
	memcpy(symbols->strings + symbols->strings_size, name, len);
	symbols->table_size += ENTRY;
	symbols->strings_size += len;
}
