/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "validate/end.h"
#include "wire/neighbour.h"

#define PREFIX4 (96 + 24)
#define PREFIX6 64

/* Addresses beside the server that are looked at. */
#define CANDIDATES 32

/* Somebody who has an address says so within this time. */
#define TRIES	2
#define WAIT_MS 50

/* Does anybody on the wire have it? Asked without a sender's address, nobody
 * learns anything by it (RFC 5227, RFC 4862).
 */
static int is_free(struct peer *peer, int family, const struct in6_addr *addr)
{
	struct neighbour n = { .family = family, .wanted = *addr };
	int err;

	memcpy(n.asker_mac, wire_port_mac(peer->port), ETH_ALEN);
	err = neighbour_ask(peer->port, &n, TRIES, WAIT_MS);
	if (!err)
		return 0;
	return err == -ETIMEDOUT ? 1 : err;
}

static const struct in6_addr *given_source(
	const struct validate_options *options, int family)
{
	for (size_t i = 0; i < options->source.count; i++) {
		const void *addr = &options->source.addr[i];

		if (address_is_ip4(addr) == (family == AF_INET))
			return addr;
	}
	return NULL;
}

/* The peer's own address in the server's subnet; NULL: it has none. */
static const struct address *own_source(const struct peer *peer,
					const struct end_family *f, int family,
					unsigned int prefix)
{
	for (size_t i = 0; i < peer->addresses.count; i++) {
		const struct address *a = &peer->addresses.at[i];

		if (a->ifindex == peer->dev.ifindex && a->family == family &&
		    address_same_net(&a->addr, &f->server,
				     prefix ?: a->prefix) &&
		    memcmp(&a->addr, &f->server, sizeof(a->addr)))
			return a;
	}
	return NULL;
}

static bool is_taken(const struct end_family *f, const struct peer *peer,
		     const struct addresses *known, const struct in6_addr *addr)
{
	return !memcmp(addr, &f->client, sizeof(*addr)) ||
	       !memcmp(addr, &f->dropped, sizeof(*addr)) ||
	       addresses_find(&peer->addresses, addr) ||
	       addresses_find(known, addr);
}

/* The first that is nobody's. Return: 0, -EADDRNOTAVAIL, or -errno. */
static int find_beside(struct peer *peer, struct end_family *f, int family,
		       unsigned int prefix, const struct addresses *known,
		       struct in6_addr *out)
{
	struct in6_addr addr;

	for (unsigned int n = 1; n <= CANDIDATES; n++) {
		int rc;

		if (!address_beside(&f->server, prefix, n, &addr))
			break;
		if (is_taken(f, peer, known, &addr))
			continue;
		rc = is_free(peer, family, &addr);
		if (rc < 0)
			return rc;
		if (rc) {
			*out = addr;
			return 0;
		}
	}
	return -EADDRNOTAVAIL;
}

bool end_is_virtual(const struct device *dev)
{
	return !strcmp(dev->driver, "veth") || !strcmp(dev->driver, "tun");
}

void end_free(struct end *end)
{
	addresses_free(&end->known);
}

int end_choose(const struct validate_options *options, struct peer *peer,
	       struct end *end, int family, unsigned int prefix, char *why,
	       size_t room)
{
	struct end_family *f = &end->family[family == AF_INET6];
	const struct in6_addr *given = given_source(options, family);
	const struct address *own = own_source(peer, f, family, prefix);
	const struct addresses *known = &end->known;
	int err = 0;

	if (!prefix)
		prefix = own		     ? own->prefix
			 : family == AF_INET ? PREFIX4
					     : PREFIX6;
	if (given && !memcmp(given, &f->server, sizeof(*given))) {
		snprintf(why, room,
			 "--source: this is the address that is asked: give "
			 "another, or none");
		return -EINVAL;
	}
	if (given)
		f->client = *given;
	else if (own)
		f->client = own->addr;
	else
		err = find_beside(peer, f, family, prefix, known, &f->client);
	if (err == -EADDRNOTAVAIL) {
		snprintf(why, room,
			 "no free address beside the one that is asked: give "
			 "one with --source");
		return err;
	}
	/* It is of the same subnet, or of one that is nobody's at all. */
	if (!err)
		err = find_beside(peer, f, family, prefix, known, &f->other);
	if (err == -EADDRNOTAVAIL)
		err = find_beside(peer, f, family,
				  family == AF_INET ? PREFIX4 : PREFIX6, known,
				  &f->other);
	if (err)
		snprintf(why, room, "%s: %s", peer->dev.name, strerror(-err));
	return err;
}
