/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "bench/plan.h"

const char *bench_mode_name(enum bench_mode mode)
{
	if (mode == BENCH_STACK)
		return "stack";
	if (mode == BENCH_BASELINE)
		return "baseline";
	return mode_name((enum xdp_mode)mode);
}

enum bench_mode bench_mode_from_name(const char *name)
{
	enum xdp_mode mode = mode_from_name(name);

	if (mode != MODE_NONE)
		return (enum bench_mode)mode;
	for (enum bench_mode m = BENCH_STACK; m < BENCH_MODES; m++)
		if (!strcmp(name, bench_mode_name(m)))
			return m;
	return BENCH_MODES;
}

unsigned int bench_cells(const struct bench_options *options,
			 struct bench_cell out[BENCH_CELLS_MAX])
{
	const struct bench_list *sizes = &options->sizes;
	const struct bench_list *targets = &options->targets;
	unsigned int count = 0;

	for (unsigned int i = 0; i < sizes->count; i++)
		out[count++] =
			(struct bench_cell){ sizes->at[i], targets->at[0] };
	for (unsigned int i = 1; i < targets->count; i++)
		out[count++] =
			(struct bench_cell){ sizes->at[0], targets->at[i] };
	return count;
}
