/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

#include "bench/address.h"

struct walk {
	int ifindex;
	struct bench_address_list *out;
};

static int on_address(const struct nlmsghdr *msg, void *data)
{
	const struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(msg);
	struct bench_address *to;
	const struct nlattr *attr;
	struct walk *walk = data;

	if ((int)ifa->ifa_index != walk->ifindex ||
	    ifa->ifa_flags & IFA_F_DADFAILED ||
	    walk->out->count == BENCH_ADDRESS_MAX)
		return MNL_CB_OK;
	attr = nl_own_address(msg);
	if (!attr)
		return MNL_CB_OK;
	to = &walk->out->at[walk->out->count];
	memset(to, 0, sizeof(*to));
	to->family = ifa->ifa_family;
	to->prefix = ifa->ifa_prefixlen;
	if (ifa->ifa_family == AF_INET6) {
		memcpy(&to->addr, mnl_attr_get_payload(attr), 16);
	} else if (ifa->ifa_family == AF_INET) {
		to->addr.s6_addr[10] = to->addr.s6_addr[11] = 0xff;
		memcpy(&to->addr.s6_addr[12], mnl_attr_get_payload(attr), 4);
		to->prefix += 96;
	} else {
		return MNL_CB_OK;
	}
	walk->out->count++;
	return MNL_CB_OK;
}

int bench_address_list(struct nl *nl, int ifindex,
		       struct bench_address_list *out)
{
	struct walk walk = { ifindex, out };
	struct nlmsghdr *msg;
	int err = -EINTR;

	for (int i = 0; err == -EINTR && i < NL_TRIES; i++) {
		out->count = 0;
		msg = nl_request(nl, RTM_GETADDR, NLM_F_DUMP);
		mnl_nlmsg_put_extra_header(msg, sizeof(struct ifaddrmsg));
		err = nl_talk(nl, msg, on_address, &walk);
	}
	return err;
}
