/* SPDX-License-Identifier: GPL-2.0-only */
/* How much is sent at once, and how long a reply is waited for. */
#include <errno.h>

#include "clock.h"
#include "wire/exchange_private.h"
#include "wire/layout.h"

/* Return: 0 or -errno. */
static int receive(struct exchange *x, int timeout_ms)
{
	struct wire_buf bufs[WIRE_BATCH];
	int n;

	if (*x->spec.stop)
		return -EINTR;
	n = wire_port_recv(x->spec.port, bufs, WIRE_BATCH, timeout_ms);
	for (int i = 0; i < n; i++)
		exchange_take(x, &bufs[i]);
	return n < 0 ? n : 0;
}

int exchange_patience_ms(const struct exchange *x)
{
	__u64 ms = 10 + 8 * x->rtt_ns / 1000000;

	if (!x->rtt_ns || ms > (__u64)x->spec.timeout_ms)
		return x->spec.timeout_ms;
	return ms;
}

/* Milliseconds left of @ms since something happened; 0: none. */
static int left_ms(const struct exchange *x, int ms)
{
	__s64 gone = (clock_now_ns() - x->latest_ns) / 1000000;

	return gone < ms ? ms - gone : 0;
}

/*
 * Receive until @done, or until nothing has happened for @ms.
 * Return: 1 when done, 0, or -errno.
 */
int exchange_until(struct exchange *x, bool (*done)(const struct exchange *x),
		   int ms)
{
	int left, err;

	while (!done(x)) {
		left = left_ms(x, ms);
		if (!left)
			return 0;
		err = receive(x, left);
		if (err)
			return err;
	}
	return 1;
}

int exchange_send_batch(struct exchange *x)
{
	struct wire_buf bufs[BATCH + 1];
	__u64 now = clock_now_ns();
	int err;

	for (unsigned int i = 0; i < x->in_batch; i++) {
		struct ask *ask = x->batch[i];

		bufs[i] = (struct wire_buf){ ask->frame, ask->len };
		ask->open = true;
		ask->sent_ns = now;
		x->waiting += ask->wanted && !ask->beat;
	}
	x->latest_ns = now;
	err = wire_port_send(x->spec.port, bufs, x->in_batch);
	x->in_batch = 0;
	return err ?: receive(x, 0);
}

/* The slot is filled in: there is room for more. */
void exchange_queue(struct exchange *x, struct ask *ask)
{
	x->batch[x->in_batch++] = ask;
	x->next++;
}

int exchange_add_beat(struct exchange *x)
{
	struct ask *ask = exchange_next(x);
	struct frame_spec spec = x->beat;
	int len;

	spec.id = ask->id;
	spec.sequence = ask->sequence;
	len = frame_build(&spec, ask->frame, WIRE_FRAME_MAX);
	if (len < 0)
		return len;
	ask->len = len;
	ask->echo = len - spec.padding - spec.payload - ECHO_LEN;
	ask->wanted = ask->beat = true;
	x->beats++;
	exchange_queue(x, ask);
	return 0;
}

bool exchange_has_room(const struct exchange *x)
{
	return x->next - x->answered <= x->window;
}

bool exchange_has_answer(const struct exchange *x)
{
	return x->answered == x->next;
}

bool exchange_has_all(const struct exchange *x)
{
	return !x->waiting && exchange_has_answer(x);
}

int exchange_probe(struct exchange *x, int tries)
{
	int rc = 0;

	for (int i = 0; !rc && i < tries; i++) {
		rc = exchange_add_beat(x) ?: exchange_send_batch(x);
		if (!rc)
			rc = exchange_until(x, exchange_has_answer,
					    x->spec.timeout_ms);
	}
	if (rc < 0)
		return rc;
	return rc ? 0 : -ETIMEDOUT;
}

/* Unlike others, these are all there is to wait for. */
static bool has_every_beat(const struct exchange *x)
{
	for (__u32 back = 1; back <= x->window; back++) {
		const struct ask *ask = &x->ring[(x->next - back) % RING];

		/* Some numbers are left out. */
		if (ask->number == x->next - back && !ask->replies)
			return false;
	}
	return true;
}

/* Return: 1 where as many as the window were all answered, 0, or -errno. */
static int try_window(struct exchange *x)
{
	int rc = 0;

	for (unsigned int sent = 0; !rc && sent < x->window; sent++) {
		rc = exchange_add_beat(x);
		if (!rc && x->in_batch == BATCH)
			rc = exchange_send_batch(x);
	}
	if (!rc)
		rc = exchange_send_batch(x);
	if (!rc)
		rc = exchange_until(x, has_every_beat, x->spec.timeout_ms);
	if (!rc)
		x->answered = x->next;
	return rc;
}

int exchange_find_window(struct exchange *x)
{
	int rc, tries = 0;

	while (tries < WINDOW_TRIES) {
		rc = try_window(x);
		if (rc < 0)
			return rc;
		tries = rc ? tries + 1 : 0;
		if (!rc && x->window == WINDOW_MIN)
			return 0;
		if (!rc)
			x->window /= 2;
	}
	/* What was just enough once may be too much another time. */
	if (x->window < x->spec.window_max && x->window > WINDOW_MIN)
		x->window /= 2;
	return 0;
}
