/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "check/check_code.h"
#include "profile.h"
#include "raw_program.h"

/* For those that are made. */
#define MADE_INSNS 70000

const struct code_map raw_maps[RAW_MORE + 1] = {
	[RAW_ARRAY] = { .name = "m",
			.type = BPF_MAP_TYPE_ARRAY,
			.key = 4,
			.value = 56,
			.entries = 4 },
	[RAW_HASH] = { .name = "m",
		       .type = BPF_MAP_TYPE_HASH,
		       .key = 8,
		       .value = 16,
		       .entries = 4 },
	[RAW_EVENTS] = { .name = "m",
			 .type = BPF_MAP_TYPE_PERF_EVENT_ARRAY,
			 .key = 4,
			 .value = 4,
			 .entries = 4 },
	[RAW_MORE] = { .name = "m",
		       .type = BPF_MAP_TYPE_ARRAY,
		       .key = 4,
		       .value = 4,
		       .entries = 1 },
};

static unsigned int row_length(const struct raw_program *row)
{
	static const struct bpf_insn none;
	unsigned int n = RAW_INSNS;

	while (n && !memcmp(&row->insns[n - 1], &none, sizeof(none)))
		n--;
	return row->insn_count ? row->insn_count : n;
}

/* As many as the row refers to. */
static unsigned int count_maps(const struct code *code)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < code->insn_count; i++) {
		const struct bpf_insn *insn = &code->insns[i];
		bool refers = insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
			      (insn->src_reg == BPF_PSEUDO_MAP_FD ||
			       insn->src_reg == BPF_PSEUDO_MAP_VALUE);

		if (refers && insn->imm >= (int)count && insn->imm < RAW_MAPS)
			count = insn->imm + 1;
	}
	return count;
}

void raw_start(const struct raw_program *row, struct code *code,
	       struct bpf_insn **insns, struct code_map *maps)
{
	*insns = calloc(MADE_INSNS, sizeof(**insns));
	assert_non_null(*insns);
	memcpy(*insns, row->insns, sizeof(row->insns));
	*code = (struct code){
		.name = "p",
		.type = BPF_PROG_TYPE_XDP,
		.attach = BPF_XDP,
		.gpl = true,
		.insns = *insns,
		.insn_count = row->make ? row->make(*insns, MADE_INSNS)
					: row_length(row),
		.maps = maps,
		.funcs = (struct code_func *)row->funcs,
		.func_count = row->func_count,
	};
	code->map_count = count_maps(code);
	for (unsigned int i = 0; i < RAW_MAPS; i++)
		maps[i] = raw_maps[i < RAW_MORE ? i : RAW_MORE];
}

static void expect_refused(const struct check_report *r,
			   const struct raw_answer *want)
{
	const struct check_finding *f = r->findings;

	assert_true(r->finding_count > 0);
	print_message("\t%s@%d: %d %s\n", f->rule->id, f->insn, f->err,
		      f->words);
	assert_string_equal(f->rule->id, want->rule);
	assert_int_equal(f->insn, want->insn);
	assert_int_equal(f->err, want->err);
	assert_string_equal(f->words, want->words);
}

/* The firmware is the one with events. */
static void expect(const struct code *code, enum check_kernel kernel,
		   const struct raw_answer *want)
{
	struct check_options options = {
		.kernel = kernel,
		.profile = profile_find("bpf-2.0.6"),
	};
	struct check_report r;

	assert_int_equal(check_code(code, &options, &r), 0);
	print_message("\t%s: %lu explored, %u long\n",
		      check_kernel_name(kernel), r.explored, r.words);
	if (want->rule) {
		expect_refused(&r, want);
	} else {
		assert_int_equal(r.finding_count, 0);
		assert_int_equal(r.explored, want->explored);
		assert_int_equal(r.words, want->length);
	}
	check_report_clear(&r);
}

void raw_expect(const struct raw_program *row)
{
	struct code_map maps[RAW_MAPS];
	struct bpf_insn *insns;
	struct code code;

	print_message("%s\n", row->what);
	raw_start(row, &code, &insns, maps);
	expect(&code, CHECK_KERNEL_6_1, &row->on_6_1);
	expect(&code, CHECK_KERNEL_6_12, &row->on_6_12);
	free(insns);
}
