/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/queues.h"

#include "card/card_state.h"
#include "card/port.h"
#include "card/rings.h"

#define QUEUE_SIZE   0x800 /* NFP_QCP_QUEUE_ADDR_SZ */
#define POINTER_MASK 0x3ffff

/* Registers of a queue. */
enum {
	ADD_READ = 0x0,
	ADD_WRITE = 0x4,
	READ_POINTER = 0x8,
	WRITE_POINTER = 0xc,
};

/* Of the 64 queues of a vNIC. */
enum {
	QUEUES_PER_VNIC = 64,
	QUEUES_PER_RING = 4,
	QUEUE_TX = 0,
	QUEUE_CONFIG = 1,
	QUEUE_RX = 2,
};

/* What a queue belongs to; ring is NULL for all others. */
struct queue {
	struct vnic *vnic;
	struct ring *ring;
	unsigned int index; /* the ring's */
	unsigned int kind;
};

unsigned int queues_first_tx(unsigned int vnic)
{
	return vnic * QUEUES_PER_VNIC + QUEUE_TX;
}

unsigned int queues_first_rx(unsigned int vnic)
{
	return vnic * QUEUES_PER_VNIC + QUEUE_RX;
}

static struct queue find_queue(struct card *card, uint64_t offset)
{
	unsigned int number = offset / QUEUE_SIZE;
	unsigned int own = number % QUEUES_PER_VNIC;
	struct queue queue = { .kind = own % QUEUES_PER_RING,
			       .index = own / QUEUES_PER_RING };

	if (number / QUEUES_PER_VNIC >= CARD_VNICS)
		return queue;
	queue.vnic = &card->vnic[number / QUEUES_PER_VNIC];
	if (queue.kind == QUEUE_TX && queue.index < VNIC_TX_RINGS_MAX)
		queue.ring = &queue.vnic->tx[queue.index];
	if (queue.kind == QUEUE_RX && queue.index < CARD_RINGS_MAX)
		queue.ring = &queue.vnic->rx[queue.index];
	return queue;
}

uint64_t queues_read(void *priv, uint64_t offset)
{
	struct queue queue = find_queue(priv, offset);

	if (!queue.ring)
		return 0;
	switch (offset % QUEUE_SIZE) {
	case READ_POINTER:
		return queue.ring->read & POINTER_MASK;
	case WRITE_POINTER:
		return queue.ring->written & POINTER_MASK;
	default:
		return 0;
	}
}

/* No more than the ring can hold, whatever the host says. */
static void hand_over(struct ring *ring, uint32_t descriptors)
{
	uint32_t room = ring->entries - (ring->written - ring->read);

	if (ring->enabled)
		ring->written += descriptors < room ? descriptors : room;
}

static void work(struct queue *queue)
{
	bool ctrl = queue->vnic->index == CARD_CTRL_VNIC;

	if (queue->kind == QUEUE_TX)
		rings_transmit(queue->vnic, queue->index);
	else if (ctrl)
		rings_transmit(queue->vnic, 0);
	else
		port_ready(queue->vnic);
}

void queues_written(void *priv, uint64_t offset, unsigned int size,
		    uint64_t value)
{
	struct queue queue = find_queue(priv, offset);

	(void)size;
	if (!queue.vnic || offset % QUEUE_SIZE != ADD_WRITE)
		return;
	if (queue.kind == QUEUE_CONFIG && !queue.index) {
		vnic_reconfig(queue.vnic);
	} else if (queue.ring) {
		hand_over(queue.ring, value);
		work(&queue);
	}
}
