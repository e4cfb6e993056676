/* SPDX-License-Identifier: GPL-2.0-only */
/* Opens, binds and fills the right build of the responder. */
#ifndef RESPONDER_H
#define RESPONDER_H

#include "device.h"
#include "installed.h"
#include "program.h"
#include "targets.h"

enum variant {
	VARIANT_XDP,
	VARIANT_TC,
	VARIANT_HW,
	VARIANT_COUNT,
};

/* The variant for a mode; @restricted: the card's one everywhere. */
enum variant responder_variant(enum xdp_mode mode, bool restricted);

/* The object of a variant, which lasts as long as the process. */
const void *responder_elf(enum variant variant, bool trace, size_t *size);

/* Return: 0, or -errno with @why filled. */
int responder_open(enum variant variant, bool trace, struct program *out,
		   struct attempt *why);

/**
 * responder_prepare() - between opening and loading
 * @targets: makes room for them
 * @old:     the responder that this one is to replace, in any mode, or NULL;
 *	     its counters go on, where both keep them in the same kind of map
 *
 * Return: 0 or -errno.
 */
int responder_prepare(struct program *p, const struct targets *targets,
		      const struct installed *old);

/**
 * responder_fill() - after loading and before attaching: set the targets
 * @action: enum echo_action, of all of them
 *
 * Return: 0 or -errno.
 */
int responder_fill(const struct program *p, const struct targets *targets,
		   __u32 action);

#endif
