/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Puts a loaded program into its place. What is there is exchanged only if it
 * is still what was seen there, so that loaders that race never undo each
 * other unknowingly. In tc mode the kernel has no such comparison: there a
 * lock keeps loaders apart, and other tools are not kept from anything.
 */
#ifndef ATTACH_H
#define ATTACH_H

#include "device.h"
#include "installed.h"

/**
 * attach_place() - put a program into the place that @mode names
 * @fd:	     loaded program
 * @replace: another's program may be replaced, too; ours always is
 * @why:     on failure: err, in_the_way, own_stays, and a reason where we know
 *	     it better than the kernel
 *
 * Driver and generic mode exclude each other, so a program of ours in the
 * other one makes way, and is put back if the new one is refused; not for
 * driver mode where dev->features say that there is none.
 *
 * Return: 0, or -errno with the kernel's sentence in nl->message.
 */
int attach_place(struct nl *nl, const struct device *dev, enum xdp_mode mode,
		 int fd, bool replace, struct attempt *why);

/**
 * attach_remove() - take one program off, if it is still there
 *
 * Return: 0, also where it was gone already; or -errno as attach_place().
 */
int attach_remove(struct nl *nl, const struct device *dev,
		  const struct installed *old);

#endif
