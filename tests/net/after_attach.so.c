/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Preloaded into a loader: runs the command in $AFTER_ATTACH once, when the
 * kernel has acknowledged an attachment, and before the loader reads on. So
 * the interface can be changed between an attach and the read-back of it.
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

static bool is_attach_ack(const struct msghdr *msg, ssize_t len)
{
	const struct nlmsghdr *answer = msg->msg_iov[0].iov_base;
	const struct nlmsgerr *ack = NLMSG_DATA(answer);

	return len >= (ssize_t)NLMSG_LENGTH(sizeof(*ack)) &&
	       answer->nlmsg_type == NLMSG_ERROR && !ack->error &&
	       (ack->msg.nlmsg_type == RTM_SETLINK ||
		ack->msg.nlmsg_type == RTM_NEWTFILTER);
}

ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
{
	ssize_t (*real)(int, struct msghdr *, int) =
		dlsym(RTLD_NEXT, "recvmsg");
	const char *command = getenv("AFTER_ATTACH");
	ssize_t len = real(fd, msg, flags);

	if (command && is_attach_ack(msg, len)) {
		/* The command must not run itself again. */
		unsetenv("LD_PRELOAD");
		if (system(command))
			abort();
		unsetenv("AFTER_ATTACH");
	}
	return len;
}
