/* SPDX-License-Identifier: GPL-2.0-only */
/* What the programs at a stream's port share with who has put them there. */
#ifndef WIRE_STREAM_SHARED_H
#define WIRE_STREAM_SHARED_H

#include <linux/types.h>

/* Of a frame's first bytes, in words of 8: the headers, up to ICMPv6's. */
#define STREAM_WORDS 8
#define STREAM_HEAD  (8 * STREAM_WORDS) /* bytes, and the shortest frame */

#define STREAM_TARGETS_MAX 64

/* Numbers that are told apart: what comes so many requests late is taken for a
 * later one. A power of two.
 */
#define STREAM_SLOTS 65536

/* Round-trip times, in steps of 1/32 of a power of two nanoseconds. */
#define STREAM_STEP_BITS 5
#define STREAM_STEPS	 (1 << STREAM_STEP_BITS)
#define STREAM_OCTAVES	 33 /* the longest time is 2^37 ns */
#define STREAM_BUCKETS	 (STREAM_STEPS * STREAM_OCTAVES)

/* A sender that is behind by more, as another process ran, does not make up for
 * it.
 */
#define STREAM_LATE_NS 1000000

/* Bytes of frames, by which samples take room. */
#define STREAM_SAMPLE_SHORT 128
#define STREAM_SAMPLE_USUAL 1536
#define STREAM_SAMPLE_ROOM  9216 /* the longest */

/* How a request to one target begins, with id and sequence 0. */
struct stream_head {
	__u64 word[STREAM_WORDS];
	__u32 sum; /* of what its ICMP checksum covers, as it lies in memory */
};

/* How a reply from one target begins. Where a bit of @own differs, it is no
 * reply of ours; where one of @all does, it is a wrong one.
 */
struct stream_reply {
	__u64 word[STREAM_WORDS];
	__u64 all[STREAM_WORDS];
	__u64 own[STREAM_WORDS];
	__u32 sum;
};

/* About one number. */
struct stream_slot {
	__u64 sent_ns; /* CLOCK_MONOTONIC; 0: not taken */
	__u32 seen;    /* number of the last one answered, + 1 */
	__u32 unused;
};

struct stream_tally {
	__u64 right;
	__u64 wrong;
	__u64 duplicated;
	__u64 reordered;
	__u64 bucket[STREAM_BUCKETS];
};

struct stream_sample {
	__u32 number;
	__u32 len; /* bytes of frame */
	__u8 frame[];
};

#endif
