/* SPDX-License-Identifier: GPL-2.0-only */
/* Values that the driver is never shown (U8). It writes code for the ranges that
 * the verifier knew at its visits (nfp driver, bpf/jit.c: multiplications,
 * divisions, shifts by a register, atomic additions). The verifier does not
 * come by again for a number that decides nothing for itself. So all paths are
 * explored once more, this time for every value. Results are seen then, too,
 * that it did not come by with (J7).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "walk.h"

#define MAX_16BIT 0xffff

static bool is_alu(const struct bpf_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_ALU ||
	       BPF_CLASS(insn->code) == BPF_ALU64;
}

static bool by_register(const struct bpf_insn *insn)
{
	return BPF_SRC(insn->code) == BPF_X;
}

/* Which code a multiplication gets: of 16 bits, of 32, or none. */
static int factor_size(uint64_t max)
{
	return max <= MAX_16BIT ? 16 : max <= UINT32_MAX ? 32 : 64;
}

static bool multiplies_more(const struct bpf_insn *insn,
			    const struct fact *told, const struct fact *all)
{
	return factor_size(all->umax_dst) > factor_size(told->umax_dst) ||
	       (by_register(insn) &&
		factor_size(all->umax_src) > factor_size(told->umax_src));
}

static bool divides_more(const struct bpf_insn *insn, const struct fact *told,
			 const struct fact *all)
{
	return all->umax_dst > UINT32_MAX ||
	       (by_register(insn) && (all->umin_src != told->umin_src ||
				      all->umax_src != told->umax_src));
}

/* By a constant, by less than 32, by 32 and more, or by any number. */
static bool shifts_more(const struct bpf_insn *insn, const struct fact *told,
			const struct fact *all)
{
	bool is_const = told->umin_src == told->umax_src;

	if (!by_register(insn))
		return false;
	if (is_const)
		return all->umin_src != told->umin_src ||
		       all->umax_src != told->umax_src;
	if (BPF_CLASS(insn->code) == BPF_ALU)
		return false;
	return (told->umax_src < 32 && all->umax_src >= 32) ||
	       (told->umin_src >= 32 && all->umin_src < 32);
}

static bool adds_more(const struct fact *told, const struct fact *all)
{
	return (all->xadd_over_16bit && !told->xadd_over_16bit) ||
	       (all->xadd_maybe_16bit && !told->xadd_maybe_16bit);
}

static bool needs_more(const struct bpf_insn *insn, const struct fact *told,
		       const struct fact *all)
{
	if (BPF_CLASS(insn->code) == BPF_STX &&
	    BPF_MODE(insn->code) == BPF_ATOMIC)
		return adds_more(told, all);
	if (!is_alu(insn))
		return false;
	switch (BPF_OP(insn->code)) {
	case BPF_MUL:
		return multiplies_more(insn, told, all);
	case BPF_DIV:
		return divides_more(insn, told, all);
	case BPF_LSH:
	case BPF_RSH:
	case BPF_ARSH:
		return shifts_more(insn, told, all);
	}
	return false;
}

/* Does the driver go by ranges at all in this program? */
static bool has_ranges(const struct driver *d)
{
	for (unsigned int i = 0; i < d->c->code->insn_count; i++) {
		static const struct fact none;
		/* More than any code is written for. */
		static const struct fact any = {
			.umax_src = UINT64_MAX,
			.umax_dst = UINT64_MAX,
			.xadd_over_16bit = true,
			.xadd_maybe_16bit = true,
		};

		if (d->facts->insns[i].reached &&
		    needs_more(&d->c->code->insns[i], &none, &any))
			return true;
	}
	return false;
}

static void compare(const struct driver *d, const struct facts *all)
{
	const struct code *code = d->c->code;

	for (unsigned int i = 0; i < code->insn_count; i++)
		if (d->facts->insns[i].reached &&
		    needs_more(&code->insns[i], &d->facts->insns[i],
			       &all->insns[i]))
			finding_add(d->c, RULE_U8, i, 0, NULL);
}

/* Without what the kernel takes for irrelevant there are more states, and they
 * may be too many.
 */
static void give_up(const struct driver *d)
{
	static const char why[] = "on more paths than were followed for every "
				  "value";

	if (has_ranges(d))
		finding_undecided(d->c, RULE_U8, -1, "%s", why);
	finding_undecided(d->c, RULE_J7, -1, "%s", why);
}

static int explore_all(const struct driver *d)
{
	struct check_report scratch = { 0 };
	struct checking c = *d->c;
	struct driver again;
	struct facts all = { 0 };
	int err = facts_start(&all, d->c->code);

	c.report = &scratch;
	if (!err)
		err = driver_start(&again, &c, &all);
	if (!err) {
		again.all_values = true;
		err = walk_program(&again);
		if (!err && all.complete)
			compare(d, &all);
		else if (!err)
			give_up(d);
		driver_check_results(d, &all);
		driver_end(&again);
	}
	facts_end(&all);
	free(scratch.findings);
	return err;
}

/* Where no path ended at what another had seen, nothing was left out. */
int driver_check_ranges(const struct driver *d)
{
	return d->facts->pruned ? explore_all(d) : 0;
}
