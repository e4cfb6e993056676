/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "validate/end.h"
#include "validate/end_private.h"
#include "wire/cases.h"
#include "wire/wired.h"

#define LINK_TRIES   30
#define LINK_WAIT_US 100000

/* What is read of the interface, to be judged together. */
struct look {
	const struct validate_options *options;
	struct peer *peer;
	struct end *end;
	struct device dev;
	struct installed_list programs;
	struct nl nl;
	char *why;
	size_t room;
};

static int fail(struct look *l, int err, const char *text)
{
	snprintf(l->why, l->room, "%s: %s", l->options->ifname, text);
	return err;
}

static bool is_same_netns(const struct peer *peer)
{
	struct stat a, b;

	return !fstat(peer->own_netns, &a) && !fstat(peer->netns, &b) &&
	       a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

static bool is_coming_up(const struct device *dev)
{
	return dev->flags & IFF_UP && !(dev->flags & IFF_RUNNING);
}

static int look_at_device(struct look *l)
{
	int err = device_read(l->options->ifname, &l->dev);

	if (err)
		return fail(l, err,
			    err == -ENODEV ? "no such interface"
					   : strerror(-err));
	if (l->dev.ifindex == l->peer->dev.ifindex && is_same_netns(l->peer))
		return fail(l, -EINVAL,
			    "this is the peer, too: give the interface at the "
			    "other end of its wire");
	/* The peer's link is up, so that this one soon is. */
	for (int i = 0; is_coming_up(&l->dev) && i < LINK_TRIES; i++) {
		usleep(LINK_WAIT_US);
		device_read(l->options->ifname, &l->dev);
	}
	if (!(l->dev.flags & IFF_UP) || !(l->dev.flags & IFF_RUNNING))
		return fail(l, -ENETDOWN,
			    "the interface is down, or has no link");
	return 0;
}

/* Frames of ours that get to the interface may be seen there, or only in the
 * other direction, where a program takes all.
 */
static int check_wire(struct look *l)
{
	struct wire_port *port;
	int len, err = wire_port_open(&port, l->options->ifname);

	if (err)
		return fail(l, err, strerror(-err));
	memcpy(l->end->mac, wire_port_mac(port), ETH_ALEN);
	err = wired(l->peer->port, port);
	if (err == -ETIMEDOUT)
		err = wired(port, l->peer->port);
	if (err == -ETIMEDOUT) {
		snprintf(l->why, l->room,
			 "%s is not wired to %s: what one sends does not "
			 "arrive at the other",
			 l->options->peer, l->options->ifname);
		err = -ENOLINK;
	} else if (err) {
		fail(l, err, strerror(-err));
	}
	len = err ? 0 : wired_short(l->peer->port, port);
	if (len == -ETIMEDOUT) /* a program takes them at the interface */
		l->end->pads = !end_is_virtual(&l->peer->dev);
	else
		l->end->pads = len >= ETH_ZLEN;
	wire_port_close(port);
	return err;
}

static void describe(struct look *l, const struct installed *prog)
{
	struct end *end = l->end;

	if (end->kind == END_KERNEL)
		snprintf(end->is, sizeof(end->is), "a plain kernel");
	else if (end->kind == END_OURS)
		snprintf(end->is, sizeof(end->is),
			 "responder in %s mode, program %s id %u",
			 mode_name(prog->mode), prog->name, prog->id);
	else
		snprintf(end->is, sizeof(end->is),
			 "another's program in %s mode, %s id %u, judged as a "
			 "responder",
			 mode_name(prog->mode),
			 *prog->name ? prog->name : "unknown", prog->id);
}

static int look_at_programs(struct look *l)
{
	const struct installed *ours, *prog;
	struct end *end = l->end;
	int err = installed_read(&l->nl, l->dev.ifindex, &l->programs);

	if (err)
		return fail(l, err, strerror(-err));
	ours = installed_ours(&l->programs);
	prog = ours ?: l->programs.count ? &l->programs.at[0] : NULL;
	end->kind = ours ? END_OURS : prog ? END_STRANGER : END_KERNEL;
	end->mode = ours ? ours->mode : MODE_NONE;
	if (l->options->kernel)
		end->kind = END_KERNEL;
	describe(l, prog);
	if (installed_in(&l->programs, MODE_DRIVER))
		peer_let_in(l->peer);
	if (end->kind != END_OURS)
		return 0;
	err = end_read_targets(end, l->dev.ifindex, ours);
	return err ? fail(l, err, strerror(-err)) : 0;
}

/* Whoever answers for every address, or for none that is known: its host's
 * own; failing that, one from documents.
 */
static void choose_server(struct look *l, int family)
{
	struct end_family *f = &l->end->family[family == AF_INET6];
	const struct address *own =
		addresses_of(&l->end->known, l->dev.ifindex, family);

	if (f->asked || (l->end->kind == END_OURS && !l->end->any))
		return;
	if (!own && !l->end->any)
		return;
	f->asked = true;
	if (own)
		f->server = own->addr;
	else
		f->server = family == AF_INET
				    ? wire_documentation_hosts.ip4.server
				    : wire_documentation_hosts.ip6.server;
}

/* What is left to the host is answered where it has an address to answer with,
 * be it on another interface.
 */
static bool has_host(struct look *l, int family, const struct addresses *own)
{
	const struct end_family *f = &l->end->family[family == AF_INET6];

	return addresses_find(own, &f->server) ||
	       addresses_of(own, l->dev.ifindex, family);
}

static int look_at_family(struct look *l, int family,
			  const struct addresses *own)
{
	struct end_family *f = &l->end->family[family == AF_INET6];
	const struct address *entry;

	if (family == AF_INET ? l->options->ip6 : l->options->ip4) {
		f->asked = false;
		return 0;
	}
	choose_server(l, family);
	if (!f->asked) {
		snprintf(f->why_not, sizeof(f->why_not), "%s",
			 l->end->kind == END_OURS
				 ? "the responder answers no such address"
				 : "the interface has no such address");
		return 0;
	}
	f->host = has_host(l, family, own);
	entry = addresses_find(own, &f->server);
	return end_choose(l->options, l->peer, l->end, family,
			  entry ? entry->prefix : 0, l->why, l->room);
}

static int look_at_all(struct look *l)
{
	struct addresses own;
	int err = look_at_device(l) ?: check_wire(l);

	if (err)
		return err;
	err = addresses_read(&l->nl, &own)
		      ?: addresses_read(&l->nl, &l->end->known);
	l->end->all_known = true;
	err = err ? fail(l, err, strerror(-err)) : look_at_programs(l);
	if (!err)
		err = look_at_family(l, AF_INET, &own)
			      ?: look_at_family(l, AF_INET6, &own);
	addresses_free(&own);
	return err;
}

int end_of_interface(const struct validate_options *options, struct peer *peer,
		     struct end *out, char *why, size_t room)
{
	struct look l = {
		.options = options,
		.peer = peer,
		.end = out,
		.why = why,
		.room = room,
	};
	unsigned int mtu;
	int err = nl_open(&l.nl, NETLINK_ROUTE);

	memset(out, 0, sizeof(*out));
	snprintf(out->name, sizeof(out->name), "%s", options->ifname);
	if (err)
		return fail(&l, err, strerror(-err));
	err = look_at_all(&l);
	mtu = l.dev.mtu < peer->dev.mtu ? l.dev.mtu : peer->dev.mtu;
	out->frame_max = ETH_HLEN + mtu;
	out->filters = !end_is_virtual(&l.dev) && !(l.dev.flags & IFF_PROMISC);
	nl_close(&l.nl);
	return err;
}
