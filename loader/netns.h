/* SPDX-License-Identifier: GPL-2.0-only */
/* Work in another network namespace for a while: sockets, programs and
 * processes that are made there stay there.
 */
#ifndef NETNS_H
#define NETNS_H

/**
 * netns_open() - a network namespace
 * @name: as "ip netns" knows it, or a file with a slash in its name, as
 *	  /proc/PID/ns/net; NULL: this one
 *
 * Return: file descriptor, or -errno: -ENOENT without such a namespace,
 * or where the file is something else.
 */
int netns_open(const char *name);

/* Move the calling thread there. Return: 0 or -errno. */
int netns_enter(int fd);

#endif
