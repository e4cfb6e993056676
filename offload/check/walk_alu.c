/* SPDX-License-Identifier: GPL-2.0-only */
/* Arithmetic on numbers and pointers (kernel/bpf/verifier.c check_alu_op(),
 * adjust_reg_min_max_vals(), adjust_ptr_min_max_vals()).
 */
#include <errno.h>

#include "walk_private.h"

enum step_result reserved_fields(struct walk *w, const char *insn)
{
	return refuse(w, RULE_V7, EINVAL, "%s uses reserved fields", insn);
}

static enum step_result unary(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	bool neg = BPF_OP(insn->code) == BPF_NEG;
	enum step_result result;
	struct reg *dst;

	if (insn->src_reg || insn->off ||
	    (neg && (insn->imm || insn_by_reg(insn))))
		return reserved_fields(w, neg ? "BPF_NEG" : "BPF_END");
	if (!neg && insn->imm != 16 && insn->imm != 32 && insn->imm != 64)
		return reserved_fields(w, "BPF_END");
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
	if (insn_is_32(walk_insn(w))) {
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
	bool self = insn_by_reg(insn) && insn->src_reg == insn->dst_reg;
	uint64_t value = src->var.bits.value;

	if (!walk_is_new(w) || insn_is_32(insn) ||
	    BPF_OP(insn->code) != BPF_ADD || !dst->id ||
	    !tnum_is_const(src->var.bits) || self || dst->id & ID_PLUS ||
	    value > INT32_MAX) {
		reg_drop_id(dst);
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

	if (!walk_is_new(w))
		reg_drop_id(dst);
	if (scalar_fork(BPF_OP(insn->code), &dst->var, &operand, &second,
			w->kernel)) {
		other = path_push(w, w->insn);
		if (!other)
			return STEP_NO_MEMORY;
		state_reg(&other->s, insn->dst_reg)->var = second;
	}
	scalar_alu(BPF_OP(insn->code), insn_is_32(insn), &dst->var, &operand,
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
	int bits = insn_is_32(insn) ? 32 : 64;

	if (insn_by_reg(insn))
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

	return !insn->off || (walk_is_new(w) && insn->off == 1 &&
			      (op == BPF_DIV || op == BPF_MOD));
}

static enum step_result binary(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	enum step_result result;
	struct reg constant = { .map = -1 };
	struct reg *dst;

	if (!op_off_known(w, insn) ||
	    (insn_by_reg(insn) ? insn->imm != 0 : insn->src_reg != 0))
		return reserved_fields(w, "BPF_ALU");
	result = insn_by_reg(insn) ? arg_read(w, insn->src_reg) : STEP_NEXT;
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
	if (insn_by_reg(insn))
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
		result = step_move(w);
	else
		result = binary(w);
	w->insn++;
	return result;
}
