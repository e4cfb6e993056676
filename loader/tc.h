/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The responder's place in tc: one direct-action filter on the ingress side of
 * clsact, with a priority and a handle of its own, so that there is never more
 * than one, and so that it is found again without bpffs.
 */
#ifndef TC_H
#define TC_H

#include <stdbool.h>

#include "nl.h"

/* Before the priorities that tc hands out by itself (from 49152 down), with
 * room before it for those who must be first.
 */
#define TC_PRIORITY 100
#define TC_HANDLE   1

/**
 * tc_lock() - keep other loaders from changing our place meanwhile
 *
 * The kernel exchanges and deletes filters without a comparison with what was
 * there. The lock is an abstract socket address, which belongs to the network
 * namespace as the interface does, and is gone with its process.
 *
 * Return: fd, released by close(); -EBUSY when it is not to be had for long.
 */
int tc_lock(int ifindex);

/* What is there. */
struct tc_state {
	bool clsact;  /* holds filters of both sides; ours to take away */
	bool ingress; /* the older one, which is never ours */
	unsigned int others; /* filters that are not in our place */
	__u32 id;	     /* program in our place; 0: none */
	__u32 handle;	     /* of our place */
};

/* Return: 0 or -errno. */
int tc_query(struct nl *nl, int ifindex, struct tc_state *out);

/**
 * tc_attach() - put a program into our place
 * @name:    shown by tc filter show
 * @replace: exchange the one that is there, atomically; otherwise there must
 *	     be none
 *
 * Makes clsact where neither it nor ingress is there, and takes it away again
 * on failure.
 *
 * Return: 0, or -errno with the kernel's sentence in nl->message; -EEXIST
 * where a program is there already.
 */
int tc_attach(struct nl *nl, int ifindex, int fd, const char *name,
	      bool replace);

/* Make clsact. Return: 0 or -errno; -EEXIST where it, or ingress, is there. */
int tc_add_clsact(struct nl *nl, int ifindex);

/* Empty our place, and take clsact away when it holds nothing else. */
int tc_detach(struct nl *nl, int ifindex);

#endif
