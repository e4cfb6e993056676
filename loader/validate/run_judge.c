/* SPDX-License-Identifier: GPL-2.0-only */
/* What comes of each case: counted, and kept where it failed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "validate/judge.h"
#include "validate/run_private.h"

#define LOST                                                                \
	"no reply at first, and a right one when asked again: lost on the " \
	"way"

static struct place place_of(const struct ask *ask)
{
	return (struct place){ ask->row, ask->n };
}

static void keep(struct run *run, struct places *list, struct place place)
{
	int err = places_add(list, place);

	if (err)
		run->err = err;
}

static unsigned int kept_of(const struct run *run, const char *fault)
{
	unsigned int count = 0;

	for (size_t i = 0; i < run->failures; i++)
		count += run->failure[i].fault == fault;
	return count;
}

static struct failure *add_failure(struct run *run, const char *fault)
{
	unsigned int most =
		run->options->verbose ? FAILURES_ALL : FAILURES_KEPT;
	struct failure *more;

	if (kept_of(run, fault) >= most)
		return NULL;
	more = realloc(run->failure, (run->failures + 1) * sizeof(*more));
	if (!more)
		return NULL;
	run->failure = more;
	more += run->failures++;
	memset(more, 0, sizeof(*more));
	more->fault = fault;
	return more;
}

static void set_expected(struct run *run, struct failure *f,
			 const struct ask *ask)
{
	static __u8 reply[WIRE_FRAME_MAX];
	int len = -EINVAL;

	f->wanted = judge_wanted(run->end, ask->expect);
	if (ask->expect == EXPECT_REPLY && !f->wanted)
		len = frame_reply_build(ask->frame, ask->len, reply,
					sizeof(reply));
	bytes_set(&f->expected, len > 0 ? reply : NULL, len > 0 ? len : 0);
}

static void capture(struct run *run, const struct ask *ask, const void *reply,
		    size_t len)
{
	if (!run->capture)
		return;
	if (ask)
		capture_add(run->capture, ask->frame, ask->len,
			    ask->sent_ns ?: clock_now_ns());
	if (reply)
		capture_add(run->capture, reply, len, clock_now_ns());
}

void run_fail(struct run *run, struct ask *ask, const char *fault,
	      const void *reply, size_t len)
{
	struct tally *t = ask->owner;
	char name[PLACE_NAME_MAX];
	struct failure *f;

	tally_add_fault(t, fault, 1);
	capture(run, ask, reply, len);
	f = add_failure(run, fault);
	if (!f)
		return;
	place_name(&run->maker, t->group, place_of(ask), name);
	f->name = strdup(name);
	bytes_set(&f->sent, ask->frame, ask->len);
	bytes_set(&f->received, reply, len);
	set_expected(run, f, ask);
}

static void count_known(struct tally *t, unsigned int differences)
{
	for (int bit = 0; bit < HOST_DIFFERENCES; bit++)
		t->difference[bit] += differences >> bit & 1;
}

static void count_first(struct run *run, struct ask *ask, struct judgement *j,
			const void *frame, size_t len)
{
	struct tally *t = ask->owner;

	if (ask->silence == WIRE_OTHER_MAC)
		run->other_mac_answered = true;
	if (j->outcome == OUTCOME_WRONG)
		run_fail(run, ask, j->fault, frame, len);
	else if (ask->again && run->end->kind == END_KERNEL) {
		j->outcome = OUTCOME_KNOWN;
		t->silence[WIRE_NO_SILENCE]++;
	} else if (ask->again) {
		j->outcome = OUTCOME_LOST;
		run_fail(run, ask, LOST, frame, len);
	}
	if (j->outcome == OUTCOME_KNOWN)
		count_known(t, j->differences);
	t->outcome[j->outcome]++;
}

static void on_reply(void *data, struct ask *ask, const void *frame, size_t len,
		     bool reordered)
{
	struct run *run = data;
	struct tally *t = ask->owner;
	struct judgement j = judge_reply(run->end, ask, frame, len);

	if (j.ignore) {
		ask->replies--;
		return;
	}
	/* Given up, and asked again meanwhile. */
	if (!ask->open && ask->replies == 1)
		return;
	if (ask->replies > 1) {
		t->outcome[OUTCOME_TWICE]++;
		run_fail(run, ask,
			 j.outcome == OUTCOME_WRONG ? j.fault
						    : "answered more than once",
			 frame, len);
		return;
	}
	count_first(run, ask, &j, frame, len);
	if (reordered) {
		t->outcome[OUTCOME_REORDERED]++;
		run_fail(run, ask,
			 "right, but behind the reply to a later request",
			 frame, len);
	}
}

static void count_silent(struct run *run, struct ask *ask)
{
	struct tally *t = ask->owner;

	if (ask->expect != EXPECT_REPLY)
		t->outcome[OUTCOME_SILENT]++;
	else if (ask->wanted)
		keep(run, &run->again, place_of(ask));
	else if (run->end->kind == END_KERNEL) {
		t->outcome[OUTCOME_KNOWN]++;
		t->silence[ask->silence]++;
	} else
		keep(run, &run->filtered, place_of(ask));
}

static void on_closed(void *data, struct ask *ask)
{
	struct tally *t = ask->owner;

	if (!ask->again)
		t->sent++;
	if (!ask->replies)
		count_silent(data, ask);
}

static void on_stray(void *data, const void *frame, size_t len)
{
	static const char fault[] = "an echo reply to nothing that was asked";
	struct run *run = data;
	struct failure *f;

	run->strays++;
	capture(run, NULL, frame, len);
	f = add_failure(run, fault);
	if (!f)
		return;
	f->name = strdup("unasked");
	bytes_set(&f->received, frame, len);
}

const struct exchange_ops run_ops = {
	.reply = on_reply,
	.closed = on_closed,
	.stray = on_stray,
};
