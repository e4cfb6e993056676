/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs that a card does not take or that cost it more than they must, each
 * named for what is wrong with it. What C does not make of these is in
 * test_hw_object.c, as instructions.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 16);
} values SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 4);
} programs SEC(".maps");

/* Make the compiler believe that what @p points to is used. */
#define USE(p) asm volatile("" : : "r"(p) : "memory")

SEC("xdp")
int good(struct xdp_md *ctx)
{
	__u64 key = 0;
	__u64 *value;

	(void)ctx;
	value = bpf_map_lookup_elem(&values, &key);
	if (!value)
		return XDP_PASS;
	__sync_fetch_and_add(value, 1);
	return value[1] == 1 ? XDP_DROP : XDP_PASS;
}

SEC("xdp.frags")
int frags(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}

SEC("tc")
int wrong_type(struct __sk_buff *skb)
{
	(void)skb;
	return 0;
}

SEC("xdp")
int helper_time(struct xdp_md *ctx)
{
	(void)ctx;
	return bpf_ktime_get_ns() == 1;
}

SEC("xdp")
int helper_frame_length(struct xdp_md *ctx)
{
	return bpf_xdp_get_buff_len(ctx) == 1;
}

SEC("xdp")
int helper_random(struct xdp_md *ctx)
{
	(void)ctx;
	return bpf_get_prandom_u32() == 1;
}

SEC("xdp")
int tail_call(struct xdp_md *ctx)
{
	bpf_tail_call(ctx, &programs, 0);
	return XDP_PASS;
}

static __attribute__((noinline)) int function(int n)
{
	asm volatile("%0 += 1" : "+r"(n));
	return n;
}

SEC("xdp")
int call(struct xdp_md *ctx)
{
	(void)ctx;
	return function(1);
}

SEC("xdp")
int little_endian(struct xdp_md *ctx)
{
	__u64 n = ctx->data;

	asm volatile("%0 = le16 %0" : "+r"(n));
	return n == 1;
}

SEC("xdp")
int atomic_result(struct xdp_md *ctx)
{
	__u64 key = 0;
	__u64 *value;

	(void)ctx;
	value = bpf_map_lookup_elem(&values, &key);
	return value ? __sync_fetch_and_add(value, 1) : 0;
}

SEC("xdp")
int atomic_or(struct xdp_md *ctx)
{
	__u64 key = 0;
	__u64 *value;

	value = bpf_map_lookup_elem(&values, &key);
	if (value)
		__sync_fetch_and_or(value, ctx->data);
	return XDP_PASS;
}

SEC("xdp")
int atomic_target(struct xdp_md *ctx)
{
	__u64 n = 0;

	(void)ctx;
	__sync_fetch_and_add(&n, 1);
	USE(&n);
	return XDP_PASS;
}

SEC("xdp")
int map_store(struct xdp_md *ctx)
{
	__u64 key = 0;
	__u64 *value;

	value = bpf_map_lookup_elem(&values, &key);
	if (value)
		value[1] = ctx->data;
	return XDP_PASS;
}

SEC("xdp")
int context_field(struct xdp_md *ctx)
{
	return ctx->ingress_ifindex == 1;
}

SEC("xdp")
int context_store(struct xdp_md *ctx)
{
	ctx->rx_queue_index = 1;
	return XDP_PASS;
}

SEC("xdp")
int stack_offset(struct xdp_md *ctx)
{
	__u8 bytes[16] = {};
	__u32 i = ctx->data & 7;

	USE(bytes);
	bytes[i] = 1;
	USE(bytes);
	return XDP_PASS;
}

SEC("xdp")
int key_in_packet(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;

	if (data + 4 > (void *)(long)ctx->data_end)
		return XDP_PASS;
	return bpf_map_lookup_elem(&values, data) ? XDP_DROP : XDP_PASS;
}

SEC("xdp")
int key_unaligned(struct xdp_md *ctx)
{
	__u8 bytes[8] __attribute__((aligned(8))) = {};

	(void)ctx;
	USE(bytes);
	return bpf_map_lookup_elem(&values, bytes + 2) ? XDP_DROP : XDP_PASS;
}

SEC("xdp")
int key_above_bottom(struct xdp_md *ctx)
{
	struct {
		__u64 first;
		__u64 key;
	} both = {};

	(void)ctx;
	USE(&both);
	return bpf_map_lookup_elem(&values, &both.key) ? XDP_DROP : XDP_PASS;
}

/* Frames are multiples of eight: the bottom is four bytes below this key. */
SEC("xdp")
int key_of_four_bytes(struct xdp_md *ctx)
{
	__u32 key = 0;

	(void)ctx;
	return bpf_map_lookup_elem(&values, &key) ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
