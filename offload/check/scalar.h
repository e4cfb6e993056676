/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of a 64-bit number: bits, and bounds, signed and unsigned, of
 * the whole and of its lower half. As precise as the verifier of the kernel
 * that is asked about, no more and no less: a tighter bound would accept what
 * the kernel refuses.
 */
#ifndef CHECK_SCALAR_H
#define CHECK_SCALAR_H

#include "check.h"
#include "tnum.h"

struct scalar {
	struct tnum bits;
	int64_t smin, smax;
	uint64_t umin, umax;
	int32_t s32_min, s32_max;
	uint32_t u32_min, u32_max;
};

void scalar_unknown(struct scalar *s);
void scalar_const(struct scalar *s, uint64_t value);
bool scalar_is_const(const struct scalar *s);

/* Bring bits and bounds into accord, after one of them was changed. */
void scalar_sync(struct scalar *s, enum check_kernel kernel);

/* Keep the lower half, zero the upper (a 32-bit result). */
void scalar_zext32(struct scalar *s, enum check_kernel kernel);

/* Keep the lowest @bytes (1, 2, 4; 8 does nothing) of a load, or sign-extend
 * them (cpu v4).
 */
void scalar_truncate(struct scalar *s, unsigned int bytes,
		     enum check_kernel kernel);
void scalar_sign_extend(struct scalar *s, unsigned int bytes,
			enum check_kernel kernel);

/* Sign-extend the lowest @bytes (1, 2) to 32 bits, zero the upper half. */
void scalar_sign_extend32(struct scalar *s, unsigned int bytes,
			  enum check_kernel kernel);

/* Do the bounds leave no number? On branches that are never taken they may;
 * then a pointer that is moved by it becomes an unknown number.
 */
bool scalar_contradicts(const struct scalar *s, bool is32);

/**
 * scalar_fork() - does the kernel explore an operation for two values?
 * @dst:   if so, becomes -1 for this path
 * @src:   right operand, a constant for BPF_K
 * @other: if so, what @dst is on the second path, which does this same
 *	   instruction again
 *
 * Before scalar_alu(), of either width. 6.12 does it for BPF_AND and BPF_OR of
 * -1 or 0 with a constant, which is how compilers write a choice.
 */
bool scalar_fork(unsigned int op, struct scalar *dst, const struct scalar *src,
		 struct scalar *other, enum check_kernel kernel);

/**
 * scalar_alu() - the result of an operation on two numbers
 * @op:	    BPF_ADD ... BPF_ARSH; BPF_NEG, BPF_DIV, BPF_MOD, BPF_END as well.
 *	    BPF_MOV is not one.
 * @is32:   BPF_ALU; the result's upper half is then zero
 * @dst:    changed
 * @src:    not changed; of no meaning for BPF_NEG, BPF_END
 *
 * Shifts by more than the width give an unknown number, as in the kernel. @src
 * may be @dst. Where the kernel gives up, the upper half of a result of 32 bits
 * is unknown as well.
 */
void scalar_alu(unsigned int op, bool is32, struct scalar *dst,
		const struct scalar *src, enum check_kernel kernel);

/* For pointers: add or subtract the bounds of @src, with overflow making both
 * ends unknown, in the way the kernel does it for a pointer's variable part.
 * A constant that goes into the fixed part is added here as 0.
 */
void scalar_pointer_add(struct scalar *dst, const struct scalar *src,
			enum check_kernel kernel);
void scalar_pointer_sub(struct scalar *dst, const struct scalar *src,
			enum check_kernel kernel);

/**
 * scalar_decide() - is a comparison decided already?
 * @op:	  BPF_JEQ ... BPF_JSLE, BPF_JSET
 * @is32: BPF_JMP32
 *
 * Only what the kernel would see: 6.1 compares with constants on the right
 * (for BPF_JMP32 their lower half is enough), 6.12 any two ranges.
 *
 * Return: 1 always taken, 0 never, -1 open.
 */
int scalar_decide(unsigned int op, bool is32, const struct scalar *dst,
		  const struct scalar *src, enum check_kernel kernel);

/**
 * scalar_refine() - what an open comparison teaches about both numbers
 * @taken_dst, @taken_src: where the jump is taken; changed
 * @other_dst, @other_src: where it is not; changed
 *
 * All four hold what was known before. Where a register is compared with
 * itself, both of a side are the same object. 6.1 learns from a constant on
 * either side and from equality, 6.12 from any two ranges.
 */
void scalar_refine(unsigned int op, bool is32, struct scalar *taken_dst,
		   struct scalar *taken_src, struct scalar *other_dst,
		   struct scalar *other_src, enum check_kernel kernel);

/* Two registers that hold the same number: what is known of either. */
void scalar_meet(struct scalar *a, struct scalar *b, enum check_kernel kernel);

/* Of a number that is @delta more than the one that @s was copied from (6.12,
 * sync_linked_regs(): registers that differ by a constant). Bits and bounds
 * are not brought into accord, as there.
 */
void scalar_displace(struct scalar *s, int32_t delta);

/* Is every value of @cur one of @old, as the kernel asks it when pruning? */
bool scalar_within(const struct scalar *old, const struct scalar *cur);

#endif
