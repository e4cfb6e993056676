/* SPDX-License-Identifier: GPL-2.0-only */
/* Arithmetic on numbers and pointers (kernel/bpf/verifier.c check_alu_op(),
 * adjust_reg_min_max_vals(), adjust_ptr_min_max_vals()).
 */
#include <errno.h>

#include "walk_private.h"

static bool is_new(const struct walk *w)
{
	return w->kernel >= CHECK_KERNEL_6_12;
}

static bool is_32(const struct bpf_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_ALU;
}

static bool by_reg(const struct bpf_insn *insn)
{
	return BPF_SRC(insn->code) == BPF_X;
}

static unsigned int width(const struct reg *reg)
{
	return reg->var.umax ? 64 - __builtin_clzll(reg->var.umax) : 0;
}

static void drop_id(struct reg *reg)
{
	reg->id = 0;
	reg->off = 0;
}

/* Before a number is copied: both are to be known as the same. */
static void give_id(struct walk *w, struct reg *reg)
{
	if (reg->type != REG_SCALAR)
		return;
	if (reg->id & ID_PLUS)
		drop_id(reg);
	if (!reg->id && (!is_new(w) || !tnum_is_const(reg->var.bits)))
		reg->id = ++w->ids;
}

static enum step_result reserved(struct walk *w, const char *what)
{
	return refuse(w, RULE_V7, EINVAL, "%s uses reserved fields", what);
}

static enum step_result unary(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	bool neg = BPF_OP(insn->code) == BPF_NEG;
	enum step_result result;
	struct reg *dst;

	if (insn->src_reg || insn->off || (neg && (insn->imm || by_reg(insn))))
		return reserved(w, neg ? "BPF_NEG" : "BPF_END");
	if (!neg && insn->imm != 16 && insn->imm != 32 && insn->imm != 64)
		return reserved(w, "BPF_END");
	result = arg_read(w, insn->dst_reg);
	if (result != STEP_NEXT)
		return result;
	result = arg_write(w, insn->dst_reg);
	if (result != STEP_NEXT)
		return result;
	dst = walk_reg(w, insn->dst_reg);
	reg_unknown(dst);
	return STEP_NEXT;
}

/* Sign-extending moves have the bits to extend in off. */
static bool mov_off_known(const struct walk *w, const struct bpf_insn *insn)
{
	if (!insn->off)
		return true;
	if (!is_new(w) || !by_reg(insn))
		return false;
	return insn->off == 8 || insn->off == 16 ||
	       (insn->off == 32 && !is_32(insn));
}

static void move_64(struct walk *w, struct reg *dst, struct reg *src,
		    int extend)
{
	bool keeps = !extend || src->var.umax < 1ull << (extend - 1);

	if (extend && src->type != REG_SCALAR) {
		reg_unknown(dst);
		return;
	}
	if (keeps)
		give_id(w, src);
	reg_copy(dst, src);
	if (!keeps)
		drop_id(dst);
	if (extend) {
		scalar_sign_extend(&dst->var, extend / 8, w->kernel);
		dst->result_of = 0;
	}
	dst->half = false;
}

static void move_32(struct walk *w, struct reg *dst, struct reg *src,
		    int extend)
{
	bool keeps = extend ? src->var.umax < 1ull << (extend - 1)
			    : width(src) <= 32;

	if (src->type != REG_SCALAR) {
		reg_unknown(dst);
		scalar_zext32(&dst->var, w->kernel);
		return;
	}
	if (!is_new(w))
		keeps = false;
	if (keeps)
		give_id(w, src);
	reg_copy(dst, src);
	if (!keeps)
		drop_id(dst);
	dst->half = true;
	dst->half_insn = w->insn;
	if (extend) {
		scalar_sign_extend32(&dst->var, extend / 8, w->kernel);
		dst->result_of = 0;
	} else {
		scalar_zext32(&dst->var, w->kernel);
	}
}

/* Memory that is shared with user space, for which 1 in off is a cast. */
static enum step_result cast(struct walk *w, int imm)
{
	if (imm != 1 && imm != 1 << 16)
		return refuse(w, RULE_V7, EINVAL,
			      "addr_space_cast insn can only convert between "
			      "address space 1 and 0");
	return refuse(w, RULE_V7, EINVAL,
		      "addr_space_cast insn can only be used in a program "
		      "that has an associated arena");
}

static enum step_result move(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	enum step_result result;
	struct reg *dst, *src;

	if (is_new(w) && !is_32(insn) && by_reg(insn) && insn->off == 1)
		return cast(w, insn->imm);
	if (!mov_off_known(w, insn) ||
	    (by_reg(insn) ? insn->imm != 0 : insn->src_reg != 0))
		return reserved(w, "BPF_MOV");
	result = by_reg(insn) ? arg_read(w, insn->src_reg) : STEP_NEXT;
	if (result != STEP_NEXT)
		return result;
	result = arg_write(w, insn->dst_reg);
	if (result != STEP_NEXT)
		return result;
	dst = walk_reg(w, insn->dst_reg);
	if (!by_reg(insn)) {
		reg_known(dst, is_32(insn) ? (uint32_t)insn->imm
					   : (uint64_t)(int64_t)insn->imm);
		return STEP_NEXT;
	}
	src = walk_reg(w, insn->src_reg);
	if (is_32(insn))
		move_32(w, dst, src, insn->off);
	else
		move_64(w, dst, src, insn->off);
	return STEP_NEXT;
}

static const char *op_name(unsigned int op)
{
	static const char *const names[] = { "+=", "-=",  "*=",	 "/=",	"|=",
					     "&=", "<<=", ">>=", "neg", "%=",
					     "^=", "=",	  "s>>=" };

	return names[op >> 4];
}

static enum step_result bad_pointer(struct walk *w, const char *what,
				    enum reg_type type)
{
	return refuse(w, RULE_V5, EACCES, "R%u pointer arithmetic on %s %s",
		      walk_insn(w)->dst_reg, reg_type_name(type), what);
}

/* Is a pointer, or what is added to it, still within reason? */
static enum step_result sane(struct walk *w, const struct reg *reg,
			     enum reg_type type, int32_t off)
{
	const char *name = reg_type_name(type);
	long long value = reg->var.bits.value, smin = reg->var.smin;

	if (tnum_is_const(reg->var.bits) &&
	    (value >= MAX_VAR_OFF || value <= -MAX_VAR_OFF))
		return refuse(w, RULE_V5, EINVAL,
			      "math between %s pointer and %lld is not allowed",
			      name, value);
	if (off >= MAX_VAR_OFF || off <= -MAX_VAR_OFF)
		return refuse(w, RULE_V5, EINVAL,
			      "%s pointer offset %d is not allowed", name, off);
	if (smin == INT64_MIN)
		return refuse(w, RULE_V5, EINVAL,
			      "math between %s pointer and register with "
			      "unbounded min value is not allowed",
			      name);
	if (smin >= MAX_VAR_OFF || smin <= -MAX_VAR_OFF)
		return refuse(w, RULE_V5, EINVAL,
			      "value %lld makes %s pointer be out of bounds",
			      smin, name);
	return STEP_NEXT;
}

static bool fits_off(int64_t off)
{
	return off == (int32_t)off;
}

/* A pointer has no bounds of its lower half once it was moved. */
static void forget_halves(const struct walk *w, struct scalar *s)
{
	struct scalar zero;

	scalar_const(&zero, 0);
	scalar_pointer_add(s, &zero, w->kernel);
}

static void pointer_add(struct walk *w, struct reg *dst, const struct reg *ptr,
			const struct reg *number)
{
	struct reg sum = *ptr;
	int64_t off;

	if (tnum_is_const(number->var.bits) &&
	    !__builtin_add_overflow(ptr->off, number->var.smin, &off) &&
	    fits_off(off)) {
		sum.off = off;
		forget_halves(w, &sum.var);
		reg_copy(dst, &sum);
		return;
	}
	scalar_pointer_add(&sum.var, &number->var, w->kernel);
	if (reg_is_packet(ptr)) {
		sum.id = ++w->ids;
		sum.range = 0;
	}
	reg_copy(dst, &sum);
}

static void pointer_sub(struct walk *w, struct reg *dst,
			const struct reg *number)
{
	int64_t off;

	if (tnum_is_const(number->var.bits) &&
	    !__builtin_sub_overflow(dst->off, number->var.smin, &off) &&
	    fits_off(off)) {
		dst->off = off;
		forget_halves(w, &dst->var);
		return;
	}
	scalar_pointer_sub(&dst->var, &number->var, w->kernel);
	if (!reg_is_packet(dst))
		return;
	dst->id = ++w->ids;
	if (number->var.smin < 0)
		dst->range = 0;
}

static enum step_result pointer_op(struct walk *w, struct reg *dst,
				   const struct reg *ptr,
				   const struct reg *number, bool ptr_is_dst)
{
	unsigned int op = BPF_OP(walk_insn(w)->code);
	enum reg_type type = ptr->type;
	unsigned int to = walk_insn(w)->dst_reg;
	enum step_result result;
	bool half = dst->half;
	unsigned int half_insn = dst->half_insn;

	if (scalar_contradicts(&number->var, false)) {
		reg_unknown(dst);
		return STEP_NEXT;
	}
	if (is_32(walk_insn(w))) {
		if (op != BPF_SUB)
			return refuse(w, RULE_V5, EACCES,
				      "R%u 32-bit pointer arithmetic "
				      "prohibited",
				      to);
		reg_unknown(dst);
		return STEP_NEXT;
	}
	if (type & REG_OR_NULL)
		return bad_pointer(w, "prohibited, null-check it first", type);
	if (type == REG_PACKET_END ||
	    (type == REG_MAP && !(op == BPF_ADD && reg_is_null(number))))
		return bad_pointer(w, "prohibited", type);
	result = sane(w, number, type, 0);
	if (result == STEP_NEXT)
		result = sane(w, ptr, type, ptr->off);
	if (result != STEP_NEXT)
		return result;
	if (op == BPF_SUB && !ptr_is_dst)
		return refuse(w, RULE_V5, EACCES,
			      "R%u tried to subtract pointer from scalar", to);
	if (op == BPF_SUB && type == REG_STACK)
		return refuse(w, RULE_V5, EACCES,
			      "R%u subtraction from stack pointer prohibited",
			      to);
	if (op == BPF_AND || op == BPF_OR || op == BPF_XOR)
		return refuse(w, RULE_V5, EACCES,
			      "R%u bitwise operator %s on pointer prohibited",
			      to, op_name(op));
	if (op != BPF_ADD && op != BPF_SUB)
		return refuse(w, RULE_V5, EACCES,
			      "R%u pointer arithmetic with %s operator "
			      "prohibited",
			      to, op_name(op));
	if (op == BPF_ADD)
		pointer_add(w, dst, ptr, number);
	else
		pointer_sub(w, dst, number);
	dst->half = half;
	dst->half_insn = half_insn;
	result = sane(w, dst, type, dst->off);
	return result;
}

/* 6.12: a number plus a constant stays tied to those that it was equal to. */
static void tie(struct walk *w, struct reg *dst, const struct reg *src)
{
	const struct bpf_insn *insn = walk_insn(w);
	bool self = by_reg(insn) && insn->src_reg == insn->dst_reg;
	uint64_t value = src->var.bits.value;

	if (!is_new(w) || is_32(insn) || BPF_OP(insn->code) != BPF_ADD ||
	    !dst->id || !tnum_is_const(src->var.bits) || self ||
	    dst->id & ID_PLUS || value > INT32_MAX) {
		drop_id(dst);
		return;
	}
	dst->id |= ID_PLUS;
	dst->off = value;
}

static enum step_result number_op(struct walk *w, struct reg *dst,
				  const struct reg *src)
{
	const struct bpf_insn *insn = walk_insn(w);
	struct scalar operand = src->var, second;
	struct reg number = *src;
	struct path *other;

	if (!is_new(w))
		drop_id(dst);
	if (scalar_fork(BPF_OP(insn->code), &dst->var, &operand, &second,
			w->kernel)) {
		other = path_push(w, w->insn);
		if (!other)
			return STEP_NO_MEMORY;
		state_reg(&other->s, insn->dst_reg)->var = second;
	}
	scalar_alu(BPF_OP(insn->code), is_32(insn), &dst->var, &operand,
		   w->kernel);
	tie(w, dst, &number);
	return STEP_NEXT;
}

static enum step_result reg_op(struct walk *w, struct reg *dst)
{
	const struct bpf_insn *insn = walk_insn(w);
	struct reg *src = walk_reg(w, insn->src_reg);
	struct reg number;

	if (src->type == REG_SCALAR) {
		if (reg_is_pointer(dst) || dst->precise)
			precise_now(w, insn->src_reg);
		if (reg_is_pointer(dst))
			return pointer_op(w, dst, dst, src, true);
		return number_op(w, dst, src);
	}
	if (reg_is_pointer(dst)) {
		if (BPF_OP(insn->code) != BPF_SUB)
			return refuse(w, RULE_V5, EACCES,
				      "R%u pointer %s pointer prohibited",
				      insn->dst_reg,
				      op_name(BPF_OP(insn->code)));
		reg_unknown(dst);
		return STEP_NEXT;
	}
	precise_now(w, insn->dst_reg);
	number = *dst;
	return pointer_op(w, dst, src, &number, false);
}

static enum step_result constants_sane(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	unsigned int op = BPF_OP(insn->code);
	int bits = is_32(insn) ? 32 : 64;

	if (by_reg(insn))
		return STEP_NEXT;
	if ((op == BPF_DIV || op == BPF_MOD) && !insn->imm)
		return refuse(w, RULE_V7, EINVAL, "div by zero");
	if ((op == BPF_LSH || op == BPF_RSH || op == BPF_ARSH) &&
	    (insn->imm < 0 || insn->imm >= bits))
		return refuse(w, RULE_V7, EINVAL, "invalid shift %d",
			      insn->imm);
	return STEP_NEXT;
}

/* Signed division has 1 in off since 6.6. */
static bool op_off_known(const struct walk *w, const struct bpf_insn *insn)
{
	unsigned int op = BPF_OP(insn->code);

	return !insn->off || (is_new(w) && insn->off == 1 &&
			      (op == BPF_DIV || op == BPF_MOD));
}

static enum step_result binary(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	enum step_result result;
	struct reg constant = { .map = -1 };
	struct reg *dst;

	if (!op_off_known(w, insn) ||
	    (by_reg(insn) ? insn->imm != 0 : insn->src_reg != 0))
		return reserved(w, "BPF_ALU");
	result = by_reg(insn) ? arg_read(w, insn->src_reg) : STEP_NEXT;
	if (result == STEP_NEXT)
		result = arg_read(w, insn->dst_reg);
	if (result == STEP_NEXT)
		result = constants_sane(w);
	if (result == STEP_NEXT)
		result = arg_write(w, insn->dst_reg);
	if (result != STEP_NEXT)
		return result;
	dst = walk_reg(w, insn->dst_reg);
	dst->result_of = 0;
	if (by_reg(insn))
		return reg_op(w, dst);
	reg_known(&constant, (uint64_t)(int64_t)insn->imm);
	if (reg_is_pointer(dst))
		return pointer_op(w, dst, dst, &constant, true);
	return number_op(w, dst, &constant);
}

enum step_result step_alu(struct walk *w)
{
	unsigned int op = BPF_OP(walk_insn(w)->code);
	enum step_result result;

	if (op == BPF_END || op == BPF_NEG)
		result = unary(w);
	else if (op == BPF_MOV)
		result = move(w);
	else
		result = binary(w);
	w->insn++;
	return result;
}
