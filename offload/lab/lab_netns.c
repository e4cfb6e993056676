/* SPDX-License-Identifier: GPL-2.0-only */
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab_netns.h"

uint64_t lab_netns_cookie(void)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	uint64_t cookie = 0;
	socklen_t len = sizeof(cookie);

	if (fd < 0)
		return 0;
	if (getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &len))
		cookie = 0;
	close(fd);
	return cookie;
}

int lab_netns_enter(const char *name)
{
	char path[NAME_MAX + 32];
	int fd, err;

	snprintf(path, sizeof(path), "/run/netns/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	err = setns(fd, CLONE_NEWNET);
	close(fd);
	return err;
}

uint64_t lab_netns_cookie_of(const char *name)
{
	int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	uint64_t cookie = 0;

	if (home < 0)
		return 0;
	if (!lab_netns_enter(name)) {
		cookie = lab_netns_cookie();
		if (setns(home, CLONE_NEWNET))
			cookie = 0;
	}
	close(home);
	return cookie;
}
