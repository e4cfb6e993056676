/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

#include "address.h"

#define IP4_PREFIX 96 /* bits before those of IPv4 */

static void fill(const struct ifaddrmsg *ifa, const struct nlattr *attr,
		 struct address *out)
{
	size_t size = ifa->ifa_family == AF_INET ? 4 : 16;

	memset(out, 0, sizeof(*out));
	out->ifindex = ifa->ifa_index;
	out->family = ifa->ifa_family;
	out->prefix = ifa->ifa_prefixlen + (size == 4 ? IP4_PREFIX : 0);
	if (size == 4)
		out->addr.s6_addr[10] = out->addr.s6_addr[11] = 0xff;
	memcpy(out->addr.s6_addr + 16 - size, mnl_attr_get_payload(attr), size);
}

static int on_address(const struct nlmsghdr *msg, void *data)
{
	const struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(msg);
	const struct nlattr *attr = nl_own_address(msg);
	struct addresses *list = data;
	struct address *more;

	if ((ifa->ifa_family != AF_INET && ifa->ifa_family != AF_INET6) ||
	    ifa->ifa_flags & IFA_F_DADFAILED || !attr)
		return MNL_CB_OK;
	more = realloc(list->at, (list->count + 1) * sizeof(*more));
	if (!more)
		return MNL_CB_ERROR;
	list->at = more;
	fill(ifa, attr, &list->at[list->count++]);
	return MNL_CB_OK;
}

int addresses_read(struct nl *nl, struct addresses *out)
{
	int err = -EINTR;

	memset(out, 0, sizeof(*out));
	for (int i = 0; err == -EINTR && i < NL_TRIES; i++) {
		struct nlmsghdr *msg = nl_request(nl, RTM_GETADDR, NLM_F_DUMP);

		mnl_nlmsg_put_extra_header(msg, sizeof(struct ifaddrmsg));
		addresses_free(out);
		err = nl_talk(nl, msg, on_address, out);
	}
	if (err)
		addresses_free(out);
	return err;
}

void addresses_free(struct addresses *list)
{
	free(list->at);
	memset(list, 0, sizeof(*list));
}

const struct address *addresses_find(const struct addresses *list,
				     const struct in6_addr *addr)
{
	for (size_t i = 0; i < list->count; i++)
		if (!memcmp(&list->at[i].addr, addr, sizeof(*addr)))
			return &list->at[i];
	return NULL;
}

bool address_is_link_local(const struct in6_addr *addr)
{
	return IN6_IS_ADDR_LINKLOCAL(addr);
}

const struct address *addresses_of(const struct addresses *list, int ifindex,
				   int family)
{
	const struct address *best = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct address *a = &list->at[i];

		if (a->ifindex != ifindex || a->family != family)
			continue;
		if (!best || (address_is_link_local(&best->addr) &&
			      !address_is_link_local(&a->addr)))
			best = a;
	}
	return best;
}

bool address_same_net(const struct in6_addr *a, const struct in6_addr *b,
		      unsigned int prefix)
{
	for (unsigned int bit = 0; bit < prefix; bit++)
		if ((a->s6_addr[bit / 8] ^ b->s6_addr[bit / 8]) &
		    0x80 >> bit % 8)
			return false;
	return true;
}

/* All bits behind @prefix clear, or all set. */
static bool is_whole_net(const struct in6_addr *addr, unsigned int prefix)
{
	unsigned int ones = 0;

	for (unsigned int bit = prefix; bit < 128; bit++)
		ones += !!(addr->s6_addr[bit / 8] & 0x80 >> bit % 8);
	return !ones || (address_is_ip4(addr) && ones == 128 - prefix);
}

bool address_beside(const struct in6_addr *addr, unsigned int prefix,
		    unsigned int n, struct in6_addr *out)
{
	for (unsigned int i = 1; i < 256; i++) {
		struct in6_addr one = *addr;

		one.s6_addr[15] ^= i;
		if (!address_same_net(addr, &one, prefix))
			return false;
		if (prefix < 127 && is_whole_net(&one, prefix))
			continue;
		if (!--n) {
			*out = one;
			return true;
		}
	}
	return false;
}

void address_text(const struct in6_addr *addr, char text[INET6_ADDRSTRLEN])
{
	if (address_is_ip4(addr))
		inet_ntop(AF_INET, &addr->s6_addr[12], text, INET6_ADDRSTRLEN);
	else
		inet_ntop(AF_INET6, addr, text, INET6_ADDRSTRLEN);
}
