/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A port that sends echo requests as fast as it can, or at a given rate, and
 * judges what comes back. Request number n follows from n alone, so that each
 * reply tells which one it answers, and what it must look like.
 *
 * An XDP program at the port takes the replies in: it counts each by its
 * headers and checksum, which are known beforehand, and hands over one in
 * STREAM_SAMPLE whole, to be judged byte by byte. Whatever else comes to the
 * port goes on to the host.
 */
#ifndef WIRE_STREAM_H
#define WIRE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>
#include <netinet/in.h>

#include "wire/frame.h"
#include "wire/stream_shared.h" /* STREAM_TARGETS_MAX */

#define STREAM_SAMPLE 1024

/* What is to come back. */
enum stream_expect {
	STREAM_REPLY,	 /* a responder's: all but what it must change stays */
	STREAM_HOST,	 /* a kernel's: its own identification, TTL, flags */
	STREAM_RETURNED, /* the request itself, with its MACs swapped */
};

struct stream_spec {
	const char *ifname;		/* in this network namespace, and up */
	struct frame_spec request;	/* all but id, sequence and dst */
	const struct in6_addr *targets; /* request n goes to n % n_targets */
	unsigned int n_targets;		/* 1 to STREAM_TARGETS_MAX */
	const char *sender; /* by its name, or NULL: the fastest there is */
	int cpu;	    /* that sends; -1: any */
};

struct stream_counts {
	__u64 sent;	  /* handed to the interface, by the sender's word */
	__u64 right;	  /* as expected, and the first for its number */
	__u64 wrong;	  /* not as expected */
	__u64 duplicated; /* not the first for its number */
	__u64 reordered;  /* of the right ones: behind a later number */
	__u64 sampled;	  /* judged byte by byte, of all of the above */
	__u64 sampled_wrong;
};

struct stream;

/* Names of the senders, fastest first: "live", "xsk", "ring"; NULL behind the
 * last.
 */
const char *stream_sender_name(unsigned int n);

/* What it is, for a report: "XDP live frames". */
const char *stream_sender_text(const char *name);

/**
 * stream_open() - put the program at the port, and find a sender
 * @spec: copied
 * @why:  a sentence of @room bytes on failure, without the interface's name
 *
 * Only some frames to find out are sent. Needs root. The port must have no XDP
 * program; its own goes away with stream_close(), or when the process ends in
 * whatever way. A link that goes down as the program is put there may take 10
 * seconds to come back.
 *
 * Return: 0, or -errno with @why: -EBUSY where another program is there,
 * -EOPNOTSUPP where no sender works on this port or the one asked for does
 * not, -ENETDOWN where the port is down or has no link, -ENODEV where it is
 * not there, -EINTR as nap_for(), -EINVAL.
 */
int stream_open(struct stream **out, const struct stream_spec *spec, char *why,
		size_t room);

/* NULL is nothing to close. */
void stream_close(struct stream *s);

/* The sender that is used, by name, and the mode of the program that judges:
 * "driver" or "generic".
 */
const char *stream_sender(const struct stream *s);
const char *stream_mode(const struct stream *s);

/* From now on. At first STREAM_REPLY. Return: 0 or -errno. */
int stream_expect(struct stream *s, enum stream_expect expect);

/**
 * stream_start() - send
 * @rate: frames a second, evenly spaced; 0: as many as possible
 *
 * Returns when the sender is ready, which takes a link at the port. Numbers go
 * on from where they stopped.
 *
 * Return: 0 or -errno, after which stream_stop() is due all the same.
 */
int stream_start(struct stream *s, double rate);

/**
 * stream_stop() - stop sending, and wait for what is under way
 *
 * Waits until nothing has come for 20 ms, at most for a second; only then does
 * the sender let go of the port.
 *
 * Return: 0; -errno where the sender had ended before, which is -ENODEV or
 * -ENETDOWN where the interface went away.
 */
int stream_stop(struct stream *s);

/* Is it still sending? 0, or why not, as in stream_stop(). */
int stream_alive(struct stream *s);

/**
 * stream_counts() - since stream_open() or stream_clear()
 *
 * May be called while it sends; what is under way is then sent and not
 * answered. Judges the samples that wait: call it a few times a second.
 *
 * Return: 0 or -errno.
 */
int stream_counts(struct stream *s, struct stream_counts *out);

/* What was wrong with the first sample that was, or NULL. */
const char *stream_fault(const struct stream *s);

/**
 * stream_quantiles() - round-trip times since stream_clear()
 * @quantile:	0.5 for the median, 0.999
 * @ns:		from a request's start to its reply at the port, within 3 %;
 *		0 where nothing was answered
 *
 * Return: 0 or -errno.
 */
int stream_quantiles(struct stream *s, const double *quantile, double *ns,
		     unsigned int count);

/* Counts and times from 0. Return: 0 or -errno. */
int stream_clear(struct stream *s);

#endif
