/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A stepped search for the highest rate at which nothing is lost:
 *
 *	bench_search_start(&s, first, highest);
 *	while (bench_search_next(&s, &rate))
 *		... send at rate ...
 *		bench_search_tell(&s, sent_per_s, lost_nothing);
 *	... s.good ...
 *
 * It goes up until something is lost or the sender can do no more, or down
 * until nothing is lost. Then the middle between one that lost nothing and one
 * that did is tried, until they are within BENCH_SEARCH_STEP. A rate that loses
 * something is tried once more before it counts: other work of the machine
 * loses frames, too.
 */
#ifndef BENCH_SEARCH_H
#define BENCH_SEARCH_H

#include <stdbool.h>

#define BENCH_SEARCH_STEP  0.02 /* of the rate */
#define BENCH_SEARCH_TRIES 20

/* Of a rate that is asked for: less means that the sender cannot do it. */
#define BENCH_SENDER_SHORT 0.95

struct bench_search {
	double first, highest;
	double good; /* frames a second: the highest without loss; 0: none */
	double bad;  /* the lowest with loss; 0: none */
	double rate; /* being tried */
	unsigned int tries;
	bool again;	      /* the second try of this rate */
	bool sender_is_limit; /* it can send no more than what lost nothing */
};

/* @first: frames a second to begin with; 0: @highest. @highest: that the sender
 * can do, which is not 0.
 */
void bench_search_start(struct bench_search *s, double first, double highest);

/* Return: false when there is nothing more to try. */
bool bench_search_next(struct bench_search *s, double *rate);

/* @sent: the rate that was reached, which may be less than asked. */
void bench_search_tell(struct bench_search *s, double sent, bool lossless);

#endif
