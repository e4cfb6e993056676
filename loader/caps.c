/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/capability.h>

#include "array.h"
#include "caps.h"

static bool has(int cap)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2] = {};

	if (syscall(SYS_capget, &head, data))
		return false;
	return data[CAP_TO_INDEX(cap)].effective & CAP_TO_MASK(cap);
}

bool caps_can_look(void)
{
	return has(CAP_SYS_ADMIN);
}

/* kernel/bpf/syscall.c: bpf_prog_load(), map_create(); offload.c:
 * bpf_map_offload_map_alloc(). CAP_SYS_ADMIN stands for CAP_BPF and
 * CAP_PERFMON, not for CAP_NET_ADMIN on the netlink side.
 */
void caps_missing(enum xdp_mode mode, bool perfmon, char *out, size_t room)
{
	bool admin = has(CAP_SYS_ADMIN);
	const struct {
		const char *name;
		bool missing;
	} rows[] = {
		{ "CAP_NET_ADMIN", !has(CAP_NET_ADMIN) },
		{ "CAP_BPF", !admin && !has(CAP_BPF) },
		{ "CAP_PERFMON", !admin && perfmon && !has(CAP_PERFMON) },
		{ "CAP_SYS_ADMIN", !admin && mode == MODE_HW },
	};
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(rows) && used < room; i++)
		if (rows[i].missing)
			used += snprintf(out + used, room - used, "%s%s",
					 used ? ", " : "", rows[i].name);
}
