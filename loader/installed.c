/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "echo.h"
#include "installed.h"
#include "tc.h"
#include "xdp_netlink.h"

#define MAPS_MAX 64 /* that one program may use */

static void recognise_map(__u32 id, struct installed *out)
{
	struct bpf_map_info info = {};
	__u32 len = sizeof(info);
	int fd = bpf_map_get_fd_by_id(id);

	if (fd < 0)
		return;
	if (bpf_obj_get_info_by_fd(fd, &info, &len)) {
		close(fd);
		return;
	}
	close(fd);
	if (!strcmp(info.name, ECHO_TARGETS_MAP) &&
	    info.key_size == sizeof(struct echo_addr) &&
	    info.value_size == sizeof(struct echo_target))
		out->targets_id = id;
	else if (!strcmp(info.name, ECHO_STATS_MAP) &&
		 info.value_size == sizeof(struct echo_stats))
		out->stats_id = id;
	else if (!strcmp(info.name, ECHO_EVENTS_MAP))
		out->tracing = true;
}

int installed_describe(int fd, struct installed *out)
{
	__u32 maps[MAPS_MAX] = {};
	struct bpf_prog_info info = {
		.map_ids = (__u64)(unsigned long)maps,
		.nr_map_ids = MAPS_MAX,
	};
	__u32 len = sizeof(info);

	if (bpf_obj_get_info_by_fd(fd, &info, &len))
		return -errno;
	out->id = info.id;
	memcpy(out->name, info.name, sizeof(out->name) - 1);
	memcpy(out->tag, info.tag, sizeof(out->tag));
	out->jited_len = info.jited_prog_len;
	for (__u32 i = 0; i < info.nr_map_ids && i < MAPS_MAX; i++)
		recognise_map(maps[i], out);
	out->ours = out->targets_id && out->stats_id;
	return 0;
}

/* A program that goes away meanwhile was there, and is not any more. */
static void add(struct installed_list *list, enum xdp_mode mode, __u32 id)
{
	struct installed *new = &list->at[list->count];
	int fd, err = 0;

	memset(new, 0, sizeof(*new));
	new->mode = mode;
	new->id = id;
	fd = bpf_prog_get_fd_by_id(id);
	if (fd < 0 && errno == ENOENT)
		return;
	if (fd >= 0) {
		err = installed_describe(fd, new);
		close(fd);
	}
	new->unreadable = fd < 0 || err;
	list->count++;
}

int installed_read(struct nl *nl, int ifindex, struct installed_list *out)
{
	struct xdp_state xdp;
	struct tc_state tc;
	int err;

	memset(out, 0, sizeof(*out));
	err = xdp_query(nl, ifindex, &xdp) ?: tc_query(nl, ifindex, &tc);
	if (err)
		return err;
	out->attached = xdp.attached;
	for (enum xdp_mode mode = MODE_HW; mode <= MODE_GENERIC; mode++)
		if (xdp.id[mode])
			add(out, mode, xdp.id[mode]);
	if (tc.id)
		add(out, MODE_TC, tc.id);
	return 0;
}

const struct installed *installed_in(const struct installed_list *list,
				     enum xdp_mode mode)
{
	for (int i = 0; i < list->count; i++)
		if (list->at[i].mode == mode)
			return &list->at[i];
	return NULL;
}

const struct installed *installed_ours(const struct installed_list *list)
{
	for (int i = 0; i < list->count; i++)
		if (list->at[i].ours)
			return &list->at[i];
	return NULL;
}

int installed_each_target(const struct installed *prog,
			  void (*each)(const struct echo_addr *addr,
				       const struct echo_target *target,
				       void *data),
			  void *data)
{
	int fd = bpf_map_get_fd_by_id(prog->targets_id);
	struct echo_addr key, *last = NULL;
	struct echo_target target;

	if (fd < 0)
		return -errno;
	while (!bpf_map_get_next_key(fd, last, &key)) {
		if (!bpf_map_lookup_elem(fd, &key, &target))
			each(&key, &target, data);
		last = &key;
	}
	close(fd);
	return 0;
}

void installed_unreadable(const struct installed *prog,
			  char text[UNREADABLE_MAX])
{
	snprintf(text, UNREADABLE_MAX,
		 "program id %u is attached in %s mode, and CAP_SYS_ADMIN is "
		 "missing to see whose it is",
		 prog->id, mode_name(prog->mode));
}

static bool link_holds(__u32 link, int ifindex, __u32 id)
{
	struct bpf_link_info info = {};
	__u32 len = sizeof(info);
	int fd = bpf_link_get_fd_by_id(link);
	bool holds;

	if (fd < 0)
		return false;
	holds = !bpf_obj_get_info_by_fd(fd, &info, &len) &&
		info.type == BPF_LINK_TYPE_XDP && info.prog_id == id &&
		(int)info.xdp.ifindex == ifindex;
	close(fd);
	return holds;
}

__u32 installed_link(int ifindex, __u32 id)
{
	__u32 link = 0;

	while (!bpf_link_get_next_id(link, &link))
		if (link_holds(link, ifindex, id))
			return link;
	return 0;
}
