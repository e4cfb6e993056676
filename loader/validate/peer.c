/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <linux/bpf.h>
#include <linux/if_link.h>

#include "array.h"
#include "netns.h"
#include "validate/peer.h"
#include "xdp_netlink.h"

#define LINK_TRIES   30
#define LOST_TRIES   15
#define LINK_WAIT_US 100000

/* Does the work of @what in the peer's namespace. */
static int in_netns(struct peer *peer, int (*what)(struct peer *peer))
{
	int err = netns_enter(peer->netns);

	if (err)
		return err;
	err = what(peer);
	/* There is no way on from a namespace that is not one's own. */
	return netns_enter(peer->own_netns) ?: err;
}

static int read_flags(const struct peer *peer)
{
	struct ifreq ifr = {};

	strcpy(ifr.ifr_name, peer->dev.name);
	if (ioctl(peer->sock, SIOCGIFFLAGS, &ifr))
		return -errno;
	return (unsigned short)ifr.ifr_flags;
}

static int check_flags(int flags)
{
	if (flags < 0)
		return flags;
	return flags & IFF_UP && flags & IFF_RUNNING ? 0 : -ENETDOWN;
}

static bool is_coming_up(int flags)
{
	return flags >= 0 && flags & IFF_UP && !(flags & IFF_RUNNING);
}

/* The kernel tells of a link some time after it is there. */
static int await_link(const struct peer *peer)
{
	int flags = read_flags(peer);

	for (int i = 0; is_coming_up(flags) && i < LINK_TRIES; i++) {
		usleep(LINK_WAIT_US);
		flags = read_flags(peer);
	}
	return check_flags(flags);
}

static int open_port(struct peer *peer)
{
	char name[IF_NAMESIZE];
	struct nl nl;
	int err;

	strcpy(name, peer->dev.name);
	err = device_read(name, &peer->dev);
	if (err)
		return err;
	peer->sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (peer->sock < 0)
		return -errno;
	err = await_link(peer) ?:
	      wire_port_open(&peer->port, peer->dev.name) ?:
	      wire_port_take_all(peer->port) ?: nl_open(&nl, NETLINK_ROUTE);
	if (err)
		return err;
	err = addresses_read(&nl, &peer->addresses);
	nl_close(&nl);
	return err;
}

static const char *reason(int err)
{
	switch (err) {
	case -ENODEV:
		return "no such interface";
	case -ENETDOWN:
		return "the interface is down, or has no link";
	case -EPERM:
		return "no permission: CAP_NET_RAW or CAP_NET_ADMIN is missing";
	default:
		return strerror(-err);
	}
}

int peer_open(struct peer *peer, const struct validate_options *options,
	      char *why, size_t room)
{
	int err = 0;

	memset(peer, 0, sizeof(*peer));
	peer->pass = peer->sock = peer->netns = -1;
	peer->own_netns = netns_open(NULL);
	if (peer->own_netns >= 0)
		peer->netns = netns_open(options->netns);
	if (peer->netns < 0) {
		err = peer->own_netns < 0 ? peer->own_netns : peer->netns;
		snprintf(why, room, "%s: %s",
			 options->netns ?: "network namespace of this process",
			 err == -ENOENT ? "no such network namespace"
					: strerror(-err));
		return err;
	}
	if (strlen(options->peer) < sizeof(peer->dev.name)) {
		strcpy(peer->dev.name, options->peer);
		err = in_netns(peer, open_port);
	} else {
		err = -ENODEV;
	}
	if (err)
		snprintf(why, room, "%s: %s", options->peer, reason(err));
	return err;
}

void peer_close(struct peer *peer)
{
	if (peer->pass >= 0)
		close(peer->pass);
	wire_port_close(peer->port);
	addresses_free(&peer->addresses);
	if (peer->sock >= 0)
		close(peer->sock);
	if (peer->netns >= 0)
		close(peer->netns);
	if (peer->own_netns >= 0)
		close(peer->own_netns);
}

int peer_check(const struct peer *peer)
{
	return check_flags(read_flags(peer));
}

int peer_await_loss(const struct peer *peer)
{
	int err = peer_check(peer);

	for (int i = 0; !err && i < LOST_TRIES; i++) {
		usleep(LINK_WAIT_US);
		err = peer_check(peer);
	}
	return err;
}

static int load_pass(void)
{
	const struct bpf_insn code[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = XDP_PASS },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	/* Frames may be of any size. */
	LIBBPF_OPTS(bpf_prog_load_opts, opts,
		    .prog_flags = BPF_F_XDP_HAS_FRAGS);
	int fd = bpf_prog_load(BPF_PROG_TYPE_XDP, "offload_pass", "GPL", code,
			       ARRAY_SIZE(code), &opts);

	if (fd < 0) { /* before Linux 5.18 */
		opts.prog_flags = 0;
		fd = bpf_prog_load(BPF_PROG_TYPE_XDP, "offload_pass", "GPL",
				   code, ARRAY_SIZE(code), &opts);
	}
	return fd;
}

static int attach_pass(struct peer *peer)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts, .flags = XDP_FLAGS_DRV_MODE);
	struct xdp_state state;
	struct nl nl;
	int fd, err = nl_open(&nl, NETLINK_ROUTE);

	if (err)
		return err;
	err = xdp_query(&nl, peer->dev.ifindex, &state);
	nl_close(&nl);
	if (err || state.attached)
		return err;
	fd = load_pass();
	if (fd < 0)
		return fd;
	peer->pass = bpf_link_create(fd, peer->dev.ifindex, BPF_XDP, &opts);
	close(fd);
	return peer->pass < 0 ? peer->pass : 0;
}

void peer_let_in(struct peer *peer)
{
	if (!strcmp(peer->dev.driver, "veth"))
		peer->shut = in_netns(peer, attach_pass);
}
