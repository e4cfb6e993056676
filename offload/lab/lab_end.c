/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "lab_state.h"

/* A guest that does not say that it lives hangs. */
#define PATIENCE_MS 60000

/* The command has ended, and its output is still on the way. */
#define OUTPUT_MS 10000

/* How the guest's first scripts, and ld.so, begin what they say. */
static const char own_word[] = "offload-lab: ";
static const char loader_word[] = "ld.so: ";

int64_t lab_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static bool is_complete(const struct lab_state *l)
{
	for (int i = OUT; i < PUMPS; i++)
		if (l->pumps[i].taken < l->status.sent[i - OUT] ||
		    !lab_pump_is_empty(&l->pumps[i]))
			return false;
	return true;
}

/* Everything that QEMU has left behind is read. */
static bool is_over(const struct lab_state *l)
{
	const int *channel = l->qemu->channel;

	return l->qemu_ended && channel[LAB_STATUS] < 0 &&
	       channel[LAB_CONSOLE] < 0 && channel[LAB_SAID] < 0 &&
	       l->pumps[OUT].ended && l->pumps[ERR].ended &&
	       lab_pump_is_empty(&l->pumps[OUT]) &&
	       lab_pump_is_empty(&l->pumps[ERR]);
}

static int lost(struct lab_state *l, const char *what)
{
	lab_fail(l->why, "%s", what);
	lab_tail_print(&l->said, 10, "qemu: ", stderr);
	if (!l->watch->verbose)
		lab_tail_print(&l->console, 40, "guest: ", stderr);
	return LAB_LOST;
}

/* What QEMU says last is why it ends, unless it never got the card. */
static int qemu_failed(struct lab_state *l)
{
	const char *loader = lab_tail_find(&l->said, loader_word);
	const char *last = lab_tail_last(&l->said);

	if (loader) {
		loader += strlen(loader_word);
		lab_fail(l->why, "the card cannot be loaded: %.*s",
			 (int)strcspn(loader, "\n"), loader);
	} else if (WIFSIGNALED(l->qemu_status)) {
		lab_fail(l->why,
			 "QEMU was ended by signal %d before the guest "
			 "was up%s%.*s",
			 WTERMSIG(l->qemu_status), *last ? ": " : "",
			 (int)strcspn(last, "\n"), last);
	} else {
		lab_fail(l->why, "QEMU failed: %.*s", (int)strcspn(last, "\n"),
			 last);
	}
	return LAB_FAILED;
}

/* The guest's own first script says why on the console, and stops. */
static int guest_gone(struct lab_state *l)
{
	const char *own = lab_tail_find(&l->console, own_word);
	int status = l->qemu_status;
	char text[64];

	if (lab_tail_find(&l->console, "Kernel panic"))
		return lost(l, "the guest's kernel panicked");
	if (WIFSIGNALED(status) && l->status.up) {
		snprintf(text, sizeof(text), "QEMU was ended by signal %d",
			 WTERMSIG(status));
		return lost(l, text);
	}
	if (l->status.up || (!status && !own))
		return lost(l, "the guest ended without a status");
	if (!own)
		return qemu_failed(l);
	own += strlen(own_word);
	lab_fail(l->why, "the guest did not start: %.*s",
		 (int)strcspn(own, "\n"), own);
	return LAB_FAILED;
}

static int stream_broken(struct lab_state *l)
{
	if (l->broken == -EPIPE)
		return 128 + SIGPIPE;
	lab_fail(l->why, "the command's output cannot be written: %s",
		 strerror(-l->broken));
	return LAB_FAILED;
}

int64_t lab_deadline(const struct lab_state *l, const char **what)
{
	int64_t at = l->status.up ? l->heard + PATIENCE_MS
				  : l->start + l->watch->boot_s * 1000LL;
	int64_t end = l->start + l->watch->timeout_s * 1000LL;

	*what = l->status.up ? "the guest hangs: nothing heard for 60 s"
			     : "the guest was not up in time";
	if (l->status.ended) {
		at = (l->moved > l->ended ? l->moved : l->ended) + OUTPUT_MS;
		*what = "the command's output did not arrive in full";
	}
	if (!l->watch->timeout_s || at < end)
		return at;
	*what = "the time is over (--timeout)";
	return end;
}

int lab_outcome(struct lab_state *l)
{
	const char *what;

	if (l->signal)
		return 128 + l->signal;
	if (l->broken)
		return stream_broken(l);
	if (l->status.failed) {
		lab_fail(l->why, "%s", l->status.text);
		return LAB_FAILED;
	}
	if (l->status.ended && is_complete(l))
		return l->status.code;
	if (is_over(l))
		return guest_gone(l);
	return lab_now_ms() < lab_deadline(l, &what) ? -1 : lost(l, what);
}
