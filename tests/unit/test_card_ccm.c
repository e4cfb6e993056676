/* SPDX-License-Identifier: GPL-2.0-only */
/* Messages as the nfp driver's bpf/cmsg.c writes and reads them. */
#include <endian.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "card/ccm.h"
#include "card/maps.h"
#include "card/program.h"

#define ENTRY 128
#define HEAD  16

enum {
	ALLOC = 1,
	FREE,
	LOOKUP,
	UPDATE,
	DELETE,
	GETNEXT,
	GETFIRST,
};

struct wire {
	struct maps *maps;
	uint8_t request[HEAD + ENTRY];
	uint8_t reply[CCM_MESSAGE_MAX];
	size_t len;
};

static uint32_t word(const uint8_t *at)
{
	uint32_t v;

	memcpy(&v, at, 4);
	return be32toh(v);
}

static void set_word(uint8_t *at, uint32_t v)
{
	v = htobe32(v);
	memcpy(at, &v, 4);
}

static void header(struct wire *w, uint8_t type)
{
	memset(w->request, 0, sizeof(w->request));
	memcpy(w->request, (uint8_t[]){ type, 1, 0xbe, 0xef }, 4);
}

/* What nfp_ccm_communicate() looks at. */
static void ask(struct wire *w, size_t len)
{
	memset(w->reply, 0xee, sizeof(w->reply));
	w->len = ccm_answer(w->maps, w->request, len, w->reply);
	if (!w->len)
		return;
	assert_int_equal(w->reply[0], w->request[0] | 0x80);
	assert_int_equal(w->reply[1], 1);
	assert_memory_equal(w->reply + 2, "\xbe\xef", 2);
}

static enum maps_error ask_alloc(struct wire *w, uint32_t type, uint32_t key,
				 uint32_t value, uint32_t entries)
{
	header(w, ALLOC);
	set_word(w->request + 4, key);
	set_word(w->request + 8, value);
	set_word(w->request + 12, entries);
	set_word(w->request + 16, type);
	ask(w, 24);
	assert_int_equal(w->len, 12);
	return word(w->reply + 4);
}

/* Checks the length as nfp_bpf_ctrl_entry_op() does. */
static enum maps_error ask_op(struct wire *w, uint8_t type, uint32_t tid,
			      uint32_t count, uint32_t key, uint32_t value,
			      uint32_t flags)
{
	uint32_t rc;

	header(w, type);
	set_word(w->request + 4, tid);
	set_word(w->request + 8, count);
	set_word(w->request + 12, flags);
	memcpy(w->request + HEAD, &key, 4);
	memcpy(w->request + HEAD + 64, &value, 4);
	ask(w, sizeof(w->request));
	rc = word(w->reply + 4);
	assert_int_equal(w->len, HEAD + ENTRY * (word(w->reply + 8) + !!rc));
	return rc;
}

static void set_up(struct wire *w)
{
	w->maps = maps_new(&profile_published);
	assert_non_null(w->maps);
}

static void tables_come_and_go(void **state)
{
	struct wire w;

	(void)state;
	set_up(&w);
	assert_int_equal(ask_alloc(&w, 1, 4, 4, 10), MAPS_OK);
	assert_int_equal(word(w.reply + 8), 1);
	assert_int_equal(ask_alloc(&w, 2, 4, 4, 10), MAPS_OK);
	assert_int_equal(word(w.reply + 8), 2);
	assert_int_equal(ask_alloc(&w, 9, 4, 4, 10), MAPS_ERROR);
	assert_int_equal(ask_alloc(&w, 1, 4, 4, 3000000), MAPS_NO_MEMORY);
	for (int i = 0; i < 2; i++) {
		header(&w, FREE);
		set_word(w.request + 4, 1);
		ask(&w, 8);
		assert_int_equal(w.len, 12);
		assert_int_equal(word(w.reply + 4),
				 i ? MAPS_NO_TABLE : MAPS_OK);
	}
	maps_free(w.maps);
}

static void operations_answer_with_the_drivers_codes(void **state)
{
	static const struct {
		const char *what;
		uint8_t type;
		uint32_t tid, key, value, flags;
		enum maps_error want;
	} steps[] = {
		{ "nothing there", LOOKUP, 1, 5, 0, 0, MAPS_NO_ENTRY },
		{ "nothing to walk", GETFIRST, 1, 0, 0, 0, MAPS_NO_ENTRY },
		{ "add", UPDATE, 1, 5, 77, 1, MAPS_OK },
		{ "add again", UPDATE, 1, 5, 78, 1, MAPS_EXISTS },
		{ "look", LOOKUP, 1, 5, 77, 0, MAPS_OK },
		{ "change", UPDATE, 1, 5, 79, 2, MAPS_OK },
		{ "look again", LOOKUP, 1, 5, 79, 0, MAPS_OK },
		{ "first", GETFIRST, 1, 5, 79, 0, MAPS_OK },
		{ "after the last", GETNEXT, 1, 5, 0, 0, MAPS_NO_ENTRY },
		{ "after none of them", GETNEXT, 1, 6, 0, 0, MAPS_OK },
		{ "second", UPDATE, 1, 6, 1, 0, MAPS_OK },
		{ "full", UPDATE, 1, 7, 1, 0, MAPS_FULL },
		{ "delete", DELETE, 1, 5, 0, 0, MAPS_OK },
		{ "delete again", DELETE, 1, 5, 0, 0, MAPS_NO_ENTRY },
		{ "bad flag", UPDATE, 1, 5, 0, 3, MAPS_ERROR },
		{ "no table", LOOKUP, 2, 5, 0, 0, MAPS_NO_TABLE },
	};
	struct wire w;

	(void)state;
	set_up(&w);
	ask_alloc(&w, 1, 4, 4, 2);
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		print_message("%s\n", steps[i].what);
		assert_int_equal(ask_op(&w, steps[i].type, steps[i].tid, 1,
					steps[i].key, steps[i].value,
					steps[i].flags),
				 steps[i].want);
		if (steps[i].type != LOOKUP || steps[i].want)
			continue;
		assert_memory_equal(w.reply + HEAD, &steps[i].key, 4);
		assert_memory_equal(w.reply + HEAD + 64, &steps[i].value, 4);
	}
	maps_free(w.maps);
}

/* As nfp_bpf_ctrl_op_cache_get() uses a reply: pairs, in the order of steps. */
static void walks_bring_several_entries(void **state)
{
	struct wire w;
	uint32_t seen = 0, key = 0;
	uint8_t type = GETFIRST;

	(void)state;
	set_up(&w);
	ask_alloc(&w, 2, 4, 4, 10);
	for (uint32_t i = 0; i < 10; i++)
		ask_op(&w, UPDATE, 1, 1, i, 1000 + i, 0);
	while (seen < 10) {
		enum maps_error rc = ask_op(&w, type, 1, 4, key, 0, 0);
		uint32_t count = word(w.reply + 8);

		assert_int_equal(count, seen < 8 ? 4 : 2);
		assert_int_equal(rc, count < 4 ? MAPS_NO_ENTRY : MAPS_OK);
		for (uint32_t i = 0; i < count; i++, seen++) {
			const uint8_t *entry = w.reply + HEAD + i * ENTRY;
			uint32_t value = 1000 + seen;

			memcpy(&key, entry, 4);
			assert_int_equal(key, seen);
			assert_memory_equal(entry + 64, &value, 4);
		}
		type = GETNEXT;
	}
	assert_int_equal(ask_op(&w, GETNEXT, 1, 4, key, 0, 0), MAPS_NO_ENTRY);
	assert_int_equal(word(w.reply + 8), 0);
	maps_free(w.maps);
}

static void replies_never_exceed_their_room(void **state)
{
	struct wire w;

	(void)state;
	set_up(&w);
	ask_alloc(&w, 2, 4, 4, 1000);
	assert_int_equal(ask_op(&w, GETFIRST, 1, ~0U, 0, 0, 0), MAPS_OK);
	assert_in_range(w.len, HEAD + 100 * ENTRY, CCM_MESSAGE_MAX);
	maps_free(w.maps);
}

static void what_is_no_request_gets_no_reply(void **state)
{
	static const uint8_t bad[][4] = {
		{ 0, 1 }, { 8, 1 }, { 0x81, 1 }, { LOOKUP, 0 }, { LOOKUP, 2 },
	};
	struct wire w;

	(void)state;
	set_up(&w);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		memset(w.request, 0, sizeof(w.request));
		memcpy(w.request, bad[i], 4);
		ask(&w, sizeof(w.request));
		assert_int_equal(w.len, 0);
	}
	for (size_t len = 0; len < 4; len++) {
		header(&w, LOOKUP);
		ask(&w, len);
		assert_int_equal(w.len, 0);
	}
	maps_free(w.maps);
}

static void short_requests_do_not_parse(void **state)
{
	static const size_t needed[] = {
		[ALLOC] = 24,
		[FREE] = 8,
		[LOOKUP] = HEAD + ENTRY,
		[UPDATE] = HEAD + ENTRY,
		[DELETE] = HEAD + ENTRY,
		[GETNEXT] = HEAD + ENTRY,
		[GETFIRST] = HEAD + ENTRY,
	};
	struct wire w;

	(void)state;
	set_up(&w);
	for (uint8_t type = ALLOC; type <= GETFIRST; type++) {
		for (size_t len = 4; len < needed[type]; len++) {
			header(&w, type);
			ask(&w, len);
			assert_int_equal(word(w.reply + 4), MAPS_PARSE);
			assert_int_equal(w.len,
					 type > FREE ? HEAD + ENTRY : 12);
		}
	}
	ask_alloc(&w, 1, 4, 4, 2);
	assert_int_equal(ask_op(&w, LOOKUP, 1, 0, 0, 0, 0), MAPS_PARSE);
	assert_int_equal(ask_op(&w, UPDATE, 1, 2, 0, 0, 0), MAPS_PARSE);
	maps_free(w.maps);
}

static void events_are_laid_out_for_the_driver(void **state)
{
	const struct program_event event = {
		.map = 0x100000002,
		.cpu = 3,
		.packet = (const uint8_t *)"packet",
		.packet_len = 6,
		.data = (const uint8_t *)"data!",
		.data_len = 5,
	};
	static const uint8_t want[] =
		"\x08\x01\0\0\0\0\0\x03\0\0\0\x01\0\0\0\x02"
		"\0\0\0\x05\0\0\0\x06packet\0\0data!";
	uint8_t message[64];
	size_t len = sizeof(want) - 1;

	(void)state;
	assert_int_equal(ccm_event(&event, message, len), len);
	assert_memory_equal(message, want, len);
	assert_int_equal(ccm_event(&event, message, len - 1), 0);
	assert_int_equal(ccm_event(&(struct program_event){ 0 }, message, 64),
			 24);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_come_and_go),
		cmocka_unit_test(operations_answer_with_the_drivers_codes),
		cmocka_unit_test(walks_bring_several_entries),
		cmocka_unit_test(replies_never_exceed_their_room),
		cmocka_unit_test(what_is_no_request_gets_no_reply),
		cmocka_unit_test(short_requests_do_not_parse),
		cmocka_unit_test(events_are_laid_out_for_the_driver),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
