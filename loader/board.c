/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <linux/devlink.h>

#include "array.h"
#include "board.h"
#include "genl.h"

/* One of the versions that devlink gives. */
struct version {
	const char *name, *value;
};

static void keep(char *to, size_t room, const struct nlattr *attr)
{
	if (mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) >= 0)
		snprintf(to, room, "%s", mnl_attr_get_str(attr));
}

static int on_version_attr(const struct nlattr *attr, void *data)
{
	struct version *v = data;

	if (mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) < 0)
		return MNL_CB_OK;
	if (mnl_attr_get_type(attr) == DEVLINK_ATTR_INFO_VERSION_NAME)
		v->name = mnl_attr_get_str(attr);
	else if (mnl_attr_get_type(attr) == DEVLINK_ATTR_INFO_VERSION_VALUE)
		v->value = mnl_attr_get_str(attr);
	return MNL_CB_OK;
}

/* The names are the kernel's (include/net/devlink.h) and the nfp driver's. */
static void keep_version(struct board *board, const struct nlattr *nest)
{
	const struct {
		const char *name;
		char *to;
		size_t room;
	} wanted[] = {
		{ "board.id", board->id, sizeof(board->id) },
		{ "board.manufacture", board->maker, sizeof(board->maker) },
		{ "board.model", board->model, sizeof(board->model) },
	};
	struct version v = {};

	mnl_attr_parse_nested(nest, on_version_attr, &v);
	for (size_t i = 0; v.name && v.value && i < ARRAY_SIZE(wanted); i++)
		if (!strcmp(v.name, wanted[i].name))
			snprintf(wanted[i].to, wanted[i].room, "%s", v.value);
}

static int on_info_attr(const struct nlattr *attr, void *data)
{
	struct board *board = data;

	if (mnl_attr_get_type(attr) == DEVLINK_ATTR_INFO_VERSION_FIXED)
		keep_version(board, attr);
	else if (mnl_attr_get_type(attr) == DEVLINK_ATTR_INFO_SERIAL_NUMBER)
		keep(board->serial, sizeof(board->serial), attr);
	return MNL_CB_OK;
}

static int on_info(const struct nlmsghdr *msg, void *data)
{
	return genl_attributes(msg, on_info_attr, data);
}

int board_read(const struct device *dev, struct board *out)
{
	struct nlmsghdr *msg;
	struct nl nl;
	int family, err;

	memset(out, 0, sizeof(*out));
	if (!*dev->bus)
		return -ENODEV;
	family = genl_open(&nl, DEVLINK_GENL_NAME);
	if (family < 0)
		return family == -ENOENT ? -ENODEV : family;
	msg = genl_request(&nl, family, DEVLINK_CMD_INFO_GET);
	mnl_attr_put_strz(msg, DEVLINK_ATTR_BUS_NAME, "pci");
	mnl_attr_put_strz(msg, DEVLINK_ATTR_DEV_NAME, dev->bus);
	err = nl_talk(&nl, msg, on_info, out);
	nl_close(&nl);
	return err;
}

bool board_is_emulated(const struct board *board)
{
	return !strcmp(board->maker, "EMU") &&
	       !strcmp(board->model, "emulated");
}
