/* SPDX-License-Identifier: GPL-2.0-only */
/* What comes back, and which request it answers. */
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "clock.h"
#include "wire/exchange_private.h"
#include "wire/match.h"
#include "wire/neighbour.h"

/* Replies of one flow keep their order; those of different ones need not. */
static void note_order(struct exchange *x, const struct ask *ask,
		       bool *reordered)
{
	__u32 hash = match_flow(ask->frame, ask->len);
	struct flow *flow = &x->flows[hash % FLOWS];

	*reordered = flow->hash == hash && ask->number < flow->last;
	if (*reordered)
		return;
	flow->hash = hash;
	flow->last = ask->number;
}

static void note_time(struct exchange *x, const struct ask *ask)
{
	__u64 rtt = clock_now_ns() - ask->sent_ns;

	x->rtt_ns -= x->rtt_ns / 256;
	if (rtt > x->rtt_ns)
		x->rtt_ns = rtt;
}

static void take_reply(struct exchange *x, struct ask *ask,
		       const struct wire_buf *buf)
{
	bool reordered = false;

	if (ask->wanted && !ask->replies) {
		note_order(x, ask, &reordered);
		if (ask->open) {
			note_time(x, ask);
			x->waiting -= !ask->beat;
		}
	}
	ask->replies++;
	x->latest_ns = clock_now_ns();
	if (ask->number >= x->answered)
		x->answered = ask->number + 1;
	if (!ask->beat)
		x->spec.ops->reply(x->spec.data, ask, buf->data, buf->len,
				   reordered);
}

/* Number @back before the next one, if it is still remembered. */
static struct ask *recent(struct exchange *x, __u32 back)
{
	struct ask *ask = &x->ring[(x->next - back) % RING];

	return ask->sent_ns && ask->number == x->next - back ? ask : NULL;
}

static struct ask *by_sequence(struct exchange *x, __u16 sequence)
{
	struct ask *ask = &x->ring[sequence % RING];

	return sequence && ask->sent_ns && ask->sequence == sequence ? ask
								     : NULL;
}

/* A frame that is no echo reply may still be a request sent back. */
static struct ask *by_place(struct exchange *x, const struct wire_buf *buf)
{
	for (__u32 back = 1; back < 2 * WINDOW_MAX; back++) {
		struct ask *ask = recent(x, back);

		if (ask && match_place(ask->frame, ask->len, ask->echo,
				       buf->data, buf->len))
			return ask;
	}
	return NULL;
}

static struct ask *by_message(struct exchange *x, const struct wire_buf *buf,
			      const struct frame_icmp *icmp)
{
	struct ask *ask = by_sequence(x, icmp->sequence);

	if (ask && match_message(ask->frame, ask->len, ask->echo, buf->data,
				 buf->len, icmp->off))
		return ask;
	return NULL;
}

/* What is sent alone is the last that an answer is looked for. */
static struct ask *find(struct exchange *x, const struct wire_buf *buf)
{
	struct ask *alone = x->alone, *ask = NULL;
	struct frame_icmp icmp = {};
	enum match_kind kind = match_kind(buf->data, buf->len, &icmp);

	if (kind == MATCH_ECHO && !icmp.sequence && !icmp.id)
		return alone;
	if (kind == MATCH_ECHO || kind == MATCH_MESSAGE)
		ask = by_message(x, buf, &icmp);
	if (!ask)
		ask = by_place(x, buf);
	if (!ask && kind == MATCH_OTHER && alone &&
	    match_alone(alone->frame, alone->len, buf->data, buf->len))
		ask = alone;
	return ask;
}

/* Somebody who is to reply asks for the address that a request came from. */
static bool answer_neighbour(struct exchange *x, const struct wire_buf *buf)
{
	__u8 frame[NEIGHBOUR_FRAME_MAX];
	struct wire_buf answer = { frame, 0 };
	struct neighbour n;

	if (!neighbour_is_question(buf->data, buf->len, &n))
		return false;
	for (__u32 back = 1; back < RING; back++) {
		struct ask *ask = recent(x, back);

		if (!ask || !match_source(ask->frame, ask->len, &n.wanted) ||
		    !memcmp(&n.asker, &n.wanted, sizeof(n.asker)))
			continue;
		memcpy(n.wanted_mac, wire_port_mac(x->spec.port), ETH_ALEN);
		answer.len = neighbour_answer(&n, frame);
		wire_port_send(x->spec.port, &answer, 1);
		break;
	}
	return true;
}

static bool is_echo_reply(const struct wire_buf *buf)
{
	struct frame_icmp icmp;

	return !frame_find_icmp(buf->data, buf->len, &icmp) &&
	       icmp.type == (icmp.family == AF_INET ? ICMP_ECHOREPLY
						    : ICMP6_ECHO_REPLY);
}

void exchange_take(struct exchange *x, const struct wire_buf *buf)
{
	struct ask *ask;

	if (answer_neighbour(x, buf))
		return;
	ask = find(x, buf);
	if (ask)
		take_reply(x, ask, buf);
	else if (is_echo_reply(buf))
		x->spec.ops->stray(x->spec.data, buf->data, buf->len);
}
