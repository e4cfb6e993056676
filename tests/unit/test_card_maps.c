/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "card/maps.h"

static struct profile profile;

static struct maps *new_maps(void)
{
	struct maps *maps;

	profile = profile_published;
	maps = maps_new(&profile);
	assert_non_null(maps);
	return maps;
}

static uint32_t alloc(struct maps *maps, uint32_t type, uint32_t key,
		      uint32_t value, uint32_t entries)
{
	const struct maps_shape shape = { type, key, value, entries };
	uint32_t tid;

	assert_int_equal(maps_alloc(maps, &shape, &tid), MAPS_OK);
	return tid;
}

static void maps_that_the_firmware_lacks_are_refused(void **state)
{
	static const struct {
		const char *what;
		struct maps_shape shape;
		enum maps_error want;
	} cases[] = {
		{ "hash", { 1, 16, 48, 1 }, MAPS_OK },
		{ "array", { 2, 4, 56, 1 }, MAPS_OK },
		{ "no such type", { 3, 4, 4, 1 }, MAPS_ERROR },
		{ "no key", { 1, 0, 4, 1 }, MAPS_ERROR },
		{ "no value", { 1, 4, 0, 1 }, MAPS_ERROR },
		{ "no entries", { 1, 4, 4, 0 }, MAPS_ERROR },
		{ "long key", { 1, 57, 1, 1 }, MAPS_ERROR },
		{ "long value", { 1, 1, 57, 1 }, MAPS_ERROR },
		{ "together", { 1, 9, 49, 1 }, MAPS_ERROR },
		{ "an array's key", { 2, 8, 8, 1 }, MAPS_ERROR },
		{ "all entries", { 2, 4, 4, 2048000 }, MAPS_OK },
		{ "one more", { 2, 4, 4, 2048001 }, MAPS_NO_MEMORY },
		{ "all that 32 bits say", { 1, 4, 56, ~0U }, MAPS_ERROR },
	};
	uint32_t tid;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct maps *maps = new_maps();

		print_message("%s\n", cases[i].what);
		assert_int_equal(maps_alloc(maps, &cases[i].shape, &tid),
				 cases[i].want);
		maps_free(maps);
	}
}

static void limits_hold_as_they_are_now(void **state)
{
	const struct maps_shape shape = { CARD_MAP_HASH, 4, 4, 10 };
	struct maps *maps = new_maps();
	uint32_t tid;

	(void)state;
	profile.max_maps = 2;
	assert_int_equal(maps_alloc(maps, &shape, &tid), MAPS_OK);
	assert_int_equal(maps_alloc(maps, &shape, &tid), MAPS_OK);
	assert_int_equal(maps_alloc(maps, &shape, &tid), MAPS_NO_MEMORY);
	profile.max_maps = 3;
	profile.max_entries = 29;
	assert_int_equal(maps_alloc(maps, &shape, &tid), MAPS_NO_MEMORY);
	profile.max_entries = 30;
	assert_int_equal(maps_alloc(maps, &shape, &tid), MAPS_OK);
	profile.max_maps = 1000;
	profile.max_entries = 1000000;
	while (!maps_alloc(maps, &shape, &tid))
		;
	assert_int_equal(tid, 255);
	profile.map_hash = false;
	assert_int_equal(maps_release(maps, 7), MAPS_OK);
	assert_int_equal(maps_alloc(maps, &shape, &tid), MAPS_ERROR);
	maps_free(maps);
}

static void ids_ascend_and_are_given_again(void **state)
{
	struct maps *maps = new_maps();

	(void)state;
	for (uint32_t i = 1; i <= 3; i++)
		assert_int_equal(alloc(maps, CARD_MAP_HASH, 4, 4, 1), i);
	assert_int_equal(maps_release(maps, 2), MAPS_OK);
	assert_int_equal(maps_release(maps, 2), MAPS_NO_TABLE);
	assert_null(maps_shape(maps, 2));
	assert_int_equal(alloc(maps, CARD_MAP_ARRAY, 4, 8, 5), 2);
	assert_int_equal(maps_shape(maps, 2)->value_size, 8);
	maps_reset(maps);
	assert_null(maps_shape(maps, 1));
	assert_int_equal(alloc(maps, CARD_MAP_HASH, 4, 4, 1), 1);
	maps_free(maps);
}

static void flags_decide_what_an_update_does(void **state)
{
	static const struct {
		const char *what;
		uint32_t tid;
		uint8_t key;
		uint64_t flags;
		enum maps_error want;
	} steps[] = {
		{ "must exist, does not", 1, 1, 2, MAPS_NO_ENTRY },
		{ "must not exist", 1, 1, 1, MAPS_OK },
		{ "must not exist, does", 1, 1, 1, MAPS_EXISTS },
		{ "must exist", 1, 1, 2, MAPS_OK },
		{ "either", 1, 2, 0, MAPS_OK },
		{ "full", 1, 3, 0, MAPS_FULL },
		{ "full, but it exists", 1, 2, 0, MAPS_OK },
		{ "no such flag", 1, 1, 4, MAPS_ERROR },
		{ "no such flag in the high half", 1, 1, 1ULL << 32,
		  MAPS_ERROR },
		{ "an array's last", 2, 1, 0, MAPS_OK },
		{ "behind an array", 2, 2, 0, MAPS_FULL },
		{ "an array's always exist", 2, 0, 1, MAPS_EXISTS },
		{ "no such table", 3, 0, 0, MAPS_NO_TABLE },
		{ "no table has this number", 300, 0, 0, MAPS_NO_TABLE },
	};
	struct maps *maps = new_maps();

	(void)state;
	alloc(maps, CARD_MAP_HASH, 4, 1, 2);
	alloc(maps, CARD_MAP_ARRAY, 4, 1, 2);
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		const uint8_t key[4] = { steps[i].key }, value = 100 + i;
		const uint8_t *found;

		print_message("%s\n", steps[i].what);
		assert_int_equal(maps_update(maps, steps[i].tid, key, &value,
					     steps[i].flags),
				 steps[i].want);
		found = maps_lookup(maps, steps[i].tid, key);
		if (!steps[i].want)
			assert_int_equal(*found, value);
		else if (found)
			assert_int_not_equal(*found, value);
	}
	maps_free(maps);
}

static void arrays_are_full_of_zeros(void **state)
{
	static const uint8_t zeros[56];
	struct maps *maps = new_maps();
	const uint8_t *key = NULL, *value;
	uint32_t index, seen = 0;

	(void)state;
	alloc(maps, CARD_MAP_ARRAY, 4, 56, 300);
	for (; !maps_next(maps, 1, key, &key, &value); seen++) {
		memcpy(&index, key, 4);
		assert_int_equal(index, seen);
		assert_memory_equal(value, zeros, 56);
		assert_ptr_equal(maps_lookup(maps, 1, key), value);
	}
	assert_int_equal(seen, 300);
	index = 300;
	assert_null(maps_lookup(maps, 1, &index));
	assert_int_equal(maps_next(maps, 1, &index, &key, &value), MAPS_OK);
	assert_int_equal(*key, 0);
	assert_int_equal(maps_delete(maps, 1, &index), MAPS_ERROR);
	maps_free(maps);
}

/* A model: value 0 is no entry. */
#define KEYS 100
#define ROOM 60

static uint32_t count(const uint8_t *model)
{
	uint32_t n = 0;

	for (int i = 0; i < KEYS; i++)
		n += !!model[i];
	return n;
}

static void compare(struct maps *maps, const uint8_t *model)
{
	const uint8_t *key = NULL, *value;
	uint8_t seen[KEYS] = { 0 };

	while (!maps_next(maps, 1, key, &key, &value)) {
		assert_in_range(*key, 0, KEYS - 1);
		assert_int_equal(seen[*key]++, 0);
		assert_int_equal(*value, model[*key]);
	}
	assert_int_equal(count(seen), count(model));
}

static void hashes_keep_what_was_put_in(void **state)
{
	struct maps *maps = new_maps();
	uint8_t model[KEYS] = { 0 }, key[5] = { 0 }, value;
	bool full;

	(void)state;
	srandom(1);
	alloc(maps, CARD_MAP_HASH, sizeof(key), 1, ROOM);
	for (int i = 0; i < 20000; i++) {
		key[0] = random() % KEYS;
		value = 1 + random() % 255;
		full = count(model) == ROOM && !model[key[0]];
		if (random() % 3) {
			assert_int_equal(maps_update(maps, 1, key, &value, 0),
					 full ? MAPS_FULL : MAPS_OK);
			model[key[0]] = full ? 0 : value;
		} else {
			assert_int_equal(maps_delete(maps, 1, key),
					 model[key[0]] ? MAPS_OK
						       : MAPS_NO_ENTRY);
			model[key[0]] = 0;
		}
		if (i % 100 == 0)
			compare(maps, model);
	}
	maps_free(maps);
}

static void addresses_stay_until_deleted(void **state)
{
	struct maps *maps = new_maps();
	uint64_t address[50];
	uint8_t value[12] = { 0 };

	(void)state;
	alloc(maps, CARD_MAP_HASH, 4, 12, 50);
	for (uint32_t i = 0; i < 50; i++) {
		assert_int_equal(maps_update(maps, 1, &i, value, 0), MAPS_OK);
		address[i] = maps_address(maps, 1, maps_lookup(maps, 1, &i));
		assert_int_equal(address[i] % 8, 0);
		assert_int_not_equal(address[i], 0);
		assert_int_equal(address[i] >> 40, 0);
		for (uint32_t j = 0; j < i; j++)
			assert_int_not_equal(address[i], address[j]);
	}
	for (uint32_t i = 0; i < 50; i += 2)
		assert_int_equal(maps_delete(maps, 1, &i), MAPS_OK);
	for (uint32_t i = 0; i < 50; i++)
		assert_ptr_equal(maps_memory(maps, address[i], 12),
				 maps_lookup(maps, 1, &i));
	maps_free(maps);
}

static void memory_is_that_of_one_value(void **state)
{
	static const struct {
		int64_t offset;
		size_t len;
		bool inside;
	} cases[] = {
		{ 0, 12, true },	 { 8, 4, true },
		{ 11, 1, true },	 { 0, 13, false },
		{ 9, 4, false },	 { 12, 1, false },
		{ 16, 12, true }, /* the next one's */
		{ 32, 1, false },	 { -1, 1, false },
		{ 1LL << 32, 4, false }, { 1LL << 40, 4, false },
	};
	struct maps *maps = new_maps();
	const uint32_t key = 0;
	uint64_t address;

	(void)state;
	alloc(maps, CARD_MAP_ARRAY, 4, 12, 2);
	address = maps_address(maps, 1, maps_lookup(maps, 1, &key));
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		print_message("%lld\n", (long long)cases[i].offset);
		assert_int_equal(maps_memory(maps, address + cases[i].offset,
					     cases[i].len) != NULL,
				 cases[i].inside);
	}
	assert_int_equal(maps_address(maps, 1, NULL), 0);
	assert_null(maps_memory(maps, 0, 1));
	maps_free(maps);
}

static void millions_of_entries_fit(void **state)
{
	struct maps *maps = new_maps();
	uint32_t entries = profile.max_entries, tid, i;

	(void)state;
	tid = alloc(maps, CARD_MAP_HASH, 4, 4, entries);
	for (i = 0; i < 300000; i++)
		assert_int_equal(maps_update(maps, tid, &i, &i, 1), MAPS_OK);
	for (i = 0; i < 300000; i++)
		assert_memory_equal(maps_lookup(maps, tid, &i), &i, 4);
	assert_null(maps_lookup(maps, tid, &i));
	maps_free(maps);
}

static void printing_shows_every_entry(void **state)
{
	struct maps *maps = new_maps();
	char text[512] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	(void)state;
	alloc(maps, CARD_MAP_HASH, 2, 3, 9);
	alloc(maps, CARD_MAP_ARRAY, 4, 1, 2);
	maps_update(maps, 1, "\x01\xff", "\xab\xcd\xef", 0);
	maps_print(maps, out);
	fclose(out);
	assert_string_equal(text,
			    "map 1 type hash key 2 value 3 max_entries 9\n"
			    "1 01ff abcdef\n"
			    "map 2 type array key 4 value 1 max_entries 2\n"
			    "2 00000000 00\n"
			    "2 01000000 00\n");
	maps_free(maps);
}

static void printing_leaves_out_what_is_too_much(void **state)
{
	const char end[] = "\n1 ff0f0000 00\n1 ... 2043904 more\n"
			   "map 2 type array key 4 value 1 max_entries 4096\n";
	const char last[] = "\n2 ff0f0000 00\n";
	struct maps *maps = new_maps();
	size_t len = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	profile.max_entries += MAPS_PRINT_MAX;
	alloc(maps, CARD_MAP_ARRAY, 4, 1, 2048000);
	alloc(maps, CARD_MAP_ARRAY, 4, 1, MAPS_PRINT_MAX);
	maps_print(maps, out);
	fclose(out);
	assert_non_null(strstr(text, end));
	assert_string_equal(text + len - strlen(last), last);
	free(text);
	maps_free(maps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_that_the_firmware_lacks_are_refused),
		cmocka_unit_test(limits_hold_as_they_are_now),
		cmocka_unit_test(ids_ascend_and_are_given_again),
		cmocka_unit_test(flags_decide_what_an_update_does),
		cmocka_unit_test(arrays_are_full_of_zeros),
		cmocka_unit_test(hashes_keep_what_was_put_in),
		cmocka_unit_test(addresses_stay_until_deleted),
		cmocka_unit_test(memory_is_that_of_one_value),
		cmocka_unit_test(millions_of_entries_fit),
		cmocka_unit_test(printing_shows_every_entry),
		cmocka_unit_test(printing_leaves_out_what_is_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
