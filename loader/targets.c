/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "array.h"
#include "targets.h"

static int add(struct targets *t, const struct echo_addr *addr)
{
	struct echo_addr *more;

	for (size_t i = 0; i < t->count; i++)
		if (!memcmp(&t->addr[i], addr, sizeof(*addr)))
			return 0;
	more = realloc(t->addr, (t->count + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	t->addr = more;
	t->addr[t->count++] = *addr;
	return 0;
}

static void from_ipv4(struct echo_addr *out, const void *ipv4)
{
	memset(out, 0, sizeof(*out));
	out->word[2] = htonl(0xffff);
	memcpy(&out->word[3], ipv4, 4);
}

static bool is_ipv4(const struct echo_addr *addr)
{
	return !addr->half[0] && addr->word[2] == htonl(0xffff);
}

/* Rows as bpf/packet.h tests them; the words are for people. */
static const char *why_not_a_host(const struct echo_addr *addr)
{
	static const struct {
		const char *kind;
		__u32 net, mask; /* host order */
	} ipv4[] = {
		{ "unspecified", 0x00000000, 0xff000000 },
		{ "a loopback address", 0x7f000000, 0xff000000 },
		{ "a multicast address", 0xe0000000, 0xf0000000 },
		{ "the broadcast address", 0xffffffff, 0xffffffff },
		{ "a reserved address", 0xf0000000, 0xf0000000 },
	};
	__u32 host = ntohl(addr->word[3]);

	if (is_ipv4(addr)) {
		for (size_t i = 0; i < ARRAY_SIZE(ipv4); i++)
			if ((host & ipv4[i].mask) == ipv4[i].net)
				return ipv4[i].kind;
		return NULL;
	}
	if (*(const __u8 *)addr == 0xff)
		return "a multicast address";
	if (!addr->half[0] && !addr->word[2] && host <= 1)
		return host ? "a loopback address" : "unspecified";
	return NULL;
}

static int parse_one(const char *text, struct echo_addr *out, char *why,
		     size_t room)
{
	const char *kind;
	__be32 ipv4;

	if (inet_pton(AF_INET, text, &ipv4) == 1) {
		from_ipv4(out, &ipv4);
	} else if (inet_pton(AF_INET6, text, out) != 1) {
		snprintf(why, room, "\"%s\" is not an IPv4 or IPv6 address",
			 text);
		return -EINVAL;
	}
	kind = why_not_a_host(out);
	if (!kind)
		return 0;
	snprintf(why, room, "%s is %s: no host answers for it", text, kind);
	return -EINVAL;
}

int targets_parse(const char *text, struct targets *out, char *why, size_t room)
{
	struct echo_addr addr = {};
	char *copy, *rest, *word;
	int err = 0;

	memset(out, 0, sizeof(*out));
	if (!strcmp(text, "any"))
		return add(out, &addr);
	copy = rest = strdup(text);
	if (!copy)
		return -ENOMEM;
	while (!err && (word = strsep(&rest, ",")))
		err = parse_one(word, &addr, why, room) ?: add(out, &addr);
	free(copy);
	return err;
}

/* One link, as far as stacking goes. */
struct link {
	int ifindex;
	int lower;  /* what it lies on */
	int master; /* what it belongs to */
	bool vlan;
	bool on_lower; /* of a kind that lies on its lower device */
	bool foreign;  /* the lower device is in another namespace */
	bool stacked;
};

struct link_list {
	struct link *link;
	size_t count;
};

static int on_kind(const struct nlattr *attr, void *data)
{
	/* A veth names its peer as a lower device, too: it is none. */
	static const char *const kinds[] = { "vlan", "macvlan", "macvtap",
					     "ipvlan", "ipvtap" };
	struct link *link = data;

	if (mnl_attr_get_type(attr) != IFLA_INFO_KIND)
		return MNL_CB_OK;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(mnl_attr_get_str(attr), kinds[i]))
			link->on_lower = true;
	link->vlan = !strcmp(mnl_attr_get_str(attr), "vlan");
	return MNL_CB_OK;
}

static int on_link_attr(const struct nlattr *attr, void *data)
{
	struct link *link = data;

	switch (mnl_attr_get_type(attr)) {
	case IFLA_LINK:
		link->lower = mnl_attr_get_u32(attr);
		break;
	case IFLA_MASTER:
		link->master = mnl_attr_get_u32(attr);
		break;
	case IFLA_LINK_NETNSID:
		link->foreign = true;
		break;
	case IFLA_LINKINFO:
		return mnl_attr_parse_nested(attr, on_kind, data);
	}
	return MNL_CB_OK;
}

static int on_link(const struct nlmsghdr *msg, void *data)
{
	const struct ifinfomsg *ifm = mnl_nlmsg_get_payload(msg);
	struct link_list *list = data;
	struct link *more;

	more = realloc(list->link, (list->count + 1) * sizeof(*more));
	if (!more)
		return MNL_CB_ERROR;
	list->link = more;
	more += list->count++;
	memset(more, 0, sizeof(*more));
	more->ifindex = ifm->ifi_index;
	mnl_attr_parse(msg, sizeof(*ifm), on_link_attr, more);
	return MNL_CB_OK;
}

/* Does @upper lie on a stacked device, or is it one's master? */
static bool lies_on_stack(const struct link_list *list,
			  const struct link *upper)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct link *lower = &list->link[i];

		if (!lower->stacked)
			continue;
		if (lower->master == upper->ifindex ||
		    (upper->on_lower && !upper->foreign &&
		     upper->lower == lower->ifindex))
			return true;
	}
	return false;
}

static void mark_stack(struct link_list *list, int ifindex)
{
	bool grown = true;

	for (size_t i = 0; i < list->count; i++)
		list->link[i].stacked = list->link[i].ifindex == ifindex;
	while (grown) {
		grown = false;
		for (size_t i = 0; i < list->count; i++) {
			struct link *link = &list->link[i];

			if (link->stacked || !lies_on_stack(list, link))
				continue;
			link->stacked = true;
			grown = true;
		}
	}
}

/* What the walk through the addresses needs. */
struct address_walk {
	const struct link_list *links;
	struct targets *targets;
};

static bool is_stacked(const struct link_list *list, int ifindex)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->link[i].ifindex == ifindex)
			return list->link[i].stacked;
	return false;
}

static int on_address(const struct nlmsghdr *msg, void *data)
{
	const struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(msg);
	struct address_walk *walk = data;
	const struct nlattr *attr;
	struct echo_addr addr;

	if (!is_stacked(walk->links, ifa->ifa_index) ||
	    ifa->ifa_flags & IFA_F_DADFAILED)
		return MNL_CB_OK;
	attr = nl_own_address(msg);
	if (!attr)
		return MNL_CB_OK;
	if (ifa->ifa_family == AF_INET)
		from_ipv4(&addr, mnl_attr_get_payload(attr));
	else if (ifa->ifa_family == AF_INET6)
		memcpy(&addr, mnl_attr_get_payload(attr), sizeof(addr));
	else
		return MNL_CB_OK;
	/* As on lo: nobody else can ask for it. */
	if (why_not_a_host(&addr))
		return MNL_CB_OK;
	return add(walk->targets, &addr) ? MNL_CB_ERROR : MNL_CB_OK;
}

static int dump(struct nl *nl, __u16 type, mnl_cb_t cb, void *data)
{
	struct nlmsghdr *msg = nl_request(nl, type, NLM_F_DUMP);

	/* Long enough for ifinfomsg, which is the longer one. */
	mnl_nlmsg_put_extra_header(msg, sizeof(struct ifinfomsg));
	return nl_talk(nl, msg, cb, data);
}

static int collect(struct nl *nl, int ifindex, struct targets *out)
{
	struct link_list links = {};
	struct address_walk walk = { &links, out };
	int err;

	memset(out, 0, sizeof(*out));
	err = dump(nl, RTM_GETLINK, on_link, &links);
	if (err)
		goto cleanup;
	mark_stack(&links, ifindex);
	for (size_t i = 0; i < links.count; i++)
		out->vlans_above |= links.link[i].stacked && links.link[i].vlan;
	err = dump(nl, RTM_GETADDR, on_address, &walk);
cleanup:
	free(links.link);
	return err;
}

int targets_auto(struct nl *nl, int ifindex, struct targets *out)
{
	int err = collect(nl, ifindex, out);

	for (int i = 0; err == -EINTR && i < NL_TRIES; i++) {
		targets_free(out);
		err = collect(nl, ifindex, out);
	}
	return err;
}

void targets_free(struct targets *targets)
{
	free(targets->addr);
	memset(targets, 0, sizeof(*targets));
}

void target_text(const struct echo_addr *addr, char text[TARGET_TEXT_MAX])
{
	if (!addr->half[0] && !addr->half[1])
		strcpy(text, "any");
	else if (is_ipv4(addr))
		inet_ntop(AF_INET, &addr->word[3], text, TARGET_TEXT_MAX);
	else
		inet_ntop(AF_INET6, addr, text, TARGET_TEXT_MAX);
}
