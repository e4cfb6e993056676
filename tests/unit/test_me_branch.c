/* SPDX-License-Identifier: GPL-2.0-only */
/* Branches, their defer slots, and the way into the firmware and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "me_asm.h"
#include "me_box.h"

/* A5 gets a bit for each of the instructions that were executed. */
static uint64_t mark(unsigned int bit)
{
	return alu(A(5), A(5), OR, IMM(1u << bit));
}

static uint32_t marks(const uint64_t *code, uint32_t tested)
{
	struct box box;

	box_init(&box);
	me_set_gpr(&box.me, 1, tested);
	me_set_gpr_a(&box.me, 5, 0);
	box_expect_done(&box, code);
	return box_a(&box, 5);
}

static void defer_slots_are_executed_before_a_branch(void **state)
{
	const uint64_t kind[] = {
		br(BR, AT(5), 0),
		br(BEQ, AT(5), 0),
		br_bset(A(1), 31, AT(5), 0),
		br_bclr(B(1), 0, AT(5), 0),
		rtn(B(2), 0),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kind); i++) {
		for (uint64_t defer = 0; defer <= (i ? 3 : 2); defer++) {
			const uint64_t code[] = {
				alu(NONE, A(3), SUB, IMM(0)),
				kind[i] | defer << 20,
				mark(0),
				mark(1),
				mark(2),
				mark(3),
				0,
			};
			struct box box;

			box_init(&box);
			me_set_gpr(&box.me, 1, 0x80000000);
			me_set_gpr_b(&box.me, 2, AT(5));
			me_set_gpr_a(&box.me, 3, 0);
			me_set_gpr_a(&box.me, 5, 0);
			box_expect_done(&box, code);
			assert_int_equal(box_a(&box, 5),
					 0x8 | ((1 << defer) - 1));
		}
	}
}

static void what_is_not_taken_goes_on(void **state)
{
	(void)state;
	for (unsigned int defer = 0; defer <= 3; defer++) {
		const uint64_t code[] = {
			alu(NONE, A(1), SUB, IMM(0)),
			br(BNE, AT(6), defer),
			mark(0),
			mark(1),
			mark(2),
			mark(3),
			mark(4),
			0,
		};

		assert_int_equal(marks(code, 0), 0x1f);
		assert_int_equal(marks(code, 1), 0x10 | ((1 << defer) - 1));
	}
}

static void every_bit_can_be_tested(void **state)
{
	(void)state;
	for (unsigned int bit = 0; bit < 32; bit++) {
		const uint64_t set[] = { br_bset(A(1), bit, AT(2), 0), mark(0),
					 mark(1), 0 };
		const uint64_t clear[] = { br_bclr(B(1), bit, AT(2), 0),
					   mark(0), mark(1), 0 };

		assert_int_equal(marks(set, 1u << bit), 2);
		assert_int_equal(marks(set, ~(1u << bit)), 3);
		assert_int_equal(marks(clear, 1u << bit), 3);
		assert_int_equal(marks(clear, ~(1u << bit)), 2);
	}
}

static void branches_go_back_too(void **state)
{
	const uint64_t code[] = {
		alu(A(5), A(5), ADD, IMM(1)),
		alu(A(1), A(1), SUB, IMM(1)),
		br(BNE, AT(0), 0),
		0,
	};

	(void)state;
	assert_int_equal(marks(code, 10), 10);
}

static void targets_have_14_bits(void **state)
{
	const uint64_t code[] = {
		br(BR, 0x2005, 0), nop(), nop(), nop(), nop(),
		br(BR, 0x1fff, 0),
	};
	struct box box;
	struct me_image image;

	(void)state;
	box_init(&box);
	memcpy(box.code, code, sizeof(code));
	image = box.me.image;
	image.start = 0x2000;
	image.len = ARRAY_SIZE(code);
	image.done = 0x1fff;
	box.me.image = image;
	assert_int_equal(me_run(&box.me, 2), ME_DONE);
	assert_int_equal(box.me.steps, 2);
	me_reset(&box.me, &image, box.me.ops, &box);
	assert_int_equal(me_run(&box.me, 1), ME_ENDLESS);
	assert_int_equal(box.me.steps, 1);
}

/* As jit.c calls a helper: the return address is put into B0 in a slot. */
static void the_firmware_is_called_and_returns(void **state)
{
	const uint64_t code[] = {
		br(BR, BOX_ROUTINE, 2),
		immed(A(0), 7, 0),
		immed(B(0), AT(4), 0),
		mark(0),
		mark(1),
		0,
	};
	struct box box;

	(void)state;
	box_init(&box);
	me_set_gpr_a(&box.me, 5, 0);
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 2);
	assert_int_equal(box.me.calls, 1);
	assert_int_equal(box.me.steps, 5);
}

static const char *answer(struct box *box)
{
	uint32_t back = 0, key = 0, key_at;
	bool settled;

	assert_true(me_get_gpr_b(&box->me, 0, &back));
	key_at = me_lm_addr(&box->me, 0, &settled);
	assert_true(settled);
	assert_true(me_lmem_read(&box->me, key_at, &key, sizeof(key)));
	me_set_gpr(&box->me, 0, key + 1);
	me_forget_gprs(&box->me, 2, 11);
	me_forget_xfers(&box->me);
	me_return(&box->me, back);
	return NULL;
}

/* The pointer is written, then come the branch and its slots: in time. */
static void a_routine_sees_local_memory_and_registers(void **state)
{
	const uint64_t code[] = {
		csr_wr(IMM(64), LM0), br(BR, BOX_ROUTINE, 2),
		immed(A(12), 7, 0),   immed(B(0), AT(4), 0),
		mov(A(5), A(0)),      0,
	};
	struct box box;

	(void)state;
	box_init(&box);
	box.routine = answer;
	me_set_gpr(&box.me, 11, 5);
	assert_true(me_lmem_set_word(&box.me, 64, 41));
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 42);
	assert_int_equal(box_a(&box, 12), 7);
	assert_false(me_get_gpr_a(&box.me, 11, &(uint32_t){ 0 }));
	assert_false(me_get_gpr_b(&box.me, 2, &(uint32_t){ 0 }));
}

static const char *look_at_pointer(struct box *box)
{
	bool settled = true;

	me_lm_addr(&box->me, 0, &settled);
	return settled ? "settled" : "not settled";
}

static void a_routine_is_told_of_pointers_not_settled(void **state)
{
	const uint64_t late[] = {
		br(BR, BOX_ROUTINE, 2),
		csr_wr(IMM(64), LM0),
		nop(),
		0,
	};
	const uint64_t in_time[] = {
		csr_wr(IMM(64), LM0), br(BR, BOX_ROUTINE, 2), nop(), nop(), 0,
	};
	const uint64_t never[] = { br(BR, BOX_ROUTINE, 0), 0 };
	struct box box;

	(void)state;
	box_init(&box);
	box.routine = look_at_pointer;
	assert_int_equal(box_run(&box, never), ME_FAULT);
	assert_non_null(strstr(box_why(&box), "not settled"));
	assert_int_equal(box_run(&box, late), ME_FAULT);
	assert_non_null(strstr(box_why(&box), "not settled"));
	assert_int_equal(box_run(&box, in_time), ME_FAULT);
	assert_null(strstr(box_why(&box), "not settled"));
}

static const char *call_itself(struct box *box)
{
	me_return(&box->me, BOX_ROUTINE);
	return NULL;
}

static void calls_count_as_steps(void **state)
{
	const uint64_t code[] = { br(BR, BOX_ROUTINE, 0), 0 };
	struct box box;

	(void)state;
	box_init(&box);
	box.routine = call_itself;
	assert_int_equal(box_run(&box, code), ME_ENDLESS);
	assert_int_equal(box.me.steps, 1);
	assert_int_equal(box.me.calls, 999);
}

static void registers_out_of_range_do_not_exist(void **state)
{
	struct box box;
	uint32_t v = 1;
	bool settled;

	(void)state;
	box_init(&box);
	me_set_gpr(&box.me, ME_REGISTERS, 5);
	me_set_lm_addr(&box.me, ME_LMEM_POINTERS, 4);
	me_set_gpr(&box.me, 0, 7);
	me_forget_gprs(&box.me, 1, ~0u - 1);
	assert_false(me_get_gpr_a(&box.me, ME_REGISTERS, &v));
	assert_false(me_get_gpr_b(&box.me, ME_REGISTERS, &v));
	assert_false(me_get_gpr_b(&box.me, 1, &v));
	assert_int_equal(v, 1);
	assert_int_equal(box_b(&box, 0), 7);
	assert_int_equal(me_lm_addr(&box.me, ME_LMEM_POINTERS, &settled), 0);
	assert_false(settled);
}

static void a_run_begins_without_slots_of_the_last(void **state)
{
	const uint64_t stops[] = {
		br(BR, BOX_DONE, 2),
		alu(A(5), A(9), ADD, IMM(1)),
		nop(),
		0,
	};
	const uint64_t code[] = { nop(), nop(), immed(A(5), 1, 0), 0 };
	struct box box;

	(void)state;
	box_init(&box);
	assert_int_equal(box_run(&box, stops), ME_UNDEFINED);
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 1);
	assert_string_equal(box_why(&box), "done");
}

static void a_program_can_run_again(void **state)
{
	const uint64_t code[] = { alu(A(5), A(5), ADD, IMM(1)), 0 };
	struct box box;

	(void)state;
	box_init(&box);
	me_set_gpr_a(&box.me, 5, 0);
	box_expect_done(&box, code);
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 2);
	assert_int_equal(box.me.steps, 4);
	assert_string_equal(box_why(&box), "done");
}

/* jit.c saves registers in a subroutine and jumps on from it to a function,
 * with a pointer that is written just before the first branch.
 */
static void functions_are_called_as_the_driver_does(void **state)
{
	const uint64_t code[] = {
		csr_wr(IMM(0), LM0),
		br(BR, AT(6), 2),
		immed(B(21), AT(11), 0),
		immed(A(21), AT(4), 0),
		mov(A(5), A(7)),
		br(BR, BOX_DONE, 0),
		/* save registers */
		mov(LMEM(0, 1), B(12)),
		rtn(B(21), 3),
		mov(LMEM(0, 2), B(13)),
		mov(LMEM(0, 3), B(14)),
		mov(LMEM(0, 4), B(15)),
		/* the function */
		mov(LMEM(0, 0), A(21)),
		immed(A(7), 77, 0),
		mov(AB(12), LMEM(0, 1)),
		mov(A(21), LMEM(0, 0)),
		rtn(A(21), 0),
		0,
	};
	struct box box;

	(void)state;
	box_init(&box);
	me_set_gpr_b(&box.me, 12, 12);
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 77);
	assert_int_equal(box_a(&box, 12), 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defer_slots_are_executed_before_a_branch),
		cmocka_unit_test(what_is_not_taken_goes_on),
		cmocka_unit_test(every_bit_can_be_tested),
		cmocka_unit_test(branches_go_back_too),
		cmocka_unit_test(targets_have_14_bits),
		cmocka_unit_test(the_firmware_is_called_and_returns),
		cmocka_unit_test(a_routine_sees_local_memory_and_registers),
		cmocka_unit_test(a_routine_is_told_of_pointers_not_settled),
		cmocka_unit_test(calls_count_as_steps),
		cmocka_unit_test(registers_out_of_range_do_not_exist),
		cmocka_unit_test(a_run_begins_without_slots_of_the_last),
		cmocka_unit_test(a_program_can_run_again),
		cmocka_unit_test(functions_are_called_as_the_driver_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
