/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "bench/ends.h"

static void set_ipv4(struct in6_addr *out, __u32 host)
{
	__be32 net = htonl(host);

	memset(out, 0, sizeof(*out));
	out->s6_addr[10] = out->s6_addr[11] = 0xff;
	memcpy(&out->s6_addr[12], &net, sizeof(net));
}

/* Address @n of the benchmarks' range. */
static void set_benchmark(int family, __u32 n, struct in6_addr *out)
{
	__be32 net = htonl(n);

	if (family == AF_INET) {
		set_ipv4(out, 0xc6120000 + n);
		return;
	}
	inet_pton(AF_INET6, "2001:2::", out);
	memcpy(&out->s6_addr[12], &net, sizeof(net));
}

/* An address beside @near that neither end has. */
static bool free_address(const struct address *near,
			 const struct addresses *iface,
			 const struct addresses *peer, struct in6_addr *out)
{
	for (unsigned int n = 1;
	     address_beside(&near->addr, near->prefix, n, out); n++)
		if (!addresses_find(iface, out) && !addresses_find(peer, out))
			return true;
	return false;
}

/* The peer's own in the subnet of @near; NULL: it has none. */
static const struct address *own_sender(const struct address *near,
					const struct bench_end *peer)
{
	for (size_t i = 0; i < peer->addresses.count; i++) {
		const struct address *a = &peer->addresses.at[i];

		if (a->ifindex == peer->ifindex && a->family == near->family &&
		    address_same_net(&a->addr, &near->addr, near->prefix))
			return a;
	}
	return NULL;
}

static void choose_sender(const struct address *near,
			  const struct bench_end *iface,
			  const struct bench_end *peer, int family,
			  struct in6_addr *out)
{
	const struct address *own = near ? own_sender(near, peer) : NULL;

	if (own)
		*out = own->addr;
	else if (!near ||
		 !free_address(near, &iface->addresses, &peer->addresses, out))
		set_benchmark(family, 0x1fffe, out);
}

static const struct address *of(const struct bench_end *end, int family)
{
	return addresses_of(&end->addresses, end->ifindex, family);
}

void bench_ends_choose(const struct bench_end *iface,
		       const struct bench_end *peer, int family,
		       struct bench_ends *out)
{
	const struct address *own;
	__u32 n = 1;

	memset(out, 0, sizeof(*out));
	if (family == AF_UNSPEC)
		family = !of(iface, AF_INET) && of(iface, AF_INET6) ? AF_INET6
								    : AF_INET;
	own = of(iface, family);
	out->family = family;
	out->own = own;
	choose_sender(own, iface, peer, family, &out->sender);
	for (int i = 0; i < STREAM_TARGETS_MAX; i++) {
		if (!i && own) {
			out->target[i] = own->addr;
			continue;
		}
		do
			set_benchmark(family, n++, &out->target[i]);
		while (addresses_find(&iface->addresses, &out->target[i]) ||
		       !memcmp(&out->target[i], &out->sender,
			       sizeof(out->sender)));
	}
}

char *bench_ends_answer(const struct bench_ends *ends, unsigned int count)
{
	char *text = malloc((size_t)count * (INET6_ADDRSTRLEN + 1) + 1);
	char *to = text;

	for (unsigned int i = 0; text && i < count; i++) {
		if (i)
			*to++ = ',';
		address_text(&ends->target[i], to);
		to += strlen(to);
	}
	return text;
}
