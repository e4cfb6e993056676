/* SPDX-License-Identifier: GPL-2.0-only */
/* What repeats of a measurement come to. */
#ifndef BENCH_SPREAD_H
#define BENCH_SPREAD_H

struct bench_spread {
	double median; /* of an even number: the mean of the middle two */
	double min;
	double max;
	double relative; /* (max - min) / median; 0 where that is 0 */
};

/* @count: at most BENCH_REPEAT_MAX; of none everything is 0. */
struct bench_spread bench_spread(const double *values, unsigned int count);

#endif
