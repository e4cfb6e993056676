/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every way to reach memory that the nfp driver translates: loads and stores
 * of each width at odd places of the frame, copies in runs, the stack near and
 * far, at places that change, calls that save registers, loops, values of maps
 * and additions to them.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define BYTES 160

#define OPAQUE(x) asm volatile("" : "+r"(x))

struct value {
	__u64 a;
	__u32 b;
	__u16 c;
	__u8 d, e;
	__u64 f;
};

/* Two words of 64 bits: the card's counters are told by their type. */
struct counts {
	__u64 one, many;
	__u32 half[2];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 512);
	__type(key, __u32);
	__type(value, struct value);
} table SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct counts);
} counts SEC(".maps");

static __noinline __u64 mix(__u64 a, __u64 b, __u64 c, __u64 d)
{
	__u64 keep[12];

	for (int i = 0; i < 12; i++) {
		keep[i] = a + b * 0 + c - d + i;
		a ^= d << 1;
		d += keep[i];
		OPAQUE(a);
	}
	OPAQUE(d);
	return keep[1] ^ keep[11] ^ a ^ d;
}

static __always_inline void widths(__u8 *p)
{
	*(__u64 *)(p + 65) = *(__u64 *)(p + 17) ^ *(__u8 *)(p + 3);
	*(__u32 *)(p + 75) = *(__u32 *)(p + 26) + *(__u16 *)(p + 31);
	*(__u16 *)(p + 81) = *(__u16 *)(p + 33) ^ *(__u16 *)(p + 38);
	*(__u8 *)(p + 85) = *(__u8 *)(p + 39) + *(__u8 *)(p + 40);
	*(__u16 *)(p + 87) = *(__u32 *)(p + 44);
}

static __always_inline void runs(__u8 *p)
{
	__builtin_memcpy(p + 88, p + 16, 24);
	__builtin_memcpy(p + 113, p + 41, 13);
	__builtin_memcpy(p + 126, p + 2, 6);
}

/* Slots at the bottom of the frame, and beyond its first 64 bytes. */
static __always_inline void stack(__u8 *p)
{
	__u64 slot[20];

	for (int i = 0; i < 20; i++) {
		slot[i] = *(__u64 *)(p + i) + i;
		OPAQUE(slot[i]);
	}
	((__u8 *)slot)[5] = p[7];
	((__u16 *)slot)[70] = p[8];
	asm volatile("" ::: "memory");
	*(__u64 *)(p + 132) = slot[0] ^ slot[7] ^ slot[8] ^ slot[17];
	*(__u32 *)(p + 140) = ((__u32 *)slot)[3] ^ ((__u32 *)slot)[31];
	p[144] = ((__u8 *)slot)[9] ^ ((__u8 *)slot)[141];
}

static __always_inline void look_up(__u8 *p)
{
	__u32 key = p[1];
	struct value *v = bpf_map_lookup_elem(&table, &key);

	if (!v)
		return;
	*(__u64 *)(p + 145) = v->a ^ v->f;
	*(__u32 *)(p + 153) = v->b + v->c + v->d + v->e;
}

static __always_inline void add(const __u8 *p)
{
	__u32 key = p[4] & 7; /* half of them are not there */
	struct counts *c = bpf_map_lookup_elem(&counts, &key);

	if (!c)
		return;
	__sync_fetch_and_add(&c->one, 1);
	__sync_fetch_and_add(&c->many, *(__u64 *)(p + 20));
	__sync_fetch_and_add(&c->half[1], *(__u16 *)(p + 20));
	__sync_fetch_and_add(&c->half[0], 0x12345);
}

SEC("xdp")
int memory(struct xdp_md *ctx)
{
	__u8 *p = (void *)(long)ctx->data;
	__u64 sum;

	if (p + BYTES > (__u8 *)(long)ctx->data_end)
		return XDP_DROP;
	stack(p);
	widths(p);
	runs(p);
	look_up(p);
	add(p);
	sum = mix(*(__u64 *)p, *(__u32 *)(p + 8), p[12], p[13]);
	sum ^= mix(sum, 3, *(__u16 *)(p + 14), 5);
	*(__u32 *)(p + 156) = sum ^ sum >> 32;
	return p[0] & 3;
}

char _license[] SEC("license") = "GPL";
