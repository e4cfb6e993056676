/* SPDX-License-Identifier: GPL-2.0-only */
/* Any instructions at all as a program: see check_code(). The first two bytes
 * choose firmware, kernel and maps, and where functions begin that BTF knows.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check_code.h"
#include "profile.h"

/* Loops are followed, but not for seconds. */
#define EXPLORE 4000

#define INSNS_MAX 512

#define MAP(n, t, k, v, e)                                                 \
	{                                                                  \
		.name = n, .type = BPF_MAP_TYPE_##t, .key = k, .value = v, \
		.entries = e                                               \
	}

static struct code_map maps[] = {
	MAP("hash", HASH, 4, 16, 64),
	MAP("array", ARRAY, 4, 48, 16),
	MAP("events", PERF_EVENT_ARRAY, 4, 4, 8),
	MAP("wide", HASH, 56, 8, 1),
	MAP("percpu", PERCPU_ARRAY, 4, 8, 1),
};

static const struct profile *choose_profile(unsigned int number)
{
	const struct profile *p = profile_next(NULL);

	while (number-- && profile_next(p))
		p = profile_next(p);
	return p;
}

/* The second function is global, the third is not. */
static struct code_func functions[] = {
	{ .insn = 0, .name = "main" },
	{ .name = "global",
	  .global = true,
	  .args = 3,
	  .arg = { { .kind = CODE_ARG_CTX },
		   { .kind = CODE_ARG_MAY_MEM, .size = 16 } },
	  .later = { { .kind = CODE_ARG_CTX },
		     { .kind = CODE_ARG_MEM, .size = 16 } } },
	{ .name = "local" },
};

/* What holds of every report. */
static void judge(const struct check_report *r)
{
	bool undecided = false, refused = false;

	for (size_t i = 0; i < r->finding_count; i++) {
		if (r->findings[i].undecided)
			undecided = true;
		else
			refused = true;
		if (!r->findings[i].rule ||
		    r->findings[i].insn >= (int)r->insn_count)
			abort();
	}
	if (refused != (r->verdict == CHECK_REFUSED) ||
	    (r->verdict == CHECK_ACCEPTED &&
	     (undecided || !r->costed || !r->explored)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct check_options options = { .explore = EXPLORE };
	static struct bpf_insn insns[INSNS_MAX];
	struct code code = {
		.name = "fuzz",
		.type = BPF_PROG_TYPE_XDP,
		.attach = BPF_XDP,
		.gpl = true,
		.insns = insns,
		.maps = maps,
	};
	struct check_report report;

	if (size < 2)
		return 0;
	options.profile = choose_profile(data[0] & 3);
	options.kernel = data[0] & 4 ? CHECK_KERNEL_6_12 : CHECK_KERNEL_6_1;
	code.map_count = (data[0] >> 3) % 6;
	functions[1].insn = 1 + (data[1] & 15);
	functions[2].insn = functions[1].insn + 1 + (data[1] >> 4);
	code.funcs = functions;
	code.func_count = data[0] & 0x80 ? 3 : 0;
	code.insn_count = (size - 2) / sizeof(*insns);
	if (code.insn_count > INSNS_MAX)
		code.insn_count = INSNS_MAX;
	memcpy(insns, data + 2, code.insn_count * sizeof(*insns));
	if (check_code(&code, &options, &report))
		return 0;
	judge(&report);
	check_report_clear(&report);
	return 0;
}
