/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the packet programs and user space share: the layout of the maps and of
 * a trace record. Every variant uses the same names, so that a responder is
 * recognised by its maps, whoever loaded it and in whatever mode.
 */
#ifndef ECHO_H
#define ECHO_H

#include <linux/types.h>

/* Map names, as the kernel reports them. */
#define ECHO_TARGETS_MAP "echo_targets"
#define ECHO_STATS_MAP	 "echo_stats"
#define ECHO_EVENTS_MAP	 "echo_events"

/* Room in echo_targets; the loader makes it larger when it must. */
#define ECHO_MAX_TARGETS 1024

/* Bytes of the frame that follow a trace record: two VLAN tags, the longest
 * IPv4 header and an ICMP header are 14 + 8 + 60 + 8 = 90.
 */
#define ECHO_TRACE_BYTES 96

/*
 * What became of an echo request, in the order of struct echo_stats. The
 * order of the tests that decide is the same: the first that applies counts.
 */
enum echo_verdict {
	ECHO_LEFT_TO_HOST, /* passed: not one for the program to answer */
	ECHO_MALFORMED,	   /* passed: lengths do not fit frame or headers */
	ECHO_NOT_OURS,	   /* passed: the destination is not a target */
	ECHO_DROPPED,	   /* dropped: the target's action says so */
	ECHO_REPLIED_IPV4, /* answered out of the port that it came in by */
	ECHO_REPLIED_IPV6,
	ECHO_VERDICTS,

	/* Not an echo request: passed, and nothing counted. */
	ECHO_NOT_ECHO = ECHO_VERDICTS,
	/* Inside the program only: a tag comes first; or something that is
	 * not answered in any case, and may be an echo request.
	 */
	ECHO_TAGGED,
	ECHO_LOOK_DEEPER,
};

/*
 * Value of echo_stats, one entry: packets by verdict, host byte order.
 * 48 bytes; a value on the card is 56 at most (nic-firmware, hashmap.uc).
 */
struct echo_stats {
	__u64 left_to_host;
	__u64 malformed;
	__u64 not_ours;
	__u64 dropped;
	__u64 replied_ipv4;
	__u64 replied_ipv6;
};

/*
 * Key of echo_targets: an address in network order, IPv4 as ::ffff:a.b.c.d.
 * All zero stands for any unicast address; it is looked up only where the
 * exact address is missing.
 */
struct echo_addr {
	union {
		__be32 word[4];
		__be64 half[2];
	};
};

enum echo_action {
	ECHO_REPLY,
	ECHO_DROP,
};

/* Value of echo_targets. */
struct echo_target {
	__u32 action; /* enum echo_action */
	__u32 reserved;
};

/*
 * A record in echo_events, from the tracing builds only: one for each echo
 * request, sent before the frame is rewritten. The first bytes of the frame
 * follow it, frame_len of them or ECHO_TRACE_BYTES, whichever is less.
 */
struct echo_event {
	__u32 verdict;	   /* enum echo_verdict */
	__u32 frame_len;   /* bytes, from the Ethernet header on */
	__u32 hidden_tags; /* VLAN tags that were taken off it before */
	__u32 reserved;
};

#endif
