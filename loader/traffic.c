/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>
#include <linux/rtnetlink.h>

#include "traffic.h"

static int on_attr(const struct nlattr *attr, void *data)
{
	const struct rtnl_link_stats64 *stats = mnl_attr_get_payload(attr);
	struct traffic *out = data;

	if (mnl_attr_get_type(attr) == IFLA_STATS64) {
		out->rx_packets = stats->rx_packets;
		out->tx_packets = stats->tx_packets;
	}
	return MNL_CB_OK;
}

static int on_link(const struct nlmsghdr *msg, void *data)
{
	return mnl_attr_parse(msg, sizeof(struct ifinfomsg), on_attr, data);
}

int traffic_read(struct nl *nl, int ifindex, struct traffic *out)
{
	struct nlmsghdr *msg = nl_request(nl, RTM_GETLINK, 0);
	struct ifinfomsg *ifm = mnl_nlmsg_put_extra_header(msg, sizeof(*ifm));

	ifm->ifi_index = ifindex;
	memset(out, 0, sizeof(*out));
	return nl_talk(nl, msg, on_link, out);
}
