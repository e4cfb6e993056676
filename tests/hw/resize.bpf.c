/* SPDX-License-Identifier: GPL-2.0-only */
/* Room before a frame, taken and given, by known and unknown amounts; its end
 * cut off.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int resize(struct xdp_md *ctx)
{
	__u8 *p = (void *)(long)ctx->data;
	int head, tail;

	if (p + 64 > (__u8 *)(long)ctx->data_end)
		return XDP_PASS;
	head = p[0] % 32 * 2 - 32;
	/* Not 0, which the driver's code answers with -EINVAL. */
	tail = 1 + p[1] % 16;
	if (bpf_xdp_adjust_head(ctx, head))
		return XDP_ABORTED;
	if (bpf_xdp_adjust_tail(ctx, -tail))
		return XDP_DROP;
	p = (void *)(long)ctx->data;
	if (p + 14 > (__u8 *)(long)ctx->data_end)
		return XDP_ABORTED;
	/* What was before the frame is anything: write all of it. */
	for (int i = 0; i < 14; i++)
		p[i] = i;
	if (head < 0 && p + 46 <= (__u8 *)(long)ctx->data_end)
		for (int i = 14; i < 46; i++)
			p[i] = i;
	return XDP_TX;
}

char _license[] SEC("license") = "GPL";
