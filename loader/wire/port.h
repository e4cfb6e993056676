/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A raw port: whole Ethernet frames out of and into one interface, VLAN tags
 * included, as they are on the wire.
 */
#ifndef WIRE_PORT_H
#define WIRE_PORT_H

#include <stddef.h>
#include <linux/if_ether.h>
#include <linux/types.h>

/* Frames that one call sends or receives at most. */
#define WIRE_BATCH 64

/* Room for one received frame: an MTU of 9000 with both tags, and more. */
#define WIRE_FRAME_MAX 16384

/* A frame in somebody else's memory. */
struct wire_buf {
	const void *data;
	size_t len; /* bytes, from the Ethernet header on */
};

struct wire_port;

/**
 * wire_port_open() - a port on @ifname, in this network namespace
 * @port:   filled on success; closed with wire_port_close()
 * @ifname: interface, which must be up for frames to pass
 *
 * What this host sends out of the interface is not received. Frames wait in
 * the kernel in up to 32 MiB; needs CAP_NET_RAW, and CAP_NET_ADMIN for the
 * room.
 *
 * Return: 0, or -errno: -ENODEV without such an interface, -EPERM.
 */
int wire_port_open(struct wire_port **port, const char *ifname);

/* NULL is nothing to close. */
void wire_port_close(struct wire_port *port);

/* The interface's own address, ETH_ALEN bytes, read when it was opened. */
const __u8 *wire_port_mac(const struct wire_port *port);

/**
 * wire_port_take_all() - receive what is for other MAC addresses, too
 *
 * The interface is promiscuous until the port is closed, in whatever way.
 *
 * Return: 0 or -errno.
 */
int wire_port_take_all(struct wire_port *port);

/**
 * wire_port_only_from() - receive from now on only what @mac sent
 *
 * Drops what already waits, too, so that a reply to an earlier question
 * cannot be taken for one to the next.
 *
 * Return: 0 or -errno.
 */
int wire_port_only_from(struct wire_port *port, const __u8 mac[ETH_ALEN]);

/**
 * wire_port_send() - send frames, tags inline, in order
 * @frames: first frame
 * @count:  how many; more than WIRE_BATCH are sent in several batches
 *
 * Return: 0 when all were handed to the interface, otherwise -errno: -EMSGSIZE
 * for a frame that is longer than the MTU allows, -ENETDOWN.
 */
int wire_port_send(struct wire_port *port, const struct wire_buf *frames,
		   unsigned int count);

/**
 * wire_port_recv() - take the frames that have come
 * @frames:	filled; the memory is the port's, and good until the next call
 * @max:	room in @frames; no more than WIRE_BATCH are taken
 * @timeout_ms: wait so long for the first; 0 looks only, -1 waits for ever
 *
 * A tag that the kernel took off is put back where it was.
 * A frame longer than WIRE_FRAME_MAX is cut there.
 *
 * Return: the number of frames, 0 when time is up, or -errno.
 */
int wire_port_recv(struct wire_port *port, struct wire_buf *frames,
		   unsigned int max, int timeout_ms);

/**
 * wire_port_lost() - frames that came and found no room, since the last call
 *
 * Return: the number, or -errno.
 */
long wire_port_lost(struct wire_port *port);

#endif
