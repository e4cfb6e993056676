/* SPDX-License-Identifier: GPL-2.0-only */
/* A vNIC's control BAR: settings that the driver writes, then announces with a
 * reconfig command; read-only properties; counters.
 * Source: nfp driver, nfp_net_ctrl.h (NFP_NET_CFG_*, the same names).
 */
#ifndef CARD_VNIC_REGS_H
#define CARD_VNIC_REGS_H

enum vnic_reg {
	VNIC_CTRL = 0x0000,
	VNIC_UPDATE = 0x0004,
	VNIC_TXRS_ENABLE = 0x0008,
	VNIC_RXRS_ENABLE = 0x0010,
	VNIC_FLBUFSZ = 0x001c, /* three bytes: the fourth is EXN */
	VNIC_MACADDR = 0x0024,

	VNIC_VERSION = 0x0030,
	VNIC_STS = 0x0034,
	VNIC_CAP = 0x0038,
	VNIC_MAX_TXRINGS = 0x003c,
	VNIC_MAX_RXRINGS = 0x0040,
	VNIC_MAX_MTU = 0x0044,
	VNIC_START_TXQ = 0x0048,
	VNIC_START_RXQ = 0x004c,
	VNIC_RX_OFFSET = 0x0050,
	VNIC_RSS_CAP = 0x0054,

	VNIC_BPF_ABI = 0x0080,
	VNIC_BPF_CAP = 0x0081,
	VNIC_BPF_MAX_LEN = 0x0082,
	VNIC_BPF_START = 0x0084,
	VNIC_BPF_DONE = 0x0086,
	VNIC_BPF_STACK_SZ = 0x0088, /* in units of 64 bytes */
	VNIC_BPF_INL_MTU = 0x0089,  /* the same */
	VNIC_BPF_SIZE = 0x008e,
	VNIC_BPF_ADDR = 0x0090, /* the lowest three bits are flags */

	VNIC_RSS_CTRL = 0x0100,
	VNIC_RSS_KEY = 0x0104,
	VNIC_RSS_ITBL = 0x012c,

	/* One entry per ring: */
	VNIC_TXR_ADDR = 0x0200, /* 8 bytes */
	VNIC_TXR_SZ = 0x0600,	/* 1 byte, the logarithm */
	VNIC_TXR_VEC = 0x0640,	/* 1 byte */
	VNIC_RXR_ADDR = 0x0800,
	VNIC_RXR_SZ = 0x0a00,
	VNIC_RXR_VEC = 0x0a40,

	VNIC_ICR = 0x0c00, /* one byte per MSI-X vector */
	VNIC_STATS = 0x0d00,
	VNIC_TXR_STATS = 0x1000, /* 16 bytes per ring: frames, bytes */
	VNIC_RXR_STATS = 0x1400,
};

/* VNIC_CTRL and VNIC_CAP. */
#define CTRL_ENABLE    (1u << 0)
#define CTRL_PROMISC   (1u << 1)
#define CTRL_L2BC      (1u << 2) /* broadcast frames pass the MAC match */
#define CTRL_L2MC      (1u << 3) /* multicast frames do */
#define CTRL_GATHER    (1u << 9) /* frames of several TX descriptors */
#define CTRL_BPF       (1u << 27)
#define CTRL_RSS2      (1u << 29)
#define CTRL_LIVE_ADDR (1u << 31)

/* VNIC_UPDATE. */
#define UPDATE_GEN  (1u << 0)
#define UPDATE_RING (1u << 1)
#define UPDATE_MSIX (1u << 5)
#define UPDATE_BPF  (1u << 10)
#define UPDATE_ERR  (1u << 31)

/* VNIC_RSS_CTRL: a mask of the indirection table, and what is hashed. */
#define RSS_MASK     0x7f
#define RSS_IPV4_TCP (1u << 10)
#define RSS_IPV4_UDP (1u << 11)
#define RSS_IPV6_TCP (1u << 12)
#define RSS_IPV6_UDP (1u << 13)
#define RSS_TOEPLITZ (1u << 24)
#define RSS_KEY_LEN  40
#define RSS_ENTRIES  128

#define ICR_UNMASKED 0
#define ICR_RXTX     1

#endif
