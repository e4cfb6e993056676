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
	bool data;	    /* .rodata, .data, .bss: the compiler's own */
};

struct code_line {
	unsigned int insn; /* the first that it is about */
	unsigned int line;
	const char *file;
	const char *text; /* without the blanks before it */
};

/* What a global function's argument may be. */
enum code_arg {
	CODE_ARG_SCALAR,
	CODE_ARG_CTX,
	CODE_ARG_MEM,	/* arg_size bytes, or NULL */
	CODE_ARG_OTHER, /* nothing that the kernel knows */
};

/* A function, from BTF; the first is the program itself. */
struct code_func {
	unsigned int insn;
	const char *name;
	bool global; /* verified on its own, not at its calls */
	bool returns_void;
	unsigned int args;
	enum code_arg arg[5];
	uint32_t arg_size[5];
};

struct code {
	char name[64];
	char section[64];
	uint32_t type;	     /* BPF_PROG_TYPE_... */
	uint32_t attach;     /* expected_attach_type */
	uint32_t prog_flags; /* BPF_F_... */
	bool gpl;	     /* the licence is compatible with it */
	struct bpf_insn *insns;
	unsigned int insn_count;
	struct code_map *maps;
	unsigned int map_count;
	struct code_line *lines; /* by insn, ascending */
	unsigned int line_count;
	struct code_func *funcs; /* by insn, ascending; none without BTF */
	unsigned int func_count;
	char *strings; /* what the pointers above point into */
};

/* The line that @insn comes from, NULL where nothing says so. */
const struct code_line *code_line(const struct code *code, unsigned int insn);

/* The function that begins at @insn, NULL where BTF knows of none. */
const struct code_func *code_func(const struct code *code, unsigned int insn);

void code_free(struct code *code);

#endif
