/* SPDX-License-Identifier: GPL-2.0-only */
/* This end of the wire: the interface that frames are sent from. */
#ifndef VALIDATE_PEER_H
#define VALIDATE_PEER_H

#include "address.h"
#include "device.h"
#include "validate/options.h"
#include "wire/port.h"

struct peer {
	int own_netns; /* where the process was, and is */
	int netns;     /* where the interface is */
	int sock;      /* of that namespace, for ioctls */
	struct device dev;
	struct wire_port *port;
	struct addresses addresses; /* of that namespace */
	int pass;		    /* bpf_link of a program; -1: none */
	int shut;		    /* -errno: why it was refused one */
};

/**
 * peer_open() - open a raw port on the peer, in its namespace
 * @peer: closed with peer_close(), also after a failure
 * @why:  a sentence of @room bytes on failure
 *
 * Return: 0 or -errno.
 */
int peer_open(struct peer *peer, const struct validate_options *options,
	      char *why, size_t room);
void peer_close(struct peer *peer);

/* Is it up, with a link? Return: 0; -ENETDOWN; -ENODEV. */
int peer_check(const struct peer *peer);

/* The same where it seems to be lost: the kernel tells of it some time later. */
int peer_await_loss(const struct peer *peer);

/**
 * peer_let_in() - let in what XDP sends back over a veth
 *
 * A veth takes such frames only where it has an XDP program itself: it gets one
 * that passes everything, until peer_close() or the end of the process. What
 * has a program already, and what is no veth, is left as it is. Replies may come
 * some other way, so that a refusal is told (peer->shut) where none does.
 */
void peer_let_in(struct peer *peer);

#endif
