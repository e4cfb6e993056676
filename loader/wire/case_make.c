/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/case_make.h"
#include "wire/layout.h"

static struct in6_addr nth_address(const void *list, int n)
{
	const char *const *text = list;
	struct in6_addr addr;

	if (inet_pton(AF_INET6, text[n], &addr) != 1)
		abort(); /* a mistake in the table */
	return addr;
}

void set_src(struct draft *d, int n)
{
	d->spec.src = nth_address(d->list, n);
}

void set_dst(struct draft *d, int n)
{
	d->spec.dst = nth_address(d->list, n);
}

void set_src_to_dst(struct draft *d, int n)
{
	(void)n;
	d->spec.src = d->spec.dst;
}

void set_src_near_dst(struct draft *d, int n)
{
	d->spec.src = d->spec.dst;
	d->spec.src.s6_addr[15 - n / 8] ^= 1 << n % 8;
}

void set_src_bit(struct draft *d, int n)
{
	memset(&d->spec.src, 0, sizeof(d->spec.src));
	d->spec.src.s6_addr[15 - n / 8] ^= 1 << n % 8;
}

void set_dropped(struct draft *d, int n)
{
	(void)n;
	d->spec.dst = d->addrs->dropped;
}

void set_other(struct draft *d, int n)
{
	(void)n;
	d->spec.dst = d->addrs->other;
}

void set_tags(struct draft *d, int n)
{
	const struct tag_stack *stack = d->list;

	stack += n;
	d->spec.n_tags = stack->n;
	for (unsigned int i = 0; i < stack->n; i++) {
		d->spec.tag[i].tpid = stack->tpid[i];
		d->spec.tag[i].tci = 5 + i;
	}
}

/* Priority and drop bit of VLAN 0, or VLAN 4095. */
void set_tag_control(struct draft *d, int n)
{
	d->spec.n_tags = 1;
	d->spec.tag[0].tpid = ETH_P_8021Q;
	d->spec.tag[0].tci = n & 1 ? 0xf000 : 0x0fff;
}

void set_ttl(struct draft *d, int n)
{
	d->spec.ttl = n;
}

void set_tos(struct draft *d, int n)
{
	d->spec.tos = n;
}

void set_payload(struct draft *d, int n)
{
	d->spec.payload = n;
}

void set_zeros(struct draft *d, int n)
{
	d->spec.zeros = true;
	d->spec.id = 0;
	d->spec.sequence = 0;
	d->spec.payload = n;
}

void set_padding(struct draft *d, int n)
{
	d->spec.padding = n;
}

void set_options(struct draft *d, int n)
{
	d->spec.options = n;
}

void set_options_other(struct draft *d, int n)
{
	set_options(d, n);
	set_other(d, n);
}

void set_two_options(struct draft *d, int n)
{
	(void)n;
	set_options(d, 2);
}

void set_two_options_frag(struct draft *d, int n)
{
	set_options(d, 2);
	set_frag(d, n);
}

void set_frag(struct draft *d, int n)
{
	d->spec.frag_off = 1 << n;
}

void set_first_frag(struct draft *d, int n)
{
	(void)n;
	d->spec.frag_off = FRAME_IP_MF;
}

void set_first_frag_other(struct draft *d, int n)
{
	set_first_frag(d, n);
	set_other(d, n);
}

static __u8 *place(const struct draft *d)
{
	const size_t from[] = {
		[AT_FRAME] = 0,
		[AT_IP] = d->l3,
		[AT_ECHO] = d->echo,
	};

	return d->frame + from[d->at] + d->off;
}

void change_byte(struct draft *d, int n)
{
	*place(d) = n;
}

void change_word(struct draft *d, int n)
{
	put16(place(d), n);
}

void flip_bit(struct draft *d, int n)
{
	place(d)[n / 8] ^= 1 << n % 8;
}

void change_mac_to_broadcast(struct draft *d, int n)
{
	(void)n;
	memset(place(d), 0xff, ETH_ALEN);
}

void keep(struct draft *d, int n)
{
	d->len = place(d) + n - d->frame;
}

/* What a letter stands for, and bytes for each one in its length field. */
static const struct header_type {
	char letter;
	__u8 type;
	__u8 unit;
} header_types[] = {
	{ 'H', IPPROTO_HOPOPTS, 8 },
	{ 'R', IPPROTO_ROUTING, 8 },
	{ 'D', IPPROTO_DSTOPTS, 8 },
	{ 'A', IPPROTO_AH, 4 },
	{ 'F', IPPROTO_FRAGMENT, 0 },
	{ 'E', IPPROTO_ESP, 0 },
	{ 'M', IPPROTO_MH, 8 },
	{ 'N', IPPROTO_NONE, 0 },
	{ 'I', IPPROTO_IPV6, 0 },
	{ 'X', 253, 8 }, /* for experiments, RFC 3692 */
};

static const struct header_type *find_type(char letter)
{
	const struct header_type *type = header_types;

	while (type->letter != letter)
		type++;
	return type;
}

/* Insert a header at @p; @next is where the header before names what follows.
 * Return: its size.
 */
static size_t put_header(struct draft *d, __u8 *p, __u8 *next, char letter,
			 __u16 number)
{
	const struct header_type *type = find_type(letter);
	size_t size = 8 + type->unit * number;

	if (d->len + size > WIRE_CASE_MAX)
		abort(); /* a mistake in the table */
	memmove(p + size, p, d->frame + d->len - p);
	memset(p, 0, size);
	d->len += size;
	d->echo += size;
	p[0] = *next;
	p[1] = number;
	if (type->type == IPPROTO_FRAGMENT) {
		p[1] = 9; /* reserved: not a length */
		p[2] = number >> 8;
		p[3] = number;
	}
	*next = type->type;
	return size;
}

/*
 * Insert extension headers: a letter and a number for each. The number is what
 * its length field says or, in a fragment header, its offset and flags.
 */
static void put_chain(struct draft *d, const char *text)
{
	__u8 *ip6 = d->frame + d->l3, *next = ip6 + IP6_NEXT;
	__u8 *p = ip6 + IP6_LEN;
	size_t payload;

	while (*text) {
		char letter = *text++, *end;
		__u16 number = strtoul(text, &end, 0);
		size_t size = put_header(d, p, next, letter, number);

		next = p;
		p += size;
		text = *end ? end + 1 : end;
	}
	payload = get16(ip6 + IP6_PAYLOAD);
	put16(ip6 + IP6_PAYLOAD, payload + p - (ip6 + IP6_LEN));
}

void add_chain(struct draft *d, int n)
{
	const char *const *text = d->list;

	put_chain(d, text[n]);
}

void add_chain_bad_code(struct draft *d, int n)
{
	d->frame[d->echo + 1] = 1;
	add_chain(d, n);
}

void add_header_keep(struct draft *d, int n)
{
	put_chain(d, "H0");
	keep(d, n);
}

void add_header_of_length(struct draft *d, int n)
{
	char text[16];

	snprintf(text, sizeof(text), "D%d", n);
	put_chain(d, text);
}
