/* SPDX-License-Identifier: GPL-2.0-only */
/* A pcap file of the cases that failed: each frame sent, and its reply. */
#ifndef VALIDATE_CAPTURE_H
#define VALIDATE_CAPTURE_H

#include <stddef.h>
#include <linux/types.h>

struct capture;

/* Return: 0, or -errno where the file cannot be written. */
int capture_open(struct capture **out, const char *file);

/* @mono_ns: when, by CLOCK_MONOTONIC. */
void capture_add(struct capture *c, const void *frame, size_t len,
		 __u64 mono_ns);

/* NULL is nothing to close. Return: 0, or -EIO where something was not written.
 */
int capture_close(struct capture *c);

#endif
