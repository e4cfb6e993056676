/* SPDX-License-Identifier: GPL-2.0-only */
/* alu_shf and ld_field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "array.h"
#include "me_asm.h"
#include "me_box.h"

static uint32_t run2(struct box *box, const uint64_t *code, uint32_t a,
		     uint32_t b)
{
	box_init(box);
	me_set_gpr_a(&box->me, 1, a);
	me_set_gpr_b(&box->me, 2, b);
	box_expect_done(box, code);
	return box_a(box, 5);
}

static uint32_t c_shift(enum as_shift shift, unsigned int n, uint32_t a,
			uint32_t b)
{
	switch (shift) {
	case ROT:
		return b >> n | (uint64_t)b << (32 - n);
	case SHR:
		return b >> n;
	case SHL:
		return b << n;
	default:
		return ((uint64_t)a << 32 | b) >> n;
	}
}

static void every_distance_shifts_as_in_c(void **state)
{
	struct box box;

	(void)state;
	for (unsigned int i = 0; i < 4 * 31; i++) {
		enum as_shift shift = i % 4;
		unsigned int n = 1 + i / 4;
		uint32_t a = box_number(), b = box_number();
		const uint64_t code[] = {
			shf(A(5), A(1), SHF_MOV, B(2), shift, n),
			0,
		};

		assert_int_equal(run2(&box, code, a, b),
				 c_shift(shift, n, a, b));
	}
}

static void a_shifted_source_is_combined(void **state)
{
	const struct {
		const char *what;
		uint64_t insn;
		uint32_t want;
	} cases[] = {
		{ "and", shf(A(5), A(1), SHF_AND, B(2), SHR, 4), 0x020 },
		{ "or", shf(A(5), A(1), SHF_OR, B(2), SHL, 8), 0x1234f0 },
		{ "or of what rotates", shf(A(5), A(1), SHF_OR, B(2), ROT, 4),
		  0x400001f3 },
		{ "not shifted", shf(A(5), A(1), SHF_OR, B(2), ROT, 0),
		  0x12f4 },
		{ "and an immediate",
		  shf(A(5), IMM(0xff), SHF_AND, B(2), SHR, 4), 0x23 },
		{ "or an immediate", shf(A(5), A(1), SHF_OR, IMM(1), SHL, 8),
		  0x1f0 },
		{ "left in B", shf(A(5), B(2), SHF_OR, A(1), SHL, 8), 0xf234 },
		{ "moved from A", shf(A(5), NONE, SHF_MOV, A(1), SHR, 4), 0xf },
	};
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = { cases[i].insn, 0 };

		print_message("%s\n", cases[i].what);
		assert_int_equal(run2(&box, code, 0xf0, 0x1234), cases[i].want);
	}
}

/* As jit.c shifts by a register: the distance is the left source of the
 * instruction before, of which five bits count.
 */
static void indirect_distances_come_from_the_instruction_before(void **state)
{
	struct box box;

	(void)state;
	for (unsigned int i = 0; i < 3 * 64; i++) {
		enum as_shift shift = SHR + i % 3;
		unsigned int n = i / 3, low = n % 32;
		uint32_t b = box_number();
		const uint64_t code[] = {
			alu(NONE, A(1), OR, IMM(0)),
			shf(A(5), A(1), SHF_MOV, B(2), shift, 0),
			0,
		};

		if (shift == DSHR && n && !low)
			continue;
		assert_int_equal(run2(&box, code, n, b),
				 c_shift(shift, low, n, b));
	}
}

static void arithmetic_shifts_take_the_sign_before(void **state)
{
	struct box box;

	(void)state;
	for (unsigned int i = 0; i < 64; i++) {
		unsigned int n = 1 + i % 31;
		uint32_t b = box_number() ^ i << 31;
		const uint64_t direct[] = {
			alu(NONE, NONE, MOV, B(2)),
			shf(A(5), NONE, SHF_ASR, B(2), SHR, n),
			0,
		};
		const uint64_t indirect[] = {
			alu(NONE, A(1), OR, B(2)),
			shf(A(5), NONE, SHF_ASR, B(2), SHR, 0),
			0,
		};
		const uint64_t other_sign[] = {
			alu(NONE, NONE, NOT, B(2)),
			shf(A(5), NONE, SHF_ASR, B(2), SHR, n),
			0,
		};
		uint32_t want = (int32_t)b >> n, fill = ~0u << (32 - n);

		assert_int_equal(run2(&box, direct, 0, b), want);
		assert_int_equal(run2(&box, indirect, n, b), want);
		assert_int_equal(run2(&box, other_sign, 0, b), want ^ fill);
	}
}

/* Two in a row: the first one's result has the sign of the second. */
static void a_shift_leaves_its_sign_too(void **state)
{
	const uint64_t code[] = {
		alu(NONE, NONE, MOV, B(2)),
		shf(A(6), NONE, SHF_ASR, B(2), SHR, 4),
		shf(A(5), NONE, SHF_ASR, B(2), SHR, 31),
		0,
	};
	struct box box;

	(void)state;
	assert_int_equal(run2(&box, code, 0, 0x80000000), 0xffffffff);
	assert_int_equal(run2(&box, code, 0, 0x7fffffff), 0);
}

static void shifts_tell_sign_and_zero(void **state)
{
	const uint64_t code[] = {
		shf(NONE, NONE, SHF_MOV, B(2), SHL, 4),
		br(BEQ, AT(6), 2),
		immed(A(5), 0, 0),
		nop(),
		br(BMI, AT(6), 1),
		immed(A(5), 1, 0),
		0,
	};
	struct box box;

	(void)state;
	assert_int_equal(run2(&box, code, 0, 0xf0000000), 0);
	assert_int_equal(run2(&box, code, 0, 0x08000000), 1);
}

#define OLD 0x11223344 /* A1 */
#define SRC 0xaabbccdd /* B2 */

static void ld_field_changes_the_bytes_named(void **state)
{
	struct box box;

	(void)state;
	for (unsigned int bytes = 0; bytes < 16; bytes++) {
		const uint64_t keep[] = {
			mov(A(5), A(1)),
			ld_field(A(5), bytes, B(2), ROT, 0),
			0,
		};
		const uint64_t clear[] = {
			ld_field_clr(A(5), bytes, B(2), ROT, 0),
			0,
		};
		uint32_t mask = 0;

		for (int i = 0; i < 4; i++)
			mask |= bytes >> i & 1 ? 0xffu << 8 * i : 0;
		assert_int_equal(run2(&box, keep, OLD, SRC),
				 (OLD & ~mask) | (SRC & mask));
		assert_int_equal(run2(&box, clear, OLD, SRC), SRC & mask);
	}
}

static void ld_field_shifts_before(void **state)
{
	const struct {
		const char *what;
		uint64_t insn;
		uint32_t want;
	} cases[] = {
		{ "right", ld_field(A(5), 3, B(2), SHR, 8), 0x1122bbcc },
		{ "left", ld_field(A(5), 0xc, B(2), SHL, 16), 0xccdd3344 },
		{ "around", ld_field(A(5), 5, B(2), ROT, 8), 0x11aa33cc },
		{ "right, zero comes in", ld_field(A(5), 8, B(2), SHR, 8),
		  0x00223344 },
		{ "right, others clear", ld_field_clr(A(5), 1, B(2), SHR, 24),
		  0xaa },
		{ "not by bytes", ld_field_clr(A(5), 1, B(2), SHR, 4), 0xcd },
		{ "an immediate", ld_field(A(5), 0xc, IMM(0x82), SHL, 16),
		  0x00823344 },
		{ "bank A into both", ld_field(AB(5), 1, A(1), SHR, 8),
		  0x55667733 },
		{ "bank A into B", ld_field(B(5), 1, A(1), SHR, 8),
		  0x11223344 },
	};
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = { cases[i].insn, 0 };

		print_message("%s\n", cases[i].what);
		box_init(&box);
		me_set_gpr_a(&box.me, 1, OLD);
		me_set_gpr_b(&box.me, 2, SRC);
		me_set_gpr_a(&box.me, 5, OLD);
		me_set_gpr_b(&box.me, 5, 0x55667788);
		box_expect_done(&box, code);
		assert_int_equal(box_a(&box, 5), cases[i].want);
		if (cases[i].insn == ld_field(B(5), 1, A(1), SHR, 8))
			assert_int_equal(box_b(&box, 5), 0x55667733);
	}
}

/* jit.c end_reg32(). */
static void bytes_swap_as_the_driver_swaps_them(void **state)
{
	const uint64_t code[] = {
		mov(AB(5), B(2)),
		ld_field(AB(5), 0xf, A(5), ROT, 8),
		ld_field(AB(5), 0x5, A(5), ROT, 16),
		0,
	};
	const uint64_t be16[] = {
		mov(AB(5), B(2)),
		ld_field(AB(5), 0x9, B(5), ROT, 8),
		ld_field(AB(5), 0xe, A(5), SHR, 16),
		0,
	};
	struct box box;

	(void)state;
	assert_int_equal(run2(&box, code, 0, 0x11223344), 0x44332211);
	assert_int_equal(run2(&box, be16, 0, 0x11223344), 0x4433);
}

static void ld_field_knows_what_it_has_written(void **state)
{
	const uint64_t code[] = {
		ld_field(A(5), 3, B(2), ROT, 0),
		ld_field(A(5), 0xc, B(2), SHL, 16),
		ld_field(XFER(1), 0xf, B(2), ROT, 0),
		ld_field(A(6), 7, B(2), ROT, 0),
		ld_field_clr(B(7), 0xf, A(6), SHR, 8),
		ld_field_clr(B(8), 0x3, A(6), ROT, 8),
		immed_w1(A(9), 1),
		ld_field_clr(B(9), 1, A(9), ROT, 0),
		0,
	};
	struct box box;
	uint32_t v;

	(void)state;
	assert_int_equal(run2(&box, code, 0, SRC), 0xccddccdd);
	assert_false(me_get_gpr_a(&box.me, 6, &v));
	assert_false(me_get_gpr_b(&box.me, 7, &v));
	assert_false(me_get_gpr_b(&box.me, 9, &v));
	assert_int_equal(box_b(&box, 8), SRC >> 8 & 0xffff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_distance_shifts_as_in_c),
		cmocka_unit_test(a_shifted_source_is_combined),
		cmocka_unit_test(
			indirect_distances_come_from_the_instruction_before),
		cmocka_unit_test(arithmetic_shifts_take_the_sign_before),
		cmocka_unit_test(a_shift_leaves_its_sign_too),
		cmocka_unit_test(shifts_tell_sign_and_zero),
		cmocka_unit_test(ld_field_changes_the_bytes_named),
		cmocka_unit_test(ld_field_shifts_before),
		cmocka_unit_test(bytes_swap_as_the_driver_swaps_them),
		cmocka_unit_test(ld_field_knows_what_it_has_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
