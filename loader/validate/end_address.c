/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "validate/end.h"
#include "wire/neighbour.h"

#define TRIES	5
#define WAIT_MS 200

static bool is_asked(const struct validate_options *o, int family)
{
	return family == AF_INET ? !o->ip6 : !o->ip4;
}

static void take_addresses(const struct validate_options *o, struct end *end)
{
	for (size_t i = 0; i < o->addresses.count; i++) {
		const struct in6_addr *a = (const void *)&o->addresses.addr[i];
		int v6 = !address_is_ip4(a);

		if (!is_asked(o, v6 ? AF_INET6 : AF_INET))
			continue;
		end->family[v6].asked = true;
		end->family[v6].server = *a;
		end->family[v6].host = !o->no_host;
	}
	for (size_t i = 0; i < o->dropped.count; i++) {
		const struct in6_addr *a = (const void *)&o->dropped.addr[i];

		end->family[!address_is_ip4(a)].dropped = *a;
	}
}

static void name(const struct validate_options *o, struct end *end)
{
	char text[2][INET6_ADDRSTRLEN] = {};
	int n = 0;

	for (int v6 = 0; v6 < 2; v6++)
		if (end->family[v6].asked)
			address_text(&end->family[v6].server, text[n++]);
		else if (is_asked(o, v6 ? AF_INET6 : AF_INET))
			snprintf(end->family[v6].why_not,
				 sizeof(end->family[v6].why_not),
				 "no such address was given");
	snprintf(end->name, sizeof(end->name), "%s%s%s", text[0],
		 n > 1 ? "," : "", text[1]);
	snprintf(end->is, sizeof(end->is), "%s",
		 o->kernel ? "judged as a plain kernel"
			   : "judged as a responder");
}

static int ask_mac(struct peer *peer, struct end *end, int family, char *why,
		   size_t room)
{
	const struct end_family *f = &end->family[family == AF_INET6];
	struct neighbour n = {
		.family = family,
		.wanted = f->server,
		.asker = f->client,
	};
	char text[INET6_ADDRSTRLEN];
	int err;

	memcpy(n.asker_mac, wire_port_mac(peer->port), ETH_ALEN);
	err = neighbour_ask(peer->port, &n, TRIES, WAIT_MS);
	if (!err) {
		memcpy(end->mac, n.wanted_mac, ETH_ALEN);
		return 0;
	}
	address_text(&f->server, text);
	if (err == -ETIMEDOUT)
		snprintf(why, room,
			 "%s: nobody on the wire of %s has this address, or "
			 "says so (--mac would do without)",
			 text, peer->dev.name);
	else
		snprintf(why, room, "%s: %s", peer->dev.name, strerror(-err));
	return err;
}

/* Of one machine: it is asked for by the first address. */
static int find_mac(const struct validate_options *o, struct peer *peer,
		    struct end *end, char *why, size_t room)
{
	if (o->mac_given) {
		memcpy(end->mac, o->mac, ETH_ALEN);
		return 0;
	}
	return ask_mac(peer, end, end->family[0].asked ? AF_INET : AF_INET6,
		       why, room);
}

int end_of_address(const struct validate_options *options, struct peer *peer,
		   struct end *out, char *why, size_t room)
{
	unsigned int mtu = peer->dev.mtu;
	int err = 0;

	memset(out, 0, sizeof(*out));
	out->kind = options->kernel ? END_KERNEL : END_STRANGER;
	out->mode = MODE_NONE;
	out->any = options->any;
	out->filters = true;
	out->pads = !end_is_virtual(&peer->dev);
	if (options->mtu && options->mtu < mtu)
		mtu = options->mtu;
	out->frame_max = ETH_HLEN + mtu;
	take_addresses(options, out);
	name(options, out);
	if (!out->family[0].asked && !out->family[1].asked) {
		snprintf(why, room, "no address of the family that is asked");
		return -EINVAL;
	}
	peer_let_in(peer);
	for (int v6 = 0; !err && v6 < 2; v6++)
		if (out->family[v6].asked)
			err = end_choose(options, peer, out,
					 v6 ? AF_INET6 : AF_INET, 0, why, room);
	return err ?: find_mac(options, peer, out, why, room);
}
