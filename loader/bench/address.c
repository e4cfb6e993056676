/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/address.h"
#include "targets.h"

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

static bool same_subnet(const struct in6_addr *a, const struct in6_addr *b,
			unsigned int prefix)
{
	unsigned int bytes = prefix / 8, bits = prefix % 8;

	if (memcmp(a, b, bytes))
		return false;
	return !bits ||
	       !((a->s6_addr[bytes] ^ b->s6_addr[bytes]) >> (8 - bits));
}

static bool has(const struct bench_address_list *list,
		const struct in6_addr *addr)
{
	for (unsigned int i = 0; i < list->count; i++)
		if (!memcmp(&list->at[i].addr, addr, sizeof(*addr)))
			return true;
	return false;
}

/* A routable address before a link-local one. */
static const struct bench_address *first(const struct bench_address_list *list,
					 int family)
{
	const struct bench_address *local = NULL;

	for (unsigned int i = 0; i < list->count; i++) {
		const struct bench_address *a = &list->at[i];

		if (a->family != family)
			continue;
		if (!IN6_IS_ADDR_LINKLOCAL(&a->addr))
			return a;
		local = local ?: a;
	}
	return local;
}

/* The low 16 bits are tried from the top down, but for all ones, which is the
 * broadcast address, and zero, which is the subnet's own.
 */
static bool free_address(const struct bench_address *near,
			 const struct bench_address_list *iface,
			 const struct bench_address_list *peer,
			 struct in6_addr *out)
{
	unsigned int bits = 128 - near->prefix;
	__u32 hosts = bits >= 16 ? 0x10000 : 1U << bits;
	bool pair = bits == 1;

	*out = near->addr;
	for (__u32 n = hosts - !pair; n-- > (pair ? 0U : 1U);) {
		__u32 low =
			near->addr.s6_addr[14] << 8 | near->addr.s6_addr[15];

		low = (low & ~(hosts - 1)) | n;
		out->s6_addr[14] = low >> 8;
		out->s6_addr[15] = low;
		if (!has(iface, out) && !has(peer, out))
			return true;
	}
	return false;
}

static void choose_sender(const struct bench_address *near,
			  const struct bench_address_list *iface,
			  const struct bench_address_list *peer, int family,
			  struct in6_addr *out)
{
	for (unsigned int i = 0; near && i < peer->count; i++)
		if (peer->at[i].family == family &&
		    same_subnet(&peer->at[i].addr, &near->addr, near->prefix)) {
			*out = peer->at[i].addr;
			return;
		}
	if (!near || !free_address(near, iface, peer, out))
		set_benchmark(family, 0x1fffe, out);
}

void bench_ends_choose(const struct bench_address_list *iface,
		       const struct bench_address_list *peer, int family,
		       struct bench_ends *out)
{
	const struct bench_address *own;
	__u32 n = 1;

	memset(out, 0, sizeof(*out));
	if (family == AF_UNSPEC)
		family = !first(iface, AF_INET) && first(iface, AF_INET6)
				 ? AF_INET6
				 : AF_INET;
	own = first(iface, family);
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
		while (has(iface, &out->target[i]) ||
		       !memcmp(&out->target[i], &out->sender,
			       sizeof(out->sender)));
	}
}

void bench_address_text(const struct in6_addr *addr,
			char text[BENCH_ADDRESS_TEXT])
{
	struct echo_addr key;

	memcpy(&key, addr, sizeof(key));
	target_text(&key, text);
}

char *bench_ends_answer(const struct bench_ends *ends, unsigned int count)
{
	char *text = malloc((size_t)count * (BENCH_ADDRESS_TEXT + 1) + 1);
	char *to = text;

	for (unsigned int i = 0; text && i < count; i++) {
		if (i)
			*to++ = ',';
		bench_address_text(&ends->target[i], to);
		to += strlen(to);
	}
	return text;
}
