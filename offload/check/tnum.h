/* SPDX-License-Identifier: GPL-2.0-only */
/* Known bits: a bit set in mask is unknown, another has its value. The two
 * never share a bit.
 */
#ifndef CHECK_TNUM_H
#define CHECK_TNUM_H

#include <stdbool.h>
#include <stdint.h>

struct tnum {
	uint64_t value;
	uint64_t mask;
};

struct tnum tnum_const(uint64_t value);
struct tnum tnum_unknown(void);
struct tnum tnum_range(uint64_t min, uint64_t max);
struct tnum tnum_lshift(struct tnum a, unsigned int shift);
struct tnum tnum_rshift(struct tnum a, unsigned int shift);
struct tnum tnum_arshift(struct tnum a, unsigned int shift, unsigned int bits);
struct tnum tnum_add(struct tnum a, struct tnum b);
struct tnum tnum_sub(struct tnum a, struct tnum b);
struct tnum tnum_and(struct tnum a, struct tnum b);
struct tnum tnum_or(struct tnum a, struct tnum b);
struct tnum tnum_xor(struct tnum a, struct tnum b);
struct tnum tnum_mul(struct tnum a, struct tnum b);
struct tnum tnum_intersect(struct tnum a, struct tnum b);
/* The lowest @bytes bytes, the others zero. */
struct tnum tnum_cast(struct tnum a, unsigned int bytes);
bool tnum_is_const(struct tnum a);
/* Is every value of @b one of @a? */
bool tnum_in(struct tnum a, struct tnum b);
/* Is it surely a multiple of @size, a power of two? */
bool tnum_is_aligned(struct tnum a, uint64_t size);

#endif
