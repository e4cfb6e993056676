/* SPDX-License-Identifier: GPL-2.0-only */
/* Requests under way, as exchange*.c share them. */
#ifndef WIRE_EXCHANGE_PRIVATE_H
#define WIRE_EXCHANGE_PRIVATE_H

#include "wire/exchange.h"

/* Requests under way: what a ring of a device or a queue of a tap takes, with
 * room to spare, and what the slowest way takes.
 */
#define WINDOW_MAX 128
#define WINDOW_MIN 4
#define BATCH	   32

/* Requests that are remembered; sequence numbers lead to them. */
#define RING 1024

/* Replies that a host makes come behind those of a program. */
#define QUIET_MS 20
#define PROBES	 3

#define WINDOW_TRIES 3

#define FLOWS 64

struct flow {
	__u32 hash;
	__u32 last; /* number of the latest request that was answered */
};

struct exchange {
	struct exchange_spec spec;
	struct frame_spec beat;
	__u16 id;
	struct ask ring[RING];
	__u32 next;	/* number of the next request */
	__u32 answered; /* the other end is known to have come so far */
	struct ask *batch[BATCH];
	unsigned int in_batch;
	unsigned int waiting; /* wanted, sent, and not answered */
	unsigned int window;  /* how many may be under way */
	struct ask *alone;
	__u64 latest_ns; /* when something was sent or answered last */
	__u64 rtt_ns;	 /* the longest of late */
	unsigned long beats;
	struct flow flows[FLOWS];
	__u8 *frames; /* of the ring, and a spare one */
	__u8 *spare;
};

/* A frame has come: attribute it, or answer it where it asks for an address
 * that requests come from.
 */
void exchange_take(struct exchange *x, const struct wire_buf *buf);

/* Send what is queued, and look for what has come. Return: 0 or -errno. */
int exchange_send_batch(struct exchange *x);

/* @ask is filled in, and the next one is wanted. */
void exchange_queue(struct exchange *x, struct ask *ask);

/* Queue a beat. Return: 0, or as frame_build(). */
int exchange_add_beat(struct exchange *x);

/* Receive until @done, or until nothing has happened for @ms. Return: 1 when
 * done, 0, or -errno.
 */
int exchange_until(struct exchange *x, bool (*done)(const struct exchange *x),
		   int ms);

/* How long to wait for a reply before it is taken for lost, for now: it is
 * still attributed when it comes later.
 */
int exchange_patience_ms(const struct exchange *x);

bool exchange_has_room(const struct exchange *x);
bool exchange_has_answer(const struct exchange *x); /* to the latest */
bool exchange_has_all(const struct exchange *x);    /* that is wanted, too */

#endif
