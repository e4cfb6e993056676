/* SPDX-License-Identifier: GPL-2.0-only */
/* Netlink requests through libmnl, with the kernel's own words for a refusal. */
#ifndef NL_H
#define NL_H

#include <libmnl/libmnl.h>
#include <linux/netlink.h>

#define NL_MESSAGE_MAX 256

/* How often a dump is asked for again, where links come and go. */
#define NL_TRIES 20

struct nl {
	struct mnl_socket *sock;
	int bus;
	unsigned int seq;
	char message[NL_MESSAGE_MAX]; /* extended acknowledgement, or "" */
	char buf[32768];	      /* request, then answers */
};

/**
 * nl_open() - a socket with extended acknowledgements
 * @nl:	 filled; closed with nl_close()
 * @bus: NETLINK_ROUTE or NETLINK_GENERIC
 *
 * Return: 0 or -errno.
 */
int nl_open(struct nl *nl, int bus);
void nl_close(struct nl *nl);

/* Start a request in nl->buf; the caller adds header and attributes. */
struct nlmsghdr *nl_request(struct nl *nl, __u16 type, __u16 flags);

/**
 * nl_talk() - send nl_request()'s message and read until it is answered
 * @msg: from nl_request(); overwritten by the answer
 * @cb:	 called for each message of the answer, as in mnl_cb_run(); or NULL
 *
 * Return: 0, or what the kernel answered as -errno, with its sentence, if it
 * has one, in nl->message. -EINTR where things changed during a dump: it is to
 * be asked for again.
 */
int nl_talk(struct nl *nl, struct nlmsghdr *msg, mnl_cb_t cb, void *data);

/* The interface's own address in a message about one (struct ifaddrmsg), or
 * NULL.
 */
const struct nlattr *nl_own_address(const struct nlmsghdr *msg);

#endif
