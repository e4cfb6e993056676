/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads, stores and atomics, by what the pointer points to (kernel/bpf/
 * verifier.c check_mem_access() and its like; net/core/filter.c
 * xdp_is_valid_access()).
 */
#include <errno.h>
#include <stddef.h>

#include "walk_private.h"

/* One access: @value is the register loaded or stored, -1 for none. */
struct access {
	unsigned int ptr;
	int off; /* of the instruction */
	int size;
	bool write;
	int value;
	bool aligned; /* it must be, whatever it points to */
};

static int size_of(int code)
{
	static const int sizes[] = { 4, 2, 1, 8 };

	return sizes[BPF_SIZE(code) >> 3];
}

static enum step_result outside(struct walk *w, const struct access *a,
				int64_t off, uint32_t size)
{
	const struct reg *reg = walk_reg(w, a->ptr);

	switch ((int)reg->type) {
	case REG_MAP_VALUE:
		return refuse(w, RULE_V4, EACCES,
			      "invalid access to map value, value_size=%u "
			      "off=%lld size=%d",
			      size, (long long)off, a->size);
	case REG_PACKET:
	case REG_PACKET_META:
		return refuse(w, RULE_V4, EACCES,
			      "invalid access to packet, off=%lld size=%d, "
			      "R%u(id=%u,off=%lld,r=%u)",
			      (long long)off, a->size, a->ptr, reg->id,
			      (long long)off, size);
	}
	return refuse(w, RULE_V4, EACCES,
		      "invalid access to memory, mem_size=%u off=%lld size=%d",
		      size, (long long)off, a->size);
}

static bool fits(int64_t off, int size, uint32_t room, bool zero_allowed)
{
	return off >= 0 && (size > 0 || (!size && zero_allowed)) &&
	       (uint64_t)off + size <= room;
}

static enum step_result negative(struct walk *w, unsigned int ptr)
{
	return refuse(w, RULE_V4, EACCES,
		      "R%u min value is negative, either use unsigned index "
		      "or do a if (index >=0) check.",
		      ptr);
}

/* Memory of a known size: a map's value, an argument. */
static enum step_result region(struct walk *w, const struct access *a, int off,
			       uint32_t room, bool zero_allowed)
{
	const struct reg *reg = walk_reg(w, a->ptr);
	int64_t smin = reg->var.smin;

	if (smin < 0 && (smin == INT64_MIN ||
			 off + smin != (int32_t)(off + smin) || smin + off < 0))
		return negative(w, a->ptr);
	if (!fits((int32_t)(smin + off), a->size, room, zero_allowed))
		return outside(w, a, (int32_t)(smin + off), room);
	if (reg->var.umax >= MAX_VAR_OFF)
		return refuse(w, RULE_V4, EACCES,
			      "R%u unbounded memory access, make sure to "
			      "bounds check any such access",
			      a->ptr);
	if (!fits((int32_t)(reg->var.umax + off), a->size, room, zero_allowed))
		return outside(w, a, (int32_t)(reg->var.umax + off), room);
	return STEP_NEXT;
}

static enum step_result packet(struct walk *w, const struct access *a, int off,
			       bool zero_allowed)
{
	const struct reg *reg = walk_reg(w, a->ptr);
	unsigned int last;

	if (reg->var.smin < 0)
		return negative(w, a->ptr);
	if (reg->range < 0)
		return refuse(w, RULE_V4, EINVAL,
			      "R%u offset is outside of the packet", a->ptr);
	if (!fits(off, a->size, reg->range, zero_allowed))
		return outside(w, a, off, reg->range);
	last = off + reg->var.umax + a->size - 1;
	if (last > w->facts->window)
		w->facts->window = last;
	return STEP_NEXT;
}

/* Fields of struct xdp_md; its last is for programs of a devmap only. */
static bool field_known(const struct access *a, int off)
{
	if (off < 0 || off >= (int)sizeof(struct xdp_md) || off % 4 ||
	    a->size != 4)
		return false;
	if (off == offsetof(struct xdp_md, egress_ifindex))
		return false;
	return !a->write || off == offsetof(struct xdp_md, rx_queue_index);
}

static enum step_result load_field(struct walk *w, int to, int off)
{
	struct reg *reg;

	if (to < 0)
		return STEP_NEXT;
	reg = walk_reg(w, to);
	switch (off) {
	case offsetof(struct xdp_md, data):
		reg_pointer(reg, REG_PACKET);
		break;
	case offsetof(struct xdp_md, data_meta):
		reg_pointer(reg, REG_PACKET_META);
		break;
	case offsetof(struct xdp_md, data_end):
		reg_pointer(reg, REG_PACKET_END);
		break;
	default:
		reg_unknown(reg);
	}
	return STEP_NEXT;
}

static enum step_result context(struct walk *w, const struct access *a, int off)
{
	const struct reg *reg = walk_reg(w, a->ptr);
	char bits[64];

	if (reg->off < 0)
		return refuse(w, RULE_V4, EACCES,
			      "negative offset ctx ptr R%u off=%d disallowed",
			      a->ptr, reg->off);
	if (reg->off)
		return refuse(w, RULE_V4, EACCES,
			      "dereference of modified ctx ptr R%u off=%d "
			      "disallowed",
			      a->ptr, reg->off);
	if (!tnum_is_const(reg->var.bits) || reg->var.bits.value) {
		bits_text(reg->var.bits, w->kernel, bits, sizeof(bits));
		return refuse(w, RULE_V4, EACCES,
			      "variable ctx access var_off=%s disallowed",
			      bits);
	}
	if (!field_known(a, off))
		return refuse(w, RULE_V4, EACCES,
			      "invalid bpf_context access off=%d size=%d", off,
			      a->size);
	return a->write ? STEP_NEXT : load_field(w, a->value, off);
}

/* Only the stack and the context ask for aligned accesses on x86 and arm64;
 * atomics ask for them everywhere.
 */
static enum step_result check_aligned(struct walk *w, const struct access *a)
{
	const struct reg *reg = walk_reg(w, a->ptr);
	bool is_packet = reg_is_packet(reg);
	/* NET_IP_ALIGN, which the verifier assumes to be 2. */
	int extra = is_packet ? 2 : 0;
	const char *what = reg->type == REG_STACK	? "stack "
			   : reg->type == REG_MAP_VALUE ? "value "
			   : reg->type == REG_CTX	? "context "
							: "";
	struct tnum at;
	char bits[64];

	if (a->size == 1 || !(a->aligned || reg->type == REG_STACK))
		return STEP_NEXT;
	at = tnum_add(reg->var.bits,
		      tnum_const((int64_t)extra + reg->off + a->off));
	if (tnum_is_aligned(at, a->size))
		return STEP_NEXT;
	bits_text(reg->var.bits, w->kernel, bits, sizeof(bits));
	if (is_packet)
		return refuse(w, RULE_V4, EACCES,
			      "misaligned packet access off %d+%s+%d+%d size "
			      "%d",
			      extra, bits, reg->off, a->off, a->size);
	return refuse(w, RULE_V4, EACCES,
		      "misaligned %saccess off %s+%d+%d size %d", what, bits,
		      reg->off, a->off, a->size);
}

static enum step_result by_type(struct walk *w, const struct access *a,
				bool zero_allowed)
{
	const struct reg *reg = walk_reg(w, a->ptr);
	int off = a->off + reg->off;

	switch ((int)reg->type) {
	case REG_MAP_VALUE:
		return region(w, a, off, w->code->maps[reg->map].value,
			      zero_allowed);
	case REG_MEM:
		return region(w, a, off, reg->mem_size, zero_allowed);
	case REG_CTX:
		return context(w, a, off);
	case REG_STACK:
		return a->write ? stack_write(w, a->ptr, off, a->size, a->value)
				: stack_read(w, a->ptr, off, a->size, a->value);
	case REG_PACKET:
	case REG_PACKET_META:
		return packet(w, a, off, zero_allowed);
	case REG_OTHER:
	case REG_MAP:
		w->path->blurred = true;
		return STEP_NEXT;
	}
	return refuse(w, RULE_V4, EACCES, "R%u invalid mem access '%s'", a->ptr,
		      reg_type_name(reg->type));
}

/* A register loaded from plain memory is any number of its size. */
static bool gives_number(const struct reg *ptr)
{
	return ptr->type != REG_CTX && ptr->type != REG_STACK;
}

static enum step_result access_memory(struct walk *w, const struct access *a)
{
	const struct reg *ptr = walk_reg(w, a->ptr);
	bool number = gives_number(ptr);
	enum step_result result = check_aligned(w, a);
	struct reg *to;

	if (result == STEP_NEXT)
		result = by_type(w, a, false);
	if (result != STEP_NEXT || a->write || a->value < 0)
		return result;
	to = walk_reg(w, a->value);
	if (number)
		reg_unknown(to);
	if (reg_is_pointer(to))
		return STEP_NEXT;
	if (BPF_MODE(walk_insn(w)->code) == 0x80)
		scalar_sign_extend(&to->var, a->size, w->kernel);
	else if (a->size < 8)
		scalar_truncate(&to->var, a->size, w->kernel);
	return STEP_NEXT;
}

/* The same instruction may not once mean the context and once another memory:
 * the kernel rewrites accesses to it.
 */
static enum step_result same_kind(struct walk *w, enum reg_type type)
{
	unsigned short *seen = &w->ptr_types[w->insn];
	bool ctx = type == REG_CTX || type == REG_OTHER;
	bool ctx_then = *seen == REG_CTX || *seen == REG_OTHER;

	if (*seen && *seen != type && (ctx || ctx_then))
		return refuse(w, RULE_V7, EINVAL,
			      "same insn cannot be used with different "
			      "pointers");
	if (!*seen)
		*seen = type;
	return STEP_NEXT;
}

enum step_result step_load(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	struct access a = {
		.ptr = insn->src_reg,
		.off = insn->off,
		.size = size_of(insn->code),
		.value = insn->dst_reg,
	};
	enum step_result result = arg_read(w, insn->src_reg);
	enum reg_type type;

	if (result == STEP_NEXT)
		result = arg_write(w, insn->dst_reg);
	if (result != STEP_NEXT)
		return result;
	type = walk_reg(w, insn->src_reg)->type;
	result = access_memory(w, &a);
	if (result == STEP_NEXT)
		result = same_kind(w, type);
	w->insn++;
	return result;
}

static enum step_result store_imm(struct walk *w, const struct bpf_insn *insn)
{
	enum step_result result;

	if (insn->src_reg)
		return refuse(w, RULE_V7, EINVAL,
			      "BPF_ST uses reserved fields");
	result = arg_read(w, insn->dst_reg);
	if (result == STEP_NEXT && w->kernel < CHECK_KERNEL_6_12 &&
	    walk_reg(w, insn->dst_reg)->type == REG_CTX)
		return refuse(w, RULE_V4, EACCES,
			      "BPF_ST stores into R%u ctx is not allowed",
			      insn->dst_reg);
	return result;
}

static enum step_result store_reg(struct walk *w, const struct bpf_insn *insn)
{
	enum step_result result;

	if (insn->imm)
		return refuse(w, RULE_V7, EINVAL,
			      "BPF_STX uses reserved fields");
	result = arg_read(w, insn->src_reg);
	return result == STEP_NEXT ? arg_read(w, insn->dst_reg) : result;
}

enum step_result step_store(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	bool is_imm = BPF_CLASS(insn->code) == BPF_ST;
	struct access a = {
		.ptr = insn->dst_reg,
		.off = insn->off,
		.size = size_of(insn->code),
		.write = true,
		.value = is_imm ? -1 : insn->src_reg,
	};
	enum step_result result =
		is_imm ? store_imm(w, insn) : store_reg(w, insn);
	enum reg_type type;

	if (result != STEP_NEXT)
		return result;
	type = walk_reg(w, insn->dst_reg)->type;
	result = access_memory(w, &a);
	if (result == STEP_NEXT && (!is_imm || w->kernel >= CHECK_KERNEL_6_12))
		result = same_kind(w, type);
	w->insn++;
	return result;
}

static bool atomic_known(int op)
{
	switch (op & ~BPF_FETCH) {
	case BPF_ADD:
	case BPF_AND:
	case BPF_OR:
	case BPF_XOR:
		return true;
	}
	return op == BPF_XCHG || op == BPF_CMPXCHG;
}

static enum step_result atomic_target(struct walk *w, unsigned int number)
{
	const struct reg *reg = walk_reg(w, number);

	if (reg->type != REG_CTX && !reg_is_packet(reg))
		return STEP_NEXT;
	return refuse(w, RULE_V4, EACCES,
		      "BPF_ATOMIC stores into R%u %s is not allowed", number,
		      reg_type_name(reg->type));
}

static enum step_result atomic_args(struct walk *w, const struct bpf_insn *insn)
{
	enum step_result result;

	if (!atomic_known(insn->imm))
		return refuse(w, RULE_V7, EINVAL,
			      "BPF_ATOMIC uses invalid atomic opcode %02x",
			      insn->imm);
	result = arg_read(w, insn->src_reg);
	if (result == STEP_NEXT)
		result = arg_read(w, insn->dst_reg);
	if (result == STEP_NEXT && insn->imm == BPF_CMPXCHG)
		result = arg_read(w, BPF_REG_0);
	return result == STEP_NEXT ? atomic_target(w, insn->dst_reg) : result;
}

enum step_result step_atomic(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	int to = !(insn->imm & BPF_FETCH)   ? -1
		 : insn->imm == BPF_CMPXCHG ? BPF_REG_0
					    : insn->src_reg;
	struct access a = {
		.ptr = insn->dst_reg,
		.off = insn->off,
		.size = size_of(insn->code),
		.value = -1,
		.aligned = true,
	};
	enum step_result result = atomic_args(w, insn);

	if (result == STEP_NEXT && to >= 0)
		result = arg_write(w, to);
	if (result == STEP_NEXT)
		result = access_memory(w, &a);
	a.value = to;
	if (result == STEP_NEXT && to >= 0)
		result = access_memory(w, &a);
	a.value = -1;
	a.write = true;
	if (result == STEP_NEXT)
		result = access_memory(w, &a);
	w->insn++;
	return result;
}

enum step_result helper_access(struct walk *w, unsigned int number, int size,
			       bool zero_allowed)
{
	const struct reg *reg = walk_reg(w, number);
	struct access a = { .ptr = number, .size = size, .value = -1 };

	switch ((int)reg->type) {
	case REG_STACK:
		return stack_helper(w, number, size, zero_allowed);
	case REG_MAP_VALUE:
	case REG_MEM:
	case REG_PACKET:
	case REG_PACKET_META:
		return by_type(w, &a, zero_allowed);
	}
	if (zero_allowed && !size && reg_is_null(reg))
		return STEP_NEXT;
	return refuse(w, RULE_V6, EACCES, "R%u type=%s expected=fp", number,
		      reg_type_name(reg->type));
}
