/* SPDX-License-Identifier: GPL-2.0-only */
/* Data outside of maps: libbpf makes maps of it, which no card takes. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

const volatile int setting = 1;
int counter = 7;
int zero;

SEC("xdp")
int use_globals(struct xdp_md *ctx)
{
	(void)ctx;
	zero = counter;
	return setting;
}

char _license[] SEC("license") = "GPL";
