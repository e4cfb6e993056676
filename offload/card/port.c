/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/port.h"

#include <string.h>

#include "card/card_state.h"
#include "card/counters.h"
#include "card/rings.h"
#include "card/rss.h"
#include "card/vnic_regs.h"

#define ETH_HEADER 14

static const uint8_t broadcast[6] = { 255, 255, 255, 255, 255, 255 };

static bool gone(const struct card *card)
{
	return card->config.fault == CARD_FAULT_GONE;
}

static uint8_t *mac_stats(struct vnic *vnic)
{
	return vnic->card->memory.mac_stats[vnic->index];
}

static bool has_any_buffer(const struct vnic *vnic)
{
	for (unsigned int i = 0; i < CARD_RINGS_MAX; i++)
		if (rings_has_buffer(vnic, i))
			return true;
	return false;
}

bool port_can_receive(const struct vnic *vnic)
{
	return gone(vnic->card) || !(vnic->ctrl & CTRL_ENABLE) ||
	       vnic->ctrl & CTRL_BPF || has_any_buffer(vnic);
}

void port_ready(struct vnic *vnic)
{
	const struct card_host *host = &vnic->card->host;

	if (port_can_receive(vnic))
		host->wire_ready(host->priv, vnic->index);
}

static bool is_for_us(const struct vnic *vnic, const uint8_t *dst)
{
	if (vnic->ctrl & CTRL_PROMISC)
		return true;
	if (!memcmp(dst, broadcast, 6))
		return vnic->ctrl & CTRL_L2BC;
	if (dst[0] & 1)
		return vnic->ctrl & CTRL_L2MC;
	return !memcmp(dst, vnic->mac, 6);
}

static bool send(struct vnic *vnic, const uint8_t *frame, size_t len)
{
	const struct card_host *host = &vnic->card->host;

	if (!host->wire_send(host->priv, vnic->index, frame, len)) {
		counters_mac_tx_drop(mac_stats(vnic));
		return false;
	}
	counters_mac_tx(mac_stats(vnic), frame, len);
	return true;
}

/* A ring that @wanted names, else one by hash; a ring that is off gives way to
 * the first.
 */
static unsigned int choose_ring(const struct vnic *vnic, int wanted,
				const uint8_t *frame, size_t len)
{
	unsigned int ring = 0;

	if (wanted >= 0)
		ring = wanted;
	else if (vnic->ctrl & CTRL_RSS2)
		ring = rss_ring(vnic->bar, frame, len);
	return ring < CARD_RINGS_MAX && vnic->rx[ring].enabled ? ring : 0;
}

static void deliver(struct vnic *vnic, int wanted, const uint8_t *frame,
		    size_t len)
{
	unsigned int ring = choose_ring(vnic, wanted, frame, len);

	switch (rings_receive(vnic, ring, frame, len)) {
	case RINGS_OK:
		counters_rx(vnic->bar, ring, frame, len);
		break;
	case RINGS_FULL:
		counters_event(vnic->bar, COUNTERS_RX_DISCARD);
		vnic->card->port[vnic->index].stats.no_room++;
		break;
	case RINGS_TOO_LONG:
		counters_event(vnic->bar, COUNTERS_RX_ERROR);
		break;
	}
}

static void tell_stop(struct card *card, unsigned int index)
{
	struct port *port = &card->port[index];
	const char *why = program_stopped(port->program);

	if (port->stop_told || !*why)
		return;
	port->stop_told = true;
	card_log(card, "port %u: the program stopped: %s", index, why);
}

static void run_program(struct vnic *vnic, const uint8_t *frame, size_t len)
{
	struct card *card = vnic->card;
	struct port *port = &card->port[vnic->index];
	struct program_frame f = { .data = card->rx_frame,
				   .size = sizeof(card->rx_frame),
				   .offset = PROGRAM_HEADROOM,
				   .len = len,
				   .queue = -1 };
	struct program_cost cost;
	enum program_verdict verdict;

	memcpy(f.data + f.offset, frame, len);
	verdict = program_run(port->program, &f, &cost);
	stats_count(&port->stats, verdict, len, &cost);
	counters_verdict(vnic->bar, verdict, len);
	if (verdict == PROGRAM_TX)
		send(vnic, f.data + f.offset, f.len);
	else if (verdict == PROGRAM_PASS)
		deliver(vnic, f.queue, f.data + f.offset, f.len);
	else if (verdict == PROGRAM_ABORTED)
		tell_stop(card, vnic->index);
}

void port_receive(struct vnic *vnic, const uint8_t *frame, size_t len)
{
	if (gone(vnic->card) || !(vnic->ctrl & CTRL_ENABLE) ||
	    len < ETH_HEADER || len > CARD_FRAME_MAX)
		return;
	counters_mac_rx(mac_stats(vnic), frame, len);
	if (!is_for_us(vnic, frame))
		vnic->card->port[vnic->index].stats.filtered++;
	else if (vnic->ctrl & CTRL_BPF)
		run_program(vnic, frame, len);
	else
		deliver(vnic, -1, frame, len);
}

void port_transmit(struct vnic *vnic, unsigned int ring, const uint8_t *frame,
		   size_t len)
{
	if (send(vnic, frame, len))
		counters_tx(vnic->bar, ring, frame, len);
	else
		counters_event(vnic->bar, COUNTERS_TX_DISCARD);
}
