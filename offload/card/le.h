/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers in the card's memory, in its registers and in its descriptors are
 * little endian, at any address.
 */
#ifndef CARD_LE_H
#define CARD_LE_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* @size: at most 8 bytes. */
static inline uint64_t le_get(const uint8_t *at, size_t size)
{
	uint64_t value = 0;

	memcpy(&value, at, size);
	return le64toh(value);
}

static inline void le_put(uint8_t *at, size_t size, uint64_t value)
{
	value = htole64(value);
	memcpy(at, &value, size);
}

static inline void le_add64(uint8_t *at, uint64_t more)
{
	le_put(at, 8, le_get(at, 8) + more);
}

#endif
