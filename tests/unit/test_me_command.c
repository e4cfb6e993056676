/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory commands: where bytes go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "me_asm.h"
#include "me_box.h"

static void run(struct box *box, const uint64_t *code)
{
	box_prepare(box);
	box_expect_done(box, code);
}

static void reads_put_bytes_into_registers(void **state)
{
	const struct {
		const char *what;
		uint64_t insn;
		uint32_t want[2];
	} cases[] = {
		{ "swapped, packet",
		  cmd(READ32, MODE_32, 0, A(1), B(2), 2, SWAP),
		  { 0x13121110, 0x17161514 } },
		{ "swapped, odd address",
		  cmd(READ32, MODE_32, 0, A(1), IMM(3), 2, SWAP),
		  { 0x06050403, 0x0a090807 } },
		{ "not swapped",
		  cmd(READ8, MODE_32, 0, A(1), B(2), 8, SWAP),
		  { 0x10111213, 0x14151617 } },
		{ "map",
		  cmd(READ32, MODE_40_BA, 0, A(3), B(4), 2, SWAP),
		  { 0x03020100, 0x07060504 } },
		{ "map, registers the other way",
		  cmd(READ32, MODE_40_AB, 0, A(4), B(3), 2, SWAP),
		  { 0x03020100, 0x07060504 } },
	};
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = {
			cases[i].insn,
			mov(A(5), XFER(0)),
			mov(A(6), XFER(1)),
			0,
		};

		print_message("%s\n", cases[i].what);
		run(&box, code);
		assert_int_equal(box_a(&box, 5), cases[i].want[0]);
		assert_int_equal(box_a(&box, 6), cases[i].want[1]);
		assert_int_equal(box.me.commands, 1);
	}
}

static void a_read_begins_at_its_transfer_register(void **state)
{
	const uint64_t code[] = {
		cmd(READ32, MODE_32, 30, A(1), B(2), 2, SWAP),
		mov(A(5), XFER(30)),
		mov(A(6), XFER(31)),
		mov(A(7), XFER(0)),
		0,
	};
	struct box box;

	(void)state;
	run(&box, code);
	assert_int_equal(box_a(&box, 5), 0x13121110);
	assert_int_equal(box_a(&box, 6), 0x17161514);
	assert_false(me_get_gpr_a(&box.me, 7, &(uint32_t){ 0 }));
}

static void a_short_read_leaves_the_rest_unknown(void **state)
{
	const uint64_t code[] = {
		cmd(READ32, MODE_32, 0, A(1), B(2), 2, SWAP),
		cmd(READ8, MODE_32, 0, A(1), B(2), 6, SWAP),
		mov(A(6), XFER(1)),
		shf(A(5), NONE, SHF_MOV, XFER(0), SHR, 16),
		ld_field_clr(A(7), 3, XFER(1), SHR, 16),
		0,
	};
	struct box box;

	(void)state;
	run(&box, code);
	assert_int_equal(box_a(&box, 5), 0x1011);
	assert_int_equal(box_a(&box, 7), 0x1415);
	assert_false(me_get_gpr_a(&box.me, 6, &(uint32_t){ 0 }));
}

/* jit.c data_ld(): it shifts out what it did not want. */
static void bytes_that_are_not_defined_stay_unknown(void **state)
{
	const uint64_t drops[] = {
		cmd(READ32, MODE_32, 2, A(1), B(2), 2, SWAP),
		cmd(READ8, MODE_32, 0, A(1), B(2), 8, SWAP),
		shf(A(5), NONE, SHF_MOV, XFER(1), SHR, 16),
		ld_field_clr(A(6), 3, XFER(3), ROT, 0),
		shf(A(7), NONE, SHF_MOV, XFER(3), SHL, 16),
		mov(A(8), XFER(1)),
		0,
	};
	const uint64_t load = cmd(READ8, MODE_32, 0, A(1), B(2), 8, SWAP);
	const uint64_t uses[][3] = {
		{ load, shf(A(5), NONE, SHF_MOV, XFER(1), SHR, 15) },
		{ load, shf(A(5), NONE, SHF_MOV, XFER(1), ROT, 16) },
		{ load, alu(A(5), A(1), ADD, XFER(1)) },
	};
	struct box box;

	(void)state;
	box_prepare(&box);
	box.defined = 6;
	box_expect_done(&box, drops);
	assert_int_equal(box_a(&box, 5), 0x1415);
	assert_int_equal(box_a(&box, 6), 0x1514);
	assert_int_equal(box_a(&box, 7), 0x15140000);
	assert_false(me_get_gpr_a(&box.me, 8, &(uint32_t){ 0 }));
	for (size_t i = 0; i < ARRAY_SIZE(uses); i++) {
		box_prepare(&box);
		box.defined = 6;
		assert_int_equal(box_run(&box, uses[i]), ME_UNDEFINED);
		assert_non_null(strstr(box_why(&box), "never written"));
	}
}

/* jit.c takes the length of longer ones from the result before. */
static void indirect_commands_move_up_to_128_bytes(void **state)
{
	struct box box;

	(void)state;
	for (uint32_t words = 1; words <= 32; words++) {
		uint64_t code[40] = {
			immed(NONE, override(words), 0),
			cmd_indirect(READ32, MODE_32, 0, A(1), IMM(0), SWAP),
		};
		uint64_t *next = code + 2;

		for (uint32_t i = 0; i < words; i++)
			*next++ = mov(XFER(i), XFER(i));
		*next++ = immed(NONE, override(words), 0);
		*next++ =
			cmd_indirect(WRITE32, MODE_40_BA, 0, A(3), B(4), SWAP);
		box_prepare(&box);
		memset(box.mu, 0xee, sizeof(box.mu));
		box_expect_done(&box, code);
		assert_memory_equal(box.mu, box.ctm, 4 * words);
		assert_int_equal(box.mu[4 * words], 0xee);
	}
}

static void writes_take_bytes_from_registers(void **state)
{
	const struct {
		const char *what;
		uint64_t insn;
		uint32_t len;
	} cases[] = {
		{ "1 byte", cmd(WRITE8, MODE_32, 2, A(1), B(2), 1, SWAP), 1 },
		{ "2 bytes", cmd(WRITE8, MODE_32, 2, A(1), B(2), 2, SWAP), 2 },
		{ "6 bytes", cmd(WRITE8, MODE_32, 2, A(1), B(2), 6, SWAP), 6 },
		{ "8 bytes", cmd(WRITE8, MODE_32, 2, A(1), B(2), 8, SWAP), 8 },
		{ "1 word", cmd(WRITE32, MODE_32, 2, A(1), B(2), 1, SWAP), 4 },
		{ "2 words", cmd(WRITE32, MODE_32, 2, A(1), B(2), 2, SWAP), 8 },
	};
	static const uint8_t want[] = { 0x44, 0x33, 0x22, 0x11,
					0x88, 0x77, 0x66, 0x55 };
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = {
			immed(XFER(2), 0x3344, 0),
			mov(XFER(2), A(6)),
			mov(XFER(3), A(7)),
			cases[i].insn,
			0,
		};
		uint32_t end = 0x10 + cases[i].len;

		print_message("%s\n", cases[i].what);
		box_prepare(&box);
		me_set_gpr_a(&box.me, 6, 0x11223344);
		me_set_gpr_a(&box.me, 7, 0x55667788);
		box_expect_done(&box, code);
		assert_memory_equal(box.ctm + 0x10, want, cases[i].len);
		assert_int_equal(box.ctm[0xf], 0xf);
		assert_int_equal(box.ctm[end], end);
	}
}

static uint64_t number_at(const uint8_t *bytes, uint32_t width)
{
	uint64_t v = 0;

	for (uint32_t i = 0; i < width; i++)
		v |= (uint64_t)bytes[i] << (8 * (i ^ 3));
	return v;
}

static void additions_take_registers_written_in_their_slots(void **state)
{
	const uint64_t wide[] = {
		immed(XFER(0), 0, 0),
		cmd(CMD_ADD, MODE_40_BA, 0, A(3), B(4), 5, DEFER2),
		mov(XFER(0), A(6)),
		mov(XFER(1), A(7)),
		mov(XFER(0), A(8)),
		0,
	};
	const uint64_t narrow[] = {
		cmd(CMD_ADD, MODE_40_BA, 0, A(3), B(4), 1, DEFER1),
		mov(XFER(0), A(6)),
		0,
	};
	struct box box;

	(void)state;
	for (int i = 0; i < 2; i++) {
		uint64_t old;

		box_prepare(&box);
		old = number_at(box.mu, 8);
		me_set_gpr_a(&box.me, 6, 0xfedcba98);
		me_set_gpr_a(&box.me, 7, 0x76543210);
		me_set_gpr_a(&box.me, 8, 1);
		box_expect_done(&box, i ? narrow : wide);
		if (i)
			assert_int_equal(number_at(box.mu, 4),
					 (uint32_t)(old + 0xfedcba98));
		else
			assert_int_equal(number_at(box.mu, 8),
					 old + 0x76543210fedcba98);
	}
}

/* jit.c mem_xadd(): bits 5..3 say that the data is in the upper half. */
static void additions_of_16_bits_need_no_register(void **state)
{
	struct box box;

	(void)state;
	for (int wide = 0; wide < 2; wide++) {
		uint32_t form = 2 << 3 | override(1 + (wide ? 0xc : 0x8));
		const uint64_t code[] = {
			immed(A(5), form, 0),
			ld_field(A(5), 0xc, B(6), SHL, 16),
			cmd_indirect(CMD_ADD_IMM, MODE_40_BA, 0, A(3), B(4),
				     NO_SWAP),
			0,
		};
		uint32_t width = wide ? 8 : 4;

		box_prepare(&box);
		memset(box.mu, 0xff, 8);
		me_set_gpr_b(&box.me, 6, 0x1ffff);
		box_expect_done(&box, code);
		assert_int_equal(number_at(box.mu, width), 0xfffe);
		assert_int_equal(box.mu[7], wide ? 0 : 0xff);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_put_bytes_into_registers),
		cmocka_unit_test(a_read_begins_at_its_transfer_register),
		cmocka_unit_test(a_short_read_leaves_the_rest_unknown),
		cmocka_unit_test(bytes_that_are_not_defined_stay_unknown),
		cmocka_unit_test(indirect_commands_move_up_to_128_bytes),
		cmocka_unit_test(writes_take_bytes_from_registers),
		cmocka_unit_test(
			additions_take_registers_written_in_their_slots),
		cmocka_unit_test(additions_of_16_bits_need_no_register),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
