/* SPDX-License-Identifier: GPL-2.0-only */
/* Which instructions the driver takes, and who looks at each (nfp driver,
 * bpf/verifier.c nfp_verify_insn(); bpf/jit.c instr_cb).
 */
#include <errno.h>

#include "driver_insn.h"

#define MEMSX	     0x80 /* sign-extending load, cpu v4 */
#define MAY_GOTO     0xe0
#define REGISTERS    11
#define LOAD(code)   (((code) & ~0x18) == (BPF_LDX | BPF_MEM))
#define STORE(code)  (((code) & ~0x18) == (BPF_STX | BPF_MEM))
#define ATOMIC(code) (((code) & ~0x18) == (BPF_STX | BPF_ATOMIC))

static bool knows_alu(unsigned char code)
{
	switch (BPF_OP(code)) {
	case BPF_MOD:
		return false;
	case BPF_NEG:
		return BPF_SRC(code) == BPF_K;
	case BPF_END:
		return code == (BPF_ALU | BPF_END | BPF_X);
	}
	return BPF_OP(code) <= BPF_END;
}

static bool knows_jump(unsigned char code)
{
	switch (BPF_OP(code)) {
	case BPF_JA:
	case BPF_CALL:
	case BPF_EXIT:
		return BPF_CLASS(code) == BPF_JMP && BPF_SRC(code) == BPF_K;
	}
	return BPF_OP(code) <= BPF_JSLE;
}

static bool knows_load(unsigned char code)
{
	if (BPF_MODE(code) == BPF_IMM)
		return BPF_SIZE(code) == BPF_DW;
	return (BPF_MODE(code) == BPF_ABS || BPF_MODE(code) == BPF_IND) &&
	       BPF_SIZE(code) != BPF_DW;
}

static bool knows_store(unsigned char code)
{
	if (BPF_MODE(code) == BPF_ATOMIC)
		return BPF_SIZE(code) == BPF_W || BPF_SIZE(code) == BPF_DW;
	return BPF_MODE(code) == BPF_MEM;
}

bool driver_knows_opcode(unsigned char code)
{
	switch (BPF_CLASS(code)) {
	case BPF_LD:
		return knows_load(code);
	case BPF_LDX:
	case BPF_ST:
		return BPF_MODE(code) == BPF_MEM;
	case BPF_STX:
		return knows_store(code);
	case BPF_JMP:
	case BPF_JMP32:
		return knows_jump(code);
	}
	return knows_alu(code);
}

static enum rule_id unknown_alu(unsigned char code)
{
	if (BPF_OP(code) == BPF_MOD)
		return RULE_O1;
	if (BPF_OP(code) != BPF_END)
		return RULE_O7;
	return BPF_CLASS(code) == BPF_ALU ? RULE_O2 : RULE_O3;
}

/* The rule that an unknown opcode breaks. */
static enum rule_id unknown_opcode(unsigned char code)
{
	switch (BPF_CLASS(code)) {
	case BPF_ALU:
	case BPF_ALU64:
		return unknown_alu(code);
	case BPF_LDX:
		return BPF_MODE(code) == MEMSX ? RULE_O4 : RULE_O7;
	case BPF_JMP32:
		return code == (BPF_JMP32 | BPF_JA) ? RULE_O5 : RULE_O7;
	case BPF_JMP:
		return BPF_OP(code) == MAY_GOTO ? RULE_O6 : RULE_O7;
	}
	return RULE_O7;
}

/* Sign-extending moves and signed divisions of cpu v4 differ from the ordinary
 * ones in a field that the driver does not look at. Linux 6.1 refuses them.
 */
static bool is_v4_lookalike(const struct bpf_insn *insn)
{
	if (BPF_CLASS(insn->code) != BPF_ALU &&
	    BPF_CLASS(insn->code) != BPF_ALU64)
		return false;
	if (BPF_OP(insn->code) == BPF_DIV)
		return insn->off == 1;
	if (BPF_OP(insn->code) != BPF_MOV || BPF_SRC(insn->code) != BPF_X)
		return false;
	return insn->off == 8 || insn->off == 16 ||
	       (insn->off == 32 && BPF_CLASS(insn->code) == BPF_ALU64);
}

static int visit_load(const struct visit *v)
{
	int err = visit_pointer(v, v->insn->src_reg);

	if (!err)
		driver_cache_visit(v);
	return err;
}

static int visit(const struct visit *v)
{
	unsigned char code = v->insn->code;

	if (code == (BPF_JMP | BPF_CALL) && v->insn->src_reg != BPF_PSEUDO_CALL)
		return visit_helper(v);
	if (code == (BPF_JMP | BPF_EXIT))
		return visit_exit(v);
	if (LOAD(code))
		return visit_load(v);
	if (STORE(code))
		return visit_store(v);
	if (ATOMIC(code))
		return visit_atomic(v);
	if (BPF_CLASS(code) == BPF_ALU || BPF_CLASS(code) == BPF_ALU64)
		return visit_alu(v);
	return 0;
}

int driver_check_insn(struct driver *d, const struct state *s,
		      unsigned int insn)
{
	struct visit v = {
		.d = d,
		.s = s,
		.n = insn,
		.insn = &d->c->code->insns[insn],
		.fact = &d->facts->insns[insn],
	};

	v.fact->reached = true;
	if (!driver_knows_opcode(v.insn->code))
		return refuse(&v, unknown_opcode(v.insn->code), EINVAL,
			      "instruction 0x%x not supported", v.insn->code);
	if (v.insn->src_reg >= REGISTERS || v.insn->dst_reg >= REGISTERS)
		return refuse(&v, RULE_O9, EINVAL,
			      "program uses extended registers - jit "
			      "hardening?");
	if (d->c->kernel != CHECK_KERNEL_6_1 && is_v4_lookalike(v.insn))
		finding_add(d->c, RULE_O8, insn, 0, NULL);
	return visit(&v);
}
