/* SPDX-License-Identifier: GPL-2.0-only */
/* alu and immed, against C's own arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "array.h"
#include "me_asm.h"
#include "me_box.h"

#define ROUNDS 2000

/* Run what reads A1 and B2, and return A5. */
static uint32_t run2(struct box *box, const uint64_t *code, uint32_t a,
		     uint32_t b)
{
	box_init(box);
	me_set_gpr_a(&box->me, 1, a);
	me_set_gpr_b(&box->me, 2, b);
	box_expect_done(box, code);
	return box_a(box, 5);
}

static uint32_t c_logic(enum as_alu op, uint32_t a, uint32_t b)
{
	switch (op) {
	case MOV:
		return b;
	case NOT:
		return ~b;
	case AND:
		return a & b;
	case NOT_AND:
		return ~a & b;
	case AND_NOT:
		return a & ~b;
	case OR:
		return a | b;
	case XOR:
		return a ^ b;
	case ADD:
		return a + b;
	case ADD16:
		return a + (b & 0xffff);
	default:
		return a - b;
	}
}

static void each_operation_gives_what_it_gives_in_c(void **state)
{
	static const enum as_alu all[] = { MOV, NOT, AND, NOT_AND, AND_NOT,
					   OR,	XOR, ADD, ADD16,   SUB };
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(all) * ROUNDS; i++) {
		enum as_alu op = all[i % ARRAY_SIZE(all)];
		const uint64_t code[] = { alu(A(5), A(1), op, B(2)), 0 };
		const uint64_t swapped[] = { alu(A(5), B(2), op, A(1)), 0 };
		uint32_t a = box_number(), b = box_number();

		assert_int_equal(run2(&box, code, a, b), c_logic(op, a, b));
		assert_int_equal(run2(&box, swapped, a, b), c_logic(op, b, a));
	}
}

/* Both halves as jit.c adds and compares 64 bits; the second as an immediate of
 * the driver's may come between.
 */
static uint64_t run64(uint64_t x, uint64_t y, enum as_alu low, enum as_alu high,
		      uint64_t between)
{
	const uint64_t code[] = {
		alu(A(5), A(1), low, B(1)),
		between,
		alu(A(6), A(2), high, B(2)),
		0,
	};
	struct box box;

	box_init(&box);
	me_set_gpr_a(&box.me, 1, x);
	me_set_gpr_a(&box.me, 2, x >> 32);
	me_set_gpr_b(&box.me, 1, y);
	me_set_gpr_b(&box.me, 2, y >> 32);
	box_expect_done(&box, code);
	return (uint64_t)box_a(&box, 6) << 32 | box_a(&box, 5);
}

static void carries_chain_two_words(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		uint64_t x = (uint64_t)box_number() << 32 | box_number();
		uint64_t y = (uint64_t)box_number() << 32 | box_number();

		assert_int_equal(run64(x, y, ADD, ADDC, nop()), x + y);
		assert_int_equal(run64(x, y, SUB, SUBC, nop()), x - y);
		assert_int_equal(run64(x, y, SUB, SUBC, immed(B(9), 0x1234, 1)),
				 x - y);
	}
}

/* Is the condition met after the comparison? */
static bool met(uint64_t compare, uint32_t a, uint32_t b, enum as_cond cond)
{
	const uint64_t code[] = {
		compare,	  br(cond, AT(4), 0), immed(A(5), 0, 0),
		br(BR, AT(5), 0), immed(A(5), 1, 0),  0,
	};
	struct box box;

	return run2(&box, code, a, b);
}

static void flags_of_a_difference_compare(void **state)
{
	uint64_t cmp = alu(NONE, A(1), SUB, B(2));

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t a = box_number(), b = i % 4 ? box_number() : a;
		bool over =
			(int64_t)(int32_t)a - (int32_t)b != (int32_t)(a - b);

		assert_int_equal(met(cmp, a, b, BEQ), a == b);
		assert_int_equal(met(cmp, a, b, BNE), a != b);
		assert_int_equal(met(cmp, a, b, BHS), a >= b);
		assert_int_equal(met(cmp, a, b, BLO), a < b);
		assert_int_equal(met(cmp, a, b, BGE), (int32_t)a >= (int32_t)b);
		assert_int_equal(met(cmp, a, b, BLT), (int32_t)a < (int32_t)b);
		assert_int_equal(met(cmp, a, b, BMI), (a - b) >> 31);
		assert_int_equal(met(cmp, a, b, BPL), !((a - b) >> 31));
		assert_int_equal(met(cmp, a, b, BVS), over);
		assert_int_equal(met(cmp, a, b, BVC), !over);
	}
}

static void flags_of_a_sum_tell_overflow(void **state)
{
	uint64_t add = alu(NONE, A(1), ADD, B(2));

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t a = box_number(), b = box_number();
		bool over =
			(int64_t)(int32_t)a + (int32_t)b != (int32_t)(a + b);

		assert_int_equal(met(add, a, b, BHS), a + b < a);
		assert_int_equal(met(add, a, b, BVS), over);
		assert_int_equal(met(add, a, b, BMI), (a + b) >> 31);
		assert_int_equal(met(add, a, b, BEQ), a + b == 0);
	}
}

static void logic_and_moves_tell_sign_and_zero(void **state)
{
	(void)state;
	assert_true(met(alu(NONE, A(1), AND, B(2)), 0xf0, 0x0f, BEQ));
	assert_true(met(alu(NONE, A(1), AND, B(2)), 0xf0, 0xff, BNE));
	assert_true(met(alu(NONE, A(1), OR, B(2)), 0x80000000, 1, BMI));
	assert_true(met(mov(NONE, B(2)), 1, 0, BEQ));
	assert_true(met(mov(NONE, B(2)), 0, 1, BNE));
	assert_true(met(mov(NONE, B(2)), 0, 0x80000000, BMI));
}

static void destinations_are_the_ones_named(void **state)
{
	const uint64_t code[] = {
		immed(AB(5), 5, 0),
		immed(B(6), 6, 0),
		immed(A(6), 7, 0),
		alu(B(8), A(6), ADD, IMM(1)),
		alu(AB(9), IMM(2), ADD, B(6)),
		alu(A(10), A(6), SUB, IMM(255)),
		mov(XFER(3), A(6)),
		0,
	};
	struct box box;

	(void)state;
	box_init(&box);
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 5);
	assert_int_equal(box_b(&box, 5), 5);
	assert_int_equal(box_b(&box, 6), 6);
	assert_int_equal(box_a(&box, 6), 7);
	assert_int_equal(box_b(&box, 8), 8);
	assert_int_equal(box_a(&box, 9), 8);
	assert_int_equal(box_b(&box, 9), 8);
	assert_int_equal(box_a(&box, 10), 0xffffff08);
	assert_false(me_get_gpr_a(&box.me, 8, &(uint32_t){ 0 }));
	assert_false(me_get_gpr_b(&box.me, 10, &(uint32_t){ 0 }));
	assert_int_equal(box.me.steps, 8);
}

static void immed_places_16_bits(void **state)
{
	const struct {
		const char *what;
		uint64_t insn;
		uint32_t want;
	} cases[] = {
		{ "low", immed(A(5), 0xabcd, 0), 0xabcd },
		{ "middle", immed(A(5), 0xabcd, 1), 0xabcd00 },
		{ "high", immed(A(5), 0xabcd, 2), 0xabcd0000 },
		{ "low, inverted", immed_not(A(5), 0xabcd, 0), 0xffff5432 },
		{ "middle, inverted", immed_not(A(5), 0xabcd, 1), 0xff5432ff },
		{ "high, inverted", immed_not(A(5), 0xabcd, 2), 0x5432ffff },
		{ "low half", immed_w0(A(5), 0xabcd), 0x1122abcd },
		{ "high half", immed_w1(A(5), 0xabcd), 0xabcd3344 },
		{ "both banks", immed(AB(5), 0xabcd, 0), 0xabcd },
		{ "both banks, high", immed_w1(AB(5), 0xabcd), 0xabcd3344 },
	};
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = { cases[i].insn, 0 };

		print_message("%s\n", cases[i].what);
		box_init(&box);
		me_set_gpr(&box.me, 5, 0x11223344);
		box_expect_done(&box, code);
		assert_int_equal(box_a(&box, 5), cases[i].want);
	}
}

/* jit.c loads 32 bits in two steps. */
static void a_register_is_known_when_both_halves_are(void **state)
{
	const uint64_t code[] = {
		immed(B(5), 0xbeef, 0), immed_w1(B(5), 0xdead),
		immed_w1(B(6), 0xdead), immed_w0(A(7), 0xbeef),
		immed_w1(A(7), 0xdead), 0,
	};
	struct box box;

	(void)state;
	box_init(&box);
	box_expect_done(&box, code);
	assert_int_equal(box_b(&box, 5), 0xdeadbeef);
	assert_int_equal(box_a(&box, 7), 0xdeadbeef);
	assert_false(me_get_gpr_b(&box.me, 6, &(uint32_t){ 0 }));
}

static void a_random_number_is_taken_by_immed(void **state)
{
	const uint64_t code[] = {
		csr_rd(RANDOM),
		immed(AB(5), 0, 0),
		immed(AB(6), 0, 0),
		0,
	};
	struct box box;

	(void)state;
	box_init(&box);
	box.random = 0xdeadbeef;
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 0xdeadbeef);
	assert_int_equal(box_b(&box, 5), 0xdeadbeef);
	assert_int_equal(box_a(&box, 6), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_operation_gives_what_it_gives_in_c),
		cmocka_unit_test(carries_chain_two_words),
		cmocka_unit_test(flags_of_a_difference_compare),
		cmocka_unit_test(flags_of_a_sum_tell_overflow),
		cmocka_unit_test(logic_and_moves_tell_sign_and_zero),
		cmocka_unit_test(destinations_are_the_ones_named),
		cmocka_unit_test(immed_places_16_bits),
		cmocka_unit_test(a_register_is_known_when_both_halves_are),
		cmocka_unit_test(a_random_number_is_taken_by_immed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
