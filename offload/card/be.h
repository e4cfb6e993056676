/* SPDX-License-Identifier: GPL-2.0-only */
/* Words of control messages and of maps' counters are big endian, at any
 * address.
 */
#ifndef CARD_BE_H
#define CARD_BE_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t be_get(const uint8_t *at)
{
	uint32_t word;

	memcpy(&word, at, sizeof(word));
	return be32toh(word);
}

static inline void be_put(uint8_t *at, uint32_t word)
{
	word = htobe32(word);
	memcpy(at, &word, sizeof(word));
}

#endif
