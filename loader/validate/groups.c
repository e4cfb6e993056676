/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "validate/groups.h"
#include "wire/series.h"

/* A reply that kept so small a TTL would be noticed, and with so much payload
 * an IPv4 frame is no shorter than the least.
 */
#define REQUEST_TTL	3
#define REQUEST_PAYLOAD 18

const char *group_name(int group)
{
	if (group == GROUP_CHECKSUMS)
		return "checksums";
	if (group == GROUP_SIZES)
		return "sizes";
	return wire_group_name(group - GROUP_TABLE);
}

int group_find(const char *name)
{
	for (int group = 0; group < GROUP_COUNT; group++)
		if (!strcmp(group_name(group), name))
			return group;
	return -1;
}

/* Some headers are of one version only. */
bool groups_have_cases(unsigned int groups, const struct end *end)
{
	const unsigned int ip4 = 1u << (GROUP_TABLE + WIRE_OPTIONS) |
				 1u << (GROUP_TABLE + WIRE_FRAGMENTS);
	const unsigned int ip6 = 1u << (GROUP_TABLE + WIRE_EXTENSIONS);

	return (end->family[0].asked && groups & ~ip6) ||
	       (end->family[1].asked && groups & ~ip4);
}

static struct wire_addrs addrs_of(const struct end_family *f)
{
	return (struct wire_addrs){
		.client = f->client,
		.server = f->server,
		.dropped = f->dropped,
		.other = f->other,
	};
}

void maker_init(struct maker *m, const struct end *end, int family,
		const __u8 mac[ETH_ALEN], const struct frame_tag *tags,
		unsigned int n_tags)
{
	memset(m, 0, sizeof(*m));
	m->end = end;
	m->family = family;
	m->hosts.ip4 = addrs_of(&end->family[0]);
	m->hosts.ip6 = addrs_of(&end->family[1]);
	memcpy(m->hosts.client_mac, mac, ETH_ALEN);
	memcpy(m->hosts.server_mac, end->mac, ETH_ALEN);
	m->hosts.n_tags = n_tags;
	memcpy(m->hosts.tag, tags, n_tags * sizeof(*tags));
	wire_case_start(&m->c, &m->hosts);
}

struct frame_spec maker_request(const struct maker *m)
{
	const struct end_family *f = &m->end->family[m->family == AF_INET6];
	struct frame_spec spec = {
		.family = m->family,
		.n_tags = m->hosts.n_tags,
		.src = f->client,
		.dst = f->server,
		.ttl = REQUEST_TTL,
		.payload = REQUEST_PAYLOAD,
	};

	memcpy(spec.dst_mac, m->hosts.server_mac, ETH_ALEN);
	memcpy(spec.src_mac, m->hosts.client_mac, ETH_ALEN);
	memcpy(spec.tag, m->hosts.tag, sizeof(spec.tag));
	return spec;
}

/* The frame's shortest and longest size; an IPv6 header is longer. */
static void size_range(const struct maker *m, int *least, int *most)
{
	int headers = ETH_HLEN + 4 * m->hosts.n_tags + 8 +
		      (m->family == AF_INET ? 20 : 40);

	*least = headers > GROUP_SIZE_MIN ? headers : GROUP_SIZE_MIN;
	*most = m->end->frame_max < GROUP_SIZE_MAX ? (int)m->end->frame_max
						   : GROUP_SIZE_MAX;
}

int places_add(struct places *p, struct place place)
{
	if (p->count == p->room) {
		size_t more = p->room ? 2 * p->room : 64;
		struct place *at = realloc(p->at, more * sizeof(*at));

		if (!at)
			return -ENOMEM;
		p->at = at;
		p->room = more;
	}
	p->at[p->count++] = place;
	return 0;
}

static int make_row(struct places *out, int first, int last)
{
	int err = 0;

	for (int n = first; !err && n <= last; n++)
		err = places_add(out, (struct place){ .n = n });
	return err;
}

static int make_table(struct maker *m, enum wire_group group,
		      struct places *out)
{
	int err = 0;

	wire_case_start(&m->c, &m->hosts);
	while (!err && wire_case_next(&m->c))
		if (m->c.group == group && m->c.family == m->family)
			err = places_add(out,
					 (struct place){ m->c.row, m->c.n });
	return err;
}

int places_make(struct maker *m, int group, struct places *out)
{
	int least, most;

	memset(out, 0, sizeof(*out));
	if (group == GROUP_CHECKSUMS)
		return make_row(out, 0, series_checksums(m->family) - 1);
	if (group == GROUP_SIZES) {
		size_range(m, &least, &most);
		return make_row(out, least, most);
	}
	return make_table(m, group - GROUP_TABLE, out);
}

void places_free(struct places *p)
{
	free(p->at);
	memset(p, 0, sizeof(*p));
}

static int make_series(struct maker *m, int group, int n, struct ask *ask,
		       struct made *out)
{
	struct frame_spec spec = maker_request(m);
	int len;

	spec.id = ask->id;
	spec.sequence = ask->sequence;
	if (group == GROUP_CHECKSUMS)
		len = series_checksum(&spec, n, ask->frame, WIRE_FRAME_MAX);
	else
		len = series_size(&spec, n, ask->frame, WIRE_FRAME_MAX);
	if (len < 0)
		return len;
	ask->len = len;
	ask->echo =
		ETH_HLEN + 4 * spec.n_tags + (m->family == AF_INET ? 20 : 40);
	*out = (struct made){ .verdict = m->family == AF_INET
						 ? ECHO_REPLIED_IPV4
						 : ECHO_REPLIED_IPV6,
			      .dst = spec.dst };
	return 0;
}

/* An Ethernet would pad what is shorter: what is to be answered all the same
 * is padded here, so that it is known what is sent.
 */
static void pad(const struct maker *m, struct ask *ask, const struct made *made)
{
	if (!m->end->pads || ask->len >= ETH_ZLEN ||
	    (made->verdict != ECHO_REPLIED_IPV4 &&
	     made->verdict != ECHO_REPLIED_IPV6))
		return;
	memset(ask->frame + ask->len, 0, ETH_ZLEN - ask->len);
	ask->len = ETH_ZLEN;
}

int maker_make(struct maker *m, int group, struct place place, struct ask *ask,
	       struct made *out)
{
	struct wire_case *c = &m->c;

	if (group < GROUP_TABLE)
		return make_series(m, group, place.n, ask, out);
	c->id = ask->id;
	c->sequence = ask->sequence;
	wire_case_at(c, place.row, place.n, m->family);
	memcpy(ask->frame, c->frame, c->len);
	ask->len = c->len;
	ask->echo = c->echo;
	*out = (struct made){
		.verdict = c->verdict,
		.dst = c->dst,
		.silence = c->silence,
	};
	pad(m, ask, out);
	return 0;
}

void place_name(struct maker *m, int group, struct place place,
		char text[PLACE_NAME_MAX])
{
	const char *version = m->family == AF_INET ? "IPv4" : "IPv6";

	if (group == GROUP_CHECKSUMS && place.n > 0xffff)
		snprintf(text, PLACE_NAME_MAX, "%s, all of the reply zero",
			 version);
	else if (group == GROUP_CHECKSUMS)
		snprintf(text, PLACE_NAME_MAX, "%s, checksum 0x%04x", version,
			 place.n);
	else if (group == GROUP_SIZES)
		snprintf(text, PLACE_NAME_MAX, "%s, frame of %d bytes", version,
			 place.n);
	else {
		wire_case_at(&m->c, place.row, place.n, m->family);
		snprintf(text, PLACE_NAME_MAX, "%s", m->c.name);
	}
}
