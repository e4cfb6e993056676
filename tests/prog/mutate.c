/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "mutate.h"

/* splitmix64: any seed is a good one. */
__u64 mutate_random(struct mutate *m)
{
	__u64 z = m->state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* Return: 0 to @n - 1. */
static unsigned int below(struct mutate *m, unsigned int n)
{
	return (mutate_random(m) >> 32) * n >> 32;
}

static bool one_in(struct mutate *m, unsigned int n)
{
	return below(m, n) == 0;
}

/* Most are the usual ones; others are next to what has another answer. */
static struct in6_addr random_address(struct mutate *m, int family,
				      const struct in6_addr *usual)
{
	static const __u8 first[] = { 0, 1, 126, 127, 128, 223, 224, 254, 255 };
	struct in6_addr addr = *usual;
	int off = family == AF_INET ? 12 : 0;

	switch (below(m, 16)) {
	case 0:
		addr.s6_addr[off] = first[below(m, sizeof(first))];
		break;
	case 1:
		addr.s6_addr[off + below(m, 16 - off)] ^= 1 << below(m, 8);
		break;
	case 2:
		memset(&addr.s6_addr[off], 0, 16 - off);
		addr.s6_addr[15] = below(m, 3);
		break;
	}
	return addr;
}

static struct in6_addr random_target(struct mutate *m, int family)
{
	const struct wire_addrs *a =
		family == AF_INET ? &m->hosts->ip4 : &m->hosts->ip6;
	const struct in6_addr *usual[] = {
		&a->server, &a->server, &a->server, &a->dropped, &a->other,
	};

	return random_address(m, family, usual[below(m, ARRAY_SIZE(usual))]);
}

static void random_tags(struct mutate *m, struct frame_spec *spec)
{
	static const __u16 tpid[] = { ETH_P_8021Q, ETH_P_8021AD };

	spec->n_tags = one_in(m, 16) ? 3 : below(m, 3);
	for (unsigned int i = 0; i < spec->n_tags; i++) {
		spec->tag[i].tpid = tpid[below(m, 2)];
		spec->tag[i].tci = mutate_random(m);
	}
}

static struct frame_spec random_spec(struct mutate *m)
{
	int family = one_in(m, 2) ? AF_INET : AF_INET6;
	struct frame_spec spec = {
		.family = family,
		.src = random_address(m, family,
				      family == AF_INET
					      ? &m->hosts->ip4.client
					      : &m->hosts->ip6.client),
		.dst = random_target(m, family),
		.ttl = mutate_random(m),
		.tos = mutate_random(m),
		.id = mutate_random(m),
		.sequence = mutate_random(m),
		.payload = below(m, one_in(m, 8) ? 400 : 64),
		.zeros = one_in(m, 4),
		.padding = one_in(m, 4) ? below(m, 48) : 0,
	};

	memcpy(spec.dst_mac, m->hosts->server_mac, ETH_ALEN);
	memcpy(spec.src_mac, m->hosts->client_mac, ETH_ALEN);
	random_tags(m, &spec);
	if (one_in(m, 16))
		spec.options = 1 + below(m, FRAME_MAX_OPTIONS);
	if (one_in(m, 16))
		spec.frag_off = 1 << below(m, 16);
	if (one_in(m, 32))
		spec.src = spec.dst;
	return spec;
}

/* A frame that is being changed. */
struct draft {
	__u8 *frame;
	size_t len;
	size_t l3; /* offset of the IP header, as it was built */
	int family;
};

/* Only what is still a frame is changed further. */
static size_t random_offset(struct mutate *m, const struct draft *d)
{
	size_t end = d->l3 + 60;

	return below(m, end < d->len ? end : d->len);
}

static void flip_bit(struct mutate *m, struct draft *d)
{
	d->frame[random_offset(m, d)] ^= 1 << below(m, 8);
}

static void change_byte(struct mutate *m, struct draft *d)
{
	static const __u8 values[] = {
		0x00, 0x01, 0x06, 0x08, 0x11, 0x2b, 0x2c, 0x32, 0x33,
		0x3a, 0x3c, 0x40, 0x45, 0x46, 0x60, 0x7f, 0x80, 0x81,
		0x86, 0x88, 0xa8, 0xdd, 0xe0, 0xfe, 0xff,
	};

	d->frame[random_offset(m, d)] = values[below(m, sizeof(values))];
}

static void add_to_word(__u8 *p, int n)
{
	unsigned int value = (p[0] << 8 | p[1]) + n;

	p[0] = value >> 8;
	p[1] = value;
}

static void change_length(struct mutate *m, struct draft *d)
{
	size_t off = d->l3 + (d->family == AF_INET ? 2 : 4);

	if (off + 2 > d->len)
		return;
	if (one_in(m, 2))
		add_to_word(d->frame + off, (int)below(m, 5) - 2);
	else if (one_in(m, 2))
		add_to_word(d->frame + off, (int)below(m, 65) - 64);
	else
		add_to_word(d->frame + off, below(m, 0x10000));
}

static void cut(struct mutate *m, struct draft *d)
{
	size_t headers = d->l3 + 56;
	size_t end = one_in(m, 2) && headers < d->len ? headers : d->len;

	if (end > ETH_HLEN)
		d->len = ETH_HLEN + below(m, end - ETH_HLEN);
}

static void extend(struct mutate *m, struct draft *d)
{
	size_t n = 1 + below(m, 64);

	if (d->len + n > MUTATE_MAX)
		return;
	memset(d->frame + d->len, mutate_random(m), n);
	d->len += n;
}

/* Return: @n zero bytes at @off, or NULL. */
static __u8 *insert(struct draft *d, size_t off, size_t n)
{
	__u8 *p = d->frame + off;

	if (off > d->len || d->len + n > MUTATE_MAX)
		return NULL;
	memmove(p + n, p, d->len - off);
	memset(p, 0, n);
	d->len += n;
	return p;
}

static void add_tag(struct mutate *m, struct draft *d)
{
	__u8 *p = insert(d, 2 * ETH_ALEN, 4);

	if (!p)
		return;
	p[0] = one_in(m, 2) ? 0x81 : 0x88;
	p[1] = p[0] == 0x81 ? 0x00 : 0xa8;
	d->l3 += 4;
}

static void remove_tag(struct mutate *m, struct draft *d)
{
	__u8 *p = d->frame + 2 * ETH_ALEN;

	(void)m;
	if (d->l3 == ETH_HLEN || d->len < ETH_HLEN + 4)
		return;
	memmove(p, p + 4, d->len - 4 - 2 * ETH_ALEN);
	d->len -= 4;
	d->l3 -= 4;
}

/* In front of whatever follows the IPv6 header now. */
static void add_extension(struct mutate *m, struct draft *d)
{
	static const __u8 types[] = {
		IPPROTO_HOPOPTS,  IPPROTO_ROUTING,  IPPROTO_DSTOPTS, IPPROTO_AH,
		IPPROTO_FRAGMENT, IPPROTO_FRAGMENT, IPPROTO_ESP,
	};
	unsigned int number = one_in(m, 4) ? below(m, 30) : 0;
	__u8 type = types[below(m, sizeof(types))];
	size_t size = 8 + number * (type == IPPROTO_AH ? 4 : 8);
	__u8 *p;

	if (type == IPPROTO_FRAGMENT)
		size = 8;
	if (d->family != AF_INET6 || !(p = insert(d, d->l3 + 40, size)))
		return;
	p[0] = d->frame[d->l3 + 6];
	p[1] = number;
	if (type == IPPROTO_FRAGMENT)
		p[3] = one_in(m, 2) ? below(m, 16) : 0;
	d->frame[d->l3 + 6] = type;
	add_to_word(d->frame + d->l3 + 4, size);
}

static void add_extensions(struct mutate *m, struct draft *d)
{
	for (unsigned int n = 1 + below(m, 5); n; n--)
		add_extension(m, d);
}

/* Wrong by any amount, and with either of the two zeros. */
static void change_checksum(struct mutate *m, struct draft *d)
{
	size_t off = d->l3 + (d->family == AF_INET ? 22 : 42);

	if (d->family == AF_INET && one_in(m, 2))
		off = d->l3 + 10;
	if (off + 2 > d->len)
		return;
	if (one_in(m, 2))
		add_to_word(d->frame + off, below(m, 0x10000));
	else
		memset(d->frame + off, one_in(m, 2) ? 0x00 : 0xff, 2);
}

static void group_mac(struct mutate *m, struct draft *d)
{
	d->frame[one_in(m, 2) ? 0 : ETH_ALEN] |= 1;
}

static void (*const changes[])(struct mutate *m, struct draft *d) = {
	flip_bit,	flip_bit,	 flip_bit,	change_byte,
	change_byte,	change_length,	 change_length, cut,
	extend,		add_tag,	 remove_tag,	add_extensions,
	add_extensions, change_checksum, group_mac,
};

size_t mutate_next(struct mutate *m, __u8 *frame)
{
	struct frame_spec spec = random_spec(m);
	int len = frame_build(&spec, frame, MUTATE_MAX);
	struct draft d = {
		.frame = frame,
		.len = len,
		.l3 = ETH_HLEN + 4 * spec.n_tags,
		.family = spec.family,
	};

	if (len < 0)
		abort(); /* random_spec() makes none that does not fit */
	for (unsigned int n = below(m, 4); n; n--)
		changes[below(m, ARRAY_SIZE(changes))](m, &d);
	if (one_in(m, 2))
		frame_fix_csums(frame, d.len);
	return d.len;
}
