/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A program as it would be handed to the kernel: instructions with their
 * subprograms behind them, maps, and where each instruction comes from.
 */
#ifndef CHECK_CODE_H
#define CHECK_CODE_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

/* A map reference is LD_IMM64 with src_reg BPF_PSEUDO_MAP_FD (or _MAP_VALUE)
 * and, in imm, the map's index in struct code.
 */
struct code_map {
	char name[64];
	uint32_t type;	/* BPF_MAP_TYPE_... */
	uint32_t key;	/* bytes */
	uint32_t value; /* bytes */
	uint32_t entries;
	uint32_t flags;
	uint32_t numa_node; /* 0: none asked for */
	uint64_t extra;	    /* map_extra, which only some types have */
	bool data;	    /* .rodata, .data, .bss: the compiler's own */
};

struct code_line {
	unsigned int insn; /* the first that it is about */
	unsigned int line;
	const char *file;
	const char *text; /* without the blanks before it */
};

/* What a global function's argument may be. */
enum code_arg_kind {
	CODE_ARG_SCALAR,
	CODE_ARG_CTX,
	CODE_ARG_MEM,	  /* so many bytes */
	CODE_ARG_MAY_MEM, /* the same, or NULL */
	CODE_ARG_KERNEL,  /* some object of the kernel's */
	CODE_ARG_REFUSED,
};

struct code_arg {
	enum code_arg_kind kind;
	uint32_t size;	 /* of the memory, bytes */
	int err;	 /* CODE_ARG_REFUSED: errno, positive */
	char words[128]; /* and what the kernel says */
};

#define CODE_ARGS 5

/* A function, from BTF; the first is the program itself. */
struct code_func {
	unsigned int insn;
	const char *name;
	bool global;	   /* verified on its own, not at its calls */
	bool no_number;	   /* its result is none that the kernel takes */
	unsigned int args; /* also more than CODE_ARGS */
	/* As Linux 6.1 takes them, and 6.12, which goes by tags as well. */
	struct code_arg arg[CODE_ARGS];
	struct code_arg later[CODE_ARGS];
};

/* A symbol of the kernel that an instruction names (__ksym). */
struct code_extern {
	unsigned int insn;
	char name[64];
	bool weak; /* it need not be there */
};

struct code {
	char name[64];
	char section[64];
	uint32_t type;	     /* BPF_PROG_TYPE_... */
	uint32_t attach;     /* expected_attach_type */
	uint32_t prog_flags; /* BPF_F_... */
	bool gpl;	     /* the licence is compatible with it */
	char core[64]; /* the kernel's type whose layout it asks for, or "" */
	struct bpf_insn *insns;
	unsigned int insn_count;
	struct code_map *maps;
	unsigned int map_count;
	struct code_line *lines; /* by insn, ascending */
	unsigned int line_count;
	struct code_func *funcs; /* by insn, ascending; none without BTF */
	unsigned int func_count;
	struct code_extern *externs; /* by insn, ascending */
	unsigned int extern_count;
	char *strings; /* what the pointers above point into */
};

/* The line that @insn comes from, NULL where nothing says so. */
const struct code_line *code_line(const struct code *code, unsigned int insn);

/* The function that begins at @insn, NULL where BTF knows of none. */
const struct code_func *code_func(const struct code *code, unsigned int insn);

/* The symbol that @insn names, NULL where it names none, or nothing tells. */
const struct code_extern *code_extern(const struct code *code,
				      unsigned int insn);

void code_free(struct code *code);

static inline bool insn_is_call_of(const struct bpf_insn *insn, int kind)
{
	return insn->code == (BPF_JMP | BPF_CALL) && insn->src_reg == kind;
}

static inline bool insn_is_func_address(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
	       insn->src_reg == BPF_PSEUDO_FUNC;
}

/* Does it name a function of the program? imm: from the next instruction on. */
static inline bool insn_names_func(const struct bpf_insn *insn)
{
	return insn_is_call_of(insn, BPF_PSEUDO_CALL) ||
	       insn_is_func_address(insn);
}

#endif
