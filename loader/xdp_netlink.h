/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Attach, detach and ask, by rtnetlink: of all the ways it is the one that
 * gives the kernel's words for a refusal. Every call names its mode, because
 * without one the kernel guesses, and may leave an offloaded program in place.
 */
#ifndef XDP_NETLINK_H
#define XDP_NETLINK_H

#include "mode.h"
#include "nl.h"

/* What the kernel says about an interface, IFLA_XDP of RTM_GETLINK. */
struct xdp_state {
	__u8 attached; /* XDP_ATTACHED_*: 1 driver, 2 skb, 3 hw, 4 several */
	__u32 id[MODE_GENERIC + 1]; /* program id by mode, 0: none */
};

/* Return: 0, or -errno; -ENODEV when the interface is gone. */
int xdp_query(struct nl *nl, int ifindex, struct xdp_state *out);

/**
 * xdp_attach() - put a program in place, or exchange it, atomically
 * @mode: not MODE_TC
 * @fd:	      program; -1 detaches
 * @expected: fd of the program that must be there now; -1 for none
 *
 * Return: 0, or -errno with the kernel's sentence in nl->message. -EEXIST or
 * -EBUSY when another program is there than was expected.
 */
int xdp_attach(struct nl *nl, int ifindex, enum xdp_mode mode, int fd,
	       int expected);

#endif
