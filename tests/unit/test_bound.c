/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "bound.h"

/* In Mpps, as they stand in tables of Ethernet: 64 bytes with the checksum. */
static const struct {
	unsigned int gbits, frame;
	double mpps;
} wires[] = {
	{ 10, 60, 14.88 },  { 25, 60, 37.20 },	{ 40, 60, 59.52 },
	{ 100, 60, 148.8 }, { 10, 14, 14.88 },	{ 10, 61, 14.71 },
	{ 10, 1514, 0.81 }, { 40, 124, 33.78 }, { 10, 9014, 0.14 },
};

static void a_wire_carries_what_ethernet_has_room_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wires); i++) {
		double mpps = bound_wire(wires[i].gbits, wires[i].frame) / 1e6;

		print_message("# %u Gb/s, %u bytes: %.3f Mpps\n",
			      wires[i].gbits, wires[i].frame, mpps);
		assert_true(mpps > wires[i].mpps - 0.01);
		assert_true(mpps < wires[i].mpps + 0.05);
	}
}

static void the_bound_is_cores_times_clock_by_instructions(void **state)
{
	static const struct profile_card card = {
		.name = "card",
		.clock_mhz = 500,
		.cores = 20,
		.threads = 3,
		.ports = 1,
		.port_gbits = 84,
	};
	/* 10,000 million a second for 200; the wire has 125 million frames. */
	struct bound bound = bound_of(&card, 200, 60);

	(void)state;
	assert_float_equal(bound.packets, 50e6, 1);
	assert_float_equal(bound.wire, 125e6, 1);
	assert_float_equal(bound.share, 2.5, 1e-9);
	assert_int_equal(bound.at_once, 60);
	assert_float_equal(bound.stay_ns, 1200, 1e-6);
}

static void twice_the_instructions_are_half_the_bound(void **state)
{
	const struct profile_card *card = NULL;

	(void)state;
	while ((card = profile_card_next(card))) {
		struct bound one = bound_of(card, 164, 60);
		struct bound two = bound_of(card, 328, 1500);

		assert_float_equal(one.packets, 2 * two.packets, 1);
		assert_float_equal(2 * one.stay_ns, two.stay_ns, 1e-6);
		assert_true(one.wire > two.wire);
	}
}

static void every_card_is_found_by_its_board(void **state)
{
	const struct profile_card *card = NULL;
	char id[32];
	int count = 0;

	(void)state;
	while ((card = profile_card_next(card))) {
		snprintf(id, sizeof(id), "%s-0001", card->assembly);
		assert_ptr_equal(profile_card_find(id), card);
		assert_in_range(card->clock_mhz, 600, 1200);
		assert_in_range(card->cores, 1, 60);
		assert_in_range(card->threads, 1, 8);
		count++;
	}
	assert_int_equal(count, 6);
	assert_null(profile_card_find("AMDA9999-0001"));
	assert_null(profile_card_find(""));
	assert_int_equal(profile_card_find("AMDA0096-0001")->clock_mhz, 633);
}

/* Else the table, the arithmetic or what was read is wrong. */
static void the_published_rate_is_within_its_bound_and_its_wire(void **state)
{
	const struct profile_rate *p = &profile_rate_published;
	const struct profile_card *card;
	struct bound bound = bound_of_published(&card);

	(void)state;
	assert_true(p->packets < bound.packets);
	assert_true(p->packets < bound.wire);
	assert_float_equal(p->packets * (p->frame + 20) * 8, 38046848592., 4e6);
}

static void prints_the_bound_with_what_it_assumes(void **state)
{
	static const char *const parts[] = {
		"> bound, not measured: 193.0 Mpps on Agilio CX 2x10GbE, "
		"50 cores at 633 MHz, 164 instructions",
		"> a port's wire carries 14.88 Mpps of 60 bytes: 7.7 % of",
		"> for the bound a frame may be on the card for 1036 ns: "
		"there are 200 threads",
		"published with 33.0 Mpps (Netronome/bpf-samples",
		"its own bound is 111.1 Mpps on Agilio CX 2x40GbE, 360 ",
		"to 0.30 of its bound, and to 0.98 of what a wire of 40 Gb/s",
	};
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	(void)state;
	bound_print(to, "> ", profile_card_find("AMDA0096"), 164, 60);
	bound_print_context(to, "> ");
	fclose(to);
	print_message("%s", text);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		assert_non_null(strstr(text, parts[i]));
	for (size_t i = 0; bound_assumptions[i]; i++)
		assert_non_null(strstr(text, bound_assumptions[i]));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wire_carries_what_ethernet_has_room_for),
		cmocka_unit_test(
			the_bound_is_cores_times_clock_by_instructions),
		cmocka_unit_test(twice_the_instructions_are_half_the_bound),
		cmocka_unit_test(every_card_is_found_by_its_board),
		cmocka_unit_test(
			the_published_rate_is_within_its_bound_and_its_wire),
		cmocka_unit_test(prints_the_bound_with_what_it_assumes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
