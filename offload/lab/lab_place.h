/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the lab's parts are: the folder "lab" with
 *
 *	nfp-card.so	the emulated card, for one version of QEMU
 *	qemu-version	which
 *	init, card	the guest's scripts
 *	kernel/VERSION	vmlinux, initramfs, lib/modules/VERSION
 *
 * That is $OFFLOAD_LAB_DIR, or "lab" beside the executable, or
 * ../lib/offload/lab from there.
 */
#ifndef LAB_PLACE_H
#define LAB_PLACE_H

#include <limits.h>
#include <stdio.h>

#include "lab_why.h"

struct lab_place {
	char dir[PATH_MAX];
	char version[NAME_MAX + 1]; /* of the kernel to boot */
};

/* Find the folder. Return: 0, or -EINVAL with @why filled. */
int lab_place_find(struct lab_place *place, struct lab_why *why);

/**
 * lab_place_kernel() - choose a kernel that is complete and knows the card
 * @wanted: its version or how that begins, up to a '.', '-' or '+'; NULL for
 *	    the oldest
 *
 * Return: 0 with @place->version filled, or -EINVAL with @why filled.
 */
int lab_place_kernel(struct lab_place *place, const char *wanted,
		     struct lab_why *why);

/* Is this the QEMU that the card was compiled for? -EINVAL with @why if not. */
int lab_place_check_qemu(const struct lab_place *place, struct lab_why *why);

/* The versions of the kernels, oldest first, one a line. */
void lab_place_list(const struct lab_place *place, FILE *to);

#endif
