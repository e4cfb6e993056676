/* SPDX-License-Identifier: GPL-2.0-only */
#include "bench/search.h"

/* Of a rate that loses something, while nothing is known to be good. */
#define FIRST_STEP 0.75

static double lesser(double a, double b)
{
	return a < b ? a : b;
}

void bench_search_start(struct bench_search *s, double first, double highest)
{
	*s = (struct bench_search){
		.first = first ? lesser(first, highest) : highest,
		.highest = highest,
	};
}

static bool is_done(const struct bench_search *s)
{
	if (s->tries == BENCH_SEARCH_TRIES || s->sender_is_limit)
		return true;
	return s->bad && s->bad - s->good <= BENCH_SEARCH_STEP * s->bad;
}

static double choose(const struct bench_search *s)
{
	if (s->good && s->bad)
		return (s->good + s->bad) / 2;
	if (s->good)
		return lesser(s->good / FIRST_STEP, s->highest);
	return s->bad ? s->bad * FIRST_STEP : s->first;
}

bool bench_search_next(struct bench_search *s, double *rate)
{
	if (is_done(s))
		return false;
	s->tries++;
	if (!s->again)
		s->rate = choose(s);
	*rate = s->rate;
	return true;
}

void bench_search_tell(struct bench_search *s, double sent, bool lossless)
{
	double reached = sent ? lesser(sent, s->rate) : s->rate;

	s->again = !lossless && !s->again;
	if (s->again)
		return;
	if (!lossless) {
		s->bad = reached;
		return;
	}
	if (reached > s->good)
		s->good = reached;
	s->sender_is_limit =
		s->rate >= s->highest || sent < BENCH_SENDER_SHORT * s->rate;
}
