/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/if_addr.h>

#include "array.h"
#include "nl.h"

int nl_open(struct nl *nl, int bus)
{
	int on = 1;

	nl->message[0] = '\0';
	nl->seq = 0;
	nl->bus = bus;
	nl->sock = mnl_socket_open2(bus, SOCK_CLOEXEC);
	if (!nl->sock)
		return -errno;
	if (mnl_socket_bind(nl->sock, 0, MNL_SOCKET_AUTOPID) < 0) {
		int err = -errno;

		nl_close(nl);
		return err;
	}
	/* Without these there is no sentence, but still an answer. */
	mnl_socket_setsockopt(nl->sock, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(nl->sock, NETLINK_CAP_ACK, &on, sizeof(on));
	return 0;
}

void nl_close(struct nl *nl)
{
	if (nl->sock)
		mnl_socket_close(nl->sock);
	nl->sock = NULL;
}

struct nlmsghdr *nl_request(struct nl *nl, __u16 type, __u16 flags)
{
	struct nlmsghdr *msg = mnl_nlmsg_put_header(nl->buf);

	msg->nlmsg_type = type;
	msg->nlmsg_flags = NLM_F_REQUEST | flags;
	msg->nlmsg_seq = ++nl->seq;
	return msg;
}

static int keep_message(const struct nlattr *attr, void *data)
{
	struct nl *nl = data;

	if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG &&
	    mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) >= 0)
		snprintf(nl->message, sizeof(nl->message), "%s",
			 mnl_attr_get_str(attr));
	return MNL_CB_OK;
}

static int on_error(const struct nlmsghdr *msg, void *data)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(msg);
	struct nl *nl = data;
	size_t skip = sizeof(*err);

	if (msg->nlmsg_flags & NLM_F_ACK_TLVS) {
		if (!(msg->nlmsg_flags & NLM_F_CAPPED))
			skip += mnl_nlmsg_get_payload_len(&err->msg);
		mnl_attr_parse(msg, skip, keep_message, nl);
	}
	errno = -err->error;
	return err->error ? MNL_CB_ERROR : MNL_CB_STOP;
}

/* What the callbacks of one answer need. */
struct answer {
	struct nl *nl;
	mnl_cb_t cb;
	void *data;
};

static int on_message(const struct nlmsghdr *msg, void *data)
{
	struct answer *answer = data;

	return answer->cb ? answer->cb(msg, answer->data) : MNL_CB_OK;
}

static int on_error_of(const struct nlmsghdr *msg, void *data)
{
	return on_error(msg, ((struct answer *)data)->nl);
}

/* Read until the answer is complete. */
static int read_answer(struct nl *nl, struct answer *answer)
{
	/* Up to NLMSG_ERROR: libmnl has its own for what comes after. Not
	 * const only because libmnl's prototype is not.
	 */
	static mnl_cb_t control[NLMSG_ERROR + 1] = {
		[NLMSG_ERROR] = on_error_of,
	};
	int more;

	do {
		ssize_t len =
			mnl_socket_recvfrom(nl->sock, nl->buf, sizeof(nl->buf));

		if (len < 0)
			return -errno;
		more = mnl_cb_run2(nl->buf, len, nl->seq,
				   mnl_socket_get_portid(nl->sock), on_message,
				   answer, control, ARRAY_SIZE(control));
	} while (more > 0);
	return more < 0 ? -errno : 0;
}

int nl_talk(struct nl *nl, struct nlmsghdr *msg, mnl_cb_t cb, void *data)
{
	/* Of two bits, each of which means something else in a change. */
	bool dump = (msg->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	struct answer answer = { nl, cb, data };
	int err;

	nl->message[0] = '\0';
	if (!dump)
		msg->nlmsg_flags |= NLM_F_ACK;
	if (mnl_socket_sendto(nl->sock, msg, msg->nlmsg_len) < 0)
		return -errno;
	err = read_answer(nl, &answer);
	if (err && dump) {
		/* The rest of it would be taken for the next answer. */
		nl_close(nl);
		return nl_open(nl, nl->bus) ?: err;
	}
	return err;
}

static int on_address_attr(const struct nlattr *attr, void *data)
{
	const struct nlattr **addr = data;

	/* On a point-to-point link IFA_ADDRESS is the peer's. */
	if (mnl_attr_get_type(attr) == IFA_LOCAL ||
	    (mnl_attr_get_type(attr) == IFA_ADDRESS && !*addr))
		*addr = attr;
	return MNL_CB_OK;
}

const struct nlattr *nl_own_address(const struct nlmsghdr *msg)
{
	const struct nlattr *addr = NULL;

	mnl_attr_parse(msg, sizeof(struct ifaddrmsg), on_address_attr, &addr);
	return addr;
}
