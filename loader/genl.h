/* SPDX-License-Identifier: GPL-2.0-only */
/* Generic netlink: families by name, over nl.h. */
#ifndef GENL_H
#define GENL_H

#include "nl.h"

/**
 * genl_open() - a socket, and the number of a family
 * @nl: closed with nl_close(); after a failure there is nothing to close
 *
 * Return: the number, or -errno: -ENOENT where the kernel has no such family.
 */
int genl_open(struct nl *nl, const char *family);

/* Start a request to @family; the caller adds attributes. */
struct nlmsghdr *genl_request(struct nl *nl, int family, __u8 command);

/* The attributes of an answer, one after the other, as in mnl_attr_parse(). */
int genl_attributes(const struct nlmsghdr *msg, mnl_attr_cb_t cb, void *data);

#endif
