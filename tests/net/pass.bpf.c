/* SPDX-License-Identifier: GPL-2.0-only */
/* Somebody else's program: passes everything, and has no maps. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp.frags")
int pass(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
