/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads the frame without a bounds check: every verifier refuses it. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int unchecked(struct xdp_md *ctx)
{
	return *(__u8 *)(long)ctx->data ? XDP_PASS : XDP_DROP;
}

char _license[] SEC("license") = "GPL";
