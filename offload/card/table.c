/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "card/le.h"
#include "card/table.h"

/* Links are slot + 1; 0 ends a chain, so that fresh memory is an empty table. */
struct table {
	struct maps_shape shape;
	uint32_t stride;
	uint32_t mask;	/* of hashes, to a bucket */
	uint32_t fresh; /* slots from here on were never used */
	uint32_t freed; /* chain of slots that were given back */
	uint32_t *buckets;
	uint32_t *next;
	bool *used;
	uint8_t *keys;
	uint8_t *values;
	uint8_t index[4]; /* an array's key */
};

static bool is_array(const struct table *table)
{
	return table->shape.type == CARD_MAP_ARRAY;
}

static uint32_t buckets_for(uint32_t entries)
{
	uint32_t n = 1;

	while (n < entries)
		n *= 2;
	return n;
}

static bool hash_memory(struct table *table)
{
	uint32_t max = table->shape.max_entries;
	uint32_t buckets = buckets_for(max);

	table->mask = buckets - 1;
	table->buckets = calloc(buckets, sizeof(*table->buckets));
	table->next = calloc(max, sizeof(*table->next));
	table->used = calloc(max, sizeof(*table->used));
	table->keys = calloc(max, table->shape.key_size);
	return table->buckets && table->next && table->used && table->keys;
}

struct table *table_new(const struct maps_shape *shape)
{
	struct table *table = calloc(1, sizeof(*table));

	if (!table)
		return NULL;
	table->shape = *shape;
	table->stride = (shape->value_size + 7) & ~7U;
	table->values = calloc(shape->max_entries, table->stride);
	if (table->values && (is_array(table) || hash_memory(table)))
		return table;
	table_free(table);
	return NULL;
}

void table_free(struct table *table)
{
	if (!table)
		return;
	free(table->buckets);
	free(table->next);
	free(table->used);
	free(table->keys);
	free(table->values);
	free(table);
}

const struct maps_shape *table_shape(const struct table *table)
{
	return &table->shape;
}

/* FNV-1a, 32 bits, of which the low ones serve. */
static uint32_t *bucket_of(const struct table *table, const void *key)
{
	const uint8_t *byte = key;
	uint32_t hash = 2166136261U;

	for (uint32_t i = 0; i < table->shape.key_size; i++)
		hash = (hash ^ byte[i]) * 16777619U;
	return &table->buckets[(hash ^ hash >> 16) & table->mask];
}

static uint8_t *hash_key(const struct table *table, uint32_t slot)
{
	return table->keys + (size_t)slot * table->shape.key_size;
}

/* The link that leads to the key's slot, or the 0 where it would be. */
static uint32_t *find_link(const struct table *table, const void *key)
{
	uint32_t *link = bucket_of(table, key);

	while (*link &&
	       memcmp(hash_key(table, *link - 1), key, table->shape.key_size))
		link = &table->next[*link - 1];
	return link;
}

uint32_t table_find(const struct table *table, const void *key)
{
	uint32_t slot;

	if (is_array(table)) {
		slot = le_get(key, sizeof(table->index));
		return slot < table->shape.max_entries ? slot : TABLE_NONE;
	}
	return *find_link(table, key) - 1; /* no link: TABLE_NONE */
}

static uint32_t take_slot(struct table *table)
{
	uint32_t slot = table->freed - 1;

	if (table->freed) {
		table->freed = table->next[slot];
		return slot;
	}
	if (table->fresh == table->shape.max_entries)
		return TABLE_NONE;
	return table->fresh++;
}

uint32_t table_add(struct table *table, const void *key)
{
	uint32_t *bucket, slot;

	if (is_array(table))
		return TABLE_NONE;
	slot = take_slot(table);
	if (slot == TABLE_NONE)
		return slot;
	bucket = bucket_of(table, key);
	table->next[slot] = *bucket;
	*bucket = slot + 1;
	table->used[slot] = true;
	memcpy(hash_key(table, slot), key, table->shape.key_size);
	return slot;
}

void table_remove(struct table *table, uint32_t slot)
{
	uint32_t *link = find_link(table, hash_key(table, slot));

	*link = table->next[slot];
	table->next[slot] = table->freed;
	table->freed = slot + 1;
	table->used[slot] = false;
}

uint32_t table_next(const struct table *table, uint32_t slot)
{
	uint32_t end =
		is_array(table) ? table->shape.max_entries : table->fresh;

	while (slot < end && !table_used(table, slot))
		slot++;
	return slot < end ? slot : TABLE_NONE;
}

bool table_used(const struct table *table, uint32_t slot)
{
	return slot < table->shape.max_entries &&
	       (is_array(table) || table->used[slot]);
}

const uint8_t *table_key(struct table *table, uint32_t slot)
{
	if (!is_array(table))
		return hash_key(table, slot);
	le_put(table->index, sizeof(table->index), slot);
	return table->index;
}

uint8_t *table_value(struct table *table, uint32_t slot)
{
	return table->values + (size_t)slot * table->stride;
}

uint32_t table_stride(const struct table *table)
{
	return table->stride;
}

uint32_t table_slot(const struct table *table, const uint8_t *value)
{
	return (value - table->values) / table->stride;
}
