/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers ARP requests for addresses in a map. */
#include "maps.h"
#include "parse.h"

struct arp {
	__be16 hardware, proto;
	__u8 hardware_len, proto_len;
	__be16 op;
	__u8 sender_mac[6];
	__u8 sender_ip[4];
	__u8 target_mac[6];
	__u8 target_ip[4];
} __attribute__((packed));

struct mac {
	__u32 high;
	__u32 low;
};

MAP(owners, HASH, __be32, struct mac, 256);

SEC("xdp")
int arp_responder(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	__u32 asked, asking, high, mac_high;
	__u16 low, mac_low;
	struct ethhdr *eth;
	struct mac *mac;
	struct arp *arp;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_ARP))
		return XDP_PASS;
	arp = cursor_take(&c, sizeof(*arp));
	if (!arp || arp->op != bpf_htons(1) || arp->proto_len != 4)
		return XDP_PASS;
	asked = *(__u32 *)arp->target_ip;
	mac = bpf_map_lookup_elem(&owners, &asked);
	if (!mac)
		return XDP_PASS;
	asking = *(__u32 *)arp->sender_ip;
	high = *(__u32 *)arp->sender_mac;
	low = *(__u16 *)(arp->sender_mac + 4);
	mac_high = mac->high;
	mac_low = mac->low;
	arp->op = bpf_htons(2);
	*(__u32 *)arp->target_mac = high;
	*(__u16 *)(arp->target_mac + 4) = low;
	*(__u32 *)arp->target_ip = asking;
	*(__u32 *)arp->sender_mac = mac_high;
	*(__u16 *)(arp->sender_mac + 4) = mac_low;
	*(__u32 *)arp->sender_ip = asked;
	*(__u32 *)eth->h_dest = high;
	*(__u16 *)(eth->h_dest + 4) = low;
	*(__u32 *)eth->h_source = mac_high;
	*(__u16 *)(eth->h_source + 4) = mac_low;
	return XDP_TX;
}

LICENSE;
