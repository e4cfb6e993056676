/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "card/le.h"
#include "card/me.h"
#include "card/queues.h"
#include "card_bench.h"
#include "me_asm.h"

/* Slices of the third window, 16 MiB each, as the driver would pick them. */
#define WINDOW	     2
#define BULK_SLICE   0
#define FIXED_SLICE  1
#define SLICE_SIZE   (card_bar_size[WINDOW] / CPP_SLICES)
#define EXPANSION(s) (0x30000 + (WINDOW * CPP_SLICES + (s)) * 4)
#define BULK	     (1u << 29)

/* Where things are in the host's memory. */
#define VNIC_SIZE     0x40000
#define RING_SIZE     0x8000
#define RX_DESC(v, r) ((v)*VNIC_SIZE + (r)*RING_SIZE)
#define TX_DESC(v, r) (RX_DESC(v, r) + 0x200)
#define TX_DATA(v, r) (RX_DESC(v, r) + 0x400)
#define RX_DATA(v, r) (RX_DESC(v, r) + 0x4000)
#define IMAGE	      (BENCH_MEMORY - 0x10000)

static void dma_read(void *priv, uint64_t addr, void *to, size_t len)
{
	struct bench *b = priv;

	assert_true(addr < BENCH_MEMORY && len <= BENCH_MEMORY - addr);
	memcpy(to, b->memory + addr, len);
}

static void dma_write(void *priv, uint64_t addr, const void *from, size_t len)
{
	struct bench *b = priv;

	assert_true(addr < BENCH_MEMORY && len <= BENCH_MEMORY - addr);
	memcpy(b->memory + addr, from, len);
}

static void interrupt(void *priv, unsigned int vector)
{
	struct bench *b = priv;

	b->interrupts[vector]++;
}

static bool wire_send(void *priv, unsigned int port, const void *frame,
		      size_t len)
{
	struct bench *b = priv;

	if (b->wire_full)
		return false;
	b->sent[port]++;
	memcpy(b->last, frame, len);
	b->last_len = len;
	return true;
}

static void wire_ready(void *priv, unsigned int port)
{
	struct bench *b = priv;

	b->ready[port]++;
}

static void keep_log(void *priv, const char *sentence)
{
	struct bench *b = priv;

	snprintf(b->log, sizeof(b->log), "%s", sentence);
}

void bench_up(struct bench *b, const char *set)
{
	const struct card_host host = { .dma_read = dma_read,
					.dma_write = dma_write,
					.interrupt = interrupt,
					.wire_send = wire_send,
					.wire_ready = wire_ready,
					.log = keep_log,
					.priv = b };
	static const uint8_t mac[6] = BENCH_ADDRESS(0);
	struct card_config config;
	char why[128];

	memset(b, 0, sizeof(*b));
	card_config_init(&config);
	if (*set)
		assert_int_equal(
			card_config_set_all(&config, set, why, sizeof(why)), 0);
	b->card = card_new(&config, &host, mac);
	assert_non_null(b->card);
}

void bench_down(struct bench *b)
{
	card_free(b->card);
}

/* Makes @slice show @address, and returns where. */
static uint64_t look(struct bench *b, unsigned int slice, uint32_t reg,
		     uint64_t address, unsigned int address_shift)
{
	reg |= (address & ~(SLICE_SIZE - 1)) >> address_shift;
	card_write(b->card, 0, EXPANSION(slice), 4, reg);
	return slice * SLICE_SIZE + (address & (SLICE_SIZE - 1));
}

uint64_t bench_read(struct bench *b, enum cpp_target target, uint64_t address,
		    unsigned int size)
{
	uint64_t at = look(b, BULK_SLICE, BULK | target << 23, address, 19);

	return card_read(b->card, WINDOW, at, size);
}

void bench_write(struct bench *b, enum cpp_target target, uint64_t address,
		 unsigned int size, uint64_t value)
{
	uint64_t at = look(b, BULK_SLICE, BULK | target << 23, address, 19);

	card_write(b->card, WINDOW, at, size, value);
}

void bench_read_bytes(struct bench *b, uint64_t address, void *to, size_t len)
{
	uint8_t *byte = to;

	for (size_t i = 0; i < len; i++)
		byte[i] = bench_read(b, CPP_MU, address + i, 1);
}

uint32_t bench_test_set(struct bench *b, uint64_t address)
{
	uint64_t at = look(b, FIXED_SLICE, CPP_MU << 23 | 3 << 21 | 5 << 16,
			   address, 24);

	return card_read(b->card, WINDOW, at, 4);
}

static uint64_t bar_at(unsigned int vnic)
{
	return MEMORY_EMEM0 +
	       (vnic == CARD_CTRL_VNIC
			? MEMORY_CTRL_BAR_AT
			: MEMORY_DATA_BARS_AT + vnic * MEMORY_VNIC_BAR);
}

uint64_t bench_reg(struct bench *b, unsigned int vnic, uint32_t reg,
		   unsigned int size)
{
	return bench_read(b, CPP_MU, bar_at(vnic) + reg, size);
}

void bench_set_reg(struct bench *b, unsigned int vnic, uint32_t reg,
		   unsigned int size, uint64_t value)
{
	bench_write(b, CPP_MU, bar_at(vnic) + reg, size, value);
}

void bench_queue_add(struct bench *b, unsigned int queue, uint32_t count)
{
	bench_write(b, CPP_PCIE, QUEUES_AT + queue * 0x800 + 4, 4, count);
}

uint32_t bench_queue_read(struct bench *b, unsigned int queue)
{
	return bench_read(b, CPP_PCIE, QUEUES_AT + queue * 0x800 + 8, 4);
}

unsigned int bench_tx_queue(unsigned int vnic, unsigned int ring)
{
	return queues_first_tx(vnic) + ring * 4;
}

unsigned int bench_rx_queue(unsigned int vnic, unsigned int ring)
{
	return queues_first_rx(vnic) + ring * 4;
}

uint32_t bench_reconfig(struct bench *b, unsigned int vnic, uint32_t update)
{
	bench_set_reg(b, vnic, VNIC_UPDATE, 4, update);
	bench_queue_add(b, queues_first_tx(vnic) + 1, 1);
	return bench_reg(b, vnic, VNIC_UPDATE, 4);
}

static void set_ring(struct bench *b, unsigned int vnic, unsigned int ring)
{
	bench_set_reg(b, vnic, VNIC_RXR_ADDR + ring * 8, 8,
		      RX_DESC(vnic, ring));
	bench_set_reg(b, vnic, VNIC_RXR_SZ + ring, 1, 3);
	bench_set_reg(b, vnic, VNIC_RXR_VEC + ring, 1, BENCH_RX_VECTOR);
	bench_set_reg(b, vnic, VNIC_TXR_ADDR + ring * 8, 8,
		      TX_DESC(vnic, ring));
	bench_set_reg(b, vnic, VNIC_TXR_SZ + ring, 1, 3);
	bench_set_reg(b, vnic, VNIC_TXR_VEC + ring, 1, BENCH_TX_VECTOR);
}

void bench_open(struct bench *b, unsigned int vnic, unsigned int rings,
		uint32_t ctrl)
{
	const uint8_t mac[6] = BENCH_ADDRESS(vnic);

	for (unsigned int i = 0; i < rings; i++)
		set_ring(b, vnic, i);
	bench_set_reg(b, vnic, VNIC_TXRS_ENABLE, 8, (1u << rings) - 1);
	bench_set_reg(b, vnic, VNIC_RXRS_ENABLE, 8, (1u << rings) - 1);
	bench_set_reg(b, vnic, VNIC_FLBUFSZ, 4, BENCH_BUFFER);
	bench_set_reg(b, vnic, VNIC_MACADDR, 4,
		      (uint32_t)mac[0] << 24 | mac[1] << 16 | mac[2] << 8 |
			      mac[3]);
	bench_set_reg(b, vnic, VNIC_MACADDR + 6, 2, mac[4] << 8 | mac[5]);
	bench_set_reg(b, vnic, VNIC_CTRL, 4, CTRL_ENABLE | ctrl);
	assert_int_equal(bench_reconfig(b, vnic,
					UPDATE_GEN | UPDATE_RING | UPDATE_MSIX),
			 0);
}

void bench_give_buffers(struct bench *b, unsigned int vnic, unsigned int ring,
			uint32_t count)
{
	struct ring *r = &b->card->vnic[vnic].rx[ring];

	for (uint32_t i = 0; i < count; i++) {
		uint32_t n = (r->written + i) % BENCH_RING;
		uint8_t *desc = b->memory + RX_DESC(vnic, ring) + n * 8;

		memset(desc, 0, 8);
		le_put(desc + 4, 4, RX_DATA(vnic, ring) + n * BENCH_BUFFER);
	}
	bench_queue_add(b, bench_rx_queue(vnic, ring), count);
}

size_t bench_received(struct bench *b, unsigned int vnic, unsigned int ring,
		      unsigned int n, const uint8_t **frame)
{
	const uint8_t *desc = b->memory + RX_DESC(vnic, ring) + n * 8;

	*frame = b->memory + RX_DATA(vnic, ring) + n * BENCH_BUFFER;
	return desc[3] & 0x80 ? le_get(desc, 2) : 0;
}

void bench_describe(struct bench *b, unsigned int vnic, unsigned int ring,
		    unsigned int n, const void *data, uint16_t len,
		    uint8_t offset_eop)
{
	uint8_t *desc = b->memory + TX_DESC(vnic, ring) + n * 16;
	uint32_t at = TX_DATA(vnic, ring) + n * 1024;

	memset(desc, 0, 16);
	le_put(desc + 1, 2, len);
	desc[3] = offset_eop;
	le_put(desc + 4, 4, at);
	if (data)
		memcpy(b->memory + at, data, len);
}

uint32_t bench_load(struct bench *b, unsigned int vnic, uint16_t verdict)
{
	const uint64_t code[] = { immed(A(0), verdict, 2),
				  br(BR, b->card->built.profile.done, 0) };

	for (size_t i = 0; i < 2; i++)
		le_put(b->memory + IMAGE + i * 8, 8,
		       verdict == BENCH_BROKEN ? UINT64_MAX
					       : me_with_ecc(code[i]));
	bench_set_reg(b, vnic, VNIC_BPF_SIZE, 2, 2);
	bench_set_reg(b, vnic, VNIC_BPF_ADDR, 8, IMAGE);
	return bench_reconfig(b, vnic, UPDATE_BPF);
}

void bench_frame(uint8_t *frame, size_t len, const uint8_t dst[6])
{
	for (size_t i = 0; i < len; i++)
		frame[i] = i;
	memcpy(frame, dst, 6);
	frame[12] = 0x88;
	frame[13] = 0xb5;
}
