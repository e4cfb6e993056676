/* SPDX-License-Identifier: GPL-2.0-only */
/* Marks what an exact value came from, back through the instructions of the
 * path and the states before it (kernel/bpf/verifier.c mark_chain_precision(),
 * backtrack_insn()). Where a kernel gives up on that, everything is marked;
 * so do we, and at function calls always: 6.12 gets further there and explores
 * less. What 6.12 knows of numbers that were learnt from their copies
 * (bt_sync_linked_regs()) is not followed.
 */
#include "walk_private.h"

/* What is still to be found out about: registers and stack words. */
struct wanted {
	unsigned int frame;
	uint32_t regs;
	uint64_t words;
};

static void mark_all(struct path *path)
{
	while ((path = path->parent)) {
		struct reg *reg;

		state_for_each_reg(&path->s, reg) if (reg->type == REG_SCALAR)
			reg->precise = true;
	}
}

static void back_alu(const struct bpf_insn *insn, struct wanted *want)
{
	uint32_t dst = 1u << insn->dst_reg, src = 1u << insn->src_reg;
	int op = BPF_OP(insn->code);
	bool by_reg = BPF_SRC(insn->code) == BPF_X;

	if (!(want->regs & dst) || op == BPF_END || op == BPF_NEG)
		return;
	if (op == BPF_MOV)
		want->regs &= ~dst;
	if (by_reg)
		want->regs |= src;
}

/* The word that an instruction spills to or fills from; -1: none known. */
static int word_of(const struct walk *w, const struct step *step, bool load)
{
	const struct bpf_insn *insn = &w->code->insns[step->insn];
	int base = load ? insn->src_reg : insn->dst_reg;

	if (w->kernel >= CHECK_KERNEL_6_12)
		return step->word;
	return base == BPF_REG_10 ? (-insn->off - 1) / 8 : -1;
}

static void back_load(const struct walk *w, const struct step *step,
		      struct wanted *want)
{
	const struct bpf_insn *insn = &w->code->insns[step->insn];
	uint32_t dst = 1u << insn->dst_reg;
	int word = word_of(w, step, true);

	if (!(want->regs & dst))
		return;
	want->regs &= ~dst;
	if (word >= 0)
		want->words |= 1ull << word;
}

static void back_fetch(const struct bpf_insn *insn, struct wanted *want)
{
	int to = insn->imm == BPF_CMPXCHG ? BPF_REG_0 : insn->src_reg;

	want->regs &= ~(1u << to);
}

/* Return: false where it cannot be followed. */
static bool back_store(const struct walk *w, const struct step *step,
		       struct wanted *want)
{
	const struct bpf_insn *insn = &w->code->insns[step->insn];
	int word = word_of(w, step, false);

	if (want->regs & 1u << insn->dst_reg)
		return false;
	if (word < 0 || !(want->words & 1ull << word))
		return true;
	want->words &= ~(1ull << word);
	if (BPF_CLASS(insn->code) == BPF_STX)
		want->regs |= 1u << insn->src_reg;
	return true;
}

static bool back_jump(const struct bpf_insn *insn, struct wanted *want)
{
	uint32_t both = 1u << insn->dst_reg | 1u << insn->src_reg;

	switch (BPF_OP(insn->code)) {
	case BPF_CALL:
		if (insn->src_reg == BPF_PSEUDO_CALL)
			return false;
		want->regs &= ~1u;
		return !(want->regs & 0x3f);
	case BPF_EXIT:
		return false;
	case BPF_JA:
		return true;
	}
	if (BPF_SRC(insn->code) == BPF_X && want->regs & both)
		want->regs |= both;
	return true;
}

static bool back(const struct walk *w, const struct step *step,
		 struct wanted *want)
{
	const struct bpf_insn *insn = &w->code->insns[step->insn];

	switch (BPF_CLASS(insn->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		back_alu(insn, want);
		return true;
	case BPF_LDX:
		back_load(w, step, want);
		return true;
	case BPF_STX:
		if (BPF_MODE(insn->code) == BPF_ATOMIC &&
		    insn->imm & BPF_FETCH) {
			back_fetch(insn, want);
			return true;
		}
		return back_store(w, step, want);
	case BPF_ST:
		return back_store(w, step, want);
	case BPF_JMP:
	case BPF_JMP32:
		return back_jump(insn, want);
	}
	want->regs &= ~(1u << insn->dst_reg);
	return BPF_MODE(insn->code) == BPF_IMM;
}

/* Mark a register of a remembered state; true where it was news. */
static bool mark(struct reg *reg, bool *drop)
{
	bool news = !reg->precise;

	*drop = reg->type != REG_SCALAR;
	if (*drop)
		return false;
	reg->precise = true;
	return news;
}

/* Return: true where there is more to look for before this state. */
static bool mark_state(struct path *path, struct wanted *want, bool *give_up)
{
	struct frame *frame = path->s.frames[want->frame];
	bool news = false, drop;

	for (unsigned int i = 0; i < BPF_REG_10; i++) {
		if (!(want->regs & 1u << i))
			continue;
		news |= mark(&frame->regs[i], &drop);
		if (drop)
			want->regs &= ~(1u << i);
	}
	for (unsigned int i = 0; i < STACK_WORDS; i++) {
		if (!(want->words & 1ull << i))
			continue;
		if (i >= frame->words) {
			*give_up = true;
			return false;
		}
		drop = !stack_is_spill(&frame->stack[i]);
		if (!drop)
			news |= mark(&frame->stack[i].reg, &drop);
		if (drop)
			want->words &= ~(1ull << i);
	}
	return news && (want->regs || want->words);
}

static void look_back(struct walk *w, struct wanted want, unsigned int steps)
{
	struct path *path = w->path;
	bool give_up = false;

	for (;;) {
		while (steps--) {
			if (!back(w, &path->steps[steps], &want)) {
				mark_all(path);
				return;
			}
			if (!want.regs && !want.words)
				return;
		}
		if (!path->parent)
			return;
		path = path->parent;
		if (path->s.current < want.frame) {
			mark_all(path);
			return;
		}
		if (!mark_state(path, &want, &give_up))
			break;
		steps = path->step_count;
	}
	if (give_up)
		mark_all(path);
}

void precise_reg(struct walk *w, unsigned int frame, unsigned int reg,
		 unsigned int steps)
{
	if (w->path->s.frames[frame]->regs[reg].type == REG_SCALAR)
		look_back(w, (struct wanted){ frame, 1u << reg, 0 }, steps);
}

void precise_word(struct walk *w, unsigned int frame, unsigned int word,
		  unsigned int steps)
{
	look_back(w, (struct wanted){ frame, 0, 1ull << word }, steps);
}

void precise_now(struct walk *w, unsigned int reg)
{
	precise_reg(w, w->path->s.current, reg, w->path->step_count - 1);
}
