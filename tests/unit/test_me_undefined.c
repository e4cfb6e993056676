/* SPDX-License-Identifier: GPL-2.0-only */
/* What the hardware leaves undefined: a microengine stops there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "me_asm.h"
#include "me_box.h"

static void unknown_values_may_not_be_used(void **state)
{
	/* clang-format off */
	const struct stop_case cases[] = {
		{ "alu, bank A", ME_UNDEFINED,
		  "never written: register A5; alu", 0,
		  { alu(A(1), A(5), ADD, B(1)) } },
		{ "alu, bank B", ME_UNDEFINED, "register B5", 1,
		  { immed(A(5), 0, 0), alu(A(1), A(1), AND, B(5)) } },
		{ "complement", ME_UNDEFINED, "register B9", 0,
		  { alu(A(1), NONE, NOT, B(9)) } },
		{ "shift", ME_UNDEFINED, "register B9", 0,
		  { shf(A(1), NONE, SHF_MOV, B(9), SHR, 1) } },
		{ "double shift", ME_UNDEFINED, "register A9", 0,
		  { shf(A(1), A(9), SHF_MOV, B(1), DSHR, 1) } },
		{ "combined", ME_UNDEFINED, "register A9", 0,
		  { shf(A(1), A(9), SHF_OR, B(1), SHR, 1) } },
		{ "multiplication", ME_UNDEFINED, "register A9", 0,
		  { mul_start(A(9), B(1)) } },
		{ "bit", ME_UNDEFINED, "register A9", 0,
		  { br_bset(A(9), 3, AT(0), 0) } },
		{ "return address", ME_UNDEFINED, "register B9", 0,
		  { rtn(B(9), 0) } },
		{ "pointer", ME_UNDEFINED, "register A9", 0,
		  { csr_wr(A(9), LM0) } },
		{ "memory address, A", ME_UNDEFINED, "register A9", 0,
		  { cmd(READ32, MODE_32, 0, A(9), B(1), 1, SWAP) } },
		{ "memory address, B", ME_UNDEFINED, "register B9", 0,
		  { cmd(READ32, MODE_32, 0, A(1), B(9), 1, SWAP) } },
		{ "half a register", ME_UNDEFINED, "register A9", 1,
		  { immed_w1(A(9), 1), alu(A(1), A(9), ADD, IMM(1)) } },
		{ "a copy", ME_UNDEFINED, "register A8", 1,
		  { mov(AB(8), B(9)), alu(A(1), A(8), ADD, IMM(1)) } },
		{ "transfer-in register", ME_UNDEFINED,
		  "transfer-in register 3", 0,
		  { alu(A(1), A(1), ADD, XFER(3)) } },
		{ "written is not read", ME_UNDEFINED, "transfer-in register 3",
		  1,
		  { mov(XFER(3), A(1)), alu(A(1), A(1), ADD, XFER(3)) } },
		{ "transfer-out register", ME_UNDEFINED,
		  "transfer-out register 4", 0,
		  { cmd(WRITE8, MODE_32, 4, A(1), B(2), 1, SWAP) } },
		{ "second transfer-out register", ME_UNDEFINED,
		  "transfer-out register 5", 1,
		  { mov(XFER(4), A(1)),
		    cmd(WRITE32, MODE_32, 4, A(1), B(2), 2, SWAP) } },
		{ "fifth byte", ME_UNDEFINED, "transfer-out register 5", 1,
		  { mov(XFER(4), A(1)),
		    cmd(WRITE8, MODE_32, 4, A(1), B(2), 5, SWAP) } },
		{ "addend", ME_UNDEFINED, "transfer-out register 1", 1,
		  { mov(XFER(0), A(1)),
		    cmd(CMD_ADD, MODE_40_BA, 0, A(3), B(4), 5, SWAP) } },
		{ "addend, deferred", ME_UNDEFINED,
		  "transfer-out register 0; add", 0,
		  { cmd(CMD_ADD, MODE_40_BA, 0, A(3), B(4), 1, DEFER1),
		    nop() } },
		{ "local memory", ME_UNDEFINED, "local memory byte 68", 0,
		  { alu(A(1), A(1), ADD, LMEM(1, 1)) } },
		{ "local memory, moving on", ME_UNDEFINED,
		  "local memory byte 68", 1,
		  { mov(NONE, LMEM_INC(1)),
		    alu(A(1), A(1), ADD, LMEM_INC(1)) } },
		{ "branch on a copy", ME_UNDEFINED, "flag", 1,
		  { mov(NONE, B(9)), br(BEQ, AT(0), 0) } },
	};
	/* clang-format on */

	(void)state;
	box_check_stops(cases, ARRAY_SIZE(cases));
}

/* What one instruction leaves to the next one. */
static void what_is_not_left_may_not_be_used(void **state)
{
	/* clang-format off */
	const struct stop_case cases[] = {
		{ "no flag at the start", ME_UNDEFINED, "flag", 0,
		  { br(BEQ, AT(0), 0) } },
		{ "logic tells no carry", ME_UNDEFINED, "flag", 1,
		  { alu(NONE, A(1), OR, B(1)), br(BHS, AT(0), 0) } },
		{ "logic tells no overflow", ME_UNDEFINED, "flag", 1,
		  { alu(NONE, A(1), OR, B(1)), br(BVS, AT(0), 0) } },
		{ "logic does not compare", ME_UNDEFINED, "flag", 1,
		  { alu(NONE, A(1), OR, B(1)), br(BLT, AT(0), 0) } },
		{ "ld_field tells nothing", ME_UNDEFINED, "flag", 2,
		  { alu(NONE, A(1), SUB, B(1)), ld_field(A(1), 1, B(1), ROT, 0),
		    br(BEQ, AT(0), 0) } },
		{ "mul_step tells nothing", ME_UNDEFINED, "flag", 2,
		  { alu(NONE, A(1), SUB, B(1)), mul_start(A(1), B(1)),
		    br(BEQ, AT(0), 0) } },
		{ "a routine tells nothing", ME_UNDEFINED, "flag", 3,
		  { alu(NONE, A(1), SUB, B(1)), br(BR, BOX_ROUTINE, 1),
		    immed(B(0), AT(3), 0), br(BEQ, AT(0), 0) } },
		{ "no carry", ME_UNDEFINED, "carry", 1,
		  { alu(A(5), A(1), OR, B(1)), alu(A(6), A(1), ADDC, B(1)) } },
		{ "no borrow", ME_UNDEFINED, "carry", 0,
		  { alu(A(6), A(1), SUBC, B(1)) } },
		{ "no distance", ME_UNDEFINED, "a shift by what", 0,
		  { shf(A(5), NONE, SHF_MOV, B(1), SHR, 0) } },
		{ "distance lost", ME_UNDEFINED, "a shift by what", 2,
		  { alu(NONE, A(1), OR, IMM(0)), nop(),
		    shf(A(5), NONE, SHF_MOV, B(1), SHR, 0) } },
		{ "a move has no left source", ME_UNDEFINED, "a shift by what",
		  1,
		  { mov(NONE, A(1)), shf(A(5), NONE, SHF_MOV, B(1), SHR, 0) } },
		{ "double shift by 32", ME_UNDEFINED, "double shift", 1,
		  { alu(NONE, IMM(32), OR, A(1)),
		    shf(A(5), A(1), SHF_MOV, B(1), DSHR, 0) } },
		{ "no sign", ME_UNDEFINED, "sign", 0,
		  { shf(A(5), NONE, SHF_ASR, B(1), SHR, 3) } },
		{ "sign lost", ME_UNDEFINED, "sign", 2,
		  { mov(NONE, B(1)), csr_wr(IMM(0), LM0),
		    shf(A(5), NONE, SHF_ASR, B(1), SHR, 3) } },
		{ "unknown sign", ME_UNDEFINED, "sign", 1,
		  { mov(NONE, B(9)), shf(A(5), NONE, SHF_ASR, B(1), SHR, 3) } },
		{ "no indirect length", ME_UNDEFINED, "indirect reference", 0,
		  { cmd_indirect(READ32, MODE_32, 0, A(1), B(2), SWAP) } },
		{ "indirect length lost", ME_UNDEFINED, "indirect reference", 2,
		  { immed(NONE, override(2), 0), csr_wr(IMM(0), LM0),
		    cmd_indirect(READ32, MODE_32, 0, A(1), B(2), SWAP) } },
		{ "a CSR read for nothing", ME_UNDEFINED, "not taken", 1,
		  { csr_rd(RANDOM), mov(A(5), B(1)) } },
		{ "a CSR taken by another immed", ME_UNDEFINED, "immed of 0", 1,
		  { csr_rd(RANDOM), immed(A(5), 1, 0) } },
	};
	/* clang-format on */

	(void)state;
	box_check_stops(cases, ARRAY_SIZE(cases));
}

static void a_pointer_is_used_three_cycles_after_its_write(void **state)
{
	static const unsigned int csr[] = { LM0, LM1, LM2, LM3 };

	(void)state;
	for (unsigned int i = 0; i < 4 * ARRAY_SIZE(csr); i++) {
		unsigned int which = i / 4, nops = i % 4, n = 0;
		uint64_t code[8] = { 0 };
		struct box box;

		code[n++] = csr_wr(IMM(0x40), csr[which]);
		while (n <= nops)
			code[n++] = nop();
		code[n] = mov(LMEM(which, 0), A(1));
		box_prepare(&box);
		if (nops == 3) {
			box_expect_done(&box, code);
			continue;
		}
		assert_int_equal(box_run(&box, code), ME_UNDEFINED);
		assert_non_null(strstr(box_why(&box), "within 3 cycles"));
		assert_int_equal(box.me.report.number, which);
		assert_int_equal(box.me.report.at, AT(n));
	}
}

/* A taken branch costs 3 or 4 cycles, slots included. */
static void branches_count_as_the_cycles_they_take(void **state)
{
	const struct {
		const char *what;
		uint64_t branch;
	} cases[] = {
		{ "unconditional", br(BR, AT(4), 0) },
		{ "with a slot", br(BR, AT(4), 1) },
		{ "with two slots", br(BR, AT(4), 2) },
		{ "a bit", br_bclr(A(1), 0, AT(4), 1) },
		{ "not taken", br_bset(A(1), 0, AT(4), 0) },
	};
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = {
			csr_wr(IMM(0x40), LM0),
			cases[i].branch,
			nop(),
			nop(),
			mov(LMEM(0, 0), A(1)),
			0,
		};

		print_message("%s\n", cases[i].what);
		box_prepare(&box);
		box_expect_done(&box, code);
	}
}

static void pointers_are_checked_before_use(void **state)
{
	/* clang-format off */
	const struct stop_case cases[] = {
		{ "never set", ME_UNDEFINED,
		  "never set: local memory pointer 2", 0,
		  { mov(A(5), LMEM(2, 0)) } },
		{ "set in a slot of a branch", ME_UNDEFINED, "within 3 cycles",
		  3,
		  { br(BR, AT(2), 1), csr_wr(IMM(0), LM0), nop(),
		    mov(A(5), LMEM(0, 0)) } },
		{ "used in a slot of a branch", ME_UNDEFINED, "within 3 cycles",
		  2,
		  { csr_wr(IMM(0), LM0), br(BR, AT(3), 1),
		    mov(LMEM(0, 0), A(1)) } },
		{ "a branch not taken costs one cycle", ME_UNDEFINED,
		  "within 3 cycles", 3,
		  { csr_wr(IMM(0), LM0), br_bset(A(1), 0, AT(0), 0), nop(),
		    mov(LMEM(0, 0), A(1)) } },
		{ "set beyond local memory", ME_UNDEFINED,
		  "beyond local memory: address 0x1000", 1,
		  { immed(A(5), ME_LMEM_BYTES, 0), csr_wr(A(5), LM0) } },
		{ "moved beyond local memory", ME_UNDEFINED,
		  "beyond local memory", 6,
		  { immed(A(5), ME_LMEM_BYTES - 4, 0), csr_wr(A(5), LM0), nop(),
		    nop(), nop(), mov(LMEM_INC(0), A(1)),
		    mov(LMEM(0, 0), A(1)) } },
		{ "moved below local memory", ME_UNDEFINED,
		  "beyond local memory", 5,
		  { csr_wr(IMM(0), LM0), nop(), nop(), nop(),
		    mov(LMEM_DEC(0), A(1)), mov(A(5), LMEM(0, 0)) } },
	};
	/* clang-format on */

	(void)state;
	box_check_stops(cases, ARRAY_SIZE(cases));
}

static void multiplications_keep_their_order(void **state)
{
	/* clang-format off */
	const struct stop_case cases[] = {
		{ "no start", ME_UNDEFINED, "out of order", 0,
		  { mul_step(MUL_32X32, 1, A(2), B(2)) } },
		{ "no first step", ME_UNDEFINED, "out of order", 1,
		  { mul_start(A(2), B(2)),
		    mul_step(MUL_32X32, 2, A(2), B(2)) } },
		{ "changing type", ME_UNDEFINED, "out of order", 2,
		  { mul_start(A(2), B(2)), mul_step(MUL_32X32, 1, A(2), B(2)),
		    mul_step(MUL_16X16, 2, A(2), B(2)) } },
		{ "changing operands", ME_UNDEFINED, "changing operands", 1,
		  { mul_start(A(2), B(2)),
		    mul_step(MUL_32X32, 1, A(2), B(1)) } },
		{ "too many steps", ME_UNDEFINED, "out of order", 3,
		  { mul_start(A(2), B(2)), mul_step(MUL_16X16, 1, A(2), B(2)),
		    mul_step(MUL_16X16, 2, A(2), B(2)),
		    mul_step(MUL_16X16, 3, A(2), B(2)) } },
		{ "too early", ME_UNDEFINED, "unfinished", 2,
		  { mul_start(A(2), B(2)), mul_step(MUL_16X16, 1, A(2), B(2)),
		    mul_last(MUL_16X16, A(5)) } },
		{ "too wide", ME_UNDEFINED, "wider operand: 0x81000000", 1,
		  { mul_start(A(4), B(2)),
		    mul_step(MUL_16X16, 1, A(4), B(2)) } },
		{ "no high word of 16 by 16", ME_UNKNOWN, "mul_step", 3,
		  { mul_start(A(2), B(2)), mul_step(MUL_16X16, 1, A(2), B(2)),
		    mul_step(MUL_16X16, 2, A(2), B(2)),
		    mul_last_high(MUL_16X16, A(5)) } },
		{ "24 by 8", ME_UNKNOWN, "mul_step", 0,
		  { mul_step(MUL_24X8, 1, A(2), B(2)) } },
	};
	/* clang-format on */

	(void)state;
	box_check_stops(cases, ARRAY_SIZE(cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_values_may_not_be_used),
		cmocka_unit_test(what_is_not_left_may_not_be_used),
		cmocka_unit_test(
			a_pointer_is_used_three_cycles_after_its_write),
		cmocka_unit_test(branches_count_as_the_cycles_they_take),
		cmocka_unit_test(pointers_are_checked_before_use),
		cmocka_unit_test(multiplications_keep_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
