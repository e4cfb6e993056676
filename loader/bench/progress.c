/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <unistd.h>

#include "bench/progress.h"

static bool shown;

void bench_progress(const char *ifname, const struct bench_row *row,
		    unsigned int repeat, unsigned int done, unsigned int all)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr,
		"\r\033[K%s: %3u %%: %s, %u bytes, %u target%s, repeat %u",
		ifname, all ? 100 * done / all : 0, bench_mode_name(row->mode),
		row->cell.size, row->cell.targets,
		row->cell.targets == 1 ? "" : "s", repeat + 1);
	fflush(stderr);
	shown = true;
}

void bench_progress_clear(void)
{
	if (shown)
		fputs("\r\033[K", stderr);
	shown = false;
}
