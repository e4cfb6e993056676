/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>

#include "bench/side.h"
#include "netns.h"
#include "wire/link.h"

static int side_ioctl(const struct bench_side *side, unsigned long request,
		      struct ifreq *ifr)
{
	snprintf(ifr->ifr_name, sizeof(ifr->ifr_name), "%s", side->dev.name);
	return ioctl(side->sock, request, ifr) ? -errno : 0;
}

int bench_side_open(struct bench_side *side, const char *ifname, int netns,
		    const char *where)
{
	struct ifreq ifr = {};
	int err;

	memset(side, 0, sizeof(*side));
	side->netns = netns;
	side->sock = -1;
	snprintf(side->text, sizeof(side->text), "%s%s%s", ifname,
		 where ? " in " : "", where ?: "");
	err = netns_enter(netns) ?: device_read(ifname, &side->dev)
		      ?: nl_open(&side->nl, NETLINK_ROUTE);
	if (err)
		return err;
	side->sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (side->sock < 0)
		return -errno;
	err = side_ioctl(side, SIOCGIFHWADDR, &ifr);
	memcpy(side->mac, ifr.ifr_hwaddr.sa_data, sizeof(side->mac));
	return err;
}

void bench_side_close(struct bench_side *side)
{
	nl_close(&side->nl);
	if (side->sock > 0)
		close(side->sock);
	if (side->netns > 0)
		close(side->netns);
}

int bench_side_has_link(const struct bench_side *side)
{
	return link_state(side->sock, side->dev.name);
}

static int gro(const struct bench_side *side, struct ethtool_value *value)
{
	struct ifreq ifr = { .ifr_data = (void *)value };

	return side_ioctl(side, SIOCETHTOOL, &ifr);
}

int bench_side_gro(const struct bench_side *side)
{
	struct ethtool_value value = { .cmd = ETHTOOL_GGRO };

	return gro(side, &value) ?: (int)value.data;
}

int bench_side_set_gro(const struct bench_side *side, int on)
{
	struct ethtool_value value = { .cmd = ETHTOOL_SGRO, .data = on };

	return gro(side, &value);
}
