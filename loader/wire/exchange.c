/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "wire/exchange_private.h"
#include "wire/layout.h"

int exchange_open(struct exchange **out, const struct exchange_spec *spec)
{
	struct exchange *x = calloc(1, sizeof(*x));

	if (!x)
		return -ENOMEM;
	x->frames = calloc(RING + 1, WIRE_FRAME_MAX);
	if (!x->frames) {
		free(x);
		return -ENOMEM;
	}
	for (size_t i = 0; i < RING; i++)
		x->ring[i].frame = x->frames + i * WIRE_FRAME_MAX;
	x->spare = x->frames + RING * WIRE_FRAME_MAX;
	x->spec = *spec;
	if (!x->spec.window_max)
		x->spec.window_max = WINDOW_MAX;
	x->next = x->answered = 1;
	x->window = x->spec.window_max;
	/* Others on the wire have their own. */
	x->id = (getpid() ^ clock_now_ns() >> 10) | 1;
	*out = x;
	return 0;
}

void exchange_close(struct exchange *x)
{
	if (!x)
		return;
	free(x->frames);
	free(x);
}

void exchange_set_beat(struct exchange *x, const struct frame_spec *beat)
{
	x->beat = *beat;
}

unsigned long exchange_beats(const struct exchange *x)
{
	return x->beats;
}

static void close_ask(struct exchange *x, struct ask *ask)
{
	if (!ask->open)
		return;
	ask->open = false;
	if (ask->wanted && !ask->replies && !ask->beat)
		x->waiting--;
	if (!ask->beat)
		x->spec.ops->closed(x->spec.data, ask);
}

struct ask *exchange_next(struct exchange *x)
{
	struct ask *ask;

	/* Sequence 0 is that of messages that are all zero. */
	if (!(x->next & 0xffff))
		x->next++;
	ask = &x->ring[x->next % RING];
	close_ask(x, ask);
	*ask = (struct ask){
		.id = x->id,
		.sequence = x->next,
		.frame = ask->frame,
		.number = x->next,
	};
	return ask;
}

/* Send what is queued, and let no more be under way than there is room for. */
static int flush(struct exchange *x)
{
	int rc = 0;

	if (x->in_batch && !x->batch[x->in_batch - 1]->wanted)
		rc = exchange_add_beat(x);
	if (!rc && x->in_batch)
		rc = exchange_send_batch(x);
	if (rc)
		return rc;
	rc = exchange_until(x, exchange_has_room, exchange_patience_ms(x));
	if (rc)
		return rc < 0 ? rc : 0;
	/* Some replies are lost, or all of them. */
	if (x->window > WINDOW_MIN)
		x->window /= 2;
	return exchange_probe(x, PROBES);
}

static bool is_alone(const struct ask *ask)
{
	const __u8 *echo = ask->frame + ask->echo;

	return ask->echo + ECHO_LEN > ask->len ||
	       (!get16(echo + ICMP_ID) && !get16(echo + ICMP_SEQUENCE));
}

/* Wait until @done, or until it is late; a beat is the last. */
static int drain(struct exchange *x, bool (*done)(const struct exchange *x))
{
	int rc = exchange_add_beat(x) ?: exchange_send_batch(x);

	if (!rc)
		rc = exchange_until(x, done, exchange_patience_ms(x));
	if (!rc && !exchange_has_answer(x))
		rc = exchange_probe(x, PROBES);
	return rc < 0 ? rc : 0;
}

static bool has_alone(const struct exchange *x)
{
	return exchange_has_answer(x) &&
	       (!x->alone->wanted || x->alone->replies);
}

/* Send what is queued, and then have @ask at the next place: a beat has taken
 * its own. It has nothing in it that tells its place.
 */
static int flush_before(struct exchange *x, struct ask **ask)
{
	struct ask kept = **ask, *moved;
	int err;

	(*ask)->frame = x->spare;
	err = flush(x);
	moved = exchange_next(x);
	x->spare = moved->frame;
	kept.number = moved->number;
	kept.sequence = moved->sequence;
	*moved = kept;
	*ask = moved;
	return err;
}

static int put_alone(struct exchange *x, struct ask *ask)
{
	int err = x->in_batch ? flush_before(x, &ask) : 0;

	if (err)
		return err;
	x->alone = ask;
	exchange_queue(x, ask);
	err = drain(x, has_alone);
	/* What is missing may still come; what must not come has not. */
	if (!ask->wanted || ask->replies)
		x->alone = NULL;
	return err;
}

int exchange_put(struct exchange *x, struct ask *ask)
{
	unsigned int most = x->window < BATCH ? x->window : BATCH;

	if (is_alone(ask))
		return put_alone(x, ask);
	exchange_queue(x, ask);
	/* One more may be a beat. */
	return x->in_batch + 1 < most ? 0 : flush(x);
}

static bool never(const struct exchange *x)
{
	(void)x;
	return false;
}

int exchange_settle(struct exchange *x)
{
	int quiet, err = x->in_batch ? flush(x) : 0;

	err = err ?: drain(x, exchange_has_all);
	/* What is missing gets all the time there is. */
	if (!err && x->waiting)
		err = exchange_until(x, exchange_has_all, x->spec.timeout_ms);
	quiet = exchange_patience_ms(x) > QUIET_MS ? exchange_patience_ms(x)
						   : QUIET_MS;
	if (err >= 0)
		err = exchange_until(x, never, quiet);
	if (err < 0)
		return err;
	for (__u32 i = 1; i <= RING; i++)
		close_ask(x, &x->ring[(x->next + i) % RING]);
	x->alone = NULL;
	return 0;
}

void exchange_abandon(struct exchange *x)
{
	for (size_t i = 0; i < RING; i++) {
		struct ask *ask = &x->ring[i];

		if (ask->replies)
			close_ask(x, ask);
		ask->open = false;
	}
	x->in_batch = x->waiting = 0;
}
