/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/capabilities.h"

#include "card/le.h"
#include "card/maps.h"
#include "card/program.h"

enum type {
	TYPE_FUNCTION = 1,
	TYPE_ADJUST_HEAD = 2,
	TYPE_MAPS = 3,
	TYPE_RANDOM = 4,
	TYPE_QUEUE_SELECT = 5,
	TYPE_ADJUST_TAIL = 6,
};

#define NO_META 1 /* adjust_head: no metadata before the frame */

static uint8_t *add(uint8_t *at, enum type type, const uint32_t *words,
		    size_t count)
{
	le_put(at, 4, type);
	le_put(at + 4, 4, count * 4);
	at += 8;
	for (size_t i = 0; i < count; i++, at += 4)
		le_put(at, 4, words[i]);
	return at;
}

static uint8_t *add_functions(uint8_t *at, uint32_t helpers)
{
	for (uint32_t id = 0; id < 32; id++) {
		const uint32_t words[] = { id, program_routine(id) };

		if (helpers >> id & 1)
			at = add(at, TYPE_FUNCTION, words, 2);
	}
	return at;
}

static uint8_t *add_maps(uint8_t *at, const struct profile *p)
{
	const uint32_t types = (uint32_t)p->map_hash << CARD_MAP_HASH |
			       (uint32_t)p->map_array << CARD_MAP_ARRAY;
	const uint32_t words[] = { types,      p->max_maps,  p->max_entries,
				   p->max_key, p->max_value, p->max_element };

	return add(at, TYPE_MAPS, words, 6);
}

static uint8_t *add_adjust_head(uint8_t *at, const struct profile *p)
{
	const uint32_t words[] = { p->head_meta ? 0 : NO_META, p->head_min,
				   p->head_max, p->head_sub, p->head_add };

	return add(at, TYPE_ADJUST_HEAD, words, 5);
}

size_t capabilities_build(uint8_t *list, const struct profile *profile)
{
	uint8_t *at = list;

	at = add_functions(at, profile->helpers);
	at = add_maps(at, profile);
	if (profile->adjust_head)
		at = add_adjust_head(at, profile);
	if (profile->random)
		at = add(at, TYPE_RANDOM, NULL, 0);
	if (profile->queue_select)
		at = add(at, TYPE_QUEUE_SELECT, NULL, 0);
	if (profile->adjust_tail)
		at = add(at, TYPE_ADJUST_TAIL, NULL, 0);
	return at - list;
}
