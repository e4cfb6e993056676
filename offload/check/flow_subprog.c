/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions of a program: where they begin, that they end, and that jumps stay
 * in them (kernel/bpf/verifier.c add_subprog_and_kfunc(), check_subprogs(),
 * check_btf_func()).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "flow_private.h"

int flow_subprog(const struct facts *facts, unsigned int insn)
{
	unsigned int low = 0, high = facts->subprog_count;

	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (facts->subprogs[middle].start == insn)
			return middle;
		if (facts->subprogs[middle].start < insn)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

static bool add_subprog(struct checking *c, struct facts *facts, int insn,
			long at)
{
	struct subprog *all = facts->subprogs;
	unsigned int i = facts->subprog_count;

	if (at < 0 || at >= c->code->insn_count) {
		finding_add(c, RULE_V2, insn, EINVAL,
			    "call to invalid destination");
		return false;
	}
	if (flow_subprog(facts, at) >= 0)
		return true;
	if (i >= SUBPROGS_MAX) {
		finding_add(c, RULE_V2, insn, E2BIG, "too many subprograms");
		return false;
	}
	for (; i > 0 && all[i - 1].start > at; i--)
		all[i] = all[i - 1];
	memset(&all[i], 0, sizeof(all[i]));
	all[i].start = at;
	facts->subprog_count++;
	return true;
}

/* What number a kernel's function has is known to that kernel alone: libbpf
 * fills it in, so one that is there already is no function (add_kfunc_call()).
 */
static bool kfunc_is_number(struct checking *c, unsigned int i)
{
	const struct bpf_insn *insn = &c->code->insns[i];

	if (insn->off)
		finding_add(c, RULE_J5, i, insn->off < 0 ? EINVAL : EPROTO,
			    "failed to find BTF for kernel function");
	else if (insn->imm)
		finding_add(c, RULE_J5, i, EINVAL,
			    "kernel btf_id %d is not a function", insn->imm);
	return insn->off || insn->imm;
}

/* Those of an XDP program's metadata, which later kernels know (net/core/xdp.c
 * XDP_METADATA_KFUNC_xxx).
 */
static bool is_metadata(const struct code_extern *symbol)
{
	static const char prefix[] = "bpf_xdp_metadata_rx_";
	static const char *const names[] = { "timestamp", "hash", "vlan_tag" };
	size_t len = strlen(prefix);

	if (!symbol || strncmp(symbol->name, prefix, len))
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(symbol->name + len, names[i]))
			return true;
	return false;
}

static bool add_kfunc(struct checking *c, unsigned int i)
{
	if (!c->code->gpl) {
		finding_add(c, RULE_J5, i, EINVAL,
			    "cannot call kernel function from non-GPL "
			    "compatible program");
		return false;
	}
	if (kfunc_is_number(c, i))
		return false;
	if (c->kernel < CHECK_KERNEL_6_12 ||
	    !is_metadata(code_extern(c->code, i)))
		return true;
	finding_add(c, RULE_J5, i, EINVAL,
		    "metadata kfuncs can't be offloaded");
	return false;
}
bool flow_find_subprogs(struct checking *c, struct facts *facts)
{
	const struct code *code = c->code;

	facts->subprogs = calloc(SUBPROGS_MAX + 1, sizeof(*facts->subprogs));
	if (!facts->subprogs) {
		c->no_memory = true;
		return false;
	}
	if (!add_subprog(c, facts, 0, 0))
		return false;
	for (unsigned int i = 0; i < code->insn_count; i++) {
		if (insn_names_func(&code->insns[i]) &&
		    !add_subprog(c, facts, i, (long)i + code->insns[i].imm + 1))
			return false;
		if (insn_is_call_of(&code->insns[i], BPF_PSEUDO_KFUNC_CALL) &&
		    !add_kfunc(c, i))
			return false;
	}
	for (unsigned int i = 0; i < facts->subprog_count; i++)
		facts->subprogs[i].end = i + 1 < facts->subprog_count
						 ? facts->subprogs[i + 1].start
						 : code->insn_count;
	return true;
}

static bool ends_function(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_EXIT) ||
	       insn->code == (BPF_JMP | BPF_JA) ||
	       insn->code == (BPF_JMP32 | BPF_JA);
}

static bool check_subprog(struct checking *c, const struct subprog *sub)
{
	for (unsigned int i = sub->start; i < sub->end; i++) {
		const struct bpf_insn *insn = &c->code->insns[i];
		long target = insn_jumps_to(insn, i);

		if (!insn_is_jump(insn))
			continue;
		if (target < sub->start || target >= sub->end) {
			finding_add(c, RULE_V2, i, EINVAL,
				    "jump out of range from insn %u to %ld", i,
				    target);
			return false;
		}
	}
	if (ends_function(&c->code->insns[sub->end - 1]))
		return true;
	finding_add(c, RULE_V2, sub->end - 1, EINVAL,
		    "last insn is not an exit or jmp");
	return false;
}

static bool is_old_load(const struct bpf_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_LD &&
	       (BPF_MODE(insn->code) == BPF_ABS ||
		BPF_MODE(insn->code) == BPF_IND);
}

/* What functions may not do whose result is no number, or not known to be one
 * (check_abnormal_return(), check_btf_func()).
 */
static bool check_abnormal(struct checking *c, const struct subprog *sub)
{
	const struct code_func *func = code_func(c->code, sub->start);
	const char *load = "LD_ABS is not allowed in subprogs without BTF";
	const char *tail = "tail_call is not allowed in subprogs without BTF";

	if (c->code->func_count && (!func || !func->no_number))
		return true;
	if (func) {
		load = "LD_ABS is only allowed in functions that return 'int'.";
		tail = "tail_call is only allowed in functions that return "
		       "'int'.";
	}
	for (unsigned int i = sub->start; i < sub->end; i++) {
		if (is_old_load(&c->code->insns[i])) {
			finding_add(c, RULE_J6, i, EINVAL, "%s", load);
			return false;
		}
		if (insn_is_tail_call(&c->code->insns[i])) {
			finding_add(c, RULE_J4, i, EINVAL, "%s", tail);
			return false;
		}
	}
	return true;
}

bool flow_check_subprogs(struct checking *c, const struct facts *facts)
{
	for (unsigned int i = 0; i < facts->subprog_count; i++)
		if (!check_subprog(c, &facts->subprogs[i]))
			return false;
	for (unsigned int i = 1; i < facts->subprog_count; i++)
		if (!check_abnormal(c, &facts->subprogs[i]))
			return false;
	return true;
}
