/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs that never were in an object: what a generator makes and what the
 * judge asks about. A pack is PACK_MAGIC and then, until its end, programs, all
 * in the byte order of the host:
 *
 *	char name[32], NUL-terminated; u32 type, u32 flags: as BPF_PROG_LOAD
 *	takes them; u32 map_count, u32 func_count, u32 insn_count; struct
 *	pack_map for each map; struct pack_func for each function; struct
 *	bpf_insn for each instruction.
 *
 * A map reference is LD_IMM64 with src_reg BPF_PSEUDO_MAP_FD (or _MAP_VALUE)
 * and, in imm, the map's index.
 */
#ifndef JUDGE_PACK_H
#define JUDGE_PACK_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define PACK_MAGIC "OLPACK2\n"
#define PACK_MAPS  80
#define PACK_FUNCS 32
#define PACK_INSNS 2000000 /* more than any kernel takes */

struct pack_map {
	uint32_t type;
	uint32_t key;	/* bytes */
	uint32_t value; /* bytes */
	uint32_t entries;
	uint32_t flags;
	uint32_t extra;
};

/* What a function takes and returns. */
enum pack_type {
	PACK_INT,
	PACK_CTX,
	PACK_MEMORY, /* PACK_MEMORY_BYTES */
	PACK_TAGGED, /* a context, of which only a tag tells */
	PACK_UNSIZED,
	PACK_STRUCT,
	PACK_VOID,
	PACK_TYPES,
};

#define PACK_MEMORY_BYTES 16

/* A function of which BTF tells; the first is the program. Without any, there is
 * no BTF.
 */
struct pack_func {
	uint32_t insn;
	uint8_t global;
	uint8_t result;	 /* enum pack_type, and so are */
	uint8_t args[5]; /* these */
	uint8_t arg_count;
};

struct pack_program {
	char name[32];
	uint32_t type;	/* BPF_PROG_TYPE_... */
	uint32_t flags; /* BPF_F_... */
	uint32_t map_count;
	uint32_t func_count;
	uint32_t insn_count;
	struct pack_map maps[PACK_MAPS];
	struct pack_func funcs[PACK_FUNCS];
	struct bpf_insn *insns;
};

/* Write or read what every pack begins with. Return: 0 or -errno. */
int pack_begin(FILE *file);
int pack_open(FILE *file);

/* Return: 0 or -errno. */
int pack_write(FILE *file, const struct pack_program *program);

/**
 * pack_read() - the next program
 * @out: ended with pack_free(), where one was read
 *
 * Return: 1; 0 at the end; -EINVAL: not a pack; -ENOMEM.
 */
int pack_read(FILE *file, struct pack_program *out);
void pack_free(struct pack_program *program);

/* Does the instruction name a function, by imm from the next one on? */
bool pack_names_func(const struct bpf_insn *insn);

/* The map that the instruction refers to, -1: it refers to none. */
int pack_map_of(const struct pack_program *program, unsigned int insn);

#endif
