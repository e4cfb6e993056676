/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "xdp_netlink.h"

static int on_xdp_attr(const struct nlattr *attr, void *data)
{
	struct xdp_state *state = data;

	switch (mnl_attr_get_type(attr)) {
	case IFLA_XDP_ATTACHED:
		state->attached = mnl_attr_get_u8(attr);
		break;
	case IFLA_XDP_HW_PROG_ID:
		state->id[MODE_HW] = mnl_attr_get_u32(attr);
		break;
	case IFLA_XDP_DRV_PROG_ID:
		state->id[MODE_DRIVER] = mnl_attr_get_u32(attr);
		break;
	case IFLA_XDP_SKB_PROG_ID:
		state->id[MODE_GENERIC] = mnl_attr_get_u32(attr);
		break;
	}
	return MNL_CB_OK;
}

static int on_link_attr(const struct nlattr *attr, void *data)
{
	if (mnl_attr_get_type(attr) == IFLA_XDP)
		return mnl_attr_parse_nested(attr, on_xdp_attr, data);
	return MNL_CB_OK;
}

static int on_link(const struct nlmsghdr *msg, void *data)
{
	return mnl_attr_parse(msg, sizeof(struct ifinfomsg), on_link_attr,
			      data);
}

static struct nlmsghdr *link_request(struct nl *nl, __u16 type, int ifindex)
{
	struct nlmsghdr *msg = nl_request(nl, type, 0);
	struct ifinfomsg *ifm = mnl_nlmsg_put_extra_header(msg, sizeof(*ifm));

	ifm->ifi_family = AF_UNSPEC;
	ifm->ifi_index = ifindex;
	return msg;
}

int xdp_query(struct nl *nl, int ifindex, struct xdp_state *out)
{
	struct nlmsghdr *msg = link_request(nl, RTM_GETLINK, ifindex);

	memset(out, 0, sizeof(*out));
	return nl_talk(nl, msg, on_link, out);
}

int xdp_attach(struct nl *nl, int ifindex, enum xdp_mode mode, int fd,
	       int expected)
{
	struct nlmsghdr *msg = link_request(nl, RTM_SETLINK, ifindex);
	struct nlattr *xdp = mnl_attr_nest_start(msg, IFLA_XDP);
	__u32 flags = mode_flags(mode);

	flags |= expected < 0 ? XDP_FLAGS_UPDATE_IF_NOEXIST : XDP_FLAGS_REPLACE;
	mnl_attr_put_u32(msg, IFLA_XDP_FD, fd);
	mnl_attr_put_u32(msg, IFLA_XDP_FLAGS, flags);
	if (expected >= 0)
		mnl_attr_put_u32(msg, IFLA_XDP_EXPECTED_FD, expected);
	mnl_attr_nest_end(msg, xdp);
	return nl_talk(nl, msg, NULL, NULL);
}
