/* SPDX-License-Identifier: GPL-2.0-only */
/* What a network device is, as far as it matters to XDP. */
#ifndef DEVICE_H
#define DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <net/if.h>
#include <linux/types.h>

#include "nl.h"

/* Bits of device.features, as the netdev netlink family gives them (6.3 on;
 * NETDEV_XDP_ACT_* in the kernel's include/uapi/linux/netdev.h).
 */
enum xdp_feature {
	XDP_FEATURE_BASIC = 1 << 0, /* native XDP but for redirection */
	XDP_FEATURE_REDIRECT = 1 << 1,
	XDP_FEATURE_NDO_XMIT = 1 << 2, /* takes frames redirected to it */
	XDP_FEATURE_ZEROCOPY = 1 << 3,
	XDP_FEATURE_HW_OFFLOAD = 1 << 4,
	XDP_FEATURE_FRAGS = 1 << 5, /* several buffers to a frame */
	XDP_FEATURE_NDO_XMIT_FRAGS = 1 << 6,
};

struct device {
	char name[IF_NAMESIZE];
	int ifindex;
	unsigned int mtu;    /* bytes */
	unsigned int flags;  /* IFF_* */
	char driver[32];     /* "" where the device does not say */
	char firmware[32];   /* the same */
	char bus[32];	     /* the same; "0000:03:00.0" of one on PCI */
	bool features_known; /* by device_read_features() */
	__u64 features;	     /* enum xdp_feature */
	bool strips_vlan_tags;
};

/**
 * device_read() - look at an interface
 * @name: of the interface
 *
 * What a device or a kernel does not tell is left empty.
 *
 * Return: 0; -ENODEV where there is no such interface; else -errno.
 */
int device_read(const char *name, struct device *out);

/* Ask for the XDP features, which most loads do not need to know. They stay
 * unknown before 6.3, which has no netdev family.
 */
void device_read_features(struct device *dev);

/* Name of one bit of enum xdp_feature; NULL for a bit that we do not know. */
const char *device_feature_name(unsigned int bit);

/* A Netronome card, whose driver is nfp? */
bool device_is_nfp(const struct device *dev);

/* Does a card's firmware have the application that runs BPF? It calls itself
 * ebpf, the last word of the firmware version (nfp_net_ethtool.c,
 * nfp_get_drvinfo), which ethtool cuts at 31 characters: so the name of the
 * image, bpf-2.0.6.124 and the like, is as good.
 */
bool device_has_bpf_firmware(const struct device *dev);

/* The word of a firmware version that names the image: "nic-2.1.13". Copied to
 * @out, of @room bytes.
 */
void device_firmware_image(const struct device *dev, char *out, size_t room);

/* One counter of ethtool -S. */
struct device_counter {
	char name[32];
	__u64 value;
};

/**
 * device_counters() - the device's own counters
 * @out: the counters; freed with free()
 *
 * Return: how many, or -errno.
 */
int device_counters(const struct device *dev, struct device_counter **out);

#endif
