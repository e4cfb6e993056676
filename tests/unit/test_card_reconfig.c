/* SPDX-License-Identifier: GPL-2.0-only */
/* Reconfig commands about programs, and what can go wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "card_bench.h"

static struct bench bench;

static uint32_t enable(struct bench *b, unsigned int vnic)
{
	bench_set_reg(b, vnic, VNIC_CTRL, 4, CTRL_ENABLE | CTRL_BPF);
	return bench_reconfig(b, vnic, UPDATE_GEN);
}

static bool enabled(struct bench *b, unsigned int vnic)
{
	return b->card->vnic[vnic].ctrl & CTRL_BPF;
}

static void a_program_is_loaded_and_then_enabled(void **state)
{
	struct bench *b = &bench;
	uint32_t len;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	assert_int_equal(bench_load(b, 0, BENCH_PASS), 0);
	assert_non_null(program_image(b->card->port[0].program, &len));
	assert_int_equal(len, 2);
	assert_false(enabled(b, 0));
	assert_int_equal(enable(b, 0), 0);
	assert_true(enabled(b, 0));
	bench_set_reg(b, 0, VNIC_CTRL, 4, CTRL_ENABLE);
	assert_int_equal(bench_reconfig(b, 0, UPDATE_GEN), 0);
	assert_false(enabled(b, 0));
	bench_down(b);
}

/* The driver takes the interface down and up without loading again. */
static void a_program_stays_enabled_while_the_vnic_is_off(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	assert_int_equal(bench_load(b, 0, BENCH_PASS), 0);
	assert_int_equal(enable(b, 0), 0);
	bench_set_reg(b, 0, VNIC_CTRL, 4, CTRL_BPF);
	assert_int_equal(bench_reconfig(b, 0, UPDATE_GEN | UPDATE_RING), 0);
	b->card->config.fault = CARD_FAULT_ENABLE;
	bench_open(b, 0, 1, CTRL_BPF);
	assert_true(enabled(b, 0));
	bench_down(b);
}

static const struct {
	const char *what;
	enum card_fault fault;
	uint32_t load, enable; /* answers; unanswered if as asked */
	bool loads, enables;
} faults[] = {
	{ "none", CARD_FAULT_NONE, 0, 0, true, true },
	{ "load", CARD_FAULT_LOAD, UPDATE_ERR, 0, false, true },
	{ "enable", CARD_FAULT_ENABLE, 0, UPDATE_ERR, true, false },
	{ "timeout", CARD_FAULT_TIMEOUT, UPDATE_BPF, UPDATE_GEN, false, false },
	{ "ccm", CARD_FAULT_CCM, 0, 0, true, true },
};

/* A program is there already, so that enabling alone can be seen. */
static void a_fault_answers_as_it_says(void **state)
{
	struct bench *b = &bench;
	uint32_t len;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		const uint64_t *before, *after;
		uint64_t was;

		print_message("%s\n", faults[i].what);
		bench_up(b, "");
		bench_open(b, 0, 1, 0);
		assert_int_equal(bench_load(b, 0, BENCH_DROP), 0);
		before = program_image(b->card->port[0].program, &len);
		was = before[0];
		b->card->config.fault = faults[i].fault;
		assert_int_equal(bench_load(b, 0, BENCH_PASS), faults[i].load);
		after = program_image(b->card->port[0].program, &len);
		assert_int_equal(after[0] != was, faults[i].loads);
		assert_int_equal(enable(b, 0), faults[i].enable);
		assert_int_equal(enabled(b, 0), faults[i].enables);
		bench_down(b);
	}
}

static void a_fault_ends_at_once(void **state)
{
	struct bench *b = &bench;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		print_message("%s\n", faults[i].what);
		bench_up(b, "");
		bench_open(b, 0, 1, 0);
		b->card->config.fault = faults[i].fault;
		bench_load(b, 0, BENCH_PASS);
		enable(b, 0);
		b->card->config.fault = CARD_FAULT_NONE;
		bench_open(b, 0, 1, 0);
		assert_int_equal(bench_load(b, 0, BENCH_PASS), 0);
		assert_int_equal(enable(b, 0), 0);
		bench_down(b);
	}
}

/* Other commands work meanwhile: promiscuous mode, rings. */
static void a_fault_leaves_other_commands_alone(void **state)
{
	struct bench *b = &bench;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		print_message("%s\n", faults[i].what);
		bench_up(b, "");
		b->card->config.fault = faults[i].fault;
		bench_open(b, 0, 1, CTRL_PROMISC);
		assert_true(b->card->vnic[0].ctrl & CTRL_PROMISC);
		assert_true(b->card->vnic[0].rx[0].enabled);
		bench_down(b);
	}
}

static void what_cannot_run_is_refused_with_a_sentence(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "max-insns=8");
	bench_open(b, 0, 1, 0);
	assert_int_equal(enable(b, 0), UPDATE_ERR);
	assert_non_null(strstr(b->log, "no program"));
	assert_int_equal(bench_load(b, 0, BENCH_BROKEN), UPDATE_ERR);
	assert_non_null(strstr(b->log, "port 0: "));
	bench_set_reg(b, 0, VNIC_BPF_SIZE, 2, 9);
	assert_int_equal(bench_reconfig(b, 0, UPDATE_BPF), UPDATE_ERR);
	assert_non_null(strstr(b->log, "longer"));
	assert_false(program_loaded(b->card->port[0].program));
	bench_down(b);
}

static void a_plain_nic_takes_no_program(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "app=nic");
	bench_open(b, 0, 1, 0);
	assert_int_equal(bench_load(b, 0, BENCH_PASS), UPDATE_ERR);
	assert_int_equal(enable(b, 0), UPDATE_ERR);
	bench_down(b);
}

static void a_reset_forgets_programs_and_rings(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	assert_int_equal(bench_load(b, 0, BENCH_PASS), 0);
	assert_int_equal(enable(b, 0), 0);
	card_reset(b->card);
	assert_false(enabled(b, 0));
	assert_false(program_loaded(b->card->port[0].program));
	assert_false(b->card->vnic[0].rx[0].enabled);
	bench_open(b, 0, 1, 0);
	assert_int_equal(bench_load(b, 0, BENCH_PASS), 0);
	bench_down(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_is_loaded_and_then_enabled),
		cmocka_unit_test(a_program_stays_enabled_while_the_vnic_is_off),
		cmocka_unit_test(a_fault_answers_as_it_says),
		cmocka_unit_test(a_fault_ends_at_once),
		cmocka_unit_test(a_fault_leaves_other_commands_alone),
		cmocka_unit_test(what_cannot_run_is_refused_with_a_sentence),
		cmocka_unit_test(a_plain_nic_takes_no_program),
		cmocka_unit_test(a_reset_forgets_programs_and_rings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
