/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads BPF objects with libbpf, which here neither asks nor tells the kernel
 * anything.
 */
#ifndef CHECK_OBJECT_H
#define CHECK_OBJECT_H

#include <stddef.h>

#include "code.h"

/**
 * object_read() - read the XDP programs of an object
 * @elf:   whole file; any bytes at all are safe
 * @size:  bytes
 * @name:  of a function or section, or NULL: all XDP programs
 * @out:   array, each freed with code_free(), then free(); on success only
 * @count: how many
 * @why:   one sentence on failure, without the file's name
 * @room:  bytes of @why
 *
 * Return: 0; -ENOEXEC: not a BPF object that can be read; -ENOENT: no such
 * program, or none; -EFBIG: more than is read; -ENOMEM.
 */
int object_read(const void *elf, size_t size, const char *name,
		struct code **out, size_t *count, char *why, size_t room);

#endif
