/* SPDX-License-Identifier: GPL-2.0-only */
/* One map table: entries in numbered slots, which stay where they are until
 * deleted. Memory of slots that were never used costs nothing.
 */
#ifndef CARD_TABLE_H
#define CARD_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "card/maps.h"

#define TABLE_NONE UINT32_MAX

struct table;

/* The shape is copied, and trusted to be possible. NULL: no memory. */
struct table *table_new(const struct maps_shape *shape);
void table_free(struct table *table);
const struct maps_shape *table_shape(const struct table *table);

/* The key's slot, TABLE_NONE if it has none. All slots of an array are used
 * from the start; their keys are 32-bit indices, little endian like the host.
 */
uint32_t table_find(const struct table *table, const void *key);
/* A slot for a key that has none, with any value; TABLE_NONE: full. */
uint32_t table_add(struct table *table, const void *key);
void table_remove(struct table *table, uint32_t slot);

/* The first used slot from @slot on, TABLE_NONE after the last. */
uint32_t table_next(const struct table *table, uint32_t slot);
bool table_used(const struct table *table, uint32_t slot);

/* An array's key is only there until the next call for that table. */
const uint8_t *table_key(struct table *table, uint32_t slot);
uint8_t *table_value(struct table *table, uint32_t slot);

/* Bytes from one value to the next: a multiple of 8. */
uint32_t table_stride(const struct table *table);
/* The slot of a value that table_value() gave. */
uint32_t table_slot(const struct table *table, const uint8_t *value);

#endif
