/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>

#include "wire/layout.h"
#include "wire/series.h"

/* Word at @p plus @add, with end-around carry. */
static void add_word(__u8 *p, __u16 add)
{
	put16(p, frame_sum(p, 2, add));
}

/*
 * Give the request at @frame, whose id is zero, the checksum @want by way of
 * its id. The sum of what a checksum covers is its complement, so the id has
 * to add the difference of the two complements, which is old - new.
 */
static int force_checksum(__u8 *frame, size_t len, __u16 want)
{
	struct frame_icmp icmp;
	__u8 *check;
	int err = frame_find_icmp(frame, len, &icmp);

	if (err)
		return err;
	check = frame + icmp.off + ICMP_CHECK;
	add_word(frame + icmp.off + ICMP_ID, frame_sum(check, 2, ~want));
	put16(check, want);
	return len;
}

int series_checksum(const struct frame_spec *spec, int n, void *frame,
		    size_t room)
{
	struct frame_spec one = *spec;
	int len;

	one.id = 0;
	if (n > 0xffff) {
		one.zeros = true;
		one.sequence = 0;
	}
	len = frame_build(&one, frame, room);
	return len < 0 || n > 0xffff ? len : force_checksum(frame, len, n);
}

int series_size(const struct frame_spec *spec, size_t size, void *frame,
		size_t room)
{
	size_t headers = ETH_HLEN + TAG_LEN * spec->n_tags + ECHO_LEN +
			 (spec->family == AF_INET ? IP4_LEN : IP6_LEN);
	struct frame_spec one = *spec;

	if (size < headers)
		return -EINVAL;
	one.payload = size - headers;
	return frame_build(&one, frame, room);
}
