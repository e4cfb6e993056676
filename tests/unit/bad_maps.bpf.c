/* SPDX-License-Identifier: GPL-2.0-only */
/* Maps that a card does not take, each named for what is wrong with it. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define MAP(name, map_type, key, value, flags)         \
	struct {                                       \
		__uint(type, BPF_MAP_TYPE_##map_type); \
		__uint(max_entries, 1);                \
		__uint(key_size, key);                 \
		__uint(value_size, value);             \
		__uint(map_flags, flags);              \
	} name SEC(".maps")

MAP(good_array, ARRAY, 4, 56, 0);
MAP(good_hash, HASH, 16, 48, 0);
MAP(good_large_key, HASH, 56, 8, 0);

MAP(type_percpu_array, PERCPU_ARRAY, 4, 8, 0);
MAP(type_percpu_hash, PERCPU_HASH, 4, 8, 0);
MAP(type_lru, LRU_HASH, 4, 8, 0);
MAP(type_ring, RINGBUF, 0, 0, 0);
MAP(type_prog_array, PROG_ARRAY, 4, 4, 0);
MAP(type_events, PERF_EVENT_ARRAY, 4, 4, 0); /* only where it traces */

MAP(size_key, HASH, 60, 1, 0);
MAP(size_value, ARRAY, 4, 60, 0);
MAP(size_sum, HASH, 17, 41, 0); /* 24 and 48, rounded up */

MAP(flags_no_prealloc, HASH, 4, 8, BPF_F_NO_PREALLOC);
MAP(flags_read_only, ARRAY, 4, 8, BPF_F_RDONLY_PROG);

SEC("xdp")
int good(struct xdp_md *ctx)
{
	return ctx->data == ctx->data_end ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
