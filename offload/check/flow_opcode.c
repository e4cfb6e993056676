/* SPDX-License-Identifier: GPL-2.0-only */
/* Instructions that no path leads to are asked as well: known opcodes, maps that
 * are there (kernel/bpf/verifier.c resolve_pseudo_ldimm64(), kernel/bpf/core.c
 * bpf_opcode_in_insntable()).
 */
#include <errno.h>
#include <stdlib.h>

#include "flow_private.h"

/* Maps that one program may use. */
#define MAX_USED_MAPS 64

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Which opcodes a kernel knows at all (kernel/bpf/core.c
 * bpf_opcode_in_insntable()).
 */
static bool alu_known(int code, enum check_kernel kernel)
{
	bool is64 = BPF_CLASS(code) == BPF_ALU64;

	switch (BPF_OP(code)) {
	case BPF_NEG:
		return BPF_SRC(code) == BPF_K;
	case BPF_END:
		return !is64 ||
		       (kernel >= CHECK_KERNEL_6_12 && BPF_SRC(code) == BPF_K);
	}
	return BPF_OP(code) < BPF_END;
}

static bool jump_known(int code, enum check_kernel kernel)
{
	bool is32 = BPF_CLASS(code) == BPF_JMP32;

	switch (BPF_OP(code)) {
	case BPF_CALL:
	case BPF_EXIT:
		return !is32 && BPF_SRC(code) == BPF_K;
	case BPF_JA:
		return BPF_SRC(code) == BPF_K;
	case 0xe0: /* may_goto */
		return code == 0xe5 && kernel >= CHECK_KERNEL_6_12;
	}
	return BPF_OP(code) <= BPF_JSLE;
}

static bool memory_known(int code, enum check_kernel kernel)
{
	bool wide = BPF_SIZE(code) == BPF_DW;
	bool narrow = BPF_SIZE(code) == BPF_B || BPF_SIZE(code) == BPF_H;

	switch (BPF_CLASS(code)) {
	case BPF_LDX:
		return BPF_MODE(code) == BPF_MEM ||
		       (BPF_MODE(code) == 0x80 && !wide &&
			kernel >= CHECK_KERNEL_6_12);
	case BPF_STX:
		return BPF_MODE(code) == BPF_MEM ||
		       (BPF_MODE(code) == BPF_ATOMIC && !narrow);
	case BPF_ST:
		return BPF_MODE(code) == BPF_MEM;
	}
	return (BPF_MODE(code) == BPF_ABS || BPF_MODE(code) == BPF_IND) &&
	       !wide;
}

static bool opcode_known(int code, enum check_kernel kernel)
{
	switch (BPF_CLASS(code)) {
	case BPF_ALU:
	case BPF_ALU64:
		return alu_known(code, kernel);
	case BPF_JMP:
	case BPF_JMP32:
		return jump_known(code, kernel);
	}
	return memory_known(code, kernel);
}

static bool malformed(struct checking *c, unsigned int i, const char *words)
{
	finding_add(c, RULE_V7, i, EINVAL, "%s", words);
	return false;
}

/* Modes of loads that the kernel lets pass here: sign-extending since 6.6. */
static bool load_mode_known(const struct bpf_insn *insn,
			    enum check_kernel kernel)
{
	return !insn->imm &&
	       (BPF_MODE(insn->code) == BPF_MEM ||
		(BPF_MODE(insn->code) == 0x80 && kernel >= CHECK_KERNEL_6_12));
}

static bool calls_kernel(const struct code *code)
{
	for (unsigned int i = 0; i < code->insn_count; i++)
		if (insn_is_call_of(&code->insns[i], BPF_PSEUDO_KFUNC_CALL))
			return true;
	return false;
}

/* The address of a kernel's function, by which a program finds out whether that
 * is there. A number it is for later kernels only (check_pseudo_btf_id()), and
 * 0 where there is no such function. Who calls one as well is refused anyway.
 */
static bool resolve_symbol(struct checking *c, unsigned int i)
{
	const struct code_extern *symbol = code_extern(c->code, i);

	if (calls_kernel(c->code))
		finding_add(c, RULE_J5, i, EINVAL, NOT_JITED_KFUNC);
	else if (c->kernel < CHECK_KERNEL_6_12 && symbol && !symbol->weak)
		finding_add(c, RULE_J5, i, EINVAL, NULL);
	else
		finding_undecided(c, RULE_J5, i, NULL);
	return false;
}

static bool resolve_imm64(struct checking *c, unsigned int i,
			  unsigned int *maps, bool *used)
{
	const struct bpf_insn *insn = &c->code->insns[i];

	if (i + 1 >= c->code->insn_count || insn[1].code || insn[1].dst_reg ||
	    insn[1].src_reg || insn[1].off)
		return malformed(c, i, "invalid bpf_ld_imm64 insn");
	if (!insn->src_reg || insn->src_reg == BPF_PSEUDO_FUNC)
		return true;
	if (insn->src_reg == BPF_PSEUDO_BTF_ID)
		return resolve_symbol(c, i);
	if (!insn_is_map(insn) ||
	    (insn->src_reg == BPF_PSEUDO_MAP_FD && insn[1].imm))
		return malformed(c, i, "unrecognized bpf_ld_imm64 insn");
	if (insn->imm < 0 || (unsigned int)insn->imm >= c->code->map_count) {
		finding_add(c, RULE_V7, i, EINVAL,
			    "fd %d is not pointing to valid bpf_map",
			    insn->imm);
		return false;
	}
	if (insn->src_reg == BPF_PSEUDO_MAP_VALUE) {
		finding_add(c, RULE_P10, i, EINVAL,
			    "no direct value access support for this map type");
		return false;
	}
	if (used[insn->imm])
		return true;
	used[insn->imm] = true;
	if (++*maps <= MAX_USED_MAPS)
		return true;
	finding_add(c, RULE_P12, i, E2BIG,
		    c->kernel < CHECK_KERNEL_6_12
			    ? NULL
			    : "The total number of maps per program has "
			      "reached the limit of %u",
		    MAX_USED_MAPS);
	return false;
}

static bool resolve_one(struct checking *c, unsigned int i, unsigned int *maps,
			bool *used)
{
	const struct bpf_insn *insn = &c->code->insns[i];
	/* The kernel's own words come before the card's driver can say a thing,
	 * and name the rule that the driver has, too.
	 */
	static const struct {
		int code;
		enum rule_id rule;
	} known_as[] = {
		{ 0xd7, RULE_O3 }, { 0x81, RULE_O4 }, { 0x89, RULE_O4 },
		{ 0x91, RULE_O4 }, { 0x06, RULE_O5 }, { 0xe5, RULE_O6 },
	};
	enum rule_id rule = RULE_V7;

	for (size_t k = 0; k < COUNT(known_as); k++)
		if (known_as[k].code == insn->code)
			rule = known_as[k].rule;
	if (BPF_CLASS(insn->code) == BPF_LDX &&
	    !load_mode_known(insn, c->kernel)) {
		finding_add(c, rule, i, EINVAL, "BPF_LDX uses reserved fields");
		return false;
	}
	if (insn->code == (BPF_LD | BPF_IMM | BPF_DW))
		return resolve_imm64(c, i, maps, used);
	if (opcode_known(insn->code, c->kernel))
		return true;
	finding_add(c, rule, i, EINVAL, "unknown opcode %02x", insn->code);
	return false;
}

/* Instructions that no path leads to are asked, too. */
bool flow_resolve(struct checking *c)
{
	unsigned int maps = 0;
	bool *used = calloc(c->code->map_count + 1, sizeof(*used));
	bool good = used;

	if (!used)
		c->no_memory = true;
	for (unsigned int i = 0; good && i < c->code->insn_count; i++) {
		good = resolve_one(c, i, &maps, used);
		i += c->code->insns[i].code == (BPF_LD | BPF_IMM | BPF_DW);
	}
	free(used);
	return good;
}
