/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parse, decide, rewrite: the one function that every variant calls, so that
 * all modes give the same answer to the same frame.
 *
 * Before including this, a variant says what its place allows:
 *
 *	ECHO_CTX		type of the program's context
 *	ECHO_STATS_TYPE		map type of echo_stats
 *	echo_frame_len(ctx, f)	bytes in the whole frame, in however many buffers
 *	echo_len_from(ctx, f, p)	bytes of it from @p on, as cheaply
 *	echo_hides_tag(ctx)	has a VLAN tag been taken off the frame before?
 *	echo_bump(counter)	add one to a __u64 of echo_stats
 */
#ifndef ECHO_RESPONDER_H
#define ECHO_RESPONDER_H

#include "deeper.h"
#include "packet.h"

/* Sizes instead of types: the card's maps take no BTF, and libbpf would warn. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, ECHO_MAX_TARGETS);
	__uint(key_size, sizeof(struct echo_addr));
	__uint(value_size, sizeof(struct echo_target));
} echo_targets SEC(".maps");

struct {
	__uint(type, ECHO_STATS_TYPE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct echo_stats));
} echo_stats SEC(".maps");

#ifdef ECHO_TRACE
/* The only event map that the card's driver knows; it needs no device. */
struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} echo_events SEC(".maps");

static __always_inline void echo_trace(ECHO_CTX *ctx,
				       const struct echo_frame *f,
				       enum echo_verdict v)
{
	struct echo_event event = { .verdict = v };
	__u64 head;

	event.frame_len = echo_frame_len(ctx, f);
	event.hidden_tags = echo_hides_tag(ctx);
	head = event.frame_len < ECHO_TRACE_BYTES ? event.frame_len
						  : ECHO_TRACE_BYTES;
	bpf_perf_event_output(ctx, &echo_events, head << 32 | BPF_F_CURRENT_CPU,
			      &event, sizeof(event));
}
#else
static __always_inline void echo_trace(ECHO_CTX *ctx,
				       const struct echo_frame *f,
				       enum echo_verdict v)
{
	(void)ctx;
	(void)f;
	(void)v;
}
#endif

/*
 * Count a verdict. The first word of @key is zero: that is the only entry.
 * One key serves every lookup of a frame, so that it lies at the bottom of
 * the stack, where the card passes it without arithmetic.
 */
static __always_inline void echo_count(enum echo_verdict v,
				       const struct echo_addr *key)
{
	struct echo_stats *stats = bpf_map_lookup_elem(&echo_stats, key);

	if (!stats)
		return;
	if (v == ECHO_REPLIED_IPV4)
		echo_bump(&stats->replied_ipv4);
	else if (v == ECHO_REPLIED_IPV6)
		echo_bump(&stats->replied_ipv6);
	else if (v == ECHO_DROPPED)
		echo_bump(&stats->dropped);
	else if (v == ECHO_NOT_OURS)
		echo_bump(&stats->not_ours);
	else if (v == ECHO_MALFORMED)
		echo_bump(&stats->malformed);
	else
		echo_bump(&stats->left_to_host);
}

/*
 * Verdict on a request for the address in @key, for which @replied would be
 * the answer.
 */
static __always_inline enum echo_verdict look_up_target(
	struct echo_addr *key, enum echo_verdict replied)
{
	struct echo_target *target = bpf_map_lookup_elem(&echo_targets, key);

	if (unlikely(!target)) {
		key->half[0] = key->half[1] = 0;
		target = bpf_map_lookup_elem(&echo_targets, key);
	}
	if (unlikely(!target))
		return ECHO_NOT_OURS;
	if (unlikely(target->action != ECHO_REPLY))
		return ECHO_DROPPED;
	return replied;
}

/* Replies are counted here, where it is known which counter: nothing has to
 * be compared again.
 */
static __always_inline enum echo_verdict answer_ipv4(ECHO_CTX *ctx,
						     const struct echo_frame *f,
						     __u32 l3,
						     struct echo_addr *key)
{
	struct iphdr *ip = f->data + l3;
	struct echo_hdr *icmp = (void *)(ip + 1);
	enum echo_verdict v = find_ipv4(ip);
	__be32 src, dst;

	if (v == ECHO_REPLIED_IPV4)
		v = judge_ipv4(f->data, ip, echo_len_from(ctx, f, icmp + 1));
	if (v != ECHO_REPLIED_IPV4)
		return v;
	src = ip->saddr;
	dst = ip->daddr;
	key->half[0] = 0;
	key->word[2] = bpf_htonl(0xffff);
	key->word[3] = dst;
	v = look_up_target(key, ECHO_REPLIED_IPV4);
	if (v == ECHO_REPLIED_IPV4) {
		echo_trace(ctx, f, v);
		turn_ipv4(f->data, ip, icmp, src, dst);
		echo_count(v, key);
	}
	return v;
}

static __always_inline enum echo_verdict answer_ipv6(ECHO_CTX *ctx,
						     struct echo_frame *f,
						     __u32 l3,
						     struct echo_addr *key)
{
	struct ipv6hdr *ip6 = f->data + l3;
	struct echo_hdr *icmp = (void *)(ip6 + 1);
	const struct echo_addr *dst;
	enum echo_verdict v;

	switch (ip6->nexthdr) {
	case IPPROTO_ICMPV6:
		break;
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		return ECHO_NOT_ECHO;
	default:
		return ECHO_LOOK_DEEPER;
	}
	if (unlikely((void *)(icmp + 1) > f->end))
		return ECHO_LOOK_DEEPER;
	v = find_ipv6(ip6);
	if (v == ECHO_REPLIED_IPV6)
		v = judge_ipv6(f->data, ip6, echo_len_from(ctx, f, icmp + 1));
	if (v != ECHO_REPLIED_IPV6)
		return v;
	dst = (void *)&ip6->daddr;
	key->half[0] = dst->half[0];
	key->half[1] = dst->half[1];
	v = look_up_target(key, ECHO_REPLIED_IPV6);
	if (v == ECHO_REPLIED_IPV6) {
		echo_trace(ctx, f, v);
		f->hop_limit = ip6->hop_limit;
		reply_ipv6(f->data, ip6, icmp);
		key->word[0] = 0;
		echo_count(v, key);
	}
	return v;
}

/*
 * Answer a frame with so many tags; ECHO_TAGGED if there is one more. One
 * check is for all of the IPv4 path, and for what others look at first.
 *
 * @tags is a constant, so that each number of tags gets its own copy of the
 * code with constant packet offsets. That is what the card's compiler wants:
 * reads at constant offsets from one pointer share one bus read (nfp jit.c,
 * packet cache), where each read at a variable offset costs one of its own.
 */
static __always_inline enum echo_verdict answer_tagged(ECHO_CTX *ctx,
						       struct echo_frame *f,
						       __u32 tags,
						       struct echo_addr *key)
{
	const struct eth_type *type = f->data + 2 * ETH_ALEN;
	__u32 l3 = ETH_HLEN + tags * sizeof(*type);

	if (unlikely(f->data + l3 + MIN_IPV4_LEN > f->end))
		return ECHO_LOOK_DEEPER;
	if (likely(type[tags].proto == bpf_htons(ETH_P_IP)))
		return answer_ipv4(ctx, f, l3, key);
	if (type[tags].proto == bpf_htons(ETH_P_IPV6))
		return answer_ipv6(ctx, f, l3, key);
	return is_vlan(type[tags].proto) ? ECHO_TAGGED : ECHO_NOT_ECHO;
}

/*
 * A verdict that many tests may lead to, set at a place of its own. Otherwise
 * clang sets it before each of the tests, as that might be the last: two
 * instructions on the card for each. For the same reason verdicts are told
 * apart by a switch: of two comparisons of one variable in a condition, clang
 * (14, BPFAdjustOpt) hides the outcome from its own optimiser.
 */
static __always_inline enum echo_verdict apart(enum echo_verdict v)
{
	asm volatile("");
	return v;
}

/*
 * Answer one frame.
 *
 * Return: the verdict, counted; one that user space knows, or ECHO_NOT_ECHO.
 * After a reply the frame is the answer, ready to leave by the port that it
 * came in by.
 */
static __always_inline enum echo_verdict echo_respond(ECHO_CTX *ctx,
						      struct echo_frame *f)
{
	struct echo_addr key;
	enum echo_verdict v;

	v = answer_tagged(ctx, f, 0, &key);
	if (v == ECHO_TAGGED)
		v = answer_tagged(ctx, f, 1, &key);
	if (v == ECHO_TAGGED && !echo_hides_tag(ctx))
		v = answer_tagged(ctx, f, 2, &key);
	switch (v) {
	case ECHO_REPLIED_IPV4:
	case ECHO_REPLIED_IPV6:
		return v;
	case ECHO_NOT_ECHO:
	case ECHO_TAGGED:
		return apart(ECHO_NOT_ECHO);
	case ECHO_LOOK_DEEPER:
		v = look_deeper(f, echo_frame_len(ctx, f),
				ECHO_MAX_TAGS - echo_hides_tag(ctx));
		if (v == ECHO_NOT_ECHO)
			return apart(ECHO_NOT_ECHO);
		break;
	case ECHO_LEFT_TO_HOST:
		v = apart(ECHO_LEFT_TO_HOST);
		break;
	case ECHO_MALFORMED:
		v = apart(ECHO_MALFORMED);
		break;
	case ECHO_NOT_OURS:
		v = apart(ECHO_NOT_OURS);
		break;
	case ECHO_DROPPED:
		v = apart(ECHO_DROPPED);
		break;
	}
	echo_trace(ctx, f, v);
	key.word[0] = 0;
	echo_count(v, &key);
	return v;
}

#endif
