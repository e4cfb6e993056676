/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/vnic.h"

#include "card/card_state.h"
#include "card/le.h"
#include "card/queues.h"
#include "card/vnic_regs.h"

#define ABI_VERSION   (3 << 8 | 5) /* ABI 0.0.3.5: NFD3, queues in fours */
#define LINK_UP	      1
#define LINK_RATE_10G (3 << 1)
#define MAX_MTU	      9216 /* nic-firmware, nfd_user_cfg.h NFD_CFG_MAX_MTU */
#define BPF_ABI	      2
#define BPF_RELOAD    1

#define DATA_CAPS                                                           \
	(CTRL_ENABLE | CTRL_PROMISC | CTRL_L2BC | CTRL_L2MC | CTRL_GATHER | \
	 CTRL_RSS2 | CTRL_LIVE_ADDR)

/* Queues of a vNIC are those of nfp_net_pf_alloc_vnic(). Frames begin at the
 * start of a buffer: RX_OFFSET 0.
 */
static void build_common(struct vnic *vnic, uint32_t cap, unsigned int rx_rings,
			 unsigned int tx_rings)
{
	uint8_t *bar = vnic->bar;

	le_put(bar + VNIC_VERSION, 4, ABI_VERSION);
	le_put(bar + VNIC_STS, 2, LINK_UP | LINK_RATE_10G);
	le_put(bar + VNIC_CAP, 4, cap);
	le_put(bar + VNIC_MAX_RXRINGS, 4, rx_rings);
	le_put(bar + VNIC_MAX_TXRINGS, 4, tx_rings);
	le_put(bar + VNIC_MAX_MTU, 4, MAX_MTU);
	le_put(bar + VNIC_START_TXQ, 4, queues_first_tx(vnic->index));
	le_put(bar + VNIC_START_RXQ, 4, queues_first_rx(vnic->index));
	le_put(bar + VNIC_RX_OFFSET, 4, 0);
	le_put(bar + VNIC_RSS_CAP, 4, RSS_TOEPLITZ);
}

/* Every port has its own part of the code store. */
static void build_bpf(struct vnic *vnic)
{
	const struct profile *p = &vnic->card->config.profile;
	uint8_t *bar = vnic->bar;

	bar[VNIC_BPF_ABI] = BPF_ABI;
	bar[VNIC_BPF_CAP] = p->live_reload ? BPF_RELOAD : 0;
	le_put(bar + VNIC_BPF_MAX_LEN, 2, p->max_insns);
	le_put(bar + VNIC_BPF_START, 2, p->start + vnic->index * p->max_insns);
	le_put(bar + VNIC_BPF_DONE, 2, p->done);
	bar[VNIC_BPF_STACK_SZ] = p->stack / 64;
	bar[VNIC_BPF_INL_MTU] = p->inline_mtu / 64;
}

void vnic_build(struct vnic *vnic)
{
	const struct card_config *config = &vnic->card->config;
	bool bpf = config->profile.app == PROFILE_APP_BPF;

	if (vnic->index == CARD_CTRL_VNIC) {
		build_common(vnic, CTRL_ENABLE, 1, 1);
		return;
	}
	build_common(vnic, DATA_CAPS | (bpf ? CTRL_BPF : 0), config->rings,
		     config->rings + CARD_RINGS_MAX);
	if (bpf)
		build_bpf(vnic);
}

/* The card masks a vector when it fires; the host unmasks it with a zero. */
void vnic_interrupt(struct vnic *vnic, unsigned int vector)
{
	uint8_t *icr = vnic->bar + VNIC_ICR + vector;

	if (vector >= CARD_VECTORS)
		return;
	vnic->pending[vector] = *icr != ICR_UNMASKED;
	if (vnic->pending[vector])
		return;
	*icr = ICR_RXTX;
	vnic->card->host.interrupt(vnic->card->host.priv, vector);
}

static void byte_written(struct vnic *vnic, uint64_t offset)
{
	unsigned int vector = offset - VNIC_ICR;

	if (offset < VNIC_ICR || offset >= VNIC_ICR + CARD_VECTORS)
		return;
	if (vnic->pending[vector] && vnic->bar[offset] == ICR_UNMASKED)
		vnic_interrupt(vnic, vector);
}

void vnic_written(void *priv, uint64_t offset, unsigned int size,
		  uint64_t value)
{
	(void)value;
	for (unsigned int i = 0; i < size; i++)
		byte_written(priv, offset + i);
}
