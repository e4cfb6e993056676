/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "array.h"
#include "counters.h"
#include "echo.h"

static const struct {
	const char *name;
	size_t offset;
} own_counters[] = {
	{ "replied_ipv4", offsetof(struct echo_stats, replied_ipv4) },
	{ "replied_ipv6", offsetof(struct echo_stats, replied_ipv6) },
	{ "dropped", offsetof(struct echo_stats, dropped) },
	{ "not_ours", offsetof(struct echo_stats, not_ours) },
	{ "malformed", offsetof(struct echo_stats, malformed) },
	{ "left_to_host", offsetof(struct echo_stats, left_to_host) },
};

/* nfp_net_ethtool.c: the four application counters of the data path, as the
 * epilogue that the driver generates counts them (jit.c, nfp_outro_xdp()).
 */
static const struct {
	const char *name;
	const char *source;
} card_counters[] = {
	{ "card_passed", "bpf_pass_pkts" },
	{ "card_dropped", "bpf_app1_pkts" },
	{ "card_sent", "bpf_app2_pkts" },
	{ "card_aborted", "bpf_app3_pkts" },
};

/* Sum of what the CPUs have, or the one entry that a card has. */
static int read_map(__u32 id, struct echo_stats *out)
{
	int fd = bpf_map_get_fd_by_id(id), cpus = 1, err = 0;
	struct bpf_map_info info = {};
	__u32 len = sizeof(info), key = 0;
	__u64 *sum = (__u64 *)out;
	struct echo_stats *values;

	if (fd < 0)
		return -errno;
	if (bpf_obj_get_info_by_fd(fd, &info, &len))
		err = -errno;
	if (info.type == BPF_MAP_TYPE_PERCPU_ARRAY)
		cpus = libbpf_num_possible_cpus();
	values = calloc(cpus > 0 ? cpus : 1, sizeof(*values));
	if (!err && (cpus < 0 || !values))
		err = cpus < 0 ? cpus : -ENOMEM;
	if (!err && bpf_map_lookup_elem(fd, &key, values))
		err = -errno;
	memset(out, 0, sizeof(*out));
	for (int cpu = 0; !err && cpu < cpus; cpu++)
		for (size_t i = 0; i < sizeof(*out) / sizeof(*sum); i++)
			sum[i] += ((__u64 *)&values[cpu])[i];
	free(values);
	close(fd);
	return err;
}

static int read_card(const struct device *dev, struct counter *out)
{
	struct device_counter *all;
	int count = device_counters(dev, &all), found = 0;

	for (size_t row = 0; row < ARRAY_SIZE(card_counters); row++)
		for (int i = 0; i < count; i++)
			if (!strcmp(all[i].name, card_counters[row].source))
				out[found++] = (struct counter){
					card_counters[row].name,
					card_counters[row].source,
					all[i].value,
				};
	free(all);
	return found;
}

int counters_read(const struct device *dev, const struct installed *prog,
		  struct counter *out)
{
	int count = ARRAY_SIZE(own_counters), err;
	struct echo_stats stats;

	err = read_map(prog->stats_id, &stats);
	if (err)
		return err;
	for (int i = 0; i < count; i++)
		out[i] = (struct counter){
			own_counters[i].name,
			NULL,
			*(__u64 *)((char *)&stats + own_counters[i].offset),
		};
	if (prog->mode == MODE_HW && device_is_nfp(dev))
		count += read_card(dev, out + count);
	return count;
}
