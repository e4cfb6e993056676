/* SPDX-License-Identifier: GPL-2.0-only */
/* Has an interface a link? */
#ifndef WIRE_LINK_H
#define WIRE_LINK_H

/**
 * link_state() - by the flags of @ifname
 * @sock: any socket of the interface's network namespace
 *
 * Return: 1 with a link, 0 without one; -ENETDOWN where the interface itself is
 * down, -ENODEV without such an interface, or another -errno.
 */
int link_state(int sock, const char *ifname);

#endif
