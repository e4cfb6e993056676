/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of the exploration share. */
#ifndef CHECK_WALK_PRIVATE_H
#define CHECK_WALK_PRIVATE_H

#include "flow.h"
#include "walk.h"

/* Instructions that a kernel explores before it gives up (BPF_COMPLEXITY_
 * LIMIT_INSNS), and how many we do after something was refused already.
 */
#define WALK_MAX	 1000000
#define WALK_MAX_REFUSED 100000

/* What is kept of instructions, and all states, those that wait and those that
 * are remembered: behind this the answer is left open. The kernel takes more.
 */
#define WALK_BYTES_MAX (42u << 20)

/* So many say enough about one program. */
#define WALK_MAX_FINDINGS 256

/* Offsets of a pointer beyond which a kernel takes it for broken
 * (BPF_MAX_VAR_OFF), and the most that a packet pointer may be ahead
 * (MAX_PACKET_OFF).
 */
#define MAX_VAR_OFF    (1 << 29)
#define MAX_PACKET_OFF 0xffff

/* One instruction on the way from the parent state; a register spilled or
 * filled there, or word -1.
 */
struct step {
	unsigned int insn;
	signed char word;
	unsigned char frame;
};

/* A state, and how it was reached. The same is used for the path that is being
 * followed, for those that wait, and for those remembered for pruning.
 */
struct path {
	struct state s;
	unsigned int insn;     /* where it stands */
	struct path *parent;   /* the last remembered state before it */
	struct path *next;     /* of a list */
	unsigned int branches; /* paths from here not yet followed */
	unsigned int hits, misses;
	bool evicted;	    /* remembered for its children only */
	bool blurred;	    /* came by something that is not modelled */
	size_t bytes;	    /* that it counts for */
	struct step *steps; /* since the parent */
	unsigned int step_count, step_room;
};

struct walk {
	struct driver *d;
	struct checking *c;
	const struct code *code;
	struct facts *facts;
	enum check_kernel kernel;
	struct flow flow;
	struct path *path;    /* being followed */
	struct path *waiting; /* the last branch first */
	unsigned int waiting_count;
	struct path **remembered;  /* per instruction */
	unsigned short *ptr_types; /* per instruction: ctx, or another */
	unsigned int insn;	   /* being explored */
	uint32_t ids;
	size_t bytes; /* of all paths, and of the facts */
	unsigned long explored, jumps;
	unsigned long explored_then, jumps_then; /* at the last remembering */
	bool *called;	  /* per subprogram: a global function that is called */
	int argument_err; /* errno of all that is refused now; 0: its own */
};

/* How an instruction ends. */
enum step_result {
	STEP_NEXT,    /* go on at w->insn */
	STEP_END,     /* the path is at its end */
	STEP_REFUSED, /* so it is, as something is wrong */
	STEP_NO_MEMORY,
};

/* The kernel refuses at the current instruction; not said of a blurred path. */
enum step_result refuse(struct walk *w, enum rule_id rule, int err,
			const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static inline const struct bpf_insn *walk_insn(const struct walk *w)
{
	return &w->code->insns[w->insn];
}

static inline bool walk_is_new(const struct walk *w)
{
	return w->kernel >= CHECK_KERNEL_6_12;
}

static inline struct reg *walk_reg(const struct walk *w, unsigned int reg)
{
	return state_reg(&w->path->s, reg);
}

static inline struct subprog *walk_subprog(const struct walk *w,
					   const struct frame *frame)
{
	return &w->facts->subprogs[frame->subprog];
}

/* walk_live.c: a register's value is read as @how, from the state before on;
 * the same for an operand of the current instruction, and that one is written.
 */
void live_read(struct reg *reg, struct reg *parent, unsigned char how);
enum step_result arg_read(struct walk *w, unsigned int reg);
enum step_result arg_write(struct walk *w, unsigned int reg);

/* walk_precision.c: the value of a register of a frame, or of a stack word,
 * decides something: states before it may no longer be taken for equal if it
 * differs. Walks back over @steps steps of the path.
 */
void precise_reg(struct walk *w, unsigned int frame, unsigned int reg,
		 unsigned int steps);
void precise_word(struct walk *w, unsigned int frame, unsigned int word,
		  unsigned int steps);
/* For a register of the running frame, from before this instruction. */
void precise_now(struct walk *w, unsigned int reg);

/* walk_equal.c: does all that was found out from @old hold for @cur? */
enum equal_how {
	EQUAL_ENOUGH, /* as far as it matters */
	EQUAL_EXACT,  /* a loop that does not get on */
};
bool state_equal(const struct walk *w, const struct state *old,
		 const struct state *cur, enum equal_how how);
bool state_stands_still(const struct state *old, const struct state *cur);

/* walk_prune.c: compare with what is remembered at w->insn, and remember. */
enum step_result prune(struct walk *w);
/* Let a copy of the path wait at @insn. Return: it, NULL where there is no
 * memory (w->c->no_memory) or too many wait (refused).
 */
struct path *path_push(struct walk *w, unsigned int insn);
void path_done(struct walk *w, struct path *path);
void path_free(struct walk *w, struct path *path);
/* Note an instruction as visited. Return: false without memory. */
bool path_step(struct path *path, unsigned int insn);
void prune_forget(struct walk *w);

static inline bool insn_is_32(const struct bpf_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_ALU;
}

static inline bool insn_by_reg(const struct bpf_insn *insn)
{
	return BPF_SRC(insn->code) == BPF_X;
}

/* Bits that the number may need. */
static inline unsigned int reg_width(const struct reg *reg)
{
	return reg->var.umax ? 64 - __builtin_clzll(reg->var.umax) : 0;
}

/* It is no longer known to be the same as others. */
static inline void reg_drop_id(struct reg *reg)
{
	reg->id = 0;
	reg->off = 0;
}

/* walk_alu.c, walk_move.c */
enum step_result step_alu(struct walk *w);
enum step_result step_move(struct walk *w);
enum step_result reserved_fields(struct walk *w, const char *insn);

/* walk_memory.c */
enum step_result step_load(struct walk *w);
enum step_result step_store(struct walk *w);
enum step_result step_atomic(struct walk *w);
/* An access of a helper to @size bytes behind a register. */
enum step_result helper_access(struct walk *w, unsigned int reg, int size,
			       bool zero_allowed);

/* walk_stack.c */
enum step_result stack_read(struct walk *w, unsigned int ptr, int off, int size,
			    int to);
enum step_result stack_write(struct walk *w, unsigned int ptr, int off,
			     int size, int from);
enum step_result stack_helper(struct walk *w, unsigned int ptr, int size,
			      bool zero_allowed);

/* walk_jump.c */
enum step_result step_jump(struct walk *w);

/* walk_call.c */
enum step_result step_call(struct walk *w);
enum step_result step_exit(struct walk *w);
/* walk_func.c: calls of global functions, what those are given, addresses of
 * functions.
 */
enum step_result call_global(struct walk *w, unsigned int subprog,
			     const struct code_func *func);
enum step_result global_start(struct walk *w, const struct code_func *func);
enum step_result load_func(struct walk *w);
void drop_packet(struct walk *w);
void drop_scratched(struct walk *w);
struct frame *frame_start(struct walk *w, unsigned int subprog, int call,
			  unsigned int index);

#endif
