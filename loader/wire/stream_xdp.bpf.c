/* SPDX-License-Identifier: GPL-2.0-only */
/* At the port of a stream: makes its requests, and judges what comes back. */
#include <stdbool.h>
#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "stream_shared.h"

/* Of 1500 bytes each there is room for the samples of 0.1 s at 20 million
 * frames a second.
 */
#define SAMPLES_BYTES (1 << 22)

/* Read-only, so that the verifier knows them. */
const volatile __u32 targets = 1;
const volatile __u32 icmp_off = 34; /* of the ICMP header, in every frame */
const volatile __u32 frame_len = STREAM_HEAD;
const volatile __u32 sample_mask = 1023; /* numbers of which all bits are 0 */
const volatile struct stream_head heads[STREAM_TARGETS_MAX];

/* Written by user space while the programs run. */
struct stream_reply replies[STREAM_TARGETS_MAX];
__u64 gap_ns;	 /* from one request to the next; 0: none */
bool with_times; /* round-trip times are taken */
bool stopping;	 /* nothing more is due */

/* The sender's, of which there is one at a time. */
__u32 next_number;
__u64 next_ns;
__u64 sent;
bool ready; /* all is set up, and what is due is sent */

/* Of all receiving CPUs; a little late on another one does no harm. */
__u32 newest;

struct stream_slot slots[STREAM_SLOTS];

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct stream_tally);
} tallies SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, SAMPLES_BYTES);
} samples SEC(".maps");

/* Is it time for the next request? */
static __always_inline bool is_due(void)
{
	__u64 now;

	if (stopping)
		return false;
	if (!gap_ns)
		return true;
	now = bpf_ktime_get_ns();
	if (now < next_ns)
		return false;
	if (now - next_ns > STREAM_LATE_NS)
		next_ns = now;
	next_ns += gap_ns;
	return true;
}

/* RFC 1071; in the order in which the words lie in memory. */
static __always_inline __u16 checksum(__u32 sum, __u32 id_sequence)
{
	sum += (id_sequence & 0xffff) + (id_sequence >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static __always_inline __u32 id_sequence_of(__u32 number)
{
	return bpf_htonl(number);
}

static __always_inline void write_request(__u8 *frame, __u32 number)
{
	const volatile struct stream_head *head =
		&heads[number % targets % STREAM_TARGETS_MAX];
	__u32 id_sequence = id_sequence_of(number);
	__u64 *word = (void *)frame;

	for (int i = 0; i < STREAM_WORDS; i++)
		word[i] = head->word[i];
	*(__u16 *)(frame + icmp_off + 2) = checksum(head->sum, id_sequence);
	*(__u32 *)(frame + icmp_off + 4) = id_sequence;
}

/*
 * Run on live frames, which go out of the interface that they seem to have come
 * in by. A frame that is used again has the headers that were written into it
 * last time, so they are written anew.
 */
SEC("xdp")
int stream_send(struct xdp_md *ctx)
{
	__u8 *frame = (void *)(long)ctx->data;
	__u32 number = next_number;

	if (frame + STREAM_HEAD > (__u8 *)(long)ctx->data_end || !is_due())
		return XDP_DROP;
	write_request(frame, number);
	if (with_times)
		slots[number % STREAM_SLOTS].sent_ns = bpf_ktime_get_ns();
	next_number = number + 1;
	sent++;
	return XDP_TX;
}

/* Steps of a power of two; times below one step are one for each ns. */
static __always_inline __u32 bucket_of(__u64 ns)
{
	__u32 shift = 0;

	for (int bits = 16; bits; bits >>= 1)
		if (ns >> shift >> bits >= STREAM_STEPS)
			shift += bits;
	if (ns < STREAM_STEPS)
		return ns;
	return (shift + 1) * STREAM_STEPS + (ns >> shift) % STREAM_STEPS;
}

static __always_inline void take_time(struct stream_tally *tally,
				      const struct stream_slot *slot)
{
	__u32 bucket;

	if (!with_times || !slot->sent_ns)
		return;
	bucket = bucket_of(bpf_ktime_get_ns() - slot->sent_ns);
	if (bucket >= STREAM_BUCKETS)
		bucket = STREAM_BUCKETS - 1;
	tally->bucket[bucket]++;
}

static __always_inline void take_right(struct stream_tally *tally, __u32 number)
{
	struct stream_slot *slot = &slots[number % STREAM_SLOTS];

	if (slot->seen == number + 1) {
		tally->duplicated++;
		return;
	}
	slot->seen = number + 1;
	tally->right++;
	if ((__s32)(number - newest) < 0)
		tally->reordered++;
	else
		newest = number;
	take_time(tally, slot);
}

/* Of up to @room bytes, which must be a constant. */
static __always_inline void copy_sample(struct xdp_md *ctx, __u32 number,
					__u64 len, __u64 room)
{
	struct stream_sample *sample;

	/* Frames are never shorter; the verifier has to see both ends, and that
	 * of 6.1 does not see them in one comparison.
	 */
	if (len < STREAM_HEAD)
		return;
	barrier_var(len);
	if (len > room)
		return;
	sample = bpf_ringbuf_reserve(&samples, sizeof(*sample) + room, 0);
	if (!sample)
		return;
	sample->number = number;
	sample->len = len;
	if (bpf_xdp_load_bytes(ctx, 0, sample->frame, len))
		bpf_ringbuf_discard(sample, 0);
	else
		bpf_ringbuf_submit(sample, 0);
}

/* What is right leaves room for what is not. */
static __always_inline void take_sample(struct xdp_md *ctx, __u32 number,
					__u64 len, bool right)
{
	if (right && bpf_ringbuf_query(&samples, BPF_RB_AVAIL_DATA) >
			     SAMPLES_BYTES / 4 * 3)
		return;
	if (len <= STREAM_SAMPLE_SHORT)
		copy_sample(ctx, number, len, STREAM_SAMPLE_SHORT);
	else if (len <= STREAM_SAMPLE_USUAL)
		copy_sample(ctx, number, len, STREAM_SAMPLE_USUAL);
	else
		copy_sample(ctx, number, len, STREAM_SAMPLE_ROOM);
}

static __always_inline bool is_ours(const __u64 *word,
				    const struct stream_reply *reply)
{
	__u64 differ = 0;

	for (int i = 0; i < STREAM_WORDS; i++)
		differ |= (word[i] ^ reply->word[i]) & reply->own[i];
	return !differ;
}

/* Where the sum is not of zeros alone, zero has two forms, and both verify. */
static __always_inline bool is_checksum(__u16 got, __u16 want)
{
	return got == want || (!want && got == 0xffff);
}

static __always_inline bool is_right(const __u8 *frame,
				     const struct stream_reply *reply)
{
	__u32 id_sequence = *(__u32 *)(frame + icmp_off + 4);
	const __u64 *word = (void *)frame;
	__u64 differ = 0;

	for (int i = 0; i < STREAM_WORDS; i++)
		differ |= (word[i] ^ reply->word[i]) & reply->all[i];
	return !differ && is_checksum(*(__u16 *)(frame + icmp_off + 2),
				      checksum(reply->sum, id_sequence));
}

SEC("xdp.frags")
int stream_receive(struct xdp_md *ctx)
{
	__u8 *frame = (void *)(long)ctx->data;
	struct stream_tally *tally;
	struct stream_reply *reply;
	__u32 number, zero = 0;
	__u64 len;
	bool right;

	if (frame + STREAM_HEAD > (__u8 *)(long)ctx->data_end)
		return XDP_PASS;
	number = bpf_ntohl(*(__u32 *)(frame + icmp_off + 4));
	reply = &replies[number % targets % STREAM_TARGETS_MAX];
	if (!is_ours((void *)frame, reply))
		return XDP_PASS;
	tally = bpf_map_lookup_elem(&tallies, &zero);
	if (!tally)
		return XDP_PASS;
	len = bpf_xdp_get_buff_len(ctx);
	right = len == frame_len && is_right(frame, reply);
	if (right)
		take_right(tally, number);
	else
		tally->wrong++;
	if (!(number & sample_mask) || (!right && tally->wrong <= 4))
		take_sample(ctx, number, len, right);
	return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
