/* SPDX-License-Identifier: GPL-2.0-only */
/* The other ends of a program, and what a microengine says then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "me_asm.h"
#include "me_box.h"

static void branches_go_where_code_is(void **state)
{
	/* clang-format off */
	const struct stop_case cases[] = {
		{ "nowhere", ME_LOST, "no code there: going to 5; br", 1,
		  { nop(), br(BR, 5, 0) } },
		{ "nowhere, after slots", ME_LOST, "going to 5; br", 0,
		  { br(BR, 5, 2), nop(), nop() } },
		{ "just beyond the image", ME_LOST, "going to 3074", 0,
		  { br(BR, AT(2), 0) } },
		{ "before the image", ME_LOST, "going to 3071", 0,
		  { br(BR, BOX_START - 1, 0) } },
		{ "returning nowhere", ME_LOST, "going to 16; rtn", 0,
		  { rtn(A(2), 0) } },
		{ "a bit, nowhere", ME_LOST, "going to 5; br_bit", 0,
		  { br_bclr(A(2), 0, 5, 0) } },
		{ "branch in a slot", ME_UNDEFINED, "a branch in a defer slot",
		  1,
		  { br(BR, AT(0), 1), br(BR, AT(0), 0) } },
		{ "branch in a slot of one not taken", ME_UNDEFINED,
		  "a branch in a defer slot", 1,
		  { br_bset(A(2), 0, AT(0), 1), br(BR, AT(0), 0) } },
		{ "branch in a slot of a command", ME_UNDEFINED,
		  "a branch in a defer slot", 2,
		  { mov(XFER(0), A(1)),
		    cmd(CMD_ADD, MODE_40_BA, 0, A(3), B(4), 1, DEFER1),
		    br(BR, AT(0), 0) } },
		{ "command in a slot", ME_UNDEFINED,
		  "a memory command in a defer slot", 1,
		  { br(BR, AT(0), 1),
		    cmd(READ32, MODE_32, 0, A(1), B(2), 1, SWAP) } },
		{ "command in a slot of a command", ME_UNDEFINED,
		  "a memory command in a defer slot", 2,
		  { mov(XFER(0), A(1)),
		    cmd(CMD_ADD, MODE_40_BA, 0, A(3), B(4), 1, DEFER1),
		    cmd(READ32, MODE_32, 0, A(1), B(2), 1, SWAP) } },
		{ "too many slots", ME_UNDEFINED, "more defer slots", 0,
		  { br(BR, AT(0), 3) } },
		{ "endless", ME_ENDLESS, "step limit: 1000", 0,
		  { br(BR, AT(0), 0) } },
	};
	/* clang-format on */

	(void)state;
	box_check_stops(cases, ARRAY_SIZE(cases));
}

static void the_end_of_an_image_is_no_end(void **state)
{
	const struct {
		const char *what;
		uint64_t code[3];
		uint32_t n;
		enum me_stop stop;
		const char *say;
	} cases[] = {
		{ "running off",
		  { nop(), nop() },
		  2,
		  ME_LOST,
		  "no code there: going to 3074; immed" },
		{ "slots run off",
		  { br(BR, AT(0), 1) },
		  1,
		  ME_UNDEFINED,
		  "slots run off the image" },
		{ "slots of a last branch",
		  { nop(), br(BR, BOX_DONE, 2) },
		  2,
		  ME_UNDEFINED,
		  "slots run off the image" },
		{ "slots of a command",
		  { mov(XFER(0), A(1)),
		    cmd(CMD_ADD, MODE_40_BA, 0, A(3), B(4), 1, DEFER2), nop() },
		  3,
		  ME_UNDEFINED,
		  "slots run off the image" },
	};
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		print_message("%s\n", cases[i].what);
		box_prepare(&box);
		assert_int_equal(box_run_all(&box, cases[i].code, cases[i].n),
				 cases[i].stop);
		if (!strstr(box_why(&box), cases[i].say))
			fail_msg("%s", box_why(&box));
	}
}

/* Two sources of one kind are put together by hand: the assembler, like the
 * driver's, refuses them.
 */
static void what_the_driver_does_not_generate_is_unknown(void **state)
{
	const uint64_t read = cmd(READ32, MODE_32, 0, A(1), B(2), 1, SWAP);
	const uint64_t read_at_0 = cmd(READ32, MODE_32, 0, A(0), B(0), 1, SWAP);
	const uint64_t add = cmd(CMD_ADD, MODE_40_BA, 0, A(3), B(4), 1, SWAP);
	const uint64_t indirect =
		cmd_indirect(READ32, MODE_32, 0, A(1), B(2), SWAP);
	/* clang-format off */
	const struct stop_case cases[] = {
		{ "class", ME_UNKNOWN,
		  "no such instruction; word 0x00c800000000", 0,
		  { 0xc800000000 } },
		{ "a bit of nop", ME_UNKNOWN, "no such instruction", 0,
		  { nop() | 1ull << 44 } },
		{ "alu operation", ME_UNKNOWN, "alu operation: operation 0x2",
		  0,
		  { alu(A(1), A(1), 2, B(1)) } },
		{ "shift of two transfer registers", ME_UNKNOWN,
		  "in the other's way; alu_shf", 0,
		  { shf(A(5), A(0), SHF_OR, XFER(1), SHR, 1) | 0x80 } },
		{ "double shift of two transfer registers", ME_UNKNOWN,
		  "in the other's way; alu_shf", 0,
		  { shf(A(5), A(0), SHF_MOV, XFER(1), DSHR, 1) | 0x80 } },
		{ "part of local memory into local memory", ME_UNKNOWN,
		  "in the other's way; ld_field", 0,
		  { ld_field(A(0), 1, B(0), ROT, 0) | 0x58 | 0x58 << 10 } },
		{ "sum of two transfer registers", ME_UNKNOWN,
		  "in the other's way; alu", 0,
		  { alu(A(5), A(0), ADD, XFER(1)) | 0x180 } },
		{ "product of two transfer registers", ME_UNKNOWN,
		  "in the other's way; mul_step", 0,
		  { mul_start(A(0), XFER(1)) | 0x180 } },
		{ "address of two transfer registers", ME_UNKNOWN,
		  "in the other's way; read32_swap", 0,
		  { read_at_0 | 0x80 | 0x80 << 10 } },
		{ "alu_shf operation", ME_UNKNOWN,
		  "alu_shf operation: operation 0x3", 0,
		  { shf(A(1), A(1), 3, B(1), SHR, 1) } },
		{ "arithmetic shift to the left", ME_UNKNOWN,
		  "arithmetic shift", 1,
		  { mov(NONE, A(1)), shf(A(1), NONE, SHF_ASR, B(1), SHL, 1) } },
		{ "double shift and", ME_UNKNOWN, "alu_shf operation", 0,
		  { shf(A(1), A(1), SHF_AND, B(1), DSHR, 1) } },
		{ "indirect ld_field", ME_UNKNOWN, "form of ld_field", 0,
		  { ld_field(A(1), 1, B(1), SHR, 0) } },
		{ "part of a transfer register", ME_UNKNOWN, "form of ld_field",
		  0,
		  { ld_field(XFER(1), 1, B(1), ROT, 0) } },
		{ "half of a transfer register", ME_UNKNOWN, "form of immed", 0,
		  { immed_w1(XFER(1), 1) } },
		{ "immed shift", ME_UNKNOWN, "form of immed", 0,
		  { immed(A(1), 1, 3) } },
		{ "immed of a byte", ME_UNKNOWN, "form of immed", 0,
		  { immed(A(1), 1, 0) | 1ull << 29 } },
		{ "immed_w1, inverted", ME_UNKNOWN, "form of immed", 0,
		  { immed_w1(A(1), 1) | 1ull << 31 } },
		{ "source", ME_UNKNOWN, "source: operand 0x28", 0,
		  { alu(A(1), A(40), ADD, B(1)) } },
		{ "register 32", ME_UNKNOWN, "source: operand 0x20", 0,
		  { alu(A(1), A(32), ADD, B(1)) } },
		{ "next neighbour", ME_UNKNOWN, "source: operand 0x280", 0,
		  { mov(A(1), B(0x280)) } },
		{ "destination", ME_UNKNOWN, "destination: operand 0x28", 0,
		  { mov(A(40), A(1)) } },
		{ "both banks of local memory", ME_UNKNOWN, "destination", 0,
		  { mov(LMEM(1, 0), A(1)) | 1ull << 41 } },
		{ "two from local memory", ME_UNKNOWN, "other's way", 0,
		  { alu(A(1), LMEM(1, 0), ADD, B(0x220)) } },
		{ "from and to a moving pointer", ME_UNKNOWN, "other's way", 0,
		  { mov(LMEM_INC(1), LMEM(1, 0)) } },
		{ "changing, and moving on", ME_UNKNOWN, "other's way", 0,
		  { alu(LMEM_INC(1), LMEM(1, 0), ADD, A(1)) } },
		{ "branch condition", ME_UNKNOWN,
		  "branch condition: operation 0xa", 1,
		  { alu(NONE, A(1), SUB, B(1)), br(10, AT(0), 0) } },
		{ "branch on a signal", ME_UNKNOWN, "form of br", 0,
		  { br(BR, AT(0), 0) ^ 1ull << 14 } },
		{ "bit", ME_UNKNOWN, "no such bit", 0,
		  { br_bset(A(1), 32, AT(0), 0) } },
		{ "return with an offset", ME_UNKNOWN, "form of rtn", 0,
		  { rtn(A(1), 0) | 1ull << 22 } },
		{ "return with an immediate", ME_UNKNOWN, "form of rtn", 0,
		  { rtn(A(1), 0) | 1 << 10 } },
		{ "CSR of two registers", ME_UNKNOWN, "local_csr_wr", 0,
		  { csr_wr(A(1), LM0) & ~(0x3ffull << 10) } },
		{ "CSR to write", ME_UNKNOWN, "CSR 0x20", 0,
		  { csr_wr(A(1), 0x20) } },
		{ "CSR to read", ME_UNKNOWN, "CSR 0x64", 0,
		  { csr_rd(LM0) } },
		{ "memory command", ME_UNKNOWN,
		  "memory command: operation 0x5c", 0,
		  { read ^ 1ull << 18 } },
		{ "addressing", ME_UNKNOWN, "addressing", 0,
		  { read ^ 3ull << 43 } },
		{ "read without waiting", ME_UNKNOWN, "way to wait", 0,
		  { cmd(READ32, MODE_32, 0, A(1), B(2), 1, NO_SWAP) } },
		{ "deferred read", ME_UNKNOWN, "way to wait", 0,
		  { cmd(READ32, MODE_32, 0, A(1), B(2), 1, DEFER1) } },
		{ "addition to the packet", ME_UNKNOWN, "form of addition", 0,
		  { cmd(CMD_ADD, MODE_32, 0, A(1), B(2), 1, SWAP) } },
		{ "width of an addition", ME_UNKNOWN, "form of addition", 0,
		  { add | 1ull << 25 } },
		{ "override of no length", ME_UNKNOWN, "indirect reference", 1,
		  { immed(NONE, 0x100, 0), indirect } },
		{ "override of more", ME_UNKNOWN, "indirect reference: 0x181",
		  1,
		  { immed(NONE, override(2) | 1, 0), indirect } },
		{ "override of data", ME_UNKNOWN, "indirect reference", 1,
		  { immed_not(NONE, 0xff7f, 0), indirect } },
	};
	/* clang-format on */

	(void)state;
	box_check_stops(cases, ARRAY_SIZE(cases));
}

static void memory_may_say_no(void **state)
{
	/* clang-format off */
	const struct stop_case cases[] = {
		{ "read", ME_FAULT,
		  "nothing to read there: address 0x20; read32_swap", 0,
		  { cmd(READ32, MODE_32, 0, A(2), B(2), 1, SWAP) } },
		{ "write", ME_FAULT, "nothing to write there: address 0x20", 1,
		  { mov(XFER(0), A(1)),
		    cmd(WRITE8, MODE_32, 0, A(2), B(2), 1, SWAP) } },
		{ "map", ME_FAULT, "address 0x8100001000", 0,
		  { cmd(READ32, MODE_40_BA, 0, A(1), B(4), 1, SWAP) } },
		{ "add", ME_FAULT,
		  "nothing to add to there: address 0x8100001000", 1,
		  { mov(XFER(0), A(1)),
		    cmd(CMD_ADD, MODE_40_BA, 0, A(1), B(4), 1, DEFER1),
		    nop() } },
		{ "addresses of 32 bits wrap", ME_FAULT, "address 0x0;", 1,
		  { immed_not(A(5), 0, 0),
		    cmd(READ32, MODE_32, 0, A(5), IMM(1), 1, SWAP) } },
		{ "40 bits", ME_UNDEFINED, "beyond 40 bits", 1,
		  { immed_not(AB(5), 0, 0),
		    cmd(READ32, MODE_40_BA, 0, A(5), B(5), 1, SWAP) } },
		{ "registers", ME_UNDEFINED, "beyond the registers", 0,
		  { cmd(READ32, MODE_32, 31, A(1), B(2), 2, SWAP) } },
		{ "registers of bytes", ME_UNDEFINED, "beyond the registers", 1,
		  { mov(XFER(31), A(1)),
		    cmd(WRITE8, MODE_32, 31, A(1), B(2), 5, SWAP) } },
		{ "registers of an addition", ME_UNDEFINED,
		  "beyond the registers", 1,
		  { mov(XFER(31), A(1)),
		    cmd(CMD_ADD, MODE_40_BA, 31, A(3), B(4), 5, SWAP) } },
		{ "sleep without signal", ME_UNDEFINED, "signal", 0,
		  { cmd(READ32, MODE_32, 0, A(1), B(2), 1, SWAP) ^
		    1ull << 28 } },
		{ "routine", ME_FAULT, "no return address: going to 100; br", 0,
		  { br(BR, BOX_ROUTINE, 0) } },
	};
	/* clang-format on */

	(void)state;
	box_check_stops(cases, ARRAY_SIZE(cases));
}

static void a_sentence_fits_where_it_is_put(void **state)
{
	const uint64_t code[] = { rtn(B(9), 0), 0 };
	char why[16];
	struct box box;

	(void)state;
	box_prepare(&box);
	assert_int_equal(box_run(&box, code), ME_UNDEFINED);
	assert_string_equal(me_why(&box.me, why, sizeof(why)),
			    "use of what was");
	assert_string_equal(box_why(&box),
			    "use of what was never written: register B9; rtn "
			    "0x00e800002700 at 3072");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(branches_go_where_code_is),
		cmocka_unit_test(the_end_of_an_image_is_no_end),
		cmocka_unit_test(what_the_driver_does_not_generate_is_unknown),
		cmocka_unit_test(memory_may_say_no),
		cmocka_unit_test(a_sentence_fits_where_it_is_put),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
