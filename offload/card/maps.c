/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "card/maps.h"
#include "card/table.h"

/* Of the 40 bits of an address 8 are a table's id. */
#define TABLES	    256
#define OFFSET_BITS 32
#define OFFSETS	    ((uint64_t)1 << OFFSET_BITS)

/* An entry's key and value are each in a field of a control message (fw.h of
 * the nfp driver's bpf folder, CMSG_MAP_KEY_LW and _VALUE_LW), whatever the
 * profile says.
 */
#define FIELD 64

enum {
	FLAG_ANY,
	FLAG_NOEXIST,
	FLAG_EXIST,
};

struct maps {
	const struct profile *profile;
	struct table *table[TABLES]; /* 0 is never used */
};

struct maps *maps_new(const struct profile *profile)
{
	struct maps *maps = calloc(1, sizeof(*maps));

	if (maps)
		maps->profile = profile;
	return maps;
}

void maps_reset(struct maps *maps)
{
	for (uint32_t tid = 0; tid < TABLES; tid++) {
		table_free(maps->table[tid]);
		maps->table[tid] = NULL;
	}
}

void maps_free(struct maps *maps)
{
	if (!maps)
		return;
	maps_reset(maps);
	free(maps);
}

static bool type_offered(const struct profile *p, const struct maps_shape *s)
{
	switch (s->type) {
	case CARD_MAP_HASH:
		return p->map_hash;
	case CARD_MAP_ARRAY:
		return p->map_array && s->key_size == sizeof(uint32_t);
	}
	return false;
}

static uint64_t round_up_8(uint64_t bytes)
{
	return (bytes + 7) & ~(uint64_t)7;
}

static bool fits(uint32_t bytes, uint32_t limit)
{
	return bytes && bytes <= limit && bytes <= FIELD;
}

static bool shape_possible(const struct profile *p, const struct maps_shape *s)
{
	return type_offered(p, s) && fits(s->key_size, p->max_key) &&
	       fits(s->value_size, p->max_value) &&
	       round_up_8(s->key_size) + round_up_8(s->value_size) <=
		       p->max_element &&
	       s->max_entries &&
	       s->max_entries <= OFFSETS / round_up_8(s->value_size);
}

static bool room_for(const struct maps *maps, const struct maps_shape *shape)
{
	uint64_t entries = shape->max_entries;
	uint32_t tables = 1;

	for (uint32_t tid = 1; tid < TABLES; tid++) {
		if (!maps->table[tid])
			continue;
		tables++;
		entries += table_shape(maps->table[tid])->max_entries;
	}
	return tables < TABLES && tables <= maps->profile->max_maps &&
	       entries <= maps->profile->max_entries;
}

enum maps_error maps_alloc(struct maps *maps, const struct maps_shape *shape,
			   uint32_t *tid)
{
	struct table *table;
	uint32_t i = 1;

	if (!shape_possible(maps->profile, shape))
		return MAPS_ERROR;
	if (!room_for(maps, shape))
		return MAPS_NO_MEMORY;
	table = table_new(shape);
	if (!table)
		return MAPS_NO_MEMORY;
	while (maps->table[i])
		i++;
	maps->table[i] = table;
	*tid = i;
	return MAPS_OK;
}

static struct table *get(const struct maps *maps, uint32_t tid)
{
	return tid < TABLES ? maps->table[tid] : NULL;
}

enum maps_error maps_release(struct maps *maps, uint32_t tid)
{
	if (!get(maps, tid))
		return MAPS_NO_TABLE;
	table_free(maps->table[tid]);
	maps->table[tid] = NULL;
	return MAPS_OK;
}

const struct maps_shape *maps_shape(const struct maps *maps, uint32_t tid)
{
	struct table *table = get(maps, tid);

	return table ? table_shape(table) : NULL;
}

uint8_t *maps_lookup(struct maps *maps, uint32_t tid, const void *key)
{
	struct table *table = get(maps, tid);
	uint32_t slot = table ? table_find(table, key) : TABLE_NONE;

	return slot == TABLE_NONE ? NULL : table_value(table, slot);
}

enum maps_error maps_update(struct maps *maps, uint32_t tid, const void *key,
			    const void *value, uint64_t flags)
{
	struct table *table = get(maps, tid);
	uint32_t slot;

	if (!table)
		return MAPS_NO_TABLE;
	if (flags > FLAG_EXIST)
		return MAPS_ERROR;
	slot = table_find(table, key);
	if (slot != TABLE_NONE && flags == FLAG_NOEXIST)
		return MAPS_EXISTS;
	if (slot == TABLE_NONE && flags == FLAG_EXIST)
		return MAPS_NO_ENTRY;
	if (slot == TABLE_NONE)
		slot = table_add(table, key);
	if (slot == TABLE_NONE)
		return MAPS_FULL;
	memcpy(table_value(table, slot), value, table_shape(table)->value_size);
	return MAPS_OK;
}

enum maps_error maps_delete(struct maps *maps, uint32_t tid, const void *key)
{
	struct table *table = get(maps, tid);
	uint32_t slot;

	if (!table)
		return MAPS_NO_TABLE;
	if (table_shape(table)->type == CARD_MAP_ARRAY)
		return MAPS_ERROR;
	slot = table_find(table, key);
	if (slot == TABLE_NONE)
		return MAPS_NO_ENTRY;
	table_remove(table, slot);
	return MAPS_OK;
}

enum maps_error maps_next(struct maps *maps, uint32_t tid, const void *key,
			  const uint8_t **entry, const uint8_t **value)
{
	struct table *table = get(maps, tid);
	uint32_t slot;

	if (!table)
		return MAPS_NO_TABLE;
	slot = key ? table_find(table, key) : TABLE_NONE;
	slot = table_next(table, slot + 1); /* after TABLE_NONE comes 0 */
	if (slot == TABLE_NONE)
		return MAPS_NO_ENTRY;
	*entry = table_key(table, slot);
	*value = table_value(table, slot);
	return MAPS_OK;
}

uint64_t maps_address(struct maps *maps, uint32_t tid, const uint8_t *value)
{
	struct table *table = get(maps, tid);

	if (!table || !value)
		return 0;
	return (uint64_t)tid << OFFSET_BITS |
	       (uint64_t)table_slot(table, value) * table_stride(table);
}

uint8_t *maps_memory(struct maps *maps, uint64_t address, size_t len)
{
	struct table *table = address >> OFFSET_BITS < TABLES
				      ? get(maps, address >> OFFSET_BITS)
				      : NULL;
	uint32_t at, slot, offset = address;

	if (!table)
		return NULL;
	slot = offset / table_stride(table);
	at = offset % table_stride(table);
	if (!table_used(table, slot) ||
	    at + len > table_shape(table)->value_size)
		return NULL;
	return table_value(table, slot) + at;
}

static void print_hex(const uint8_t *bytes, uint32_t len, char after, FILE *out)
{
	for (uint32_t i = 0; i < len; i++)
		fprintf(out, "%02x", bytes[i]);
	fputc(after, out);
}

static void print_entry(uint32_t tid, struct table *table, uint32_t slot,
			FILE *out)
{
	const struct maps_shape *s = table_shape(table);

	fprintf(out, "%u ", tid);
	print_hex(table_key(table, slot), s->key_size, ' ', out);
	print_hex(table_value(table, slot), s->value_size, '\n', out);
}

static void print_table(uint32_t tid, struct table *table, FILE *out)
{
	const struct maps_shape *s = table_shape(table);
	uint32_t entries = 0;

	fprintf(out, "map %u type %s key %u value %u max_entries %u\n", tid,
		s->type == CARD_MAP_HASH ? "hash" : "array", s->key_size,
		s->value_size, s->max_entries);
	for (uint32_t slot = table_next(table, 0); slot != TABLE_NONE;
	     slot = table_next(table, slot + 1))
		if (entries++ < MAPS_PRINT_MAX)
			print_entry(tid, table, slot, out);
	if (entries > MAPS_PRINT_MAX)
		fprintf(out, "%u ... %u more\n", tid, entries - MAPS_PRINT_MAX);
}

void maps_print(struct maps *maps, FILE *out)
{
	for (uint32_t tid = 1; tid < TABLES; tid++)
		if (maps->table[tid])
			print_table(tid, maps->table[tid], out);
}
