/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A stepped search for the highest rate at which nothing is lost:
 *
 *	bench_search_start(&s, highest);
 *	while (bench_search_next(&s, &rate))
 *		... send at rate ...
 *		bench_search_tell(&s, sent_per_s, lost_nothing);
 *	... s.good ...
 *
 * After the highest rate, the middle between one that lost nothing and one that
 * did is tried, until they are within BENCH_SEARCH_STEP. A rate that loses something is tried once
 * more before it counts: other work of the machine loses frames, too.
 */
#ifndef BENCH_SEARCH_H
#define BENCH_SEARCH_H

#include <stdbool.h>

#define BENCH_SEARCH_STEP  0.02 /* of the rate */
#define BENCH_SEARCH_TRIES 16

struct bench_search {
	double highest;
	double good; /* frames a second: the highest without loss; 0: none */
	double bad;  /* the lowest with loss; 0: none */
	double rate; /* being tried */
	unsigned int tries;
	bool again;	      /* the second try of this rate */
	bool sender_is_limit; /* it could not send as fast as asked */
};

/* @highest: frames a second, which are tried first. */
void bench_search_start(struct bench_search *s, double highest);

/* Return: false when there is nothing more to try. */
bool bench_search_next(struct bench_search *s, double *rate);

/* @sent: the rate that was reached, which may be less than asked. */
void bench_search_tell(struct bench_search *s, double sent, bool lossless);

#endif
