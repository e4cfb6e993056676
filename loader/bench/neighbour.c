/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

#include "bench/neighbour.h"

#define NUD_KNOWN (NUD_PERMANENT | NUD_NOARP)
#define NUD_ASKED (NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE)

static const void *wire_addr(const struct bench_neighbour *n, size_t *len)
{
	*len = n->family == AF_INET ? 4 : 16;
	return n->addr.s6_addr + 16 - *len;
}

static struct nlmsghdr *request(struct nl *nl, const struct bench_neighbour *n,
				__u16 type, __u16 flags, __u16 state)
{
	struct nlmsghdr *msg = nl_request(nl, type, flags);
	struct ndmsg *nd = mnl_nlmsg_put_extra_header(msg, sizeof(*nd));
	const void *addr;
	size_t len;

	addr = wire_addr(n, &len);
	nd->ndm_family = n->family;
	nd->ndm_ifindex = n->ifindex;
	nd->ndm_state = state;
	mnl_attr_put(msg, NDA_DST, len, addr);
	return msg;
}

struct parsed {
	const struct nlattr *dst, *mac;
};

static int on_attr(const struct nlattr *attr, void *data)
{
	struct parsed *p = data;

	if (mnl_attr_get_type(attr) == NDA_DST)
		p->dst = attr;
	else if (mnl_attr_get_type(attr) == NDA_LLADDR)
		p->mac = attr;
	return MNL_CB_OK;
}

static int on_neighbour(const struct nlmsghdr *msg, void *data)
{
	const struct ndmsg *nd = mnl_nlmsg_get_payload(msg);
	struct bench_neighbour *n = data;
	struct parsed p = {};
	const void *addr;
	size_t len;

	addr = wire_addr(n, &len);
	mnl_attr_parse(msg, sizeof(*nd), on_attr, &p);
	if (nd->ndm_ifindex != n->ifindex || !p.dst || !p.mac ||
	    mnl_attr_get_payload_len(p.dst) != len ||
	    mnl_attr_get_payload_len(p.mac) != ETH_ALEN ||
	    memcmp(mnl_attr_get_payload(p.dst), addr, len))
		return MNL_CB_OK;
	n->old_state = nd->ndm_state;
	memcpy(n->old_mac, mnl_attr_get_payload(p.mac), ETH_ALEN);
	return MNL_CB_OK;
}

static int look(struct nl *nl, struct bench_neighbour *n)
{
	int err = -EINTR;

	for (int i = 0; err == -EINTR && i < NL_TRIES; i++) {
		struct nlmsghdr *msg = nl_request(nl, RTM_GETNEIGH, NLM_F_DUMP);
		struct ndmsg *nd = mnl_nlmsg_put_extra_header(msg, sizeof(*nd));

		nd->ndm_family = n->family;
		n->old_state = 0;
		err = nl_talk(nl, msg, on_neighbour, n);
	}
	return err;
}

static int put(struct nl *nl, const struct bench_neighbour *n,
	       const __u8 mac[ETH_ALEN], __u16 state)
{
	struct nlmsghdr *msg = request(nl, n, RTM_NEWNEIGH,
				       NLM_F_CREATE | NLM_F_REPLACE, state);

	mnl_attr_put(msg, NDA_LLADDR, ETH_ALEN, mac);
	return nl_talk(nl, msg, NULL, NULL);
}

int bench_neighbour_set(struct nl *nl, struct bench_neighbour *n,
			const __u8 mac[ETH_ALEN])
{
	int err = look(nl, n) ?: put(nl, n, mac, NUD_PERMANENT);

	n->set = !err;
	return err;
}

int bench_neighbour_put_back(struct nl *nl, struct bench_neighbour *n)
{
	int err;

	if (!n->set)
		return 0;
	n->set = false;
	if (n->old_state & NUD_KNOWN)
		return put(nl, n, n->old_mac, n->old_state);
	if (n->old_state & NUD_ASKED)
		return put(nl, n, n->old_mac, NUD_STALE);
	err = nl_talk(nl, request(nl, n, RTM_DELNEIGH, 0, 0), NULL, NULL);
	/* They are forgotten when an interface goes down. */
	return err == -ENOENT ? 0 : err;
}
