/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "disasm.h"

#define IN(c, d, s, o, i)                                                \
	{                                                                \
		.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), \
		.imm = (i)                                               \
	}

/* clang-format off */
static const struct {
	struct bpf_insn insn;
	const char *text;
} cases[] = {
	{ IN(0xb7, 0, 0, 0, 2),		"r0 = 2" },
	{ IN(0xb4, 0, 0, 0, -1),	"w0 = -1" },
	{ IN(0xbf, 6, 1, 0, 0),		"r6 = r1" },
	{ IN(0xbf, 6, 1, 8, 0),		"r6 = (s8)r1" },
	{ IN(0x0f, 1, 2, 0, 0),		"r1 += r2" },
	{ IN(0xc4, 1, 0, 0, 3),		"w1 s>>= 3" },
	{ IN(0x37, 1, 0, 1, 3),		"r1 s/= 3" },
	{ IN(0x97, 1, 0, 0, 7),		"r1 %= 7" },
	{ IN(0x87, 1, 0, 0, 0),		"r1 = -r1" },
	{ IN(0xdc, 1, 0, 0, 16),	"r1 = be16 r1" },
	{ IN(0xd4, 1, 0, 0, 32),	"r1 = le32 r1" },
	{ IN(0xd7, 1, 0, 0, 64),	"r1 = bswap64 r1" },
	{ IN(0x61, 1, 2, 4, 0),		"r1 = *(u32 *)(r2 +4)" },
	{ IN(0x71, 1, 10, -8, 0),	"r1 = *(u8 *)(r10 -8)" },
	{ IN(0x79, 1, 2, -32768, 0),	"r1 = *(u64 *)(r2 -32768)" },
	{ IN(0x91, 1, 2, 0, 0),		"r1 = *(s8 *)(r2 +0)" },
	{ IN(0x6b, 1, 2, 12, 0),	"*(u16 *)(r1 +12) = r2" },
	{ IN(0x7a, 10, 0, -8, 5),	"*(u64 *)(r10 -8) = 5" },
	{ IN(0xdb, 1, 2, 8, 0),		"lock *(u64 *)(r1 +8) += r2" },
	{ IN(0xc3, 1, 2, 0, 0x50),	"lock *(u32 *)(r1 +0) &= r2" },
	{ IN(0xdb, 1, 2, 8, 1),		"r2 = atomic_fetch_add(*(u64 *)(r1 +8), r2)" },
	{ IN(0xdb, 1, 2, 0, 0xe1),	"r2 = atomic_xchg(*(u64 *)(r1 +0), r2)" },
	{ IN(0xdb, 1, 2, 0, 0xf1),	"r0 = atomic_cmpxchg(*(u64 *)(r1 +0), r2)" },
	{ IN(0xdb, 1, 2, 0, 0x30),	"(db) no instruction" },
	{ IN(0x25, 1, 0, 5, 0x2a),	"if r1 > 0x2a goto +5" },
	{ IN(0x1e, 1, 2, -3, 0),	"if w1 == w2 goto -3" },
	{ IN(0x45, 1, 0, 1, -1),	"if r1 & 0xffffffff goto +1" },
	{ IN(0x05, 0, 0, 9, 0),		"goto +9" },
	{ IN(0x06, 0, 0, 0, 9),		"gotol +9" },
	{ IN(0xe5, 0, 0, 2, 0),		"may_goto +2" },
	{ IN(0x85, 0, 0, 0, 1),		"call bpf_map_lookup_elem#1" },
	{ IN(0x85, 0, 0, 0, 209),	"call bpf_user_ringbuf_drain#209" },
	{ IN(0x85, 0, 0, 0, 99999),	"call unknown#99999" },
	{ IN(0x85, 0, 0, 0, -5),	"call unknown#-5" },
	{ IN(0x85, 0, 1, 0, -1),	"call pc-1 main" },
	{ IN(0x85, 0, 2, 0, 7),		"call kernel function" },
	{ IN(0x95, 0, 0, 0, 0),		"exit" },
	{ IN(0x9c, 0, 0, 0, 0),		"w0 %= w0" },
	{ IN(0x96, 0, 0, 0, 0),		"(96) no instruction" },
	{ IN(0x30, 0, 0, 0, 12),	"r0 = *(u8 *)skb[12]" },
	{ IN(0x48, 0, 3, 0, 2),		"r0 = *(u16 *)skb[r3 +2]" },
	{ IN(0xff, 0, 0, 0, 0),		"(ff) no instruction" },
};
/* clang-format on */

static void disassemble(struct bpf_insn *insns, unsigned int count,
			unsigned int at, char out[64])
{
	struct code_map map = { .name = "counts" };
	struct code_func func = { .name = "main" };
	struct code code = {
		.insns = insns,
		.insn_count = count,
		.maps = &map,
		.map_count = 1,
		.funcs = &func,
		.func_count = 1,
	};

	disasm_insn(&code, at, out, 64);
}

static void reads_like_the_verifiers_log(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct bpf_insn insn = cases[i].insn;
		char text[64];

		disassemble(&insn, 1, 0, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void a_64_bit_constant_is_one(void **state)
{
	struct bpf_insn pair[] = {
		IN(0x18, 1, 0, 0, -1),
		IN(0, 0, 0, 0, 2),
	};
	char text[64];

	(void)state;
	disassemble(pair, 2, 0, text);
	assert_string_equal(text, "r1 = 0x2ffffffff");
	disassemble(pair, 2, 1, text);
	assert_string_equal(text, "");
	disassemble(pair, 1, 0, text);
	assert_string_equal(text, "r1 = 0xffffffff");
}

static void maps_have_names(void **state)
{
	struct bpf_insn pair[] = {
		IN(0x18, 1, BPF_PSEUDO_MAP_FD, 0, 0),
		IN(0, 0, 0, 0, 0),
	};
	char text[64];

	(void)state;
	disassemble(pair, 2, 0, text);
	assert_string_equal(text, "r1 = map counts");
	pair[0].src_reg = BPF_PSEUDO_MAP_VALUE;
	pair[1].imm = 12;
	disassemble(pair, 2, 0, text);
	assert_string_equal(text, "r1 = map counts +12");
	pair[0].imm = 1;
	disassemble(pair, 2, 0, text);
	assert_string_equal(text, "r1 = map ? +12");
}

/* No byte of an instruction may lead astray. */
static void any_instruction_at_all_is_safe(void **state)
{
	char text[64];

	(void)state;
	for (unsigned int code = 0; code < 256; code++)
		for (int imm = -1; imm < 256; imm++) {
			struct bpf_insn insn =
				IN(code, 15, imm & 15, -32768, imm);

			disassemble(&insn, 1, 0, text);
			assert_true(strlen(text) > 0);
		}
}

static void helpers_are_those_of_the_header(void **state)
{
	(void)state;
	assert_string_equal(disasm_helper(1), "map_lookup_elem");
	assert_string_equal(disasm_helper(44), "xdp_adjust_head");
	assert_string_equal(disasm_helper(65), "xdp_adjust_tail");
	assert_string_equal(disasm_helper(189), "xdp_load_bytes");
	for (unsigned int id = 1; id <= 211; id++)
		assert_non_null(disasm_helper(id));
	assert_null(disasm_helper(0));
	assert_null(disasm_helper(100000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_like_the_verifiers_log),
		cmocka_unit_test(a_64_bit_constant_is_one),
		cmocka_unit_test(maps_have_names),
		cmocka_unit_test(any_instruction_at_all_is_safe),
		cmocka_unit_test(helpers_are_those_of_the_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
