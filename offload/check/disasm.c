/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <string.h>

#include "disasm.h"

#define OPCODE(op)  [(op) >> 4]
#define IS_64(insn) (BPF_CLASS((insn)->code) == BPF_ALU64)
#define LD_IMM64    (BPF_LD | BPF_IMM | BPF_DW)
/* cpu v4: in newer headers only. */
#define MODE_MEMSX   0x80
#define JUMP_MAYGOTO 0xe0

static const char *const sizes[] = {
	[BPF_W >> 3] = "u32",
	[BPF_H >> 3] = "u16",
	[BPF_B >> 3] = "u8",
	[BPF_DW >> 3] = "u64",
};

static const char *const operators[16] = {
	OPCODE(BPF_ADD) = "+=",	 OPCODE(BPF_SUB) = "-=",
	OPCODE(BPF_MUL) = "*=",	 OPCODE(BPF_DIV) = "/=",
	OPCODE(BPF_OR) = "|=",	 OPCODE(BPF_AND) = "&=",
	OPCODE(BPF_LSH) = "<<=", OPCODE(BPF_RSH) = ">>=",
	OPCODE(BPF_MOD) = "%=",	 OPCODE(BPF_XOR) = "^=",
	OPCODE(BPF_MOV) = "=",	 OPCODE(BPF_ARSH) = "s>>=",
};

static const char *const comparisons[16] = {
	OPCODE(BPF_JEQ) = "==",	  OPCODE(BPF_JGT) = ">",
	OPCODE(BPF_JGE) = ">=",	  OPCODE(BPF_JSET) = "&",
	OPCODE(BPF_JNE) = "!=",	  OPCODE(BPF_JSGT) = "s>",
	OPCODE(BPF_JSGE) = "s>=", OPCODE(BPF_JLT) = "<",
	OPCODE(BPF_JLE) = "<=",	  OPCODE(BPF_JSLT) = "s<",
	OPCODE(BPF_JSLE) = "s<=",
};

#define HELPER(name) [BPF_FUNC_##name] = #name
static const char *const helpers[] = { __BPF_FUNC_MAPPER(HELPER) };

const char *disasm_helper(unsigned int id)
{
	/* Of Linux 6.2, which Debian 12's header does not have yet. */
	if (id == 210)
		return "cgrp_storage_get";
	if (id == 211)
		return "cgrp_storage_delete";
	if (!id || id >= sizeof(helpers) / sizeof(helpers[0]))
		return NULL;
	return helpers[id];
}

static void unknown(const struct bpf_insn *i, char *out, size_t room)
{
	snprintf(out, room, "(%02x) no instruction", i->code);
}

static const char *sign_of(int number)
{
	return number < 0 ? "-" : "+";
}

/* "(r2 +4)" */
static void address(char out[24], unsigned int reg, int off)
{
	snprintf(out, 24, "(r%u %s%d)", reg, sign_of(off),
		 off < 0 ? -off : off);
}

static const char *size_of(const struct bpf_insn *i)
{
	return sizes[BPF_SIZE(i->code) >> 3];
}

/* 32-bit registers are w0, w1, ...; constants are signed, as in the log. */
static void disasm_alu(const struct bpf_insn *i, char *out, size_t room)
{
	char reg = IS_64(i) ? 'r' : 'w';
	const char *op = operators[BPF_OP(i->code) >> 4];

	if (BPF_OP(i->code) == BPF_NEG)
		snprintf(out, room, "%c%u = -%c%u", reg, i->dst_reg, reg,
			 i->dst_reg);
	else if (BPF_OP(i->code) == BPF_END)
		snprintf(out, room, "r%u = %s%d r%u", i->dst_reg,
			 IS_64(i)		     ? "bswap"
			 : BPF_SRC(i->code) == BPF_X ? "be"
						     : "le",
			 i->imm, i->dst_reg);
	else if (!op)
		unknown(i, out, room);
	else if (i->off && BPF_OP(i->code) == BPF_MOV)
		snprintf(out, room, "%c%u = (s%d)%c%u", reg, i->dst_reg, i->off,
			 reg, i->src_reg);
	else if (BPF_SRC(i->code) == BPF_X)
		snprintf(out, room, "%c%u %s%s %c%u", reg, i->dst_reg,
			 i->off ? "s" : "", op, reg, i->src_reg);
	else
		snprintf(out, room, "%c%u %s%s %d", reg, i->dst_reg,
			 i->off ? "s" : "", op, i->imm);
}

static void disasm_call(const struct code *code, unsigned int insn, char *out,
			size_t room)
{
	const struct bpf_insn *i = &code->insns[insn];
	const struct code_func *f;
	const char *name;

	if (i->src_reg == BPF_PSEUDO_CALL) {
		f = code_func(code, insn + i->imm + 1);
		snprintf(out, room, "call pc%+d%s%s", i->imm, f ? " " : "",
			 f ? f->name : "");
	} else if (i->src_reg == BPF_PSEUDO_KFUNC_CALL) {
		snprintf(out, room, "call kernel function");
	} else {
		name = disasm_helper(i->imm);
		snprintf(out, room, "call %s%s#%d", name ? "bpf_" : "unknown",
			 name ? name : "", i->imm);
	}
}

static void disasm_branch(const struct bpf_insn *i, char *out, size_t room)
{
	char reg = BPF_CLASS(i->code) == BPF_JMP ? 'r' : 'w';
	const char *op = comparisons[BPF_OP(i->code) >> 4];

	if (!op)
		unknown(i, out, room);
	else if (BPF_SRC(i->code) == BPF_X)
		snprintf(out, room, "if %c%u %s %c%u goto %+d", reg, i->dst_reg,
			 op, reg, i->src_reg, i->off);
	else
		snprintf(out, room, "if %c%u %s 0x%x goto %+d", reg, i->dst_reg,
			 op, i->imm, i->off);
}

static void disasm_jump(const struct code *code, unsigned int insn, char *out,
			size_t room)
{
	const struct bpf_insn *i = &code->insns[insn];
	bool wide = BPF_CLASS(i->code) == BPF_JMP32;

	switch (BPF_OP(i->code)) {
	case BPF_JA:
		snprintf(out, room, wide ? "gotol %+d" : "goto %+d",
			 wide ? i->imm : i->off);
		return;
	case JUMP_MAYGOTO:
		snprintf(out, room, "may_goto %+d", i->off);
		return;
	case BPF_CALL:
		if (!wide)
			disasm_call(code, insn, out, room);
		else
			unknown(i, out, room);
		return;
	case BPF_EXIT:
		if (!wide)
			snprintf(out, room, "exit");
		else
			unknown(i, out, room);
		return;
	}
	disasm_branch(i, out, room);
}

static const char *map_name(const struct code *code, int index)
{
	if (index < 0 || (unsigned int)index >= code->map_count)
		return "?";
	return code->maps[index].name;
}

static void disasm_constant(const struct code *code, unsigned int insn,
			    char *out, size_t room)
{
	const struct bpf_insn *i = &code->insns[insn];
	uint32_t high = insn + 1 < code->insn_count ? i[1].imm : 0;

	switch (i->src_reg) {
	case BPF_PSEUDO_MAP_FD:
		snprintf(out, room, "r%u = map %s", i->dst_reg,
			 map_name(code, i->imm));
		break;
	case BPF_PSEUDO_MAP_VALUE:
		snprintf(out, room, "r%u = map %s +%u", i->dst_reg,
			 map_name(code, i->imm), high);
		break;
	case BPF_PSEUDO_FUNC:
		snprintf(out, room, "r%u = function at pc%+d", i->dst_reg,
			 i->imm);
		break;
	default:
		snprintf(out, room, "r%u = 0x%llx", i->dst_reg,
			 (unsigned long long)high << 32 | (uint32_t)i->imm);
	}
}

static void disasm_load(const struct bpf_insn *i, char *out, size_t room)
{
	char from[24];

	address(from, i->src_reg, i->off);
	if (BPF_MODE(i->code) == BPF_MEM)
		snprintf(out, room, "r%u = *(%s *)%s", i->dst_reg, size_of(i),
			 from);
	else if (BPF_MODE(i->code) == MODE_MEMSX)
		snprintf(out, room, "r%u = *(s%s *)%s", i->dst_reg,
			 size_of(i) + 1, from);
	else
		unknown(i, out, room);
}

static const char *atomic_name(int imm)
{
	switch (imm & ~BPF_FETCH) {
	case BPF_ADD:
		return "add";
	case BPF_OR:
		return "or";
	case BPF_AND:
		return "and";
	case BPF_XOR:
		return "xor";
	case BPF_XCHG & ~BPF_FETCH:
		return "xchg";
	case BPF_CMPXCHG & ~BPF_FETCH:
		return "cmpxchg";
	}
	return NULL;
}

/* "lock *(u64 *)(r1 +0) += r2"; with its result: "r2 = atomic_fetch_add(...)" */
static void disasm_atomic(const struct bpf_insn *i, char *out, size_t room)
{
	const char *name = atomic_name(i->imm);
	char to[24];

	address(to, i->dst_reg, i->off);
	if (!name)
		unknown(i, out, room);
	else if (i->imm & BPF_FETCH)
		snprintf(out, room, "r%u = atomic%s_%s(*(%s *)%s, r%u)",
			 i->imm == BPF_CMPXCHG ? 0 : i->src_reg,
			 i->imm >= (BPF_XCHG & ~BPF_FETCH) ? "" : "_fetch",
			 name, size_of(i), to, i->src_reg);
	else if (!operators[(i->imm & 0xf0) >> 4])
		unknown(i, out, room);
	else
		snprintf(out, room, "lock *(%s *)%s %s r%u", size_of(i), to,
			 operators[(i->imm & 0xf0) >> 4], i->src_reg);
}

static void disasm_store(const struct bpf_insn *i, char *out, size_t room)
{
	bool is_const = BPF_CLASS(i->code) == BPF_ST;
	char to[24];

	address(to, i->dst_reg, i->off);
	if (BPF_MODE(i->code) == BPF_ATOMIC && !is_const)
		disasm_atomic(i, out, room);
	else if (BPF_MODE(i->code) != BPF_MEM)
		unknown(i, out, room);
	else if (is_const)
		snprintf(out, room, "*(%s *)%s = %d", size_of(i), to, i->imm);
	else
		snprintf(out, room, "*(%s *)%s = r%u", size_of(i), to,
			 i->src_reg);
}

static void disasm_skb(const struct bpf_insn *i, char *out, size_t room)
{
	if (BPF_MODE(i->code) == BPF_ABS)
		snprintf(out, room, "r0 = *(%s *)skb[%d]", size_of(i), i->imm);
	else if (BPF_MODE(i->code) == BPF_IND)
		snprintf(out, room, "r0 = *(%s *)skb[r%u %+d]", size_of(i),
			 i->src_reg, i->imm);
	else
		unknown(i, out, room);
}

/* Odd bytes alone do not make a second half: it follows a first one, which is
 * none itself.
 */
static bool is_second_half(const struct code *code, unsigned int insn)
{
	return insn && !code->insns[insn].code &&
	       code->insns[insn - 1].code == LD_IMM64;
}

void disasm_insn(const struct code *code, unsigned int insn, char *out,
		 size_t room)
{
	const struct bpf_insn *i = &code->insns[insn];

	if (is_second_half(code, insn)) {
		snprintf(out, room, "%s", "");
		return;
	}
	switch (BPF_CLASS(i->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		disasm_alu(i, out, room);
		break;
	case BPF_JMP:
	case BPF_JMP32:
		disasm_jump(code, insn, out, room);
		break;
	case BPF_LDX:
		disasm_load(i, out, room);
		break;
	case BPF_ST:
	case BPF_STX:
		disasm_store(i, out, room);
		break;
	default:
		if (i->code == LD_IMM64)
			disasm_constant(code, insn, out, room);
		else
			disasm_skb(i, out, room);
	}
}
