/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <net/if.h>
#include <sys/ioctl.h>

#include "wire/link.h"

int link_state(int sock, const char *ifname)
{
	struct ifreq req = {};

	snprintf(req.ifr_name, sizeof(req.ifr_name), "%s", ifname);
	if (ioctl(sock, SIOCGIFFLAGS, &req))
		return -errno;
	if (!(req.ifr_flags & IFF_UP))
		return -ENETDOWN;
	return !!(req.ifr_flags & IFF_RUNNING);
}
