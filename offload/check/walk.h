/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Explores every path of a program as the kernel's verifier does, and asks the
 * driver about each instruction on the way.
 */
#ifndef CHECK_WALK_H
#define CHECK_WALK_H

#include "driver.h"

/**
 * walk_program() - explore
 * @d: started; its facts are filled
 *
 * Refusals of the kernel itself are added as V2 to V8, P9 to P12, J6.
 *
 * Return: 0, also where something is refused; -ENOMEM.
 */
int walk_program(struct driver *d);

/* The kernel's last questions, after the driver's (S1, V2, J4, J5, J8): all
 * paths have been followed.
 */
void walk_finish(const struct driver *d);

#endif
