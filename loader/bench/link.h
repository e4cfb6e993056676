/* SPDX-License-Identifier: GPL-2.0-only */
/* The links of both ends. Each returns 0, or -errno: -ENODEV where an interface
 * is lost, -ENETDOWN where it is down or has no link.
 */
#ifndef BENCH_LINK_H
#define BENCH_LINK_H

#include "bench/bench.h"

#define BENCH_LOST "the interface was lost or went down"

/* Are both interfaces there, and up? They may have no link at the moment. */
int bench_link_ends(const struct bench *b);

/* Have both a link? */
int bench_link_check(const struct bench *b);

/* Wait for it: some cards restart when a program is attached, or taken off.
 * Return: also -EINTR when interrupted.
 */
int bench_link_wait(const struct bench *b);

#endif
