/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>

#include "bench/link.h"
#include "nap.h"

#define LINK_SECONDS 10
#define POLL_SECONDS 0.01

/* Return: 1 where both have a link, 0 where one has none, or -errno. */
static int state(const struct bench *b)
{
	int here = bench_side_has_link(&b->iface);
	int there = bench_side_has_link(&b->peer);

	if (here < 0 || there < 0)
		return here < 0 ? here : there;
	return here && there;
}

int bench_link_ends(const struct bench *b)
{
	int up = state(b);

	return up < 0 ? up : 0;
}

int bench_link_check(const struct bench *b)
{
	int up = state(b);

	return up < 0 ? up : up ? 0 : -ENETDOWN;
}

int bench_link_wait(const struct bench *b)
{
	double end = nap_now() + LINK_SECONDS;
	int up, err = 0;

	while (!(up = state(b)) && !err)
		err = nap_now() < end ? nap_for(POLL_SECONDS) : -ENETDOWN;
	return up < 0 ? up : err;
}
