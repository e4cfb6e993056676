/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "array.h"
#include "samples.h"

const struct tag_stack tag_stacks[ALL_STACKS] = {
	{ 3, { ETH_P_8021AD, ETH_P_8021Q, ETH_P_8021Q } },
	{ 0, {} },
	{ 1, { ETH_P_8021Q } },
	{ 2, { ETH_P_8021AD, ETH_P_8021Q } },
	{ 1, { ETH_P_8021AD } },
	{ 2, { ETH_P_8021Q, ETH_P_8021Q } },
	{ 2, { ETH_P_8021Q, ETH_P_8021AD } },
	{ 2, { ETH_P_8021AD, ETH_P_8021AD } },
};

void put_tags(struct frame_tag *tag, unsigned int *n,
	      const struct tag_stack *stack)
{
	*n = stack->n;
	for (unsigned int i = 0; i < stack->n; i++)
		tag[i] = (struct frame_tag){ stack->tpid[i], 100 * i + 1 };
}

/* A hop-by-hop header and a fragment header, between IPv6 and ICMPv6. */
static void add_headers(struct sample *s)
{
	static const __u8 headers[16] = { IPPROTO_FRAGMENT,
					  0, [8] = IPPROTO_ICMPV6 };
	__u8 *ip6 = s->frame + s->l3, *p = ip6 + 40;

	memmove(p + 16, p, s->frame + s->len - p);
	memcpy(p, headers, sizeof(headers));
	s->len += 16;
	ip6[5] += 16;
	ip6[6] = IPPROTO_HOPOPTS;
}

void make_sample(struct sample *s, enum sample_kind kind,
		 const struct tag_stack *stack)
{
	bool v6 = kind >= PLAIN6;
	struct frame_spec spec = {
		.family = v6 ? AF_INET6 : AF_INET,
		.src = v6 ? HOSTS.ip6.client : HOSTS.ip4.client,
		.dst = v6 ? HOSTS.ip6.server : HOSTS.ip4.server,
		.ttl = 3,
		.options = kind == OPTIONS4 ? FRAME_MAX_OPTIONS : 0,
		.frag_off = kind == FRAGMENT4 ? FRAME_IP_MF : 0,
		.payload = 32,
		.padding = 4,
	};
	int len;

	put_tags(spec.tag, &spec.n_tags, stack);
	len = frame_build(&spec, s->frame, sizeof(s->frame));
	assert_true(len > 0);
	s->len = len;
	s->l3 = ETH_HLEN + 4 * stack->n;
	if (kind == HEADERS6)
		add_headers(s);
}

void set_sample_targets(struct runner *r, bool any)
{
	static struct reference_target targets[5];
	const struct reference_target values[] = {
		{ HOSTS.ip4.server, ECHO_REPLY },
		{ HOSTS.ip6.server, ECHO_REPLY },
		{ HOSTS.ip4.dropped, ECHO_DROP },
		{ HOSTS.ip6.dropped, ECHO_DROP },
		{ in6addr_any, ECHO_DROP },
	};

	memcpy(targets, values, sizeof(targets));
	runner_set_targets(r, targets, ARRAY_SIZE(targets) - !any);
}

void check_frame(struct runner *r, const void *frame, size_t len, size_t seen)
{
	if (runner_compare(r, frame, len, seen) < 0)
		fail_msg("%s\n%s", r->fault, runner_dump(frame, len));
}

void check_counters(struct runner *r)
{
	if (!runner_counters_match(r))
		fail_msg("%s", r->fault);
}

void for_each_sample(struct runner *r, size_t n_stacks,
		     void (*fn)(struct runner *r, struct sample *s))
{
	struct sample s;

	set_sample_targets(r, false);
	for (size_t i = 0; i < n_stacks; i++)
		for (int kind = 0; kind < SAMPLES; kind++) {
			make_sample(&s, kind, &tag_stacks[i]);
			fn(r, &s);
			check_counters(r);
		}
}
