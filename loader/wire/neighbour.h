/* SPDX-License-Identifier: GPL-2.0-only */
/* ARP and neighbour discovery on a raw port: who has an address, and saying so
 * for an address of one's own. Addresses are IPv4 as ::ffff:a.b.c.d.
 */
#ifndef WIRE_NEIGHBOUR_H
#define WIRE_NEIGHBOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/if_ether.h>
#include <linux/types.h>
#include <netinet/in.h>

#include "wire/port.h"

#define NEIGHBOUR_FRAME_MAX 96

/* A question, or the answer to one. */
struct neighbour {
	int family;
	struct in6_addr wanted;	   /* whose MAC it is about */
	struct in6_addr asker;	   /* unspecified: looks for duplicates */
	__u8 asker_mac[ETH_ALEN];  /* of a question */
	__u8 wanted_mac[ETH_ALEN]; /* of an answer */
};

/* Both write a frame of NEIGHBOUR_FRAME_MAX bytes at most. Return: its
 * length.
 */
int neighbour_question(const struct neighbour *n, __u8 *frame);
int neighbour_answer(const struct neighbour *n, __u8 *frame);

/* What a frame asks, or answers. Return: is it such a frame? */
bool neighbour_is_question(const void *frame, size_t len,
			   struct neighbour *out);
bool neighbour_is_answer(const void *frame, size_t len, struct neighbour *out);

/**
 * neighbour_ask() - ask for the MAC address of n->wanted, several times
 * @n:		family, wanted, asker and asker_mac are given; wanted_mac is
 *		filled on success
 * @wait_ms:	for an answer, each time
 *
 * Return: 0, -ETIMEDOUT, or the error of the port.
 */
int neighbour_ask(struct wire_port *port, struct neighbour *n, int tries,
		  int wait_ms);

#endif
