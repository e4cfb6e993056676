/* SPDX-License-Identifier: GPL-2.0-only */
#include "bench/search.h"

/* Where nothing is known to be good yet. */
#define FIRST_STEP 0.75

/* Of the rate asked for: less means that the sender cannot do it. */
#define SENDER_SHORT 0.95

void bench_search_start(struct bench_search *s, double highest)
{
	*s = (struct bench_search){ .highest = highest };
}

static bool is_done(const struct bench_search *s)
{
	if (s->tries == BENCH_SEARCH_TRIES || s->sender_is_limit)
		return true;
	if (!s->bad)
		return s->good;
	return s->bad - s->good <= BENCH_SEARCH_STEP * s->bad;
}

bool bench_search_next(struct bench_search *s, double *rate)
{
	if (is_done(s))
		return false;
	s->tries++;
	if (!s->again && !s->bad)
		s->rate = s->highest;
	else if (!s->again)
		s->rate =
			s->good ? (s->good + s->bad) / 2 : s->bad * FIRST_STEP;
	*rate = s->rate;
	return true;
}

void bench_search_tell(struct bench_search *s, double sent, bool lossless)
{
	if (!lossless && !s->again) {
		s->again = true;
		return;
	}
	s->again = false;
	if (!lossless) {
		s->bad = s->rate;
		return;
	}
	s->sender_is_limit = sent < SENDER_SHORT * s->rate;
	if (s->sender_is_limit || sent < s->rate)
		s->good = sent > s->good ? sent : s->good;
	else
		s->good = s->rate;
}
