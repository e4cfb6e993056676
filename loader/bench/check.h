/* SPDX-License-Identifier: GPL-2.0-only */
/* Can both ends be used, and for what? On failure b->why says why not. */
#ifndef BENCH_CHECK_H
#define BENCH_CHECK_H

#include "bench/bench.h"

/* Two interfaces that are up and have a link. */
enum exit_code bench_check_sides(struct bench *b);

/* Nothing of others is attached to them. */
enum exit_code bench_check_free(struct bench *b);

/* What one sends reaches the other. The process is in the peer's network
 * namespace afterwards.
 */
enum exit_code bench_check_wire(struct bench *b);

/* Close a row that cannot be measured, as far as that can be known before
 * anything is attached.
 */
void bench_check_row(const struct bench *b, struct bench_row *row);

/* Bytes of an echo request before its payload. */
unsigned int bench_headers(int family);

/* What -errno means of an interface. */
const char *bench_error_text(int err);

#endif
