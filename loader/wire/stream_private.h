/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files stream_*.c share. */
#ifndef WIRE_STREAM_PRIVATE_H
#define WIRE_STREAM_PRIVATE_H

#include <net/if.h>
#include <sys/types.h>

#include "wire/stream.h"
#include "wire/stream_shared.h"

struct stream_xdp;
struct ring_buffer;

/* One way to send. */
struct stream_sender {
	const char *name;
	const char *text;

	/* Send in a process of its own, at stream_send()'s pace where @rate is
	 * not 0, once stream_ready(), until it is killed. Return: only on
	 * failure, -errno.
	 */
	int (*run)(struct stream *s, double rate);
};

struct stream {
	char ifname[IF_NAMESIZE];
	int ifindex;
	int cpu;
	struct frame_spec request;
	struct in6_addr targets[STREAM_TARGETS_MAX];
	unsigned int n_targets;
	size_t len; /* bytes of each frame */
	enum stream_expect expect;

	struct stream_xdp *skel;
	int link; /* of the program that judges; -1: none */
	const char *mode;
	const struct stream_sender *sender;
	pid_t child; /* that sends; 0: none */

	__u64 sent_before; /* the program's count at the last clear */
	struct ring_buffer *samples;
	__u64 sampled;
	__u64 sampled_wrong;
	char fault[160];
};

extern const struct stream_sender stream_live, stream_xsk, stream_ring;

/* Request @number, into @frame of s->len bytes. */
void stream_build(const struct stream *s, __u32 number, void *frame);

/* Make request @number of a frame that was another one before. */
void stream_rewrite(const struct stream *s, __u32 number, void *frame);

/* Fill in the programs' read-only data, before they are loaded. Return: 0, or
 * -EINVAL where the stream's frames have no room for its headers.
 */
int stream_heads_init(struct stream *s);

/* What replies must look like, by s->expect. */
void stream_heads_expect(struct stream *s);

/* Judge one sample. Return: NULL, or what is wrong with it. */
const char *stream_judge(const struct stream *s, __u32 number,
			 const void *reply, size_t len);

/* Wait for the port's link, for 10 seconds. Return: 0, -EINTR as nap_for(),
 * -ENETDOWN, -ENODEV, or another -errno.
 */
int stream_await_link(const struct stream *s);

/* For senders: all is set up. Waits for the link. Return: 0 or -errno. */
int stream_ready(struct stream *s);

/* Can this sender do it? Sends some frames to find out. Return: bool; -ENODEV,
 * -ENETDOWN or -EINTR where no sender can.
 */
int stream_works(struct stream *s, const struct stream_sender *sender);

/* For senders in user space: is the next request due? Then its number is taken
 * and its time written down.
 */
bool stream_next(struct stream *s, __u32 *number);

#endif
