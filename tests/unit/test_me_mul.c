/* SPDX-License-Identifier: GPL-2.0-only */
/* mul_step, against C's own multiplication. */
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

static void mul_step_multiplies_32_by_32(void **state)
{
	const uint64_t code[] = {
		mul_start(A(1), B(2)),
		mul_step(MUL_32X32, 1, A(1), B(2)),
		mul_step(MUL_32X32, 2, A(1), B(2)),
		mul_step(MUL_32X32, 3, A(1), B(2)),
		mul_step(MUL_32X32, 4, A(1), B(2)),
		mul_last(MUL_32X32, A(5)),
		mul_last_high(MUL_32X32, AB(6)),
		0,
	};
	struct box box;

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t a = box_number(), b = box_number();
		uint64_t want = (uint64_t)a * b;

		assert_int_equal(run2(&box, code, a, b), (uint32_t)want);
		assert_int_equal(box_a(&box, 6), want >> 32);
		assert_int_equal(box_b(&box, 6), want >> 32);
	}
}

static void mul_step_multiplies_16_by_16(void **state)
{
	const uint64_t code[] = {
		mul_start(A(1), B(2)),
		mul_step(MUL_16X16, 1, A(1), B(2)),
		mul_step(MUL_16X16, 2, A(1), B(2)),
		mul_last(MUL_16X16, AB(5)),
		0,
	};
	struct box box;

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t a = box_number() >> 16, b = box_number() & 0xffff;

		assert_int_equal(run2(&box, code, a, b), a * b);
		assert_int_equal(box_b(&box, 5), a * b);
	}
}

static void mul_step_takes_immediates(void **state)
{
	const uint64_t code[] = {
		mul_start(B(2), IMM(200)),
		mul_step(MUL_16X16, 1, B(2), IMM(200)),
		mul_step(MUL_16X16, 2, B(2), IMM(200)),
		mul_last(MUL_16X16, A(5)),
		0,
	};
	struct box box;

	(void)state;
	assert_int_equal(run2(&box, code, 0, 300), 60000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mul_step_multiplies_32_by_32),
		cmocka_unit_test(mul_step_multiplies_16_by_16),
		cmocka_unit_test(mul_step_takes_immediates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
