/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "check_visit.h"

static void unknown_registers(struct frame *f)
{
	for (unsigned int i = 0; i < FRAME_REGS; i++) {
		f->regs[i] = (struct reg){ .type = REG_SCALAR, .map = -1 };
		scalar_unknown(&f->regs[i].var);
	}
}

static void start_facts(struct visiting *v)
{
	v->facts.insns = v->fact;
	v->facts.subprogs = v->subprog;
	v->facts.subprog_count = 1;
	v->subprog[0].end = 4;
	for (unsigned int i = 0; i < 4; i++) {
		v->fact[i].umin_src = UINT64_MAX;
		v->fact[i].umin_dst = UINT64_MAX;
	}
}

void visit_start(struct visiting *v)
{
	*v = (struct visiting){ .profile = profile_published };
	v->profile.helpers |=
		PROFILE_MAP_UPDATE | PROFILE_MAP_DELETE | PROFILE_EVENT_OUTPUT;
	v->maps[0] = (struct code_map){
		.name = "events",
		.type = BPF_MAP_TYPE_PERF_EVENT_ARRAY,
		.key = 4,
		.value = 4,
	};
	v->maps[1] = (struct code_map){
		.name = "counters",
		.type = BPF_MAP_TYPE_ARRAY,
		.key = 4,
		.value = 16,
		.entries = 1,
	};
	v->code.type = BPF_PROG_TYPE_XDP;
	v->code.insns = v->insns;
	v->code.insn_count = 4;
	v->code.maps = v->maps;
	v->code.map_count = 2;
	v->c.code = &v->code;
	v->c.profile = &v->profile;
	v->c.report = &v->report;
	v->c.mtu = 1500;
	start_facts(v);
	for (unsigned int i = 0; i < 2; i++) {
		unknown_registers(&v->frames[i]);
		v->frames[i].stack = v->stack;
		v->frames[i].words = 4;
		v->frames[i].call = -1;
		v->s.frames[i] = &v->frames[i];
	}
	assert_int_equal(driver_start(&v->d, &v->c, &v->facts), 0);
}

void visit_end(struct visiting *v)
{
	driver_end(&v->d);
	check_report_clear(&v->report);
}

/* Bounds that follow from the bits alone; nothing here is signed. */
static struct scalar number(uint64_t value, uint64_t mask)
{
	struct scalar n;

	scalar_const(&n, value);
	if (!mask)
		return n;
	scalar_unknown(&n);
	n.bits = (struct tnum){ .value = value, .mask = mask };
	n.umin = value;
	n.umax = value | mask;
	if (!(n.umax >> 32)) {
		n.u32_min = (uint32_t)n.umin;
		n.u32_max = (uint32_t)n.umax;
	}
	return n;
}

void visit_hold(struct visiting *v, const struct holds *h)
{
	struct reg *reg = state_reg(&v->s, h->reg);

	if (h->type == REG_NOT_INIT)
		return;
	*reg = (struct reg){
		.type = h->type,
		.off = h->off,
		.frame = h->frame,
		.map = h->in_map ? 1 : -1,
		.var = number(h->value, h->mask),
	};
}

int visit_at(struct visiting *v, unsigned int n, struct bpf_insn insn)
{
	v->insns[n] = insn;
	return driver_check_insn(&v->d, &v->s, n);
}
