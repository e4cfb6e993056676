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
 *	echo_hides_tag(ctx)	has a VLAN tag been taken off the frame before?
 *	echo_bump(counter)	add one to a __u64 of echo_stats
 */
#ifndef ECHO_RESPONDER_H
#define ECHO_RESPONDER_H

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
 * Verdict on a request for the address in @key, for which @replied would be
 * the answer. One key serves every lookup of a frame, so that it lies at the
 * bottom of the stack, where the card passes it without arithmetic.
 */
static __always_inline enum echo_verdict look_up_target(
	struct echo_addr *key, enum echo_verdict replied)
{
	struct echo_target *target = bpf_map_lookup_elem(&echo_targets, key);

	if (!target) {
		key->half[0] = key->half[1] = 0;
		target = bpf_map_lookup_elem(&echo_targets, key);
	}
	if (!target)
		return ECHO_NOT_OURS;
	return target->action == ECHO_REPLY ? replied : ECHO_DROPPED;
}

static __always_inline enum echo_verdict answer_ipv4(ECHO_CTX *ctx,
						     const struct echo_frame *f,
						     __u32 l3,
						     struct echo_addr *key)
{
	struct iphdr *ip = f->data + l3;
	enum echo_verdict v = find_ipv4(f, l3);

	if (v == ECHO_REPLIED_IPV4)
		v = judge_ipv4(f, l3, echo_frame_len(ctx, f));
	if (v != ECHO_REPLIED_IPV4)
		return v;
	key->half[0] = 0;
	key->word[2] = bpf_htonl(0xffff);
	key->word[3] = ip->daddr;
	v = look_up_target(key, ECHO_REPLIED_IPV4);
	if (v == ECHO_REPLIED_IPV4) {
		echo_trace(ctx, f, v);
		reply_ipv4(f->data, ip, (void *)(ip + 1));
	}
	return v;
}

static __always_inline enum echo_verdict answer_ipv6(ECHO_CTX *ctx,
						     struct echo_frame *f,
						     __u32 l3,
						     struct echo_addr *key)
{
	struct ipv6hdr *ip6 = f->data + l3;
	enum echo_verdict v = find_ipv6(f, l3);

	if (v == ECHO_REPLIED_IPV6)
		v = judge_ipv6(f, l3, echo_frame_len(ctx, f));
	if (v != ECHO_REPLIED_IPV6)
		return v;
	*key = *(struct echo_addr *)&ip6->daddr;
	v = look_up_target(key, ECHO_REPLIED_IPV6);
	if (v == ECHO_REPLIED_IPV6) {
		echo_trace(ctx, f, v);
		f->hop_limit = ip6->hop_limit;
		reply_ipv6(f->data, ip6, (void *)(ip6 + 1));
	}
	return v;
}

static __always_inline void echo_count(enum echo_verdict v,
				       struct echo_addr *key)
{
	struct echo_stats *stats;

	key->word[0] = 0; /* the only entry */
	stats = bpf_map_lookup_elem(&echo_stats, key);
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

/* Answer a frame with so many tags; ECHO_TAGGED if there is one more. */
static __always_inline enum echo_verdict answer_tagged(ECHO_CTX *ctx,
						       struct echo_frame *f,
						       __u32 tags,
						       struct echo_addr *key)
{
	const struct eth_type *type = f->data + 2 * ETH_ALEN;
	__u32 l3 = ETH_HLEN + tags * sizeof(*type);

	if (type[tags].proto == bpf_htons(ETH_P_IP))
		return answer_ipv4(ctx, f, l3, key);
	if (type[tags].proto == bpf_htons(ETH_P_IPV6))
		return answer_ipv6(ctx, f, l3, key);
	return is_vlan(type[tags].proto) ? ECHO_TAGGED : ECHO_NOT_ECHO;
}

/*
 * Answer one frame.
 *
 * Return: the verdict, counted; one that user space knows, or
 * ECHO_NOT_ECHO. After a reply the
 * frame is the answer, ready to leave by the port that it came in by.
 */
static __always_inline enum echo_verdict echo_respond(ECHO_CTX *ctx,
						      struct echo_frame *f)
{
	struct echo_addr key;
	enum echo_verdict v;

	/* Not an echo request if it ends before two tags would. */
	if (f->data + ETH_HLEN + ECHO_MAX_TAGS * sizeof(struct eth_type) >
	    f->end)
		return ECHO_NOT_ECHO;
	v = answer_tagged(ctx, f, 0, &key);
	if (v == ECHO_TAGGED)
		v = answer_tagged(ctx, f, 1, &key);
	if (v == ECHO_TAGGED && !echo_hides_tag(ctx))
		v = answer_tagged(ctx, f, 2, &key);
	if (v == ECHO_NOT_ECHO || v == ECHO_TAGGED)
		return ECHO_NOT_ECHO;
	if (v == ECHO_LOOK_DEEPER)
		v = has_echo_deeper(f) ? ECHO_LEFT_TO_HOST : ECHO_NOT_ECHO;
	if (v == ECHO_NOT_ECHO)
		return v;
	if (v != ECHO_REPLIED_IPV4 && v != ECHO_REPLIED_IPV6)
		echo_trace(ctx, f, v);
	echo_count(v, &key);
	return v;
}

#endif
