/* SPDX-License-Identifier: GPL-2.0-only */
/* Local memory, its pointers, and who reaches it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "me_asm.h"
#include "me_box.h"

/* Word i of the first 64 holds 0x100 + i. */
static void prepare(struct box *box)
{
	box_prepare(box);
	for (uint32_t i = 0; i < 0x100; i += 4)
		assert_true(me_lmem_set_word(&box->me, i, 0x100 + i / 4));
}

static void local_memory_is_reached_by_pointers(void **state)
{
	const struct {
		const char *what;
		struct reg src;
		uint32_t addr, want, after;
	} cases[] = {
		{ "pointer 0", LMEM(0, 0), 0x20, 0x108, 0x20 },
		{ "pointer 1", LMEM(1, 0), 0x20, 0x108, 0x20 },
		{ "pointer 2", LMEM(2, 0), 0x20, 0x108, 0x20 },
		{ "pointer 3", LMEM(3, 0), 0x20, 0x108, 0x20 },
		{ "an offset", LMEM(0, 15), 0x40, 0x11f, 0x40 },
		{ "an offset is ORed", LMEM(0, 3), 0x24, 0x10b, 0x24 },
		{ "low bits are dropped", LMEM(0, 0), 0x23, 0x108, 0x20 },
		{ "moving on", LMEM_INC(3), 0x20, 0x108, 0x24 },
		{ "moving back", LMEM_DEC(2), 0x20, 0x108, 0x1c },
	};
	static const unsigned int csr[] = { LM0, LM1, LM2, LM3 };
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = {
			csr_wr(A(6), csr[cases[i].src.which]),
			nop(),
			nop(),
			nop(),
			mov(A(5), cases[i].src),
			0,
		};
		bool settled;

		print_message("%s\n", cases[i].what);
		prepare(&box);
		me_set_gpr_a(&box.me, 6, cases[i].addr);
		box_expect_done(&box, code);
		assert_int_equal(box_a(&box, 5), cases[i].want);
		assert_int_equal(me_lm_addr(&box.me, cases[i].src.which,
					    &settled),
				 cases[i].after);
		assert_true(settled);
	}
}

static void local_memory_is_written_by_all_that_write(void **state)
{
	const struct {
		const char *what;
		uint64_t insn;
		uint32_t addr, want;
	} cases[] = {
		{ "alu", alu(LMEM(1, 2), A(6), ADD, LMEM(1, 2)), 0x88,
		  0x11223344 + 0x122 },
		{ "alu, swapped", alu(LMEM(1, 2), LMEM(1, 2), SUB, A(6)), 0x88,
		  0x122 - 0x11223344 },
		{ "alu, far pointer", mov(LMEM(3, 9), A(6)), 0xe4, 0x11223344 },
		{ "alu, moving", mov(LMEM_INC(3), A(6)), 0xc0, 0x11223344 },
		{ "immed", immed(LMEM(1, 0), 0x1234, 0), 0x80, 0x1234 },
		{ "immed_w1", immed_w1(LMEM(3, 0), 0x1234), 0xc0, 0x12340130 },
		{ "alu_shf",
		  shf(LMEM(1, 4), LMEM(1, 4), SHF_OR, IMM(1), SHL, 4), 0x90,
		  0x124 | 0x10 },
		{ "ld_field", ld_field(LMEM(1, 6), 1, A(6), ROT, 0), 0x98,
		  0x144 },
		{ "ld_field, far pointer",
		  ld_field(LMEM(3, 7), 8, A(6), SHL, 24), 0xdc, 0x44000137 },
	};
	struct box box;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = { cases[i].insn, 0 };
		uint32_t v = 0;

		print_message("%s\n", cases[i].what);
		prepare(&box);
		me_set_gpr_a(&box.me, 6, 0x11223344);
		me_set_lm_addr(&box.me, 1, 0x80);
		me_set_lm_addr(&box.me, 3, 0xc0);
		box_expect_done(&box, code);
		assert_true(me_lmem_get_word(&box.me, cases[i].addr, &v));
		assert_int_equal(v, cases[i].want);
	}
}

static void a_pointer_walks_over_words(void **state)
{
	const uint64_t code[] = {
		mov(A(5), LMEM_INC(3)), mov(A(6), LMEM_INC(3)),
		mov(NONE, LMEM_INC(3)), mov(A(7), LMEM_DEC(3)),
		mov(A(8), LMEM(3, 0)),	0,
	};
	struct box box;

	(void)state;
	prepare(&box);
	me_set_lm_addr(&box.me, 3, 0x40);
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 0x110);
	assert_int_equal(box_a(&box, 6), 0x111);
	assert_int_equal(box_a(&box, 7), 0x113);
	assert_int_equal(box_a(&box, 8), 0x112);
}

/* A sleeping thread waits longer than a pointer takes. */
static void a_command_settles_pointers(void **state)
{
	const uint64_t code[] = {
		csr_wr(IMM(0x40), LM0),
		cmd(READ32, MODE_32, 0, A(1), B(2), 1, SWAP),
		mov(A(5), LMEM(0, 0)),
		0,
	};
	struct box box;

	(void)state;
	prepare(&box);
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 0x110);
}

/* jit.c stores bytes into the stack word by word; the rest of a word may never
 * have been written.
 */
static void half_a_word_is_kept_and_moved(void **state)
{
	const uint64_t code[] = {
		ld_field(LMEM(0, 0), 1, B(6), ROT, 0),
		mov(A(21), LMEM(0, 0)),
		ld_field(A(21), 2, B(6), ROT, 0),
		mov(LMEM(0, 0), A(21)),
		ld_field_clr(A(5), 3, LMEM(0, 0), ROT, 0),
		0,
	};
	struct box box;
	uint8_t bytes[4];

	(void)state;
	prepare(&box);
	me_set_gpr_b(&box.me, 6, 0x11223344);
	me_set_lm_addr(&box.me, 0, 0x800);
	box_expect_done(&box, code);
	assert_int_equal(box_a(&box, 5), 0x3344);
	assert_true(me_lmem_read(&box.me, 0x800, bytes, 2));
	assert_int_equal(bytes[0], 0x44);
	assert_int_equal(bytes[1], 0x33);
	assert_false(me_lmem_read(&box.me, 0x800, bytes, 3));
}

static void the_firmware_reaches_bytes_of_local_memory(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3, 4, 5 };
	uint8_t back[5] = { 0 };
	struct box box;
	uint32_t v = 0;

	(void)state;
	box_init(&box);
	assert_true(me_lmem_write(&box.me, 6, bytes, sizeof(bytes)));
	assert_true(me_lmem_read(&box.me, 6, back, sizeof(back)));
	assert_memory_equal(back, bytes, sizeof(bytes));
	assert_false(me_lmem_read(&box.me, 5, back, 2));
	assert_false(me_lmem_get_word(&box.me, 4, &v));
	assert_true(me_lmem_write(&box.me, 4, bytes, 2));
	assert_true(me_lmem_get_word(&box.me, 4, &v));
	assert_int_equal(v, 0x02010201);
	assert_true(me_lmem_write(&box.me, ME_LMEM_BYTES - 5, bytes, 5));
	assert_false(me_lmem_write(&box.me, ME_LMEM_BYTES - 4, bytes, 5));
	assert_false(me_lmem_read(&box.me, ~0u, back, 5));
	assert_false(me_lmem_set_word(&box.me, ME_LMEM_BYTES, 0));
	assert_false(me_lmem_get_word(&box.me, ME_LMEM_BYTES, &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(local_memory_is_reached_by_pointers),
		cmocka_unit_test(local_memory_is_written_by_all_that_write),
		cmocka_unit_test(a_pointer_walks_over_words),
		cmocka_unit_test(a_command_settles_pointers),
		cmocka_unit_test(half_a_word_is_kept_and_moved),
		cmocka_unit_test(the_firmware_reaches_bytes_of_local_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
