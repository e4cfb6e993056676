/* SPDX-License-Identifier: GPL-2.0-only */
/* A card in a fake host that does what the driver does: memory for DMA, wires
 * that keep what was sent, interrupts that are counted.
 */
#ifndef CARD_BENCH_H
#define CARD_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card/card_state.h"
#include "card/vnic_regs.h"

#define BENCH_MEMORY (1 << 20)

struct bench {
	struct card *card;
	uint8_t memory[BENCH_MEMORY];
	unsigned int interrupts[CARD_VECTORS];
	unsigned int sent[CARD_PORTS_MAX]; /* frames */
	uint8_t last[CARD_FRAME_MAX];	   /* the newest one */
	size_t last_len;
	bool wire_full;
	unsigned int ready[CARD_PORTS_MAX];
	char log[256]; /* the newest sentence */
};

/* @set: as for card_config_set_all(). */
void bench_up(struct bench *b, const char *set);
void bench_down(struct bench *b);

/* Through a window that is made for it, as the driver does. */
uint64_t bench_read(struct bench *b, enum cpp_target target, uint64_t address,
		    unsigned int size);
void bench_write(struct bench *b, enum cpp_target target, uint64_t address,
		 unsigned int size, uint64_t value);
void bench_read_bytes(struct bench *b, uint64_t address, void *to, size_t len);
/* Reads, and sets the low four bits. */
uint32_t bench_test_set(struct bench *b, uint64_t address);

/* A vNIC's control BAR and queues. */
uint64_t bench_reg(struct bench *b, unsigned int vnic, uint32_t reg,
		   unsigned int size);
void bench_set_reg(struct bench *b, unsigned int vnic, uint32_t reg,
		   unsigned int size, uint64_t value);
void bench_queue_add(struct bench *b, unsigned int queue, uint32_t count);
uint32_t bench_queue_read(struct bench *b, unsigned int queue);
unsigned int bench_tx_queue(unsigned int vnic, unsigned int ring);
unsigned int bench_rx_queue(unsigned int vnic, unsigned int ring);

/* The answer of a reconfig command: what is in UPDATE then. */
uint32_t bench_reconfig(struct bench *b, unsigned int vnic, uint32_t update);

#define BENCH_RING	8    /* descriptors */
#define BENCH_BUFFER	2048 /* bytes of an RX buffer */
#define BENCH_TX_VECTOR 3
#define BENCH_RX_VECTOR 4
#define BENCH_ADDRESS(i)                           \
	{                                          \
		0x00, 0x15, 0x4d, 0, 0, 0x10 + (i) \
	}

/* Turns a vNIC on with @rings pairs of rings, and gives @buffers per ring. */
void bench_open(struct bench *b, unsigned int vnic, unsigned int rings,
		uint32_t ctrl);
void bench_give_buffers(struct bench *b, unsigned int vnic, unsigned int ring,
			uint32_t count);
/* The frame in descriptor @n of an RX ring; its length, 0 if none is there. */
size_t bench_received(struct bench *b, unsigned int vnic, unsigned int ring,
		      unsigned int n, const uint8_t **frame);
/* Writes descriptor @n of a TX ring, with @len bytes of @data as its own. */
void bench_describe(struct bench *b, unsigned int vnic, unsigned int ring,
		    unsigned int n, const void *data, uint16_t len,
		    uint8_t offset_eop);

/* Loads a program that gives one verdict; the answer of the reconfig. */
uint32_t bench_load(struct bench *b, unsigned int vnic, uint16_t verdict);

#define BENCH_PASS    0x11
#define BENCH_DROP    0x22
#define BENCH_TX      0x44
#define BENCH_ABORTED 0x82
#define BENCH_BROKEN  0xffff /* nothing that the card can run */

/* A frame of @len bytes from elsewhere to @dst. */
void bench_frame(uint8_t *frame, size_t len, const uint8_t dst[6]);

#endif
