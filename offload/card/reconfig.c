/* SPDX-License-Identifier: GPL-2.0-only */
/* Reconfig commands: the driver writes settings and what has changed, rings
 * the configuration queue, and polls until that word is zero or has its error
 * bit.
 * Source: nfp driver, nfp_net_common.c nfp_net_reconfig_start(),
 * bpf/offload.c nfp_net_bpf_load() and nfp_net_bpf_start().
 */
#include <stdlib.h>

#include "card/card_state.h"
#include "card/le.h"
#include "card/port.h"
#include "card/vnic_regs.h"

#define IMAGE_FLAGS    7  /* low bits of the image's address */
#define RING_ORDER_MAX 18 /* max_qc_size in nfp_dev.c: 256 Ki */

/* What a command asks of programs; all else is never refused. */
struct request {
	uint32_t update, ctrl;
	bool load, enable;
};

static struct request read_request(const struct vnic *vnic)
{
	struct request r = {
		.update = le_get(vnic->bar + VNIC_UPDATE, 4),
		.ctrl = le_get(vnic->bar + VNIC_CTRL, 4),
	};

	r.load = r.update & UPDATE_BPF;
	r.enable = r.update & UPDATE_GEN && r.ctrl & CTRL_BPF &&
		   !(vnic->ctrl & CTRL_BPF);
	return r;
}

static const char *load_image(struct vnic *vnic)
{
	struct card *card = vnic->card;
	struct port *port = &card->port[vnic->index];
	uint32_t len = le_get(vnic->bar + VNIC_BPF_SIZE, 2);
	uint64_t address = le_get(vnic->bar + VNIC_BPF_ADDR, 8);
	uint64_t *image;
	const char *why;

	if (len > card->config.profile.max_insns)
		return "the program is longer than its part of the code store";
	image = calloc(len ? len : 1, sizeof(*image));
	if (!image)
		return "no memory for the program";
	card->host.dma_read(card->host.priv, address & ~(uint64_t)IMAGE_FLAGS,
			    image, len * sizeof(*image));
	for (uint32_t i = 0; i < len; i++)
		image[i] = le64toh(image[i]);
	why = program_set_image(port->program, image, len);
	free(image);
	if (!why)
		port->stop_told = false;
	return why;
}

static bool runs_programs(const struct vnic *vnic)
{
	return vnic->index != CARD_CTRL_VNIC &&
	       vnic->card->built.profile.app == PROFILE_APP_BPF;
}

/* NULL, or a sentence why @r is answered with an error. */
static const char *carry_out(struct vnic *vnic, const struct request *r)
{
	enum card_fault fault = vnic->card->config.fault;
	const char *why = NULL;

	if (!r->load && !r->enable)
		return NULL;
	if (!runs_programs(vnic))
		return "this firmware runs no programs";
	if (r->load && fault == CARD_FAULT_LOAD)
		return "fault=load: the program is not taken";
	if (r->enable && fault == CARD_FAULT_ENABLE)
		return "fault=enable: the program is not enabled";
	if (r->load)
		why = load_image(vnic);
	if (!why && r->enable &&
	    !program_loaded(vnic->card->port[vnic->index].program))
		why = "no program was loaded that could be enabled";
	return why;
}

static void set_ring(struct ring *ring, const uint8_t *bar, bool on,
		     unsigned int index, enum vnic_reg address,
		     enum vnic_reg order, enum vnic_reg vector)
{
	uint8_t log2_entries = bar[order + index];

	*ring = (struct ring){
		.enabled = on && log2_entries <= RING_ORDER_MAX,
		.address = le_get(bar + address + index * 8, 8),
		.entries = 1u << (log2_entries & 31),
		.vector = bar[vector + index],
	};
}

/* The driver stops all rings before it changes one: each begins anew. */
static void set_rings(struct vnic *vnic)
{
	const uint8_t *bar = vnic->bar;
	bool on = vnic->ctrl & CTRL_ENABLE;
	uint64_t tx = le_get(bar + VNIC_TXRS_ENABLE, 8);
	uint64_t rx = le_get(bar + VNIC_RXRS_ENABLE, 8);

	for (unsigned int i = 0; i < VNIC_TX_RINGS_MAX; i++)
		set_ring(&vnic->tx[i], bar, on && tx >> i & 1, i, VNIC_TXR_ADDR,
			 VNIC_TXR_SZ, VNIC_TXR_VEC);
	for (unsigned int i = 0; i < CARD_RINGS_MAX; i++)
		set_ring(&vnic->rx[i], bar, on && rx >> i & 1, i, VNIC_RXR_ADDR,
			 VNIC_RXR_SZ, VNIC_RXR_VEC);
}

static void unmask_all(struct vnic *vnic)
{
	memset(vnic->bar + VNIC_ICR, ICR_UNMASKED, CARD_VECTORS);
	memset(vnic->pending, 0, sizeof(vnic->pending));
}

/* The address is two words, each with its first byte highest:
 * nfp_net_write_mac_addr().
 */
static void set_mac(struct vnic *vnic)
{
	const uint8_t *reg = vnic->bar + VNIC_MACADDR;

	for (int i = 0; i < 4; i++)
		vnic->mac[i] = reg[3 - i];
	vnic->mac[4] = reg[7];
	vnic->mac[5] = reg[6];
}

static void apply(struct vnic *vnic, const struct request *r)
{
	if (r->update & UPDATE_GEN)
		vnic->ctrl = r->ctrl;
	set_mac(vnic);
	vnic->buffer = le_get(vnic->bar + VNIC_FLBUFSZ, 3);
	if (r->update & UPDATE_RING)
		set_rings(vnic);
	if (r->update & UPDATE_MSIX)
		unmask_all(vnic);
}

void vnic_reconfig(struct vnic *vnic)
{
	struct request r = read_request(vnic);
	const char *why;

	if (vnic->card->config.fault == CARD_FAULT_TIMEOUT &&
	    (r.load || r.enable)) {
		card_log(vnic->card, "fault=timeout: a command gets no answer");
		return;
	}
	why = carry_out(vnic, &r);
	if (why)
		card_log(vnic->card, "port %u: %s", vnic->index, why);
	else
		apply(vnic, &r);
	le_put(vnic->bar + VNIC_UPDATE, 4, why ? UPDATE_ERR : 0);
	if (vnic->index != CARD_CTRL_VNIC)
		port_ready(vnic);
}
