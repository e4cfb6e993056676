/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "board.h"
#include "emulated.h"

/* Where the lab puts it (offload/lab/boot), and not a namesake in PATH. */
#define CARD_COMMAND "/run/offload/bin/card"

int emulated_is(const struct device *dev)
{
	struct board board;
	int err;

	if (!device_is_nfp(dev))
		return 0;
	err = board_read(dev, &board);
	return err ? err : board_is_emulated(&board);
}

/* The driver calls its ports p0, p1. */
static int on_link_attr(const struct nlattr *attr, void *data)
{
	if (mnl_attr_get_type(attr) == IFLA_PHYS_PORT_NAME &&
	    mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) >= 0 &&
	    sscanf(mnl_attr_get_str(attr), "p%d", (int *)data) != 1)
		*(int *)data = -EPROTO;
	return MNL_CB_OK;
}

static int on_link(const struct nlmsghdr *msg, void *data)
{
	return mnl_attr_parse(msg, sizeof(struct ifinfomsg), on_link_attr,
			      data);
}

int emulated_port(const struct device *dev)
{
	struct ifinfomsg *link;
	struct nlmsghdr *msg;
	int port = -ENODEV, err;
	struct nl nl;

	err = nl_open(&nl, NETLINK_ROUTE);
	if (err)
		return err;
	msg = nl_request(&nl, RTM_GETLINK, 0);
	link = mnl_nlmsg_put_extra_header(msg, sizeof(*link));
	link->ifi_index = dev->ifindex;
	err = nl_talk(&nl, msg, on_link, &port);
	nl_close(&nl);
	return err ?: port;
}

/* One command of the card's. Return: what it says, freed with free(); or NULL
 * with errno set.
 */
static char *ask(const char *command)
{
	char *text = NULL;
	size_t room = 0;
	ssize_t len;
	FILE *from;

	if (access(CARD_COMMAND, X_OK))
		return NULL;
	from = popen(command, "re");
	if (!from)
		return NULL;
	len = getdelim(&text, &room, '\0', from);
	if (pclose(from) || (len < 0 && !text)) {
		free(text);
		errno = EIO;
		return NULL;
	}
	if (len < 0)
		*text = '\0';
	return text;
}

static int read_range(const json_t *of, const char *name,
		      struct emulated_range *out)
{
	int min, max;
	double mean;

	if (json_unpack((json_t *)of, "{s:{s:i,s:F,s:i}}", name, "min", &min,
			"mean", &mean, "max", &max) ||
	    min < 0 || max < min)
		return -EPROTO;
	*out = (struct emulated_range){ min, max, mean };
	return 0;
}

/* A verdict that no frame had has no ranges. */
static int read_cost(const json_t *verdicts, const char *name,
		     struct emulated_cost *out)
{
	const json_t *row = json_object_get(verdicts, name);
	json_int_t frames, bytes;

	if (json_unpack((json_t *)row, "{s:I,s:I}", "frames", &frames, "bytes",
			&bytes))
		return -EPROTO;
	out->frames = frames;
	out->bytes = bytes;
	if (!frames)
		return 0;
	return read_range(row, "instructions", &out->instructions) ?:
		       read_range(row, "memory_commands", &out->commands) ?:
		       read_range(row, "routine_calls", &out->calls);
}

int emulated_parse(const char *json, unsigned int port,
		   struct emulated_counts *out)
{
	static const char *const names[EMULATED_VERDICTS] = { "pass", "drop",
							      "tx", "aborted" };
	json_t *all = json_loads(json, 0, NULL);
	const json_t *verdicts = json_object_get(
		json_array_get(json_object_get(all, "ports"), port),
		"verdicts");
	struct emulated_counts counts = {};
	int err = 0;

	for (int i = 0; !err && i < EMULATED_VERDICTS; i++)
		err = read_cost(verdicts, names[i], &counts.cost[i]);
	if (!err)
		*out = counts;
	json_decref(all);
	return err;
}

int emulated_read(unsigned int port, struct emulated_counts *out)
{
	char *text = ask(CARD_COMMAND " stats json 2>/dev/null");
	int err = text ? emulated_parse(text, port, out) : -errno;

	free(text);
	return err;
}

int emulated_clear(void)
{
	char *text = ask(CARD_COMMAND " clear 2>/dev/null");
	int err = text ? 0 : -errno;

	free(text);
	return err;
}
