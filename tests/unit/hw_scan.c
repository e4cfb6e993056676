/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>
#include <linux/bpf.h>

#include "hw_scan.h"
#include "profile.h"

static const char *const texts[HW_RULES] = {
	[HW_PROGRAM_TYPE] = "program is not in section xdp",
	[HW_OPCODE] = "instruction that the card's driver does not know",
	[HW_MODULO] = "modulo",
	[HW_LITTLE_ENDIAN] = "byte swap other than to big endian",
	[HW_ALU_OFFSET] = "arithmetic with an offset, which would be ignored",
	[HW_STORE_IMMEDIATE] = "store of an immediate",
	[HW_LOAD_MODE] = "load other than a plain one",
	[HW_ATOMIC] = "atomic operation other than an addition",
	[HW_ATOMIC_TARGET] = "atomic addition to what is no map value",
	[HW_MAP_STORE] = "store to a map value",
	[HW_CONTEXT] = "use of the context other than for data and data_end",
	[HW_STACK_OFFSET] = "use of the stack at an offset that varies",
	[HW_CALL] = "call of a function",
	[HW_HELPER] = "helper that the card lacks or that is not used here",
	[HW_KEY_PLACE] = "map key that is not on the stack",
	[HW_KEY_ALIGNMENT] = "map key or event that is not aligned to 4 bytes",
	[HW_KEY_BOTTOM] = "map key that is not at the bottom of the stack",
	[HW_MAP_TYPE] = "map type that the card lacks",
	[HW_MAP_SIZE] = "map key or value too large for the card",
	[HW_MAP_FLAGS] = "map with flags",
	[HW_GLOBAL_DATA] = "global data",
};

const char *hw_rule_text(enum hw_rule rule)
{
	return texts[rule];
}

static void add(struct hw_findings *found, enum hw_rule rule, const char *name,
		int insn)
{
	if (found->n < HW_MAX_FINDINGS)
		found->list[found->n] = (struct hw_finding){ rule, name, insn };
	found->n++;
}

void hw_report(const struct hw_program *p, enum hw_rule rule, int insn)
{
	add(p->found, rule, p->name, insn);
}

/* Return: the rule that it breaks, or HW_RULES; so do those that follow. */
static enum hw_rule check_alu(const struct bpf_insn *insn)
{
	bool is_64 = BPF_CLASS(insn->code) == BPF_ALU64;

	switch (BPF_OP(insn->code)) {
	case BPF_MOD:
		return HW_MODULO;
	case BPF_END:
		if (is_64 || BPF_SRC(insn->code) != BPF_TO_BE)
			return HW_LITTLE_ENDIAN;
		break;
	case BPF_ADD:
	case BPF_SUB:
	case BPF_MUL:
	case BPF_DIV:
	case BPF_OR:
	case BPF_AND:
	case BPF_LSH:
	case BPF_RSH:
	case BPF_NEG:
	case BPF_XOR:
	case BPF_MOV:
	case BPF_ARSH:
		break;
	default:
		return HW_OPCODE;
	}
	return insn->off ? HW_ALU_OFFSET : HW_RULES;
}

static enum hw_rule check_stx(const struct bpf_insn *insn)
{
	if (BPF_MODE(insn->code) == BPF_MEM)
		return HW_RULES;
	if (BPF_MODE(insn->code) != BPF_ATOMIC)
		return HW_OPCODE;
	return insn->imm == BPF_ADD ? HW_RULES : HW_ATOMIC;
}

static bool is_helper_used(int helper, bool tracing)
{
	return helper == BPF_FUNC_map_lookup_elem ||
	       (tracing && helper == BPF_FUNC_perf_event_output);
}

static enum hw_rule check_call(const struct bpf_insn *insn, bool tracing)
{
	if (BPF_SRC(insn->code) != BPF_K || insn->src_reg)
		return HW_CALL;
	return is_helper_used(insn->imm, tracing) ? HW_RULES : HW_HELPER;
}

/* JA of the 32-bit class is v4's long jump; above JSLE are newer ones. */
static enum hw_rule check_jump(const struct bpf_insn *insn, bool tracing)
{
	bool is_32 = BPF_CLASS(insn->code) == BPF_JMP32;
	__u8 op = BPF_OP(insn->code);

	if (op > BPF_JSLE)
		return HW_OPCODE;
	if (op == BPF_JA || op == BPF_EXIT)
		return is_32 || BPF_SRC(insn->code) ? HW_OPCODE : HW_RULES;
	if (op == BPF_CALL)
		return is_32 ? HW_OPCODE : check_call(insn, tracing);
	return HW_RULES;
}

static bool is_wide(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

static enum hw_rule check_opcode(const struct bpf_insn *insn, bool tracing)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		return check_alu(insn);
	case BPF_LD:
		return is_wide(insn) ? HW_RULES : HW_LOAD_MODE;
	case BPF_LDX:
		return BPF_MODE(insn->code) == BPF_MEM ? HW_RULES
						       : HW_LOAD_MODE;
	case BPF_ST:
		return HW_STORE_IMMEDIATE;
	case BPF_STX:
		return check_stx(insn);
	default:
		return check_jump(insn, tracing);
	}
}

int hw_scan_insns(const struct bpf_insn *insns, size_t n, bool tracing,
		  const char *name, struct hw_findings *found)
{
	const struct hw_program p = { insns, n, tracing, name, found };

	for (size_t i = 0; i < n; i++) {
		enum hw_rule rule = check_opcode(&insns[i], tracing);

		if (rule != HW_RULES)
			hw_report(&p, rule, i);
		i += is_wide(&insns[i]);
	}
	return hw_check_flow(&p);
}

static __u32 round_up_8(__u32 size)
{
	return (size + 7) / 8 * 8;
}

static bool is_type_known(enum bpf_map_type type, bool tracing)
{
	return type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_HASH ||
	       (tracing && type == BPF_MAP_TYPE_PERF_EVENT_ARRAY);
}

static void check_map(const struct bpf_map *map, bool tracing,
		      struct hw_findings *found)
{
	__u32 key = bpf_map__key_size(map), value = bpf_map__value_size(map);
	const char *name = bpf_map__name(map);

	if (bpf_map__is_internal(map)) {
		add(found, HW_GLOBAL_DATA, name, -1);
		return;
	}
	if (!is_type_known(bpf_map__type(map), tracing))
		add(found, HW_MAP_TYPE, name, -1);
	if (key > profile_published.max_key ||
	    value > profile_published.max_value ||
	    round_up_8(key) + round_up_8(value) > profile_published.max_element)
		add(found, HW_MAP_SIZE, name, -1);
	if (bpf_map__map_flags(map) || bpf_map__numa_node(map))
		add(found, HW_MAP_FLAGS, name, -1);
}

int hw_scan_object(const struct bpf_object *obj, bool tracing,
		   struct hw_findings *found)
{
	struct bpf_program *prog;
	struct bpf_map *map;
	int err = 0;

	found->n = 0;
	bpf_object__for_each_map(map, obj)
		check_map(map, tracing, found);
	bpf_object__for_each_program(prog, obj) {
		const char *name = bpf_program__name(prog);

		/* xdp.frags is another section, and a flag when it loads. */
		if (strcmp(bpf_program__section_name(prog), "xdp"))
			add(found, HW_PROGRAM_TYPE, name, -1);
		err = hw_scan_insns(bpf_program__insns(prog),
				    bpf_program__insn_cnt(prog), tracing, name,
				    found);
		if (err)
			break;
	}
	return err;
}
