/* SPDX-License-Identifier: GPL-2.0-only */
/* The other end of the wire: who is to answer, for which addresses, and what
 * is known of the way there.
 */
#ifndef VALIDATE_END_H
#define VALIDATE_END_H

#include <stdbool.h>
#include <netinet/in.h>

#include "mode.h"
#include "validate/options.h"
#include "validate/peer.h"

enum end_kind {
	END_OURS,     /* a responder of offload-load */
	END_STRANGER, /* another responder: judged as strictly */
	END_KERNEL,   /* no responder */
};

/* One family: IPv4 as ::ffff:a.b.c.d. */
struct end_family {
	bool asked;
	char why_not[128]; /* not asked */
	struct in6_addr server;
	struct in6_addr client;
	struct in6_addr dropped; /* unspecified: there is none */
	struct in6_addr other;
	bool host; /* a host may answer what is left to it */
};

struct end {
	enum end_kind kind;
	char name[96];	    /* interface, or addresses */
	char is[128];	    /* in words: "responder in driver mode, ..." */
	enum xdp_mode mode; /* of our responder; MODE_NONE */
	__u8 mac[ETH_ALEN];
	bool any;	  /* every address is answered */
	bool any_drop;	  /* or dropped */
	bool filters;	  /* frames for other MAC addresses may not get there */
	bool pads;	  /* short frames are padded on the way */
	size_t frame_max; /* bytes that both ends' MTUs allow */
	struct addresses known;	     /* somebody's at the other end */
	bool all_known;		     /* its host has no other addresses */
	struct end_family family[2]; /* IPv4, IPv6 */
};

/* Of no hardware: it pads nothing, and filters no MAC addresses. */
bool end_is_virtual(const struct device *dev);

/* What either has filled in, also where it failed. */
void end_free(struct end *end);

/**
 * end_of_interface() - look at an interface of this namespace
 *
 * Sends a few frames, to see that both are wired.
 *
 * Return: 0, or -errno with a sentence in @why: -EINVAL where both ends are the
 * same, -ENOLINK where they are not wired.
 */
int end_of_interface(const struct validate_options *options, struct peer *peer,
		     struct end *out, char *why, size_t room);

/**
 * end_of_address() - ask the machine at the other end for its MAC address
 *
 * Return: 0, or -errno with a sentence in @why: -ETIMEDOUT without an answer.
 */
int end_of_address(const struct validate_options *options, struct peer *peer,
		   struct end *out, char *why, size_t room);

/* For both: choose client and other, beside the server. @prefix: bits of the
 * server's subnet; 0: unknown. Return: 0, or -errno with a sentence in @why.
 */
int end_choose(const struct validate_options *options, struct peer *peer,
	       struct end *end, int family, unsigned int prefix, char *why,
	       size_t room);

#endif
