/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every arithmetic and logic operation, shift, byte swap and comparison that
 * the nfp driver translates, in 32 and 64 bits, on numbers from the frame; the
 * results are written back into it.
 */
#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define WORDS 24 /* of 64 bits, read and written */

/* Keeps the compiler from knowing a value, or from choosing another way. */
#define OPAQUE(x) asm volatile("" : "+r"(x))

struct body {
	__u8 mac[14];
	__u64 word[WORDS];
} __attribute__((packed));

static __always_inline void put(struct body *body, int n, __u64 value)
{
	OPAQUE(value);
	body->word[n] = value;
}

static __always_inline void logic64(struct body *body, __u64 a, __u64 b)
{
	put(body, 2, a + b);
	put(body, 3, a - b);
	put(body, 4, (a & b) ^ (a | 0x123456789abULL));
	put(body, 5, -a + 77);
	put(body, 6, (a << 7) ^ (b >> 9) ^ ((__s64)a >> 3));
	put(body, 7, (a << 40) ^ (b >> 33) ^ ((__s64)b >> 32));
}

static __always_inline void shifts(struct body *body, __u64 a, __u64 b)
{
	/* Never 0: the driver makes a double shift by an indirect 32 of that, and
	 * what the hardware makes of it is documented nowhere.
	 */
	__u64 any = (b & 63) | 1, small = (b & 31) | 1, large = small + 32;

	OPAQUE(any);
	put(body, 8, a << any);
	put(body, 9, a >> any);
	put(body, 10, (__s64)a >> any);
	put(body, 11, (a << small) ^ (a >> small));
	put(body, 12, (a << large) ^ (a >> large) ^ ((__s64)a >> large));
}

static __always_inline void logic32(struct body *body, __u32 a, __u32 b)
{
	__u32 n = b & 31;

	OPAQUE(n);
	put(body, 13, (__u32)(a + b) ^ (__u64)(__u32)(a - b) << 32);
	put(body, 14, (__u32)(a << n) ^ (__u64)(a >> n) << 32);
	put(body, 15, (__u32)((__s32)a >> n) ^ (__u64)(a >> 5) << 32);
	put(body, 16, (__u32)-a ^ (__u64)(a & ~0xff00u) << 32);
}

/* The driver multiplies and divides what the verifier knows to have 32 bits. */
static __always_inline void products(struct body *body, __u64 a, __u64 b)
{
	__u64 wide = (__u32)a, other = (__u32)b;
	__u64 narrow = (__u16)a, small = (__u16)b;

	OPAQUE(wide);
	OPAQUE(other);
	OPAQUE(narrow);
	OPAQUE(small);
	put(body, 17, wide * other);
	put(body, 18, narrow * small);
	put(body, 19, wide * 0x10001 ^ (__u32)((__u32)wide * (__u32)other));
	put(body, 20, (wide / 10) ^ (wide / 7) << 16 ^ (other / 64) << 8);
}

static __always_inline void swaps(struct body *body, __u64 a)
{
	put(body, 21, bpf_cpu_to_be64(a));
	put(body, 22, bpf_htonl((__u32)a) ^ (__u64)bpf_htons((__u16)a) << 32);
}

/* One bit for each comparison that is true. */
#define BIT(n, condition)                    \
	do {                                 \
		if (condition)               \
			bits |= 1ULL << (n); \
		OPAQUE(bits);                \
	} while (0)

#define COMPARE(from, a, b)                   \
	do {                                  \
		BIT((from) + 0, (a) == (b));  \
		BIT((from) + 1, (a) != (b));  \
		BIT((from) + 2, (a) > (b));   \
		BIT((from) + 3, (a) >= (b));  \
		BIT((from) + 4, (a) < (b));   \
		BIT((from) + 5, (a) <= (b));  \
		BIT((from) + 6, ((a) & (b))); \
	} while (0)

static __always_inline __u64 compare(__u64 a, __u64 b)
{
	__u64 bits = 0;

	COMPARE(0, a, b);
	COMPARE(7, (__s64)a, (__s64)b);
	COMPARE(14, (__u32)a, (__u32)b);
	COMPARE(21, (__s32)a, (__s32)b);
	COMPARE(28, a, 0x7fULL);
	COMPARE(35, (__s64)b, -5LL);
	COMPARE(42, (__u32)a, 0x1234u);
	COMPARE(49, (__s32)b, -1);
	return bits;
}

SEC("xdp")
int arith(struct xdp_md *ctx)
{
	struct body *body = (void *)(long)ctx->data;
	__u64 a, b;

	if ((void *)(body + 1) > (void *)(long)ctx->data_end)
		return XDP_PASS;
	a = body->word[0];
	b = body->word[1];
	/* Numbers that are close, and small ones, are rare at random. */
	if (body->mac[0] & 1)
		b = a + (body->mac[1] & 3) - 1;
	if (body->mac[0] & 2)
		a = body->mac[2];
	logic64(body, a, b);
	shifts(body, a, b);
	logic32(body, a, b);
	products(body, a, b);
	swaps(body, a);
	put(body, 23, compare(a, b));
	return body->mac[3] & 3;
}

char _license[] SEC("license") = "GPL";
