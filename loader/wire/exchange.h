/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Many requests under way at once, each known by its own id and sequence, so
 * that every reply is attributed to what it answers for certain, however late
 * it comes.
 *
 *	while ((ask = exchange_next(x))) {
 *		... build a frame with ask->id and ask->sequence ...
 *		err = exchange_put(x, ask);
 *	}
 *	err = exchange_settle(x);
 *
 * A frame that has no whole echo header, or one that is all zero, has nothing
 * to be known by: it is sent alone, and what then comes back is its reply.
 * Behind frames that get no reply, and at the end, goes a request that is
 * always answered (a beat). Frames keep their order, so its reply tells how
 * far the other end has come.
 */
#ifndef WIRE_EXCHANGE_H
#define WIRE_EXCHANGE_H

#include <signal.h>
#include <stdbool.h>

#include "wire/frame.h"
#include "wire/port.h"

struct ask {
	/* What to write into the frame. */
	__u16 id, sequence; /* host byte order; never 0 */

	/* Filled in by who asks. */
	__u8 *frame; /* room for WIRE_FRAME_MAX bytes, which stays */
	size_t len;
	size_t echo; /* offset of the echo header, be it in the frame or not */
	bool wanted; /* a reply is to be waited for */
	void *owner; /* these are for the owner */
	size_t row;
	int n;
	int expect;
	int silence;
	bool again;

	/* The exchange's own. */
	__u32 number;
	bool beat;
	bool open; /* sent, and not closed yet */
	unsigned int replies;
	__u64 sent_ns; /* of CLOCK_MONOTONIC */
};

struct exchange_ops {
	/* A frame that answers @ask. @reordered: an earlier reply was to a
	 * later request of the same flow.
	 */
	void (*reply)(void *data, struct ask *ask, const void *frame,
		      size_t len, bool reordered);
	/* All that can come to @ask has come: see ask->replies. */
	void (*closed)(void *data, struct ask *ask);
	/* An echo reply to nothing that was asked. */
	void (*stray)(void *data, const void *frame, size_t len);
};

struct exchange_spec {
	struct wire_port *port; /* stays the caller's */
	const struct exchange_ops *ops;
	void *data;
	const volatile sig_atomic_t *stop; /* not 0: end early */
	int timeout_ms; /* that a reply may take before it is missing */
	unsigned int window_max; /* requests under way; 0: as is usual */
};

struct exchange;

/* Return: 0 or -ENOMEM. @spec is copied. */
int exchange_open(struct exchange **out, const struct exchange_spec *spec);

/* NULL is nothing to close. */
void exchange_close(struct exchange *x);

/* The request that is always answered, from now on; its id and sequence are
 * not looked at.
 */
void exchange_set_beat(struct exchange *x, const struct frame_spec *beat);

/**
 * exchange_find_window() - how many requests may be under way without a loss?
 *
 * By sending as many beats at once, fewer where some are not answered. The
 * first beat should have been answered before.
 *
 * Return: 0, or as exchange_put().
 */
int exchange_find_window(struct exchange *x);

/* The next one to fill in; the same one until it is put. */
struct ask *exchange_next(struct exchange *x);

/**
 * exchange_put() - send what was filled in, some time soon
 *
 * Calls the ops of those that were put before.
 *
 * Return: 0, -EINTR where the caller wants an end, -ETIMEDOUT where nothing is
 * answered any more, or the error of the port.
 */
int exchange_put(struct exchange *x, struct ask *ask);

/**
 * exchange_settle() - wait for what is still to come, and close all
 *
 * Return: as exchange_put().
 */
int exchange_settle(struct exchange *x);

/* After an error: close what was answered, and forget the rest. */
void exchange_abandon(struct exchange *x);

/* Beats that were sent, and answered, since exchange_open(). */
unsigned long exchange_beats(const struct exchange *x);

/* Is there an answer to a beat? It is sent up to @tries times. Return: 0,
 * -ETIMEDOUT, or as exchange_put().
 */
int exchange_probe(struct exchange *x, int tries);

#endif
