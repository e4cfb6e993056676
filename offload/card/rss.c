/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/rss.h"

#include <netinet/in.h>
#include <stdbool.h>

#include "card/le.h"
#include "card/vnic_regs.h"

#define ETH_HEADER  14
#define IPV4_HEADER 20
#define IPV6_HEADER 40
#define INPUT_MAX   (2 * 16 + 2 * 2)

uint32_t rss_toeplitz(const uint8_t *key, const uint8_t *data, size_t len)
{
	uint32_t window =
		(uint32_t)key[0] << 24 | key[1] << 16 | key[2] << 8 | key[3];
	uint32_t hash = 0;

	for (size_t bit = 0; bit < len * 8; bit++) {
		size_t next = bit + 32;

		if (data[bit / 8] >> (7 - bit % 8) & 1)
			hash ^= window;
		window = window << 1 | (key[next / 8] >> (7 - next % 8) & 1);
	}
	return hash;
}

/* Appends both ports if the fragment has them and @tcp or @udp asks for it. */
static size_t add_ports(uint8_t *input, size_t used, uint8_t protocol,
			const uint8_t *ports, size_t room, bool tcp, bool udp)
{
	if (room < 4 || !((protocol == IPPROTO_TCP && tcp) ||
			  (protocol == IPPROTO_UDP && udp)))
		return used;
	memcpy(input + used, ports, 4);
	return used + 4;
}

static size_t input_ipv4(uint8_t *input, const uint8_t *ip, size_t len,
			 uint32_t ctrl)
{
	size_t header = (ip[0] & 0xf) * 4;
	bool fragment = (ip[6] & 0x3f) || ip[7];

	memcpy(input, ip + 12, 8);
	if (fragment || header < IPV4_HEADER || header > len)
		return 8;
	return add_ports(input, 8, ip[9], ip + header, len - header,
			 ctrl & RSS_IPV4_TCP, ctrl & RSS_IPV4_UDP);
}

static size_t input_ipv6(uint8_t *input, const uint8_t *ip, size_t len,
			 uint32_t ctrl)
{
	memcpy(input, ip + 8, 32);
	return add_ports(input, 32, ip[6], ip + IPV6_HEADER, len - IPV6_HEADER,
			 ctrl & RSS_IPV6_TCP, ctrl & RSS_IPV6_UDP);
}

unsigned int rss_ring(const uint8_t *bar, const uint8_t *frame, size_t len)
{
	uint32_t ctrl = le_get(bar + VNIC_RSS_CTRL, 4);
	const uint8_t *ip = frame + ETH_HEADER;
	uint8_t input[INPUT_MAX];
	size_t used = 0;
	uint32_t hash;

	if (len >= ETH_HEADER + IPV4_HEADER && frame[12] == 0x08 &&
	    frame[13] == 0x00)
		used = input_ipv4(input, ip, len - ETH_HEADER, ctrl);
	else if (len >= ETH_HEADER + IPV6_HEADER && frame[12] == 0x86 &&
		 frame[13] == 0xdd)
		used = input_ipv6(input, ip, len - ETH_HEADER, ctrl);
	if (!used)
		return 0;
	hash = rss_toeplitz(bar + VNIC_RSS_KEY, input, used);
	return bar[VNIC_RSS_ITBL + (hash & ctrl & RSS_MASK)];
}
