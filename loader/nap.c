/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

#include "array.h"
#include "clock.h"
#include "nap.h"

static bool interrupted;

static sigset_t signals(void)
{
	static const int ends[] = { SIGINT,  SIGTERM, SIGHUP, SIGQUIT,
				    SIGALRM, SIGUSR1, SIGUSR2 };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		sigaddset(&set, ends[i]);
	return set;
}

void nap_block_signals(void)
{
	sigset_t set = signals();

	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

double nap_now(void)
{
	return clock_now_ns() / 1e9;
}

int nap_for(double seconds)
{
	double end = nap_now() + seconds, left = seconds;
	sigset_t set = signals();

	while (!interrupted && left >= 0) {
		struct timespec time = {
			.tv_sec = left,
			.tv_nsec = fmod(left, 1) * 1e9,
		};

		if (sigtimedwait(&set, NULL, &time) > 0)
			interrupted = true;
		left = end - nap_now();
	}
	return interrupted ? -EINTR : 0;
}

bool nap_interrupted(void)
{
	if (!interrupted)
		nap_for(0);
	return interrupted;
}
