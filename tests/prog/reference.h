/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a responder has to do, said a second time and in another way: as rules
 * in their order, with checksums as sums modulo 0xffff over all that they
 * cover. It shares types with the packet programs, and no code.
 */
#ifndef PROG_REFERENCE_H
#define PROG_REFERENCE_H

#include <stddef.h>
#include <linux/types.h>
#include <netinet/in.h>

#include "echo.h"

struct reference_target {
	struct in6_addr addr; /* as the key of echo_targets; :: is any */
	__u32 action;	      /* enum echo_action */
};

/* What the reference can be told to forget, to prove that it is noticed. */
enum reference_part {
	PART_NONE,
	PART_TAG_LIMIT,
	PART_VERSION,
	PART_CODE,
	PART_FRAGMENT_OFFSET,
	PART_CHAIN_LIMIT,
	PART_CHAIN_BYTES,
	PART_HIDDEN,
	PART_GROUP_MAC,
	PART_SPECIAL_ADDRESS,
	PART_SAME_ADDRESS,
	PART_LENGTHS,
	PART_TARGET,
	PART_ANY_TARGET,
	PART_DROP,
	PART_SWAP_MACS,
	PART_SWAP_ADDRESSES,
	PART_TTL,
	PART_TYPE,
	PART_IP_CHECKSUM,
	PART_ICMP_CHECKSUM,
	PARTS,
};

struct reference {
	const struct reference_target *targets;
	size_t n_targets;
	enum reference_part without;
};

/**
 * reference_answer() - the verdict on a frame, and the reply to it
 * @frame: @len bytes; replaced by the reply where the verdict is one
 * @seen:  bytes in the first of its buffers, where programs find headers
 *
 * Return: never ECHO_LOOK_DEEPER.
 */
enum echo_verdict reference_answer(const struct reference *ref, __u8 *frame,
				   size_t len, size_t seen);

#endif
