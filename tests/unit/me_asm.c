/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "me_asm.h"

static uint64_t at(uint64_t v, unsigned int shift)
{
	return v << shift;
}

static unsigned int unrestricted(struct reg r, bool dst)
{
	switch (r.kind) {
	case REG_NONE:
		return dst ? 0x300 : 0;
	case REG_XFER:
		return 0x180 | r.n;
	case REG_IMM:
		assert_in_range(r.n, 0, 0xff);
		return 0x300 | r.n;
	case REG_LMEM:
		assert_in_range(r.n, 0, 15);
		return 0x200 | r.which % 2 << 5 | (r.step ? 0x10 : 0) |
		       (r.step < 0) | r.n;
	default:
		return r.n;
	}
}

static unsigned int restricted(struct reg r, bool dst)
{
	switch (r.kind) {
	case REG_NONE:
		return dst ? 0x20 : 0;
	case REG_XFER:
		return 0x80 | r.n;
	case REG_IMM:
		assert_in_range(r.n, 0, 0xff);
		return 0x20 | (r.n & 0x1f) | (r.n & 0x60) << 1;
	case REG_LMEM:
		assert_in_range(r.n, 0, 7);
		return 0x50 | r.which % 2 << 3 | r.n;
	default:
		return r.n;
	}
}

static bool high_pointer(struct reg r)
{
	return r.kind == REG_LMEM && r.which >= 2;
}

static uint64_t extensions(struct reg dst, struct reg left, struct reg right)
{
	return at(dst.kind == REG_AB, 41) |
	       at(high_pointer(left) || high_pointer(right), 42) |
	       at(high_pointer(dst), 43);
}

/* Field A is the left source unless the banks ask for the reverse. */
struct fields {
	struct reg a, b;
	bool swap;
};

static struct fields fields(struct reg left, struct reg right)
{
	if (left.kind != REG_NONE && left.kind != REG_IMM)
		assert_int_not_equal(left.kind, right.kind);
	if (left.kind == REG_B || right.kind == REG_A)
		return (struct fields){ right, left, true };
	return (struct fields){ left, right, false };
}

static uint64_t unrestricted_fields(struct fields f)
{
	return at(unrestricted(f.a, false), 0) |
	       at(unrestricted(f.b, false), 10);
}

static uint64_t restricted_fields(struct fields f)
{
	bool imm8 = (f.a.kind == REG_IMM && f.a.n & 0x80) ||
		    (f.b.kind == REG_IMM && f.b.n & 0x80);

	return at(restricted(f.a, false), 0) | at(restricted(f.b, false), 10) |
	       at(imm8, 18);
}

uint64_t alu(struct reg dst, struct reg left, enum as_alu op, struct reg right)
{
	struct fields f = fields(left, right);

	return 0xa000000000 | unrestricted_fields(f) |
	       at(unrestricted(dst, true), 20) | at(f.swap, 30) | at(op, 31) |
	       at(dst.kind == REG_B, 36) | extensions(dst, left, right);
}

uint64_t mov(struct reg dst, struct reg src)
{
	return alu(dst, NONE, MOV, src);
}

static unsigned int shift_field(enum as_shift shift, unsigned int n)
{
	return shift == SHL && n ? 32 - n : n;
}

uint64_t shf(struct reg dst, struct reg left, enum as_shf op, struct reg right,
	     enum as_shift shift, unsigned int n)
{
	struct fields f = fields(left, right);

	return 0x8000000000 | restricted_fields(f) | at(shift, 8) |
	       at(f.swap, 19) | at(restricted(dst, true), 20) |
	       at(shift_field(shift, n), 28) | at(op, 33) |
	       at(dst.kind == REG_B, 36) | extensions(dst, left, right);
}

uint64_t ld_field(struct reg dst, unsigned int bytes, struct reg src,
		  enum as_shift shift, unsigned int n)
{
	struct fields f = fields(dst, src);

	return 0xc000000000 | restricted_fields(f) | at(shift, 8) |
	       at(f.swap, 19) | at(bytes, 24) | at(shift_field(shift, n), 28) |
	       extensions(dst, dst, src);
}

uint64_t ld_field_clr(struct reg dst, unsigned int bytes, struct reg src,
		      enum as_shift shift, unsigned int n)
{
	return ld_field(dst, bytes, src, shift, n) | at(1, 20);
}

/* Of a register in both banks field A is the one that names it. */
uint64_t immed(struct reg dst, unsigned int v, unsigned int shift)
{
	unsigned int reg = unrestricted(dst, true), low = 0x300 | (v & 0xff);

	return 0xf000000000 | at(dst.kind == REG_B ? low : reg, 0) |
	       at(dst.kind == REG_B ? reg : low, 10) | at(v >> 8 & 0xff, 20) |
	       at(shift, 33) | extensions(dst, dst, NONE);
}

uint64_t immed_not(struct reg dst, unsigned int v, unsigned int shift)
{
	return immed(dst, v, shift) | at(1, 31);
}

uint64_t immed_w0(struct reg dst, unsigned int v)
{
	return immed(dst, v, 0) | at(2, 29);
}

uint64_t immed_w1(struct reg dst, unsigned int v)
{
	return immed(dst, v, 2) | at(2, 29);
}

uint64_t nop(void)
{
	return 0xf000000000 | at(0x300, 0) | at(0x300, 10);
}

uint64_t mul_step(enum as_mul type, unsigned int step, struct reg left,
		  struct reg right)
{
	struct fields f = fields(left, right);

	return 0xf800000000 | unrestricted_fields(f) | at(step - 1, 20) |
	       at(f.swap, 30) | at(type, 31) | extensions(NONE, left, right);
}

uint64_t mul_start(struct reg left, struct reg right)
{
	return mul_step(MUL_START, 1, left, right);
}

uint64_t mul_last(enum as_mul type, struct reg dst)
{
	return 0xf800000000 | at(unrestricted(dst, true), 0) | at(4, 20) |
	       at(dst.kind == REG_B, 23) | at(type, 31) |
	       extensions(dst, NONE, NONE);
}

uint64_t mul_last_high(enum as_mul type, struct reg dst)
{
	return mul_last(type, dst) | at(1, 20);
}

static uint64_t address(unsigned int target)
{
	return at(target & 0x1fff, 22) | at(target >> 13, 40);
}

uint64_t br(enum as_cond cond, unsigned int target, unsigned int defer)
{
	return 0xd800000020 | at(cond, 0) | at(cond != BR, 8) | at(2, 14) |
	       at(defer, 20) | address(target);
}

/* The bit is given by how far to rotate it to the highest place. */
uint64_t br_bclr(struct reg src, unsigned int bit, unsigned int target,
		 unsigned int defer)
{
	struct fields f = fields(src, IMM(bit + 1));

	return 0xd000000000 | restricted_fields(f) | at(defer, 20) |
	       address(target) | extensions(NONE, src, NONE);
}

uint64_t br_bset(struct reg src, unsigned int bit, unsigned int target,
		 unsigned int defer)
{
	return br_bclr(src, bit, target, defer) | at(1, 18);
}

uint64_t rtn(struct reg src, unsigned int defer)
{
	return 0xe800000000 | unrestricted_fields(fields(src, IMM(0))) |
	       at(defer, 20) | extensions(NONE, src, NONE);
}

uint64_t csr_wr(struct reg src, unsigned int csr)
{
	struct fields f = fields(src, src.kind == REG_IMM ? src : IMM(0));

	return 0xfc00000000 | unrestricted_fields(f) | at(1, 21) |
	       at(csr / 4, 22) | extensions(NONE, src, NONE);
}

uint64_t csr_rd(unsigned int csr)
{
	return 0xfc00000000 | at(csr / 4, 22);
}

static const struct {
	unsigned int target, token;
} cmds[] = {
	[READ8] = { 0x43, 1 },	 [READ32] = { 0x5c, 2 },
	[WRITE8] = { 0x42, 2 },	 [WRITE32] = { 0x5f, 2 },
	[CMD_ADD] = { 0x47, 0 }, [CMD_ADD_IMM] = { 0x47, 2 },
};

uint64_t cmd(enum as_cmd cmd, enum as_mode mode, unsigned int xfer,
	     struct reg a, struct reg b, unsigned int count, enum as_wait wait)
{
	struct fields f = { a, b, false };

	return restricted_fields(f) | at(wait, 8) | at(cmds[cmd].token, 18) |
	       at(xfer, 20) | at(count - 1, 25) | at(wait != NO_SWAP, 28) |
	       at(cmds[cmd].target, 32) | at(mode, 42);
}

uint64_t cmd_indirect(enum as_cmd name, enum as_mode mode, unsigned int xfer,
		      struct reg a, struct reg b, enum as_wait wait)
{
	return cmd(name, mode, xfer, a, b, 1, wait) | at(1, 41);
}

uint32_t override(unsigned int count)
{
	return 0x80 | (count - 1) << 8;
}
