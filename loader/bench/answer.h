/* SPDX-License-Identifier: GPL-2.0-only */
/* What offload-load --json said of a load. */
#ifndef BENCH_ANSWER_H
#define BENCH_ANSWER_H

#include <stddef.h>
#include <linux/types.h>

#include "mode.h"

struct bench_answer {
	enum xdp_mode mode; /* that took; MODE_NONE: none */
	__u32 prog_id;
	char why[REASON_MAX]; /* it did not: "refused at load: EINVAL: ..." */
};

/* Return: 0, or -EBADMSG where @json is something else. */
int bench_answer_parse(const char *json, struct bench_answer *out);

#endif
