/* SPDX-License-Identifier: GPL-2.0-only */
/* Cases that failed: what was sent, expected and received. */
#ifndef VALIDATE_FAILURE_H
#define VALIDATE_FAILURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <linux/types.h>

struct bytes {
	__u8 *data; /* owned */
	size_t len;
};

struct failure {
	char *name;	    /* of the case */
	const char *fault;  /* a sentence */
	const char *wanted; /* where there is no expected frame: in words */
	struct bytes sent, expected, received; /* len 0: there is none */
};

/* Copies; @data NULL is none. Return: 0 or -ENOMEM. */
int bytes_set(struct bytes *out, const void *data, size_t len);

void failure_free(struct failure *f);

/**
 * failure_print() - the frames in hex, one below the other
 * @colour: mark differing bytes with colour, too
 *
 * The bytes that differ between expected and received are marked below them.
 * Where nothing differs, rows are left out behind the first ones; no row is
 * shown where all is as expected.
 */
void failure_print(FILE *to, const struct failure *f, bool colour);

#endif
