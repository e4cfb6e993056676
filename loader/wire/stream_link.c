/* SPDX-License-Identifier: GPL-2.0-only */
/* Cards restart when a program or a socket is put at them. */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "nap.h"
#include "wire/link.h"
#include "wire/stream_private.h"

#define LINK_SECONDS 10
#define POLL_SECONDS 0.005

int stream_await_link(const struct stream *s)
{
	double end = nap_now() + LINK_SECONDS;
	int sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int up = sock < 0 ? -errno : 0, err = 0;

	while (!up && !err) {
		up = link_state(sock, s->ifname);
		if (!up)
			err = nap_now() < end ? nap_for(POLL_SECONDS)
					      : -ENETDOWN;
	}
	if (sock >= 0)
		close(sock);
	return up < 0 ? up : err;
}
