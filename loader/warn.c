/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "array.h"
#include "profile.h"
#include "report.h"
#include "warn.h"

struct case_at_hand {
	const struct options *options;
	const struct device *dev;
	enum xdp_mode mode;
	const struct targets *targets;
	const struct targets *found;
};

static bool answers_any(const struct case_at_hand *c)
{
	return c->targets->count && !c->targets->addr[0].half[0] &&
	       !c->targets->addr[0].half[1];
}

static bool answers_nothing(const struct case_at_hand *c)
{
	return !c->options->program && !c->targets->count;
}

static bool loses_tags(const struct case_at_hand *c)
{
	return c->found->vlans_above && c->dev->strips_vlan_tags &&
	       (c->mode == MODE_DRIVER || c->mode == MODE_GENERIC);
}

/* Measured on 6.18: the peer takes in what XDP sends it only while it has a
 * program of its own; GRO alone is not enough.
 */
static bool needs_a_peer(const struct case_at_hand *c)
{
	return c->mode == MODE_DRIVER && !c->options->program &&
	       !strcmp(c->dev->driver, "veth");
}

/* nic-firmware, app_config_tables.c: MAC match comes before BPF, unless the
 * port is promiscuous.
 */
static bool is_behind_mac_filter(const struct case_at_hand *c)
{
	return c->mode == MODE_HW && device_is_nfp(c->dev) &&
	       !(c->dev->flags & IFF_PROMISC) &&
	       (c->options->program || answers_any(c));
}

static bool is_beyond_window(const struct case_at_hand *c)
{
	return c->mode == MODE_HW && device_is_nfp(c->dev) &&
	       c->options->program &&
	       c->dev->mtu > profile_published.packet_window;
}

static const struct {
	bool (*applies)(const struct case_at_hand *c);
	const char *text;
} surprises[] = {
	{ answers_nothing, "no address on it, so nothing is answered; give "
			   "some with --answer" },
	{ loses_tags, "VLAN tags are stripped before the program sees the "
		      "frame, and replies leave untagged (ethtool -K IFACE "
		      "rxvlan off)" },
	{ needs_a_peer, "replies over veth in driver mode are lost unless the "
			"peer has an XDP program, too (a responder will do)" },
	{ is_behind_mac_filter, "the card drops frames for other MAC addresses "
				"before the program sees them (ip link set dev "
				"IFACE promisc on)" },
	{ is_beyond_window, "the MTU is beyond the card's packet window: the "
			    "program cannot see all of a large frame" },
};

void warn_of_surprises(const struct options *options, const struct device *dev,
		       enum xdp_mode mode, const struct targets *targets,
		       const struct targets *found)
{
	const struct case_at_hand c = { options, dev, mode, targets, found };

	for (size_t i = 0; i < ARRAY_SIZE(surprises); i++)
		if (surprises[i].applies(&c))
			report_warning(dev->name, "%s", surprises[i].text);
}
