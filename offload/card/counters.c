/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/counters.h"

#include "card/le.h"
#include "card/vnic_regs.h"

#define ETH_LEAST 60
#define ETH_FCS	  4

enum cast {
	UNICAST,
	MULTICAST,
	BROADCAST,
	CASTS
};

/* Offsets of one direction; frames[UNICAST] is 0: the driver has none. */
struct vnic_layout {
	uint16_t octets, frames;
	uint16_t cast_octets[CASTS], cast_frames[CASTS];
	uint16_t ring;
};

static const struct vnic_layout vnic_rx = {
	.octets = VNIC_STATS + 0x10,
	.cast_octets = { VNIC_STATS + 0x18, VNIC_STATS + 0x20,
			 VNIC_STATS + 0x28 },
	.frames = VNIC_STATS + 0x30,
	.cast_frames = { 0, VNIC_STATS + 0x38, VNIC_STATS + 0x40 },
	.ring = VNIC_RXR_STATS,
};

static const struct vnic_layout vnic_tx = {
	.octets = VNIC_STATS + 0x58,
	.cast_octets = { VNIC_STATS + 0x60, VNIC_STATS + 0x68,
			 VNIC_STATS + 0x70 },
	.frames = VNIC_STATS + 0x78,
	.cast_frames = { 0, VNIC_STATS + 0x80, VNIC_STATS + 0x88 },
	.ring = VNIC_TXR_STATS,
};

static const uint16_t event_at[] = {
	[COUNTERS_RX_DISCARD] = VNIC_STATS + 0x00,
	[COUNTERS_RX_ERROR] = VNIC_STATS + 0x08,
	[COUNTERS_TX_DISCARD] = VNIC_STATS + 0x48,
	[COUNTERS_TX_ERROR] = VNIC_STATS + 0x50,
};

/* The driver's bpf_pass, bpf_app1, bpf_app2 and bpf_app3. */
static const uint16_t verdict_at[PROGRAM_VERDICTS] = {
	[PROGRAM_PASS] = VNIC_STATS + 0x90,
	[PROGRAM_DROP] = VNIC_STATS + 0xa0,
	[PROGRAM_TX] = VNIC_STATS + 0xb0,
	[PROGRAM_ABORTED] = VNIC_STATS + 0xc0,
};

#define SIZES 7

static const uint16_t size_limit[SIZES] = {
	64, 127, 255, 511, 1023, 1518, 65535
};

struct mac_layout {
	uint16_t octets, frames_ok, packets; /* packets: 0 if there is none */
	uint16_t cast[CASTS];
	uint16_t size[SIZES];
};

static const struct mac_layout mac_rx = {
	.octets = 0x000,
	.frames_ok = 0x050,
	.packets = 0x070,
	.cast = { 0x060, 0x068, 0x030 },
	.size = { 0x080, 0x088, 0x0c0, 0x0c8, 0x090, 0x098, 0x0d0 },
};

static const struct mac_layout mac_tx = {
	.octets = 0x140,
	.frames_ok = 0x188,
	.cast = { 0x190, 0x198, 0x160 },
	.size = { 0x168, 0x1a0, 0x1a8, 0x170, 0x178, 0x1b0, 0x1b8 },
};

#define MAC_TX_QUEUE_DROP 0x138

static enum cast cast_of(const uint8_t *frame)
{
	static const uint8_t everyone[6] = { 255, 255, 255, 255, 255, 255 };

	if (!(frame[0] & 1))
		return UNICAST;
	return memcmp(frame, everyone, 6) ? MULTICAST : BROADCAST;
}

static void count(uint8_t *bar, const struct vnic_layout *at, unsigned int ring,
		  const uint8_t *frame, size_t len)
{
	enum cast cast = cast_of(frame);

	le_add64(bar + at->octets, len);
	le_add64(bar + at->frames, 1);
	le_add64(bar + at->cast_octets[cast], len);
	if (at->cast_frames[cast])
		le_add64(bar + at->cast_frames[cast], 1);
	le_add64(bar + at->ring + ring * 16, 1);
	le_add64(bar + at->ring + ring * 16 + 8, len);
}

void counters_rx(uint8_t *bar, unsigned int ring, const uint8_t *frame,
		 size_t len)
{
	count(bar, &vnic_rx, ring, frame, len);
}

void counters_tx(uint8_t *bar, unsigned int ring, const uint8_t *frame,
		 size_t len)
{
	count(bar, &vnic_tx, ring, frame, len);
}

void counters_event(uint8_t *bar, enum counters_event event)
{
	le_add64(bar + event_at[event], 1);
}

void counters_verdict(uint8_t *bar, enum program_verdict verdict, size_t len)
{
	le_add64(bar + verdict_at[verdict], 1);
	le_add64(bar + verdict_at[verdict] + 8, len);
}

static void count_mac(uint8_t *mac, const struct mac_layout *at,
		      const uint8_t *frame, size_t len)
{
	size_t wire = (len < ETH_LEAST ? ETH_LEAST : len) + ETH_FCS;
	unsigned int size = 0;

	while (size < SIZES - 1 && wire > size_limit[size])
		size++;
	le_add64(mac + at->octets, wire);
	le_add64(mac + at->frames_ok, 1);
	if (at->packets)
		le_add64(mac + at->packets, 1);
	le_add64(mac + at->cast[cast_of(frame)], 1);
	le_add64(mac + at->size[size], 1);
}

void counters_mac_rx(uint8_t *mac, const uint8_t *frame, size_t len)
{
	count_mac(mac, &mac_rx, frame, len);
}

void counters_mac_tx(uint8_t *mac, const uint8_t *frame, size_t len)
{
	count_mac(mac, &mac_tx, frame, len);
}

void counters_mac_tx_drop(uint8_t *mac)
{
	le_add64(mac + MAC_TX_QUEUE_DROP, 1);
}
