/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "card/packet.h"

/* The packet vector: words at byte offsets of local memory pointer 1 (nfp
 * driver, bpf/main.h enum pkt_vec; which bits: jit.c nfp_intro(), adjust_head()
 * and nfp_queue_select()). Its other bits are the firmware's own: filled with
 * something that a program must leave alone.
 */
#define VECTOR	      0x800
#define VECTOR_LEN    (VECTOR + 0 * 4) /* bits 0..13 */
#define VECTOR_PTR    (VECTOR + 2 * 4) /* bits 0..15: offset in the buffer */
#define VECTOR_CHOSEN (VECTOR + 4 * 4) /* bit 4 */
#define VECTOR_QUEUE  (VECTOR + 6 * 4) /* bits 0..7 */

#define LEN_BITS     0x3fffU
#define PTR_BITS     0xffffU
#define CHOSEN_BIT   0x10U
#define QUEUE_BITS   0xffU
#define LEN_OTHERS   0x84154000U
#define PTR_OTHERS   0x80050000U /* CTM, buffer 5 */
#define QUEUE_OTHERS 0x5a5a5a00U

/* What another frame left before this one, where a program may put its head. */
#define STALE 0xa5

struct place {
	uint32_t offset, len;
};

const char *packet_enter(struct packet *packet, struct me *me,
			 struct program_frame *frame,
			 const struct profile *profile)
{
	uint32_t window = profile->packet_window;

	if (frame->len > LEN_BITS)
		return "the frame is longer than a packet vector can say";
	if (window > PROGRAM_BUFFER - PROGRAM_HEADROOM)
		window = PROGRAM_BUFFER - PROGRAM_HEADROOM;
	packet->profile = profile;
	packet->frame = frame;
	packet->visible = frame->len < window ? frame->len : window;
	memset(packet->ctm, STALE, PROGRAM_HEADROOM);
	memcpy(packet->ctm + PROGRAM_HEADROOM, frame->data + frame->offset,
	       packet->visible);

	me_lmem_set_word(me, VECTOR_LEN, LEN_OTHERS | frame->len);
	me_lmem_set_word(me, VECTOR_PTR, PTR_OTHERS | PROGRAM_HEADROOM);
	me_lmem_set_word(me, VECTOR_CHOSEN, QUEUE_OTHERS);
	me_lmem_set_word(me, VECTOR_QUEUE, QUEUE_OTHERS);
	me_set_lm_addr(me, 1, VECTOR);
	return NULL;
}

/* False if a program has destroyed its vector. */
static bool vector_get(const struct me *me, uint32_t addr, uint32_t bits,
		       uint32_t others, uint32_t *value)
{
	uint32_t word;

	if (!me_lmem_get_word(me, addr, &word) || (word & ~bits) != others)
		return false;
	*value = word & bits;
	return true;
}

static bool get_place(const struct me *me, struct place *place)
{
	return vector_get(me, VECTOR_LEN, LEN_BITS, LEN_OTHERS, &place->len) &&
	       vector_get(me, VECTOR_PTR, PTR_BITS, PTR_OTHERS, &place->offset);
}

static uint32_t end_of(const struct packet *packet)
{
	return PROGRAM_HEADROOM + packet->visible;
}

/* A program may move both ends, but only the head may go outward. */
static bool place_possible(const struct packet *packet,
			   const struct place *place)
{
	const struct profile *profile = packet->profile;
	uint32_t end = PROGRAM_HEADROOM + packet->frame->len;

	if (place->offset == PROGRAM_HEADROOM)
		return place->len <= packet->frame->len;
	return place->offset >= profile->head_min &&
	       place->offset <= profile->head_max &&
	       place->offset < end_of(packet) &&
	       place->offset + place->len <= end;
}

/* The frame's data gets what the program made of the buffer. */
static uint8_t *flush(const struct packet *packet, const struct place *place)
{
	struct program_frame *frame = packet->frame;
	uint8_t *base = frame->data + frame->offset - PROGRAM_HEADROOM;
	uint32_t from = place->offset;

	memcpy(base + from, packet->ctm + from, end_of(packet) - from);
	return base + from;
}

const char *packet_leave(struct packet *packet, const struct me *me)
{
	struct program_frame *frame = packet->frame;
	uint32_t chosen, queue;
	struct place place;

	if (!get_place(me, &place) ||
	    !vector_get(me, VECTOR_CHOSEN, CHOSEN_BIT, QUEUE_OTHERS, &chosen) ||
	    !vector_get(me, VECTOR_QUEUE, QUEUE_BITS, QUEUE_OTHERS, &queue))
		return "the program has destroyed its packet vector";
	if (!place_possible(packet, &place))
		return "the program has moved the frame out of its buffer";

	flush(packet, &place);
	frame->offset = frame->offset + place.offset - PROGRAM_HEADROOM;
	frame->len = place.len;
	frame->queue = chosen ? (int)queue : -1;
	return NULL;
}

const uint8_t *packet_now(struct packet *packet, const struct me *me,
			  uint32_t len)
{
	struct place place;

	if (!get_place(me, &place) || len > place.len ||
	    !place_possible(packet, &place))
		return NULL;
	return flush(packet, &place);
}

/* Where in the buffer; 0 if not within the frame as it is at the moment. */
static uint32_t locate(const struct packet *packet, const struct me *me,
		       uint64_t addr)
{
	uint32_t offset = addr & PTR_BITS;
	struct place place;

	if ((addr & ~(uint64_t)PTR_BITS) != PTR_OTHERS ||
	    !get_place(me, &place) || offset < place.offset ||
	    offset >= place.offset + place.len || offset >= end_of(packet))
		return 0;
	return offset;
}

const char *packet_read(const struct packet *packet, const struct me *me,
			uint64_t addr, void *data, uint32_t len,
			uint32_t *defined)
{
	uint32_t offset = locate(packet, me, addr);

	if (!offset)
		return "read outside of the visible packet";
	if (len > end_of(packet) - offset)
		len = end_of(packet) - offset;
	memcpy(data, packet->ctm + offset, len);
	*defined = len;
	return NULL;
}

const char *packet_write(struct packet *packet, const struct me *me,
			 uint64_t addr, const void *data, uint32_t len)
{
	uint32_t offset = locate(packet, me, addr);

	if (!offset || !locate(packet, me, addr + len - 1))
		return "write outside of the visible packet";
	memcpy(packet->ctm + offset, data, len);
	return NULL;
}
