/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many NFP instructions the driver's compiler makes of a program
 * (bpf/jit.c), and what it refuses while it does (T1-T6).
 */
#ifndef CHECK_COST_H
#define CHECK_COST_H

#include "driver.h"

struct cost {
	unsigned int *words; /* per BPF instruction; freed by cost_free() */
	unsigned int fixed;  /* of no BPF instruction: intro, outro, ... */
	/* All of them, also where they are too many (T3); 0 where it was
	 * refused for another reason.
	 */
	unsigned int total;
};

/**
 * cost_estimate() - compile, and count
 *
 * Adds the findings T1, T2, T3, T5 to @d->c->report. Instructions that no path
 * reaches are taken out first, as the kernel does.
 *
 * Return: 0, also where the compiler refuses; -ENOMEM.
 */
int cost_estimate(const struct driver *d, struct cost *out);
void cost_free(struct cost *cost);

#endif
