/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>

#include "array.h"
#include "device.h"
#include "genl.h"

/* The netdev family; Debian 12's headers do not have linux/netdev.h yet. */
#define NETDEV_CMD_DEV_GET	  1
#define NETDEV_A_DEV_IFINDEX	  1
#define NETDEV_A_DEV_XDP_FEATURES 3

static int device_ioctl(const char *name, unsigned long request, void *data,
			struct ifreq *ifr)
{
	int sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int err;

	if (sock < 0)
		return -errno;
	memset(ifr, 0, sizeof(*ifr));
	snprintf(ifr->ifr_name, sizeof(ifr->ifr_name), "%s", name);
	if (data)
		ifr->ifr_data = data;
	err = ioctl(sock, request, ifr) ? -errno : 0;
	close(sock);
	return err;
}

static int ethtool(const struct device *dev, void *command)
{
	struct ifreq ifr;

	return device_ioctl(dev->name, SIOCETHTOOL, command, &ifr);
}

static void read_driver(struct device *dev)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };

	if (ethtool(dev, &info))
		return;
	snprintf(dev->driver, sizeof(dev->driver), "%s", info.driver);
	snprintf(dev->bus, sizeof(dev->bus), "%s", info.bus_info);
	if (strcmp(info.fw_version, "N/A"))
		snprintf(dev->firmware, sizeof(dev->firmware), "%s",
			 info.fw_version);
}

static void read_flags(struct device *dev)
{
	struct ethtool_value flags = { .cmd = ETHTOOL_GFLAGS };
	struct ifreq ifr;

	if (!ethtool(dev, &flags))
		dev->strips_vlan_tags = flags.data & ETH_FLAG_RXVLAN;
	if (!device_ioctl(dev->name, SIOCGIFMTU, NULL, &ifr))
		dev->mtu = ifr.ifr_mtu;
	if (!device_ioctl(dev->name, SIOCGIFFLAGS, NULL, &ifr))
		dev->flags = (unsigned short)ifr.ifr_flags;
}

static int on_dev_attr(const struct nlattr *attr, void *data)
{
	struct device *dev = data;

	if (mnl_attr_get_type(attr) == NETDEV_A_DEV_XDP_FEATURES) {
		dev->features = mnl_attr_get_u64(attr);
		dev->features_known = true;
	}
	return MNL_CB_OK;
}

static int on_dev(const struct nlmsghdr *msg, void *data)
{
	return genl_attributes(msg, on_dev_attr, data);
}

void device_read_features(struct device *dev)
{
	struct nlmsghdr *msg;
	struct nl nl;
	int family = genl_open(&nl, "netdev");

	if (family < 0)
		return;
	msg = genl_request(&nl, family, NETDEV_CMD_DEV_GET);
	mnl_attr_put_u32(msg, NETDEV_A_DEV_IFINDEX, dev->ifindex);
	nl_talk(&nl, msg, on_dev, dev);
	nl_close(&nl);
}

int device_read(const char *name, struct device *out)
{
	struct ifreq ifr;
	int err;

	memset(out, 0, sizeof(*out));
	/* The ioctl would take what is before a colon. */
	if (strlen(name) >= sizeof(out->name) || strchr(name, ':'))
		return -ENODEV;
	err = device_ioctl(name, SIOCGIFINDEX, NULL, &ifr);
	if (err)
		return err;
	strcpy(out->name, name);
	out->ifindex = ifr.ifr_ifindex;
	read_driver(out);
	read_flags(out);
	return 0;
}

const char *device_feature_name(unsigned int bit)
{
	/* As in the kernel's Documentation/netlink/specs/netdev.yaml. */
	static const char *const names[] = {
		"basic",      "redirect", "ndo-xmit",	 "xsk-zerocopy",
		"hw-offload", "rx-sg",	  "ndo-xmit-sg",
	};

	return bit < ARRAY_SIZE(names) ? names[bit] : NULL;
}

bool device_is_nfp(const struct device *dev)
{
	return !strcmp(dev->driver, "nfp");
}

void device_firmware_image(const struct device *dev, char *out, size_t room)
{
	char vnic[32], nsp[32], image[32];

	/* "<vNIC> <NSP> <image> <application>" */
	if (sscanf(dev->firmware, "%31s %31s %31s", vnic, nsp, image) == 3)
		snprintf(out, room, "%s", image);
	else
		snprintf(out, room, "%s", dev->firmware);
}

bool device_has_bpf_firmware(const struct device *dev)
{
	const char *last = strrchr(dev->firmware, ' ');
	char image[32];

	device_firmware_image(dev, image, sizeof(image));
	return (last && !strcmp(last + 1, "ebpf")) ||
	       !strncmp(image, "bpf-", 4);
}

static int counter_count(const struct device *dev)
{
	union {
		struct ethtool_sset_info info;
		char room[sizeof(struct ethtool_sset_info) + sizeof(__u32)];
	} set = { .info.cmd = ETHTOOL_GSSET_INFO };
	int err;

	set.info.sset_mask = 1ULL << ETH_SS_STATS;
	err = ethtool(dev, &set);
	if (err)
		return err;
	return set.info.sset_mask ? (int)set.info.data[0] : 0;
}

int device_counters(const struct device *dev, struct device_counter **out)
{
	int count = counter_count(dev), err = 0;
	struct ethtool_gstrings *names;
	struct ethtool_stats *values;

	*out = NULL;
	if (count <= 0)
		return count;
	names = calloc(1, sizeof(*names) + (size_t)count * ETH_GSTRING_LEN);
	values = calloc(1, sizeof(*values) + (size_t)count * sizeof(__u64));
	*out = calloc(count, sizeof(**out));
	if (!names || !values || !*out) {
		err = -ENOMEM;
		goto cleanup;
	}
	names->cmd = ETHTOOL_GSTRINGS;
	names->string_set = ETH_SS_STATS;
	names->len = count;
	values->cmd = ETHTOOL_GSTATS;
	values->n_stats = count;
	err = ethtool(dev, names) ?: ethtool(dev, values);
	for (int i = 0; !err && i < count; i++) {
		memcpy((*out)[i].name, names->data + i * ETH_GSTRING_LEN,
		       ETH_GSTRING_LEN - 1);
		(*out)[i].value = values->data[i];
	}
cleanup:
	if (err) {
		free(*out);
		*out = NULL;
	}
	free(names);
	free(values);
	return err ?: count;
}
