/* SPDX-License-Identifier: GPL-2.0-only */
/* The host's windows on the card's inner bus. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "card_bench.h"

#define BUFFER MEMORY_NSP_BUFFER_AT

static struct bench bench;

static void a_register_reads_back(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	for (uint32_t i = 0; i < CARD_BARS * CPP_SLICES; i++)
		card_write(b->card, 0, 0x30000 + i * 4, 4, 0x20000000 + i);
	for (uint32_t i = 0; i < CARD_BARS * CPP_SLICES; i++)
		assert_int_equal(card_read(b->card, 0, 0x30000 + i * 4, 4),
				 0x20000000 + i);
	bench_down(b);
}

static void accesses_have_their_size_and_place(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_write(b, CPP_MU, BUFFER, 8, 0x1122334455667788);
	assert_int_equal(bench_read(b, CPP_MU, BUFFER, 1), 0x88);
	assert_int_equal(bench_read(b, CPP_MU, BUFFER + 6, 2), 0x1122);
	assert_int_equal(bench_read(b, CPP_MU, BUFFER + 2, 4), 0x33445566);
	bench_write(b, CPP_MU, BUFFER + 1, 1, 0xff);
	assert_true(bench_read(b, CPP_MU, BUFFER, 8) == 0x112233445566ff88);
	bench_down(b);
}

/* A slice of the first window is smaller, and its number is in the offset. */
static void every_window_shows_the_same_memory(void **state)
{
	static const struct {
		unsigned int bar, slice;
	} cases[] = { { 0, 2 }, { 1, 0 }, { 1, 7 }, { 2, 5 } };
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_write(b, CPP_MU, BUFFER, 4, 0xcafe);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t size = card_bar_size[cases[i].bar] / CPP_SLICES;
		unsigned int reg = cases[i].bar * CPP_SLICES + cases[i].slice;

		card_write(b->card, 0, 0x30000 + reg * 4, 4,
			   1u << 29 | CPP_MU << 23 |
				   (uint32_t)((BUFFER & ~(size - 1)) >> 19));
		assert_int_equal(
			card_read(b->card, cases[i].bar,
				  cases[i].slice * size + (BUFFER & (size - 1)),
				  4),
			0xcafe);
	}
	bench_down(b);
}

static void a_mutex_is_taken_once(void **state)
{
	const uint64_t mutex = MEMORY_RESOURCES_AT + 32;
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	assert_int_equal(bench_read(b, CPP_MU, mutex, 4), 0);
	assert_int_equal(bench_test_set(b, mutex), 0);
	assert_int_equal(bench_read(b, CPP_MU, mutex, 4), 0xf);
	bench_write(b, CPP_MU, mutex, 4, 0x10ff000f);
	assert_int_equal(bench_test_set(b, mutex), 0x10ff000f);
	bench_write(b, CPP_MU, mutex, 4, 0x10ff0000);
	assert_int_equal(bench_test_set(b, mutex), 0x10ff0000);
	bench_down(b);
}

static void nothing_reads_as_zero(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_write(b, CPP_MU, 0x1000, 8, UINT64_MAX);
	assert_int_equal(bench_read(b, CPP_MU, 0x1000, 8), 0);
	assert_int_equal(bench_read(b, CPP_XPB, 0, 4), 0);
	assert_int_equal(card_read(b->card, 1, 0, 4), 0);
	assert_int_equal(card_read(b->card, 0, 0, 4), 0);
	/* The end of a region is not passed. */
	assert_int_equal(
		bench_read(b, CPP_MU, BUFFER + MEMORY_NSP_BUFFER - 4, 8), 0);
	bench_down(b);
}

static void a_card_that_is_gone_gives_ones_and_takes_nothing(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_write(b, CPP_MU, BUFFER, 4, 1);
	b->card->config.fault = CARD_FAULT_GONE;
	assert_true(bench_read(b, CPP_MU, BUFFER, 8) == UINT64_MAX);
	bench_write(b, CPP_MU, BUFFER, 4, 2);
	b->card->config.fault = CARD_FAULT_NONE;
	assert_int_equal(bench_read(b, CPP_MU, BUFFER, 4), 1);
	bench_down(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_register_reads_back),
		cmocka_unit_test(accesses_have_their_size_and_place),
		cmocka_unit_test(every_window_shows_the_same_memory),
		cmocka_unit_test(a_mutex_is_taken_once),
		cmocka_unit_test(nothing_reads_as_zero),
		cmocka_unit_test(
			a_card_that_is_gone_gives_ones_and_takes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
