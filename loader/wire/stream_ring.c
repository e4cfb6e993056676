/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A packet socket with a ring of frames that the kernel sends, past the
 * queueing discipline: for every interface, and slower than the others.
 */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>

#include "wire/stream_private.h"
#include "stream_xdp.skel.h" /* of these types */

#define FRAMES	   256
#define FRAME_ROOM 16384 /* bytes, header included */
#define BLOCK_SIZE (64 * 1024)
#define BATCH	   32

struct tx_ring {
	int fd;
	__u8 *frames;
	unsigned int next;
};

static int set_up(struct tx_ring *ring, const struct stream *s)
{
	struct tpacket_req request = {
		.tp_block_size = BLOCK_SIZE,
		.tp_block_nr = FRAMES * FRAME_ROOM / BLOCK_SIZE,
		.tp_frame_size = FRAME_ROOM,
		.tp_frame_nr = FRAMES,
	};
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_ifindex = s->ifindex,
	};
	int version = TPACKET_V2, one = 1;

	if (setsockopt(ring->fd, SOL_PACKET, PACKET_VERSION, &version,
		       sizeof(version)) ||
	    setsockopt(ring->fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one,
		       sizeof(one)) ||
	    setsockopt(ring->fd, SOL_PACKET, PACKET_TX_RING, &request,
		       sizeof(request)) ||
	    bind(ring->fd, (void *)&addr, sizeof(addr)))
		return -errno;
	ring->frames = mmap(NULL, FRAMES * FRAME_ROOM, PROT_READ | PROT_WRITE,
			    MAP_SHARED, ring->fd, 0);
	return ring->frames == MAP_FAILED ? -errno : 0;
}

static struct tpacket2_hdr *slot_of(const struct tx_ring *ring, unsigned int n)
{
	return (void *)(ring->frames + n * FRAME_ROOM);
}

static void *frame_of(struct tpacket2_hdr *slot)
{
	return (__u8 *)slot + TPACKET2_HDRLEN - sizeof(struct sockaddr_ll);
}

/* Return: false where the ring is full or no request is due. */
static bool put(struct tx_ring *ring, struct stream *s)
{
	struct tpacket2_hdr *slot = slot_of(ring, ring->next);
	__u32 number;

	if (__atomic_load_n(&slot->tp_status, __ATOMIC_ACQUIRE) !=
		    TP_STATUS_AVAILABLE ||
	    !stream_next(s, &number))
		return false;
	stream_rewrite(s, number, frame_of(slot));
	slot->tp_len = s->len;
	__atomic_store_n(&slot->tp_status, TP_STATUS_SEND_REQUEST,
			 __ATOMIC_RELEASE);
	ring->next = (ring->next + 1) % FRAMES;
	return true;
}

/* Nothing but one of these is to be made up for by trying again. */
static bool is_full(int err)
{
	return err == EAGAIN || err == ENOBUFS || err == EINTR;
}

static int run_ring(struct stream *s, double rate)
{
	struct tx_ring ring = {};
	int err;

	(void)rate;
	ring.fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	err = ring.fd < 0 ? -errno : set_up(&ring, s);
	for (unsigned int i = 0; i < FRAMES && !err; i++)
		stream_build(s, 0, frame_of(slot_of(&ring, i)));
	err = err ?: stream_ready(s);
	while (!err) {
		unsigned int count = 0;

		while (count < BATCH && put(&ring, s))
			count++;
		s->skel->bss->sent += count;
		if (send(ring.fd, NULL, 0, MSG_DONTWAIT) < 0 && !is_full(errno))
			err = -errno;
	}
	return err;
}

const struct stream_sender stream_ring = {
	.name = "ring",
	.text = "packet socket ring",
	.run = run_ring,
};
