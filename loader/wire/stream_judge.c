/* SPDX-License-Identifier: GPL-2.0-only */
/* A reply, byte by byte. */
#include <string.h>

#include "wire/stream_private.h"

static const char *returned_fault(const __u8 *request, const __u8 *reply,
				  size_t len)
{
	if (memcmp(reply, request + ETH_ALEN, ETH_ALEN) ||
	    memcmp(reply + ETH_ALEN, request, ETH_ALEN))
		return "MAC addresses are not swapped";
	if (memcmp(reply + 2 * ETH_ALEN, request + 2 * ETH_ALEN,
		   len - 2 * ETH_ALEN))
		return "not what was sent";
	return NULL;
}

const char *stream_judge(const struct stream *s, __u32 number,
			 const void *reply, size_t len)
{
	__u8 request[FRAME_MAX];

	stream_build(s, number, request);
	switch (s->expect) {
	case STREAM_REPLY:
		return frame_reply_fault(request, s->len, reply, len);
	case STREAM_HOST:
		return frame_host_fault(request, s->len, reply, len);
	default:
		return len == s->len ? returned_fault(request, reply, len)
				     : "length is not the request's";
	}
}
