/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "responder.h"

#include "echo_hw.skel.h"
#include "echo_hw_trace.skel.h"
#include "echo_tc.skel.h"
#include "echo_tc_trace.skel.h"
#include "echo_xdp.skel.h"
#include "echo_xdp_trace.skel.h"

typedef const void *elf_bytes_fn(size_t *size);

static elf_bytes_fn *const objects[VARIANT_COUNT][2] = {
	[VARIANT_XDP] = { echo_xdp__elf_bytes, echo_xdp_trace__elf_bytes },
	[VARIANT_TC] = { echo_tc__elf_bytes, echo_tc_trace__elf_bytes },
	[VARIANT_HW] = { echo_hw__elf_bytes, echo_hw_trace__elf_bytes },
};

enum variant responder_variant(enum xdp_mode mode, bool restricted)
{
	if (mode == MODE_TC)
		return VARIANT_TC;
	return mode == MODE_HW || restricted ? VARIANT_HW : VARIANT_XDP;
}

const void *responder_elf(enum variant variant, bool trace, size_t *size)
{
	return objects[variant][trace](size);
}

int responder_open(enum variant variant, bool trace, struct program *out,
		   struct attempt *why)
{
	size_t size;
	const void *elf = responder_elf(variant, trace, &size);

	return program_open_mem(elf, size, out, why);
}

static struct bpf_map *map_of(const struct program *p, const char *name)
{
	return bpf_object__find_map_by_name(p->obj, name);
}

/* Counters on the card and counters on the host are never the same map. */
static bool is_same_kind(int fd, const struct bpf_map *map)
{
	struct bpf_map_info info = {};
	__u32 len = sizeof(info);

	return !bpf_obj_get_info_by_fd(fd, &info, &len) &&
	       info.type == bpf_map__type(map) &&
	       info.ifindex == bpf_map__ifindex(map);
}

static int keep_counters(const struct program *p, __u32 stats_id)
{
	struct bpf_map *stats = map_of(p, ECHO_STATS_MAP);
	int fd = bpf_map_get_fd_by_id(stats_id), err = 0;

	if (fd < 0) /* gone with its program: start from zero */
		return errno == ENOENT ? 0 : -errno;
	if (is_same_kind(fd, stats))
		err = bpf_map__reuse_fd(stats, fd);
	close(fd);
	return err;
}

int responder_prepare(struct program *p, const struct targets *targets,
		      const struct installed *old)
{
	struct bpf_map *map = map_of(p, ECHO_TARGETS_MAP);

	if (targets->count > bpf_map__max_entries(map))
		bpf_map__set_max_entries(map, targets->count);
	return old ? keep_counters(p, old->stats_id) : 0;
}

int responder_fill(const struct program *p, const struct targets *targets,
		   __u32 action)
{
	int fd = bpf_map__fd(map_of(p, ECHO_TARGETS_MAP));
	struct echo_target target = { .action = action };

	for (size_t i = 0; i < targets->count; i++)
		if (bpf_map_update_elem(fd, &targets->addr[i], &target,
					BPF_ANY))
			return -errno;
	return 0;
}
