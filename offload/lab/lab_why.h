/* SPDX-License-Identifier: GPL-2.0-only */
/* Why something was refused: one sentence, printed once, by main(). */
#ifndef LAB_WHY_H
#define LAB_WHY_H

#include <stdio.h>

struct lab_why {
	char text[1024];
};

/* Fill @why. Return: -EINVAL, for the caller to return. */
__attribute__((format(printf, 2, 3))) int lab_fail(struct lab_why *why,
						   const char *format, ...);

#endif
