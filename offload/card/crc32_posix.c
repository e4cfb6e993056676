/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/crc32_posix.h"

#define POLYNOMIAL 0x04c11db7 /* of IEEE 802.3, highest power first */

static uint32_t add_byte(uint32_t crc, uint8_t byte)
{
	crc ^= (uint32_t)byte << 24;
	for (int bit = 0; bit < 8; bit++)
		crc = crc << 1 ^ (crc >> 31 ? POLYNOMIAL : 0);
	return crc;
}

/* After the data comes its length, low byte first, without leading zeroes. */
uint32_t crc32_posix(const void *data, size_t len)
{
	const uint8_t *byte = data;
	uint32_t crc = 0;

	for (size_t i = 0; i < len; i++)
		crc = add_byte(crc, byte[i]);
	for (size_t rest = len; rest; rest >>= 8)
		crc = add_byte(crc, rest & 0xff);
	return ~crc;
}
