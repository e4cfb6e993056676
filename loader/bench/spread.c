/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "bench/plan.h"
#include "bench/spread.h"

static int by_value(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

struct bench_spread bench_spread(const double *values, unsigned int count)
{
	struct bench_spread out = {};
	double sorted[BENCH_REPEAT_MAX];

	if (!count || count > BENCH_REPEAT_MAX)
		return out;
	memcpy(sorted, values, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), by_value);
	out.median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
	out.min = sorted[0];
	out.max = sorted[count - 1];
	if (out.median)
		out.relative = (out.max - out.min) / out.median;
	return out;
}
