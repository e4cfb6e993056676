/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>

#include "array.h"
#include "wire/port.h"

#define QUEUE_BYTES  (32 << 20)
#define FULL_TRIES   1000 /* while the device's queue is full */
#define FULL_WAIT_US 100
#define TAG_BYTES    4 /* kept free before a frame, to put its tag back */

union rx_control {
	struct cmsghdr header; /* aligns it */
	char bytes[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
};

struct wire_port {
	int fd;
	int ifindex;
	__u8 mac[ETH_ALEN];
	struct mmsghdr rx[WIRE_BATCH];
	struct iovec rx_iov[WIRE_BATCH];
	union rx_control rx_control[WIRE_BATCH];
	__u8 rx_room[WIRE_BATCH][TAG_BYTES + WIRE_FRAME_MAX];
};

static int set_option(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof(value)) ? -errno : 0;
}

static int read_mac(struct wire_port *port, const char *ifname)
{
	struct ifreq req = {};

	strncpy(req.ifr_name, ifname, IFNAMSIZ - 1);
	if (ioctl(port->fd, SIOCGIFHWADDR, &req))
		return -errno;
	memcpy(port->mac, req.ifr_hwaddr.sa_data, ETH_ALEN);
	return 0;
}

static int bind_to(struct wire_port *port, const char *ifname)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(ifname),
	};

	if (!addr.sll_ifindex)
		return -errno;
	port->ifindex = addr.sll_ifindex;
	return bind(port->fd, (void *)&addr, sizeof(addr)) ? -errno : 0;
}

static int set_up(struct wire_port *port, const char *ifname)
{
	int err;

	/* Without the privilege there is less room, and no other harm. */
	set_option(port->fd, SOL_SOCKET, SO_RCVBUFFORCE, QUEUE_BYTES);
	err = set_option(port->fd, SOL_PACKET, PACKET_AUXDATA, 1);
	if (!err)
		err = set_option(port->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING,
				 1);
	if (!err)
		err = bind_to(port, ifname);
	if (!err)
		err = read_mac(port, ifname);
	return err;
}

int wire_port_open(struct wire_port **out, const char *ifname)
{
	struct wire_port *port = calloc(1, sizeof(*port));
	int err;

	if (!port)
		return -ENOMEM;
	/* Protocol 0: nothing from other interfaces before it is bound. */
	port->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	err = port->fd < 0 ? -errno : set_up(port, ifname);
	if (err) {
		wire_port_close(port);
		return err;
	}
	*out = port;
	return 0;
}

void wire_port_close(struct wire_port *port)
{
	if (!port)
		return;
	if (port->fd >= 0)
		close(port->fd);
	free(port);
}

int wire_port_take_all(struct wire_port *port)
{
	struct packet_mreq all = {
		.mr_ifindex = port->ifindex,
		.mr_type = PACKET_MR_PROMISC,
	};

	return setsockopt(port->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all,
			  sizeof(all))
		       ? -errno
		       : 0;
}

const __u8 *wire_port_mac(const struct wire_port *port)
{
	return port->mac;
}

static int attach_filter(int fd, struct sock_filter *code, unsigned int len)
{
	struct sock_fprog prog = { .len = len, .filter = code };

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog))
		       ? -errno
		       : 0;
}

static void drop_waiting(int fd)
{
	char byte;

	while (recv(fd, &byte, sizeof(byte), MSG_DONTWAIT | MSG_TRUNC) >= 0)
		;
}

int wire_port_only_from(struct wire_port *port, const __u8 mac[ETH_ALEN])
{
	__u32 high = mac[0] << 8 | mac[1];
	__u32 low = (__u32)mac[2] << 24 | mac[3] << 16 | mac[4] << 8 | mac[5];
	struct sock_filter none[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
	struct sock_filter from[] = {
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, ETH_ALEN),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, high, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ETH_ALEN + 2),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, low, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, WIRE_FRAME_MAX),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	int err;

	/* A filter sees only what comes after it: stop, empty, then filter. */
	err = attach_filter(port->fd, none, ARRAY_SIZE(none));
	if (err)
		return err;
	drop_waiting(port->fd);
	return attach_filter(port->fd, from, ARRAY_SIZE(from));
}

static int send_batch(struct wire_port *port, const struct wire_buf *frames,
		      unsigned int count)
{
	struct mmsghdr msgs[WIRE_BATCH] = {};
	struct iovec iov[WIRE_BATCH];
	unsigned int sent = 0, full = 0;

	for (unsigned int i = 0; i < count; i++) {
		iov[i].iov_base = (void *)frames[i].data;
		iov[i].iov_len = frames[i].len;
		msgs[i].msg_hdr.msg_iov = &iov[i];
		msgs[i].msg_hdr.msg_iovlen = 1;
	}
	while (sent < count) {
		int n = sendmmsg(port->fd, msgs + sent, count - sent, 0);

		if (n > 0)
			sent += n;
		else if (errno == ENOBUFS && full++ < FULL_TRIES)
			usleep(FULL_WAIT_US);
		else if (errno != EINTR)
			return -errno;
	}
	return 0;
}

int wire_port_send(struct wire_port *port, const struct wire_buf *frames,
		   unsigned int count)
{
	int err = 0;

	while (count && !err) {
		unsigned int n = count < WIRE_BATCH ? count : WIRE_BATCH;

		err = send_batch(port, frames, n);
		frames += n;
		count -= n;
	}
	return err;
}

static void prepare_rx(struct wire_port *port, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		port->rx_iov[i].iov_base = port->rx_room[i] + TAG_BYTES;
		port->rx_iov[i].iov_len = WIRE_FRAME_MAX;
		port->rx[i].msg_hdr = (struct msghdr){
			.msg_iov = &port->rx_iov[i],
			.msg_iovlen = 1,
			.msg_control = &port->rx_control[i],
			.msg_controllen = sizeof(port->rx_control[i]),
		};
	}
}

static const struct tpacket_auxdata *find_auxdata(struct msghdr *msg)
{
	struct cmsghdr *cmsg;

	for (cmsg = CMSG_FIRSTHDR(msg); cmsg; cmsg = CMSG_NXTHDR(msg, cmsg))
		if (cmsg->cmsg_level == SOL_PACKET &&
		    cmsg->cmsg_type == PACKET_AUXDATA)
			return (void *)CMSG_DATA(cmsg);
	return NULL;
}

/* Move both MACs of @room's frame to the left, and the tag into the gap. */
static void put_tag_back(__u8 *room, const struct tpacket_auxdata *aux)
{
	bool has_tpid = aux->tp_status & TP_STATUS_VLAN_TPID_VALID;
	__be16 tag[2] = {
		htons(has_tpid ? aux->tp_vlan_tpid : ETH_P_8021Q),
		htons(aux->tp_vlan_tci),
	};

	memmove(room, room + TAG_BYTES, 2 * ETH_ALEN);
	memcpy(room + 2 * ETH_ALEN, tag, sizeof(tag));
}

static struct wire_buf take_frame(struct wire_port *port, unsigned int i)
{
	const struct tpacket_auxdata *aux = find_auxdata(&port->rx[i].msg_hdr);
	__u8 *room = port->rx_room[i];
	struct wire_buf buf = { room + TAG_BYTES, port->rx[i].msg_len };

	if (aux && aux->tp_status & TP_STATUS_VLAN_VALID &&
	    buf.len >= 2 * ETH_ALEN) {
		put_tag_back(room, aux);
		buf.data = room;
		buf.len += TAG_BYTES;
	}
	return buf;
}

int wire_port_recv(struct wire_port *port, struct wire_buf *frames,
		   unsigned int max, int timeout_ms)
{
	struct pollfd fd = { .fd = port->fd, .events = POLLIN };
	unsigned int room = max < WIRE_BATCH ? max : WIRE_BATCH;
	int n;

	prepare_rx(port, room);
	n = recvmmsg(port->fd, port->rx, room, MSG_DONTWAIT, NULL);
	if (n < 0 && errno == EAGAIN && timeout_ms) {
		if (poll(&fd, 1, timeout_ms) < 0)
			return errno == EINTR ? 0 : -errno;
		n = recvmmsg(port->fd, port->rx, room, MSG_DONTWAIT, NULL);
	}
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	for (int i = 0; i < n; i++)
		frames[i] = take_frame(port, i);
	return n;
}

long wire_port_lost(struct wire_port *port)
{
	struct tpacket_stats stats;
	socklen_t len = sizeof(stats);

	if (getsockopt(port->fd, SOL_PACKET, PACKET_STATISTICS, &stats, &len))
		return -errno;
	return stats.tp_drops;
}
