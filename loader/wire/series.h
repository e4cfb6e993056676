/* SPDX-License-Identifier: GPL-2.0-only */
/* Echo requests in long rows: every checksum, every size. */
#ifndef WIRE_SERIES_H
#define WIRE_SERIES_H

#include "wire/frame.h"

/* Checksums of ICMPv4; the last is the request whose reply is all zero. */
#define SERIES_CHECKSUMS 65537

/* How many requests there are of a family: ICMPv6 sums addresses, too, so that
 * nothing is all zero.
 */
static inline int series_checksums(int family)
{
	return SERIES_CHECKSUMS - (family != AF_INET);
}

/**
 * series_checksum() - build the request whose checksum is @n
 * @spec: its id is not looked at, as the checksum is made by it; where
 *	  @n is 65536, all of the message but the type is zero
 *
 * Return: as frame_build().
 */
int series_checksum(const struct frame_spec *spec, int n, void *frame,
		    size_t room);

/**
 * series_size() - build the request whose frame has @size bytes
 * @spec: its payload is not looked at
 *
 * Return: @size; -EINVAL where headers alone are longer; as frame_build().
 */
int series_size(const struct frame_spec *spec, size_t size, void *frame,
		size_t room);

#endif
