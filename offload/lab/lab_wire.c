/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "array.h"
#include "lab_exec.h"
#include "lab_netns.h"
#include "lab_wire.h"

/* What is on its way in a cable, small frames: about as many as a tap holds. */
#define CABLE_BYTES (1 << 20)

/* What each wire's end in the namespace is called and has. */
static const struct {
	const char *name;
	const char *mac;
	const char *ipv4;
	const char *ipv6;
} defaults[CARD_PORTS_MAX] = {
	{ "wire0", "02:00:00:00:00:02", "192.0.2.2/24", "2001:db8::2/64" },
	{ "wire1", "02:00:00:00:01:02", "198.51.100.2/24", "2001:db8:1::2/64" },
};

/* The kernel's own frames stay off the wire, and addresses work at once. */
static const struct {
	const char *name;
	const char *value;
} settings[] = {
	{ "addr_gen_mode", "1" }, /* no link-local address */
	{ "accept_ra", "0" },
	{ "router_solicitations", "0" },
	{ "accept_dad", "0" },
};

/* ip creates the name or fails: two labs never share one. What is recorded
 * before is deleted only if the cookie is right, so nothing of others is.
 */
static int attach_netns(const struct lab_wires *wires,
			const struct lab_dir *dir, struct lab_why *why)
{
	char said[256], pid[16];
	char *ip[] = {
		"ip", "netns", "attach", (char *)wires->netns, pid, NULL
	};
	int err = lab_dir_own_netns(dir, wires->netns, why);

	snprintf(pid, sizeof(pid), "%d", getpid());
	if (!err && lab_exec(ip, NULL, said, sizeof(said)))
		err = lab_fail(why, "no namespace %s: %s", wires->netns, said);
	return err;
}

/* A namespace without a name vanishes with this process. */
static int make_netns(struct lab_wires *wires, const struct lab_dir *dir,
		      struct lab_why *why)
{
	if (unshare(CLONE_NEWNET))
		return lab_fail(why, "no new namespace: %s", strerror(errno));
	strcpy(wires->netns, "lab");
	if (!attach_netns(wires, dir, why))
		return 0;
	snprintf(wires->netns, sizeof(wires->netns), "lab-%d", getpid());
	if (attach_netns(wires, dir, why))
		return -EINVAL;
	why->text[0] = '\0';
	return 0;
}

static int enter_netns(const char *name, struct lab_why *why)
{
	if (!lab_netns_enter(name))
		return 0;
	return lab_fail(why,
			"no namespace %s: %s (\"ip netns add %s\" makes one)",
			name, strerror(errno), name);
}

static int open_tap(const char *name, struct lab_why *why)
{
	struct ifreq request = {
		.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_TUN_EXCL,
	};
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return lab_fail(why, "/dev/net/tun: %s", strerror(errno));
	strcpy(request.ifr_name, name);
	if (!ioctl(fd, TUNSETIFF, &request))
		return fd;
	lab_fail(why, "the wire %s cannot be made: %s", name,
		 errno == EBUSY ? "an interface there has this name"
				: strerror(errno));
	close(fd);
	return -EINVAL;
}

/* A kernel without IPv6 has none of these, and none of its noise. */
static void quieten(const char *name)
{
	char path[128];

	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		int fd;

		snprintf(path, sizeof(path), "/proc/sys/net/ipv6/conf/%s/%s",
			 name, settings[i].name);
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		(void)!write(fd, settings[i].value, 1);
		close(fd);
	}
}

static int give_addresses(const char *name, unsigned int port,
			  struct lab_why *why)
{
	char *ip[] = { "ip", "-batch", "-", NULL };
	char batch[512], said[512];

	snprintf(batch, sizeof(batch),
		 "link set dev %s address %s\n"
		 "address add %s dev %s\n"
		 "address add %s dev %s nodad\n"
		 "link set dev lo up\n"
		 "link set dev %s up\n",
		 name, defaults[port].mac, defaults[port].ipv4, name,
		 defaults[port].ipv6, name, name);
	if (lab_exec(ip, batch, said, sizeof(said)))
		return lab_fail(why, "the wire %s cannot be set up: %s", name,
				said);
	return 0;
}

static int make_wire(struct lab_wires *wires, const char *name,
		     struct lab_why *why)
{
	unsigned int port = wires->count;
	int fd;

	if (!name)
		name = defaults[port].name;
	fd = open_tap(name, why);
	if (fd < 0)
		return fd;
	strcpy(wires->name[port], name);
	wires->fd[port] = fd;
	wires->count++;
	quieten(name);
	return give_addresses(name, port, why);
}

/* A stream, because the datagrams that a socket holds may be ten (sysctl
 * net.unix.max_dgram_qlen). Not QEMU's own hub, which hands a frame to one port
 * while the other is still sending it.
 */
static int make_cable(struct lab_wires *wires, struct lab_why *why)
{
	const int bytes = CABLE_BYTES;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wires->fd))
		return lab_fail(why, "no cable: %s", strerror(errno));
	wires->cable = true;
	wires->count = CARD_PORTS_MAX;
	for (unsigned int i = 0; i < wires->count; i++)
		setsockopt(wires->fd[i], SOL_SOCKET, SO_SNDBUFFORCE, &bytes,
			   sizeof(bytes));
	return 0;
}

static int make_taps(struct lab_wires *wires, const struct lab_options *options,
		     const struct lab_dir *dir, struct lab_why *why)
{
	int err;

	if (options->netns) {
		strcpy(wires->netns, options->netns);
		err = enter_netns(wires->netns, why);
	} else {
		err = make_netns(wires, dir, why);
	}
	while (!err && wires->count < options->config.ports)
		err = make_wire(wires, options->wires[wires->count], why);
	return err;
}

int lab_wires_make(struct lab_wires *wires, const struct lab_options *options,
		   const struct lab_dir *dir, struct lab_why *why)
{
	int home, err;

	if (options->cable)
		return make_cable(wires, why);
	home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (home < 0)
		return lab_fail(why, "/proc/self/ns/net: %s", strerror(errno));
	err = make_taps(wires, options, dir, why);
	if (setns(home, CLONE_NEWNET) && !err)
		err = lab_fail(why, "cannot leave the namespace %s: %s",
			       wires->netns, strerror(errno));
	close(home);
	return err;
}
