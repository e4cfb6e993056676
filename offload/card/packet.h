/* SPDX-License-Identifier: GPL-2.0-only */
/* The frame as a program has it: the beginning in a CTM buffer, and a packet
 * vector in local memory that says where and how long it is.
 */
#ifndef CARD_PACKET_H
#define CARD_PACKET_H

#include <stdbool.h>
#include <stdint.h>

#include "card/me.h"
#include "card/program.h"

struct packet {
	const struct profile *profile;
	struct program_frame *frame;
	uint32_t visible; /* bytes of it that are in the buffer */
	uint8_t ctm[PROGRAM_BUFFER];
};

/* Put the beginning of a frame and its vector in place.
 *
 * Return: NULL, or why a card would never see such a frame.
 */
const char *packet_enter(struct packet *packet, struct me *me,
			 struct program_frame *frame,
			 const struct profile *profile);

/* After the program: what it made of the frame.
 *
 * Return: NULL; or what no card would go on with, the frame as it was.
 */
const char *packet_leave(struct packet *packet, const struct me *me);

/* The first @len bytes of the frame as it is at the moment, NULL if it has less
 * or is out of its buffer.
 */
const uint8_t *packet_now(struct packet *packet, const struct me *me,
			  uint32_t len);

/* struct me_ops, space ME_CTM. Reads may run past the end of a frame, into what
 * an older one left there: the driver's code fetches up to 64 bytes, and later
 * checks the length (nfp driver, jit.c nfp_bpf_opt_pkt_cache()). Of these bytes
 * the visible ones are defined.
 */
const char *packet_read(const struct packet *packet, const struct me *me,
			uint64_t addr, void *data, uint32_t len,
			uint32_t *defined);
const char *packet_write(struct packet *packet, const struct me *me,
			 uint64_t addr, const void *data, uint32_t len);

#endif
