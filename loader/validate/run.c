/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "validate/judge.h"
#include "validate/run_private.h"

/* A case without a reply is asked again until so many rounds were in vain. */
#define ROUNDS_MAX  8
#define ROUNDS_VAIN 3

/* What the least MTU of IPv6 allows, with room for headers and tags. */
#define LARGE_FRAME   (ETH_HLEN + 1280)
#define LARGE_PAYLOAD 1200

/* The first request waits for neighbour tables to be filled. */
#define PROBES 5

static enum echo_verdict replied(int family)
{
	return family == AF_INET ? ECHO_REPLIED_IPV4 : ECHO_REPLIED_IPV6;
}

/* Is there a reason not to send it? */
static bool leave_out(struct run *run, const struct ask *ask)
{
	struct tally *t = run->now;
	enum left_out why = LEFT_COUNT;

	if (ask->expect == EXPECT_UNKNOWN)
		why = LEFT_DROPPED;
	else if (run->end->pads && ask->len < ETH_ZLEN)
		why = LEFT_SHORT;
	else if (ask->len > run->end->frame_max)
		why = LEFT_LONG;
	if (why != LEFT_COUNT)
		t->left_out[why]++;
	return why != LEFT_COUNT;
}

static void count_request(struct run *run, const struct made *made)
{
	enum echo_verdict v = made->verdict;

	if (v == ECHO_NOT_OURS && run->end->any)
		v = replied(run->now->family);
	if (v == ECHO_NOT_OURS && run->end->any_drop)
		v = ECHO_DROPPED;
	run->requests[v]++;
}

static int ask_place(struct run *run, struct place place, bool again)
{
	struct tally *t = run->now;
	struct ask *ask = exchange_next(run->x);
	struct made made;
	int err = maker_make(&run->maker, t->group, place, ask, &made);

	if (err)
		return err;
	ask->owner = t;
	ask->row = place.row;
	ask->n = place.n;
	ask->again = again;
	ask->silence = made.silence;
	ask->expect = judge_expect(run->end, t->family, &made);
	ask->wanted = ask->expect == EXPECT_REPLY &&
		      !judge_may_be_silent(run->end, made.silence);
	if (leave_out(run, ask))
		return 0;
	count_request(run, &made);
	return exchange_put(run->x, ask);
}

static int ask_places(struct run *run, const struct places *list, bool again)
{
	int err = 0;

	for (size_t i = 0; !err && i < list->count; i++)
		err = ask_place(run, list->at[i], again);
	return err ?: exchange_settle(run->x) ?: run->err;
}

static struct places take_list(struct places *list)
{
	struct places taken = *list;

	*list = (struct places){};
	return taken;
}

/* Where others got through the same filter, these did not by themselves. */
static int judge_filtered(struct run *run)
{
	struct places list = take_list(&run->filtered);
	int err = 0;

	if (list.count && run->other_mac_answered) {
		run->end->filters = false;
		err = ask_places(run, &list, true);
	} else {
		run->now->left_out[LEFT_FILTERED] += list.count;
		/* The responder has not seen them. */
		run->requests[replied(run->now->family)] -= list.count;
	}
	places_free(&list);
	return err;
}

/* What is missing for good. The frame is made once more, to be shown. */
static void give_up(struct run *run, struct place place)
{
	struct ask *ask = exchange_next(run->x);
	struct made made;

	if (maker_make(&run->maker, run->now->group, place, ask, &made))
		return;
	ask->owner = run->now;
	ask->row = place.row;
	ask->n = place.n;
	ask->expect = EXPECT_REPLY;
	run->now->outcome[OUTCOME_MISSING]++;
	run_fail(run, ask, "no reply, also when asked again", NULL, 0);
}

static int ask_again(struct run *run)
{
	int err = 0, vain = 0;

	for (int i = 0; !err && run->again.count && i < ROUNDS_MAX; i++) {
		struct places list = take_list(&run->again);

		err = ask_places(run, &list, true);
		vain = run->again.count < list.count ? 0 : vain + 1;
		places_free(&list);
		if (vain == ROUNDS_VAIN)
			break;
	}
	for (size_t i = 0; !err && i < run->again.count; i++)
		give_up(run, run->again.at[i]);
	run->again.count = 0;
	return err;
}

static int run_group(struct run *run, int group)
{
	struct places places;
	int err;

	run->now = &run->tally[run->tallies];
	run->now->family = run->maker.family;
	run->now->group = group;
	err = places_make(&run->maker, group, &places);
	if (!err && !places.count)
		return 0;
	if (!err) {
		run->tallies++;
		run->other_mac_answered = false;
		err = ask_places(run, &places, false) ?: judge_filtered(run) ?:
		      ask_again(run);
	}
	places_free(&places);
	if (err)
		exchange_abandon(run->x);
	run->now->done = !err;
	run->progress(run, run->now);
	return err;
}

/* With large frames, as those take most room. */
static int find_window(struct run *run, const struct frame_spec *request)
{
	struct frame_spec large = *request;
	int err;

	if (run->end->frame_max >= LARGE_FRAME)
		large.payload = LARGE_PAYLOAD;
	exchange_set_beat(run->x, &large);
	err = exchange_find_window(run->x);
	exchange_set_beat(run->x, request);
	return err;
}

static int run_family(struct run *run, int family)
{
	const struct validate_options *o = run->options;
	struct frame_spec beat;
	int err;

	maker_init(&run->maker, run->end, family,
		   wire_port_mac(run->peer->port), o->tag, o->n_tags);
	beat = maker_request(&run->maker);
	exchange_set_beat(run->x, &beat);
	run->probed[family == AF_INET6] = true;
	err = exchange_probe(run->x, PROBES);
	if (err)
		return err;
	run->answered[family == AF_INET6] = true;
	err = find_window(run, &beat);
	for (int group = 0; !err && group < GROUP_COUNT; group++)
		if (!o->groups || o->groups & 1u << group)
			err = run_group(run, group);
	return err;
}

/* Nothing from one family does not keep the other from being asked. */
static int run_families(struct run *run)
{
	int err = 0, silent = 0;

	for (int v6 = 0; !err && v6 < 2; v6++) {
		unsigned long beats = exchange_beats(run->x);

		if (!run->end->family[v6].asked)
			continue;
		err = run_family(run, v6 ? AF_INET6 : AF_INET);
		run->requests[replied(v6 ? AF_INET6 : AF_INET)] +=
			exchange_beats(run->x) - beats;
		if (err == -ETIMEDOUT && !run->answered[v6] &&
		    !peer_check(run->peer))
			silent = err, err = 0;
	}
	if (err == -ETIMEDOUT)
		err = peer_check(run->peer) ?: err;
	if (!err && !run->answered[0] && !run->answered[1])
		err = silent;
	return err;
}

/*
 * A kernel keeps its replies in a buffer of about 132 KB, for all of a CPU
 * together, until the device has sent them, and drops what is beyond
 * (net/ipv4/icmp.c, sk_sndbuf of icmp_init; IcmpOutErrors).
 */
static unsigned int window_of(const struct end *end)
{
	if (end->kind != END_KERNEL)
		return 0;
	return end->frame_max <= 4096 ? 8 : 4;
}

int run_all(struct run *run)
{
	struct exchange_spec spec = {
		.port = run->peer->port,
		.ops = &run_ops,
		.data = run,
		.stop = run->stop,
		.timeout_ms = run->options->timeout,
		.window_max = window_of(run->end),
	};
	int err = exchange_open(&run->x, &spec);

	run->err = 0;
	if (!err)
		err = run_families(run);
	exchange_close(run->x);
	run->x = NULL;
	return err;
}

void run_free(struct run *run)
{
	for (size_t i = 0; i < run->failures; i++)
		failure_free(&run->failure[i]);
	free(run->failure);
	places_free(&run->again);
	places_free(&run->filtered);
}

unsigned long run_failures(const struct run *run)
{
	unsigned long sum = run->strays;

	for (int i = 0; i < run->tallies; i++)
		sum += tally_failures(&run->tally[i]);
	return sum;
}
