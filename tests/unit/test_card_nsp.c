/* SPDX-License-Identifier: GPL-2.0-only */
/* The service processor's commands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "card/hwinfo.h"
#include "card/le.h"
#include "card_bench.h"

#define STATUS	(MEMORY_NSP_AT + 0x00)
#define COMMAND (MEMORY_NSP_AT + 0x08)
#define BUFFER	(MEMORY_NSP_AT + 0x18)

enum {
	NOOP = 0,
	ETH_RESCAN = 7,
	ETH_CONTROL = 8,
	IDENTIFY = 13,
	HWINFO_LOOKUP = 17,
	FW_LOADED = 19,
	READ_SFF_EEPROM = 22,
};

static struct bench bench;

/* Negative: an error code; else the result. */
static int command(struct bench *b, unsigned int code, uint32_t option)
{
	uint64_t status;

	bench_write(b, CPP_MU, COMMAND, 8,
		    (uint64_t)option << 32 | (uint64_t)code << 16 | 1);
	assert_int_equal(bench_read(b, CPP_MU, COMMAND, 8) & 1, 0);
	status = bench_read(b, CPP_MU, STATUS, 8);
	assert_int_equal(status >> 48, 0xab10);
	assert_int_equal(status & 1, 0);
	if (status >> 8 & 0xff)
		return -(int)(status >> 8 & 0xff);
	return bench_read(b, CPP_MU, COMMAND, 8) >> 32;
}

static uint64_t buffer_at(struct bench *b)
{
	uint64_t reg = bench_read(b, CPP_MU, BUFFER, 8);

	assert_int_equal(reg >> 40, CPP_MU << 16 | 32);
	return reg & 0xffffffffffULL;
}

static void the_port_table_has_every_port(void **state)
{
	struct bench *b = &bench;
	uint8_t entry[32];

	(void)state;
	bench_up(b, "ports=2");
	assert_int_equal(command(b, ETH_RESCAN, 48 * 32), 2);
	for (unsigned int i = 0; i < 3; i++) {
		bench_read_bytes(b, buffer_at(b) + i * 32, entry, 32);
		assert_int_equal(entry[0] & 0xf, i < 2);
		if (i == 2)
			break;
		assert_int_equal(entry[1], i);
		assert_int_equal(entry[16], 0x10 + i);
		assert_int_equal(entry[21], 0x00);
		assert_int_equal(entry[20], 0x15);
		/* Configured, enabled, both directions; 10 Gbit/s. */
		assert_int_equal(le_get(entry + 8, 8) & 0xfff, 0x40f);
	}
	bench_down(b);
}

static void a_port_keeps_the_state_that_was_set(void **state)
{
	struct bench *b = &bench;
	uint64_t table;

	(void)state;
	bench_up(b, "ports=2");
	assert_int_equal(command(b, ETH_RESCAN, 48 * 32), 2);
	table = buffer_at(b);
	bench_write(b, CPP_MU, table + 32 + 24, 8, 2);
	assert_int_equal(command(b, ETH_CONTROL, 48 * 32), 0);
	assert_int_equal(command(b, ETH_RESCAN, 48 * 32), 2);
	assert_int_equal(bench_read(b, CPP_MU, table + 8, 8) & 3, 3);
	assert_int_equal(bench_read(b, CPP_MU, table + 32 + 8, 8) & 3, 2);
	bench_down(b);
}

static void properties_are_looked_up_by_name(void **state)
{
	struct bench *b = &bench;
	char text[32] = "board.state";
	uint64_t at;

	(void)state;
	bench_up(b, "");
	at = buffer_at(b);
	for (size_t i = 0; i < sizeof(text); i++)
		bench_write(b, CPP_MU, at + i, 1, text[i]);
	assert_int_equal(command(b, HWINFO_LOOKUP, sizeof(text)), 0);
	bench_read_bytes(b, at, text, sizeof(text));
	assert_string_equal(text, "15");
	assert_int_equal(command(b, HWINFO_LOOKUP, sizeof(text)), -2);
	bench_down(b);
}

/* On the heap, where ASan sees what lies behind. */
static void a_table_without_an_end_is_left_at_its_end(void **state)
{
	const size_t room = sizeof(bench.card->memory.hwinfo);
	uint8_t *table = malloc(room);

	(void)state;
	assert_non_null(table);
	memset(table, 'x', room);
	assert_null(hwinfo_find(table, room, "xx"));
	table[room - 1] = '\0'; /* a name, and no value */
	assert_null(hwinfo_find(table, room, "xx"));
	memcpy(table + room - 4, "\0a\0b", 4);
	assert_null(hwinfo_find(table, room, "b"));
	memcpy(table + room - 5, "\0\0b\0v", 5);
	assert_null(hwinfo_find(table, room, "b"));
	table[18] = '\0'; /* and now all is whole: xx, b */
	memcpy(table + room - 5, "\0b\0v", 5);
	assert_string_equal(hwinfo_find(table, room, "b"), "v");
	free(table);
}

/* The registers come next; the value is not to be taken from there. */
static void a_name_without_a_value_is_not_found(void **state)
{
	struct bench *b = &bench;
	uint64_t end = MEMORY_HWINFO_AT + sizeof(b->card->memory.hwinfo);

	(void)state;
	bench_up(b, "");
	for (uint64_t at = MEMORY_HWINFO_AT + 16; at < end; at++)
		bench_write(b, CPP_MU, at, 1, 'x');
	bench_write(b, CPP_MU, MEMORY_HWINFO_AT + 18, 1, 0);
	bench_write(b, CPP_MU, end - 4, 4, 'x' | 'a' << 16);
	bench_write(b, CPP_MU, buffer_at(b), 2, 'a');
	assert_int_equal(command(b, HWINFO_LOOKUP, 32), -2);
	bench_down(b);
}

static void what_is_missing_is_refused(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	assert_int_equal(command(b, NOOP, 0), 0);
	assert_int_equal(command(b, FW_LOADED, 0), 1);
	assert_int_equal(command(b, IDENTIFY, 56), 0);
	assert_int_equal(command(b, READ_SFF_EEPROM, 0), -95);
	assert_int_equal(command(b, 1000, 0), -95);
	assert_int_equal(command(b, NOOP, 0), 0);
	bench_down(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_port_table_has_every_port),
		cmocka_unit_test(a_port_keeps_the_state_that_was_set),
		cmocka_unit_test(properties_are_looked_up_by_name),
		cmocka_unit_test(a_table_without_an_end_is_left_at_its_end),
		cmocka_unit_test(a_name_without_a_value_is_not_found),
		cmocka_unit_test(what_is_missing_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
