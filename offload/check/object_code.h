/* SPDX-License-Identifier: GPL-2.0-only */
/* From what libbpf would hand to the kernel to struct code. */
#ifndef CHECK_OBJECT_CODE_H
#define CHECK_OBJECT_CODE_H

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "code.h"
#include "object_btf.h"

/* One program on its way. */
struct capture {
	const struct elf *elf;
	const struct btf_file *btf;
	struct bpf_object *obj;
	uint32_t prog_flags;
	bool gpl;
	struct code code; /* filled once done */
	bool done;
	int err; /* with a sentence in elf->why */
};

/**
 * capture_program() - take over a program that is about to be loaded
 * @prog: relocated, with its subprograms behind it
 * @opts: what it is to be loaded with
 *
 * Return: 0 with @c->code filled; -ENOEXEC or -ENOMEM.
 */
int capture_program(struct capture *c, struct bpf_program *prog,
		    const struct bpf_prog_load_opts *opts);

/* object_extern.c: symbols of the kernel, once functions are known. */
int capture_externs(struct capture *c);

/* object_info.c: source lines and functions. */
int capture_lines(struct capture *c, const struct bpf_prog_load_opts *opts);
int capture_funcs(struct capture *c, const struct bpf_prog_load_opts *opts);

#endif
