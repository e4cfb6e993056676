/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/rings.h"

#include "card/card_state.h"
#include "card/counters.h"
#include "card/ctrl_vnic.h"
#include "card/le.h"
#include "card/port.h"

/* A buffer that the host offers, and what the card writes in its place. */
enum {
	RX_ADDRESS_HI = 0, /* 2 bytes */
	RX_ADDRESS_LO = 4,
	RX_LEN = 0, /* 2 bytes; the lowest bits of FLAGS: metadata's bytes */
	RX_FLAGS = 3,
	RX_DESCRIPTOR = 8,
};

#define RX_DONE 0x80

enum {
	TX_ADDRESS_HI = 0, /* 1 byte */
	TX_LEN = 1,	   /* 2 bytes: what is at this address */
	TX_OFFSET = 3,	   /* metadata's bytes before the frame, and the end */
	TX_ADDRESS_LO = 4,
	TX_DESCRIPTOR = 16,
};

#define TX_END	       0x80
#define TX_OFFSET_MASK 0x7f

static uint64_t descriptor_at(const struct ring *ring, uint32_t n, size_t size)
{
	return ring->address + (uint64_t)(n & (ring->entries - 1)) * size;
}

bool rings_has_buffer(const struct vnic *vnic, unsigned int index)
{
	const struct ring *ring = &vnic->rx[index];

	return ring->enabled && ring->read != ring->written;
}

enum rings_result rings_receive(struct vnic *vnic, unsigned int index,
				const uint8_t *data, size_t len)
{
	const struct card_host *host = &vnic->card->host;
	struct ring *ring = &vnic->rx[index];
	uint64_t at = descriptor_at(ring, ring->read, RX_DESCRIPTOR);
	uint8_t desc[RX_DESCRIPTOR];

	if (!rings_has_buffer(vnic, index))
		return RINGS_FULL;
	if (len > vnic->buffer)
		return RINGS_TOO_LONG;
	host->dma_read(host->priv, at, desc, sizeof(desc));
	host->dma_write(host->priv,
			le_get(desc + RX_ADDRESS_LO, 4) |
				le_get(desc + RX_ADDRESS_HI, 2) << 32,
			data, len);
	memset(desc, 0, sizeof(desc));
	le_put(desc + RX_LEN, 2, len);
	desc[RX_FLAGS] = RX_DONE;
	host->dma_write(host->priv, at, desc, sizeof(desc));
	ring->read++;
	vnic_interrupt(vnic, ring->vector);
	return RINGS_OK;
}

/* A frame, gathered from some descriptors. */
struct gathered {
	uint32_t descriptors;
	size_t offset, len; /* in card->tx_frame; len includes the offset */
	bool whole, sound;
};

static void gather_one(struct card *card, const uint8_t *desc,
		       struct gathered *frame)
{
	uint64_t address = le_get(desc + TX_ADDRESS_LO, 4) |
			   (uint64_t)desc[TX_ADDRESS_HI] << 32;
	size_t len = le_get(desc + TX_LEN, 2);

	if (!frame->descriptors)
		frame->offset = desc[TX_OFFSET] & TX_OFFSET_MASK;
	frame->descriptors++;
	frame->whole = desc[TX_OFFSET] & TX_END;
	if (len > sizeof(card->tx_frame) - frame->len)
		frame->sound = false;
	if (!frame->sound)
		return;
	card->host.dma_read(card->host.priv, address,
			    card->tx_frame + frame->len, len);
	frame->len += len;
}

static struct gathered gather(struct card *card, const struct ring *ring)
{
	struct gathered frame = { .sound = true };
	uint8_t desc[TX_DESCRIPTOR];

	for (uint32_t n = ring->read; n != ring->written && !frame.whole; n++) {
		card->host.dma_read(card->host.priv,
				    descriptor_at(ring, n, TX_DESCRIPTOR), desc,
				    sizeof(desc));
		gather_one(card, desc, &frame);
	}
	if (frame.len <= frame.offset)
		frame.sound = false;
	return frame;
}

/* False if the frame has to wait. */
static bool pass_on(struct vnic *vnic, unsigned int index,
		    const struct gathered *frame)
{
	const uint8_t *data = vnic->card->tx_frame + frame->offset;
	size_t len = frame->len - frame->offset;

	if (!frame->sound)
		counters_event(vnic->bar, COUNTERS_TX_ERROR);
	else if (vnic->index == CARD_CTRL_VNIC)
		return ctrl_vnic_request(vnic, data, len);
	else
		port_transmit(vnic, index, data, len);
	return true;
}

void rings_transmit(struct vnic *vnic, unsigned int index)
{
	struct ring *ring = &vnic->tx[index];
	uint32_t before = ring->read;

	while (ring->enabled && ring->read != ring->written) {
		struct gathered frame = gather(vnic->card, ring);

		if (!frame.whole || !pass_on(vnic, index, &frame))
			break;
		ring->read += frame.descriptors;
	}
	if (ring->read != before)
		vnic_interrupt(vnic, ring->vector);
}
