/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One program of one object: open, bind to a card, load. An object loads once,
 * and what was loaded for a card can be attached nowhere else, so every
 * attempt starts afresh.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <bpf/libbpf.h>

#include "mode.h"

struct program {
	struct bpf_object *obj;
	struct bpf_program *prog;
	char *log; /* verifier log; "" unless it refused */
};

/**
 * program_open() - open an object file and choose a program in it
 * @path: ELF file
 * @name: of function or section; NULL: the only XDP program that there is
 * @out:  closed with program_close(), also after a failure
 * @why:  err, stage, source and reason on failure
 *
 * Return: 0 or -errno.
 */
int program_open(const char *path, const char *name, struct program *out,
		 struct attempt *why);

/* The same for an object in memory, which holds one program. */
int program_open_mem(const void *elf, size_t size, struct program *out,
		     struct attempt *why);

/* Bind program and maps to a device. Event arrays have no device. */
void program_bind(struct program *p, int ifindex);

/**
 * program_load() - hand maps and program to the kernel
 *
 * Return: 0 or -errno, with the verifier's words in p->log.
 */
int program_load(struct program *p);

int program_fd(const struct program *p);
bool program_has_frags(const struct program *p);
void program_close(struct program *p);

/* Would the kernel load any program for this device? Asked by loading the
 * smallest that there is. Return: 0, or -errno as the kernel answers.
 */
int program_probe_offload(int ifindex);

#endif
