/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * AF_XDP: frames in memory shared with the driver, or with the kernel where the
 * driver has no zero copy. It only sends: what comes in is not its business.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <xdp/xsk.h>

#include "wire/stream_private.h"
#include "stream_xdp.skel.h" /* of these types */

#define FRAMES	   1024
#define FRAME_ROOM XSK_UMEM__DEFAULT_FRAME_SIZE
#define BATCH	   64

/* As many frames for what comes in: where the driver has no copy to make, the
 * whole queue receives into this memory, and nothing where there is none. The
 * program that judges runs on these, too, and what it drops is free again.
 */
#define AREA (2 * FRAMES * FRAME_ROOM)

/* A queue that an earlier sender had is free some time after its process has
 * ended.
 */
#define BIND_TRIES   200
#define BIND_WAIT_US 5000

struct xsk {
	__u8 *area;
	struct xsk_umem *umem;
	struct xsk_socket *socket;
	struct xsk_ring_prod fill, tx;
	struct xsk_ring_cons done;
	unsigned int next; /* frames are sent and given back in order */
	unsigned int under_way;
};

static void fill(struct xsk *x)
{
	__u32 at;

	if (xsk_ring_prod__reserve(&x->fill, FRAMES, &at) != FRAMES)
		return;
	for (__u32 i = 0; i < FRAMES; i++)
		*xsk_ring_prod__fill_addr(&x->fill, at + i) =
			(__u64)(FRAMES + i) * FRAME_ROOM;
	xsk_ring_prod__submit(&x->fill, FRAMES);
}

static int set_up(struct xsk *x, const struct stream *s)
{
	struct xsk_umem_config umem = {
		.fill_size = FRAMES,
		.comp_size = FRAMES,
		.frame_size = FRAME_ROOM,
	};
	struct xsk_socket_config config = {
		.tx_size = FRAMES,
		.libxdp_flags = XSK_LIBXDP_FLAGS__INHIBIT_PROG_LOAD,
	};
	int err;

	if (s->len > FRAME_ROOM)
		return -EMSGSIZE;
	x->area = mmap(NULL, AREA, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (x->area == MAP_FAILED)
		return -errno;
	for (unsigned int i = 0; i < FRAMES; i++)
		stream_build(s, 0, x->area + i * FRAME_ROOM);
	err = xsk_umem__create(&x->umem, x->area, AREA, &x->fill, &x->done,
			       &umem);
	if (err)
		return err;
	fill(x);
	return xsk_socket__create(&x->socket, s->ifname, 0, x->umem, NULL,
				  &x->tx, &config);
}

static int set_up_in_time(struct xsk *x, const struct stream *s)
{
	int err = set_up(x, s);

	for (int i = 0; err == -EBUSY && i < BIND_TRIES; i++) {
		xsk_umem__delete(x->umem);
		munmap(x->area, AREA);
		usleep(BIND_WAIT_US);
		err = set_up(x, s);
	}
	return err;
}

/* Return: how many frames have left since the last call. What the kernel has
 * taken from the ring may be more, and it tells of that late.
 */
static unsigned int reap(struct xsk *x)
{
	__u32 at;
	unsigned int count = xsk_ring_cons__peek(&x->done, FRAMES, &at);

	xsk_ring_cons__release(&x->done, count);
	x->under_way -= count;
	return count;
}

static void put(struct xsk *x, struct stream *s)
{
	unsigned int count = 0;
	__u32 number, at;

	while (count < BATCH && x->under_way < FRAMES &&
	       xsk_ring_prod__reserve(&x->tx, 1, &at) == 1) {
		struct xdp_desc *desc = xsk_ring_prod__tx_desc(&x->tx, at);

		if (!stream_next(s, &number)) {
			x->tx.cached_prod--; /* not used after all */
			break;
		}
		desc->addr = (__u64)x->next * FRAME_ROOM;
		desc->len = s->len;
		stream_rewrite(s, number, x->area + desc->addr);
		x->next = (x->next + 1) % FRAMES;
		x->under_way++;
		count++;
	}
	xsk_ring_prod__submit(&x->tx, count);
}

static bool is_full(int err)
{
	return err == EAGAIN || err == EBUSY || err == ENOBUFS || err == EINTR;
}

static int run_xsk(struct stream *s, double rate)
{
	struct xsk *x = calloc(1, sizeof(*x));
	int err = x ? set_up_in_time(x, s) : -ENOMEM;

	(void)rate;
	err = err ?: stream_ready(s);
	while (!err) {
		put(x, s);
		if (x->under_way &&
		    sendto(xsk_socket__fd(x->socket), NULL, 0, MSG_DONTWAIT,
			   NULL, 0) < 0 &&
		    !is_full(errno))
			err = -errno;
		s->skel->bss->sent += reap(x);
	}
	return err; /* the process ends, and all of it */
}

const struct stream_sender stream_xsk = {
	.name = "xsk",
	.text = "AF_XDP",
	.run = run_xsk,
};
