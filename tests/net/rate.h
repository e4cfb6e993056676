/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RATE_H
#define RATE_H

#include <linux/types.h>

/* 64 bytes on the wire with the frame check sequence, as in every such test. */
#define RATE_FRAME_WORDS 15
#define RATE_ICMP_TYPE	 34 /* offset, without tags and options */

struct rate_frame {
	__u32 word[RATE_FRAME_WORDS];
};

struct rate_count {
	__u64 replies;	/* ICMP type 0 */
	__u64 returned; /* anything else that came back */
};

#endif
