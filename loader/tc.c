/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "tc.h"

#define INGRESS TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS)
#define EGRESS	TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS)

/* Priority and protocol of our place. */
#define OUR_INFO TC_H_MAKE(TC_PRIORITY << 16, htons(ETH_P_ALL))

/* A holder needs a few milliseconds. */
#define LOCK_TRIES   5000
#define LOCK_WAIT_US 2000

int tc_lock(int ifindex)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t len = offsetof(struct sockaddr_un, sun_path) + 1;

	if (fd < 0)
		return -errno;
	/* The first byte stays 0: the name is abstract. */
	len += snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1,
			"offload-load-tc-%d", ifindex);
	for (int i = 0; i < LOCK_TRIES; i++) {
		if (!bind(fd, (struct sockaddr *)&name, len))
			return fd;
		usleep(LOCK_WAIT_US);
	}
	close(fd);
	return -EBUSY;
}

static struct nlmsghdr *tc_request(struct nl *nl, __u16 type, __u16 flags,
				   int ifindex, __u32 parent)
{
	struct nlmsghdr *msg = nl_request(nl, type, flags);
	struct tcmsg *tcm = mnl_nlmsg_put_extra_header(msg, sizeof(*tcm));

	tcm->tcm_family = AF_UNSPEC;
	tcm->tcm_ifindex = ifindex;
	tcm->tcm_parent = parent;
	return msg;
}

static struct nlmsghdr *our_filter(struct nl *nl, __u16 type, __u16 flags,
				   int ifindex)
{
	struct nlmsghdr *msg = tc_request(nl, type, flags, ifindex, INGRESS);
	struct tcmsg *tcm = mnl_nlmsg_get_payload(msg);

	tcm->tcm_handle = TC_HANDLE;
	tcm->tcm_info = OUR_INFO;
	mnl_attr_put_strz(msg, TCA_KIND, "bpf");
	return msg;
}

static int on_bpf_attr(const struct nlattr *attr, void *data)
{
	if (mnl_attr_get_type(attr) == TCA_BPF_ID)
		*(__u32 *)data = mnl_attr_get_u32(attr);
	return MNL_CB_OK;
}

static int on_filter_attr(const struct nlattr *attr, void *data)
{
	if (mnl_attr_get_type(attr) == TCA_OPTIONS)
		return mnl_attr_parse_nested(attr, on_bpf_attr, data);
	return MNL_CB_OK;
}

static int on_filter(const struct nlmsghdr *msg, void *data)
{
	const struct tcmsg *tcm = mnl_nlmsg_get_payload(msg);
	struct tc_state *state = data;

	if (!tcm->tcm_handle) /* a header that stands for a priority */
		return MNL_CB_OK;
	if (tcm->tcm_parent == EGRESS || tcm->tcm_info != OUR_INFO ||
	    tcm->tcm_handle != TC_HANDLE) {
		state->others++;
		return MNL_CB_OK;
	}
	state->handle = tcm->tcm_handle;
	return mnl_attr_parse(msg, sizeof(*tcm), on_filter_attr, &state->id);
}

/* What one dump of the queueing disciplines is asked. */
struct qdisc_walk {
	int ifindex;
	struct tc_state *state;
};

static int on_qdisc_attr(const struct nlattr *attr, void *data)
{
	struct tc_state *state = data;

	if (mnl_attr_get_type(attr) != TCA_KIND)
		return MNL_CB_OK;
	state->clsact |= !strcmp(mnl_attr_get_str(attr), "clsact");
	state->ingress |= !strcmp(mnl_attr_get_str(attr), "ingress");
	return MNL_CB_OK;
}

/* The dump is of every device. */
static int on_qdisc(const struct nlmsghdr *msg, void *data)
{
	const struct tcmsg *tcm = mnl_nlmsg_get_payload(msg);
	struct qdisc_walk *walk = data;

	if (tcm->tcm_ifindex != walk->ifindex)
		return MNL_CB_OK;
	return mnl_attr_parse(msg, sizeof(*tcm), on_qdisc_attr, walk->state);
}

static int dump_filters(struct nl *nl, int ifindex, __u32 parent,
			struct tc_state *out)
{
	struct nlmsghdr *msg =
		tc_request(nl, RTM_GETTFILTER, NLM_F_DUMP, ifindex, parent);

	return nl_talk(nl, msg, on_filter, out);
}

static int query_once(struct nl *nl, int ifindex, struct tc_state *out)
{
	struct qdisc_walk walk = { ifindex, out };
	struct nlmsghdr *msg;
	int err;

	memset(out, 0, sizeof(*out));
	msg = tc_request(nl, RTM_GETQDISC, NLM_F_DUMP, ifindex, 0);
	err = nl_talk(nl, msg, on_qdisc, &walk);
	if (!err && (out->clsact || out->ingress))
		err = dump_filters(nl, ifindex, INGRESS, out);
	/* Asked for egress, ingress would show the same filters again. */
	if (!err && out->clsact)
		err = dump_filters(nl, ifindex, EGRESS, out);
	return err;
}

int tc_query(struct nl *nl, int ifindex, struct tc_state *out)
{
	int err = query_once(nl, ifindex, out);

	for (int i = 0; err == -EINTR && i < NL_TRIES; i++)
		err = query_once(nl, ifindex, out);
	return err;
}

static int change_clsact(struct nl *nl, int ifindex, __u16 type, __u16 flags)
{
	struct nlmsghdr *msg =
		tc_request(nl, type, flags, ifindex, TC_H_CLSACT);
	struct tcmsg *tcm = mnl_nlmsg_get_payload(msg);

	tcm->tcm_handle = TC_H_MAKE(TC_H_CLSACT, 0);
	mnl_attr_put_strz(msg, TCA_KIND, "clsact");
	return nl_talk(nl, msg, NULL, NULL);
}

int tc_add_clsact(struct nl *nl, int ifindex)
{
	return change_clsact(nl, ifindex, RTM_NEWQDISC,
			     NLM_F_CREATE | NLM_F_EXCL);
}

static int remove_empty_clsact(struct nl *nl, int ifindex)
{
	struct tc_state state;
	int err = tc_query(nl, ifindex, &state);

	if (err || !state.clsact || state.others || state.handle)
		return err;
	return change_clsact(nl, ifindex, RTM_DELQDISC, 0);
}

static int change_filter(struct nl *nl, int ifindex, int fd, const char *name,
			 __u16 flags)
{
	struct nlmsghdr *msg =
		our_filter(nl, RTM_NEWTFILTER, NLM_F_CREATE | flags, ifindex);
	struct nlattr *options = mnl_attr_nest_start(msg, TCA_OPTIONS);

	mnl_attr_put_u32(msg, TCA_BPF_FD, fd);
	mnl_attr_put_strz(msg, TCA_BPF_NAME, name);
	mnl_attr_put_u32(msg, TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT);
	mnl_attr_nest_end(msg, options);
	return nl_talk(nl, msg, NULL, NULL);
}

int tc_attach(struct nl *nl, int ifindex, int fd, const char *name,
	      bool replace)
{
	char message[NL_MESSAGE_MAX];
	int made, err;

	made = tc_add_clsact(nl, ifindex);
	if (made && made != -EEXIST)
		return made;
	err = change_filter(nl, ifindex, fd, name, replace ? 0 : NLM_F_EXCL);
	if (err && !made) {
		memcpy(message, nl->message, sizeof(message));
		remove_empty_clsact(nl, ifindex);
		memcpy(nl->message, message, sizeof(message));
	}
	return err;
}

int tc_detach(struct nl *nl, int ifindex)
{
	struct nlmsghdr *msg = our_filter(nl, RTM_DELTFILTER, 0, ifindex);
	int err = nl_talk(nl, msg, NULL, NULL);

	return err ?: remove_empty_clsact(nl, ifindex);
}
