/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <linux/genetlink.h>

#include "genl.h"

struct nlmsghdr *genl_request(struct nl *nl, int family, __u8 command)
{
	struct nlmsghdr *msg = nl_request(nl, family, 0);
	struct genlmsghdr *genl =
		mnl_nlmsg_put_extra_header(msg, sizeof(*genl));

	genl->cmd = command;
	genl->version = 1;
	return msg;
}

int genl_attributes(const struct nlmsghdr *msg, mnl_attr_cb_t cb, void *data)
{
	return mnl_attr_parse(msg, sizeof(struct genlmsghdr), cb, data);
}

static int on_family_attr(const struct nlattr *attr, void *data)
{
	if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
		*(__u16 *)data = mnl_attr_get_u16(attr);
	return MNL_CB_OK;
}

static int on_family(const struct nlmsghdr *msg, void *data)
{
	return genl_attributes(msg, on_family_attr, data);
}

int genl_open(struct nl *nl, const char *family)
{
	struct nlmsghdr *msg;
	__u16 number = 0;
	int err = nl_open(nl, NETLINK_GENERIC);

	if (err)
		return err;
	msg = genl_request(nl, GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
	mnl_attr_put_strz(msg, CTRL_ATTR_FAMILY_NAME, family);
	err = nl_talk(nl, msg, on_family, &number);
	if (!err && !number)
		err = -ENOENT;
	if (err)
		nl_close(nl);
	return err ?: number;
}
