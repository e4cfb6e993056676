/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench/attach.h"
#include "bench/link.h"
#include "bench/measure.h"
#include "bench/progress.h"
#include "bench/repeat.h"

/* The same in every cell: it need not be tried there. */
static void close_mode(struct bench *b, enum bench_mode mode, const char *why)
{
	for (unsigned int i = 0; i < b->count; i++)
		if (b->rows[i].mode == mode && b->rows[i].verdict == ROW_OPEN)
			bench_row_close(&b->rows[i], ROW_UNMEASURED, "%s", why);
}

static enum stream_expect expect(enum bench_mode mode)
{
	if (mode == BENCH_STACK)
		return STREAM_HOST;
	return mode == BENCH_BASELINE ? STREAM_RETURNED : STREAM_REPLY;
}

/* A simulator's rate would say nothing of a card. */
static int measure_card(struct bench *b, struct bench_row *row)
{
	int err =
		stream_expect(b->stream, STREAM_REPLY) ?: bench_settle(b, row);

	if (!err && row->verdict == ROW_OPEN)
		err = bench_measure_card(b, row);
	if (!err && row->verdict == ROW_OPEN)
		row->verdict = ROW_MEASURED;
	return err;
}

/* What takes longer is not measured in every repeat: in the first, the middle
 * and the last one.
 */
static bool is_thorough(unsigned int repeat, unsigned int repeats)
{
	return !repeat || repeat == repeats / 2 || repeat + 1 == repeats;
}

static int measure(struct bench *b, struct bench_row *row, unsigned int repeat,
		   const struct bench_attached *attached)
{
	bool last = repeat + 1 == b->options->repeat;
	bool thorough = is_thorough(repeat, b->options->repeat);
	int err = stream_expect(b->stream, expect(row->mode));

	if (!err)
		err = bench_settle(b, row);
	if (!err && row->verdict == ROW_OPEN)
		err = bench_measure_rate(b, row);
	if (!err && row->verdict == ROW_OPEN && thorough)
		err = bench_measure_loss_free(b, row);
	if (!err && row->verdict == ROW_OPEN)
		err = bench_measure_times(b, row);
	if (!err && row->verdict == ROW_OPEN && thorough)
		err = bench_measure_program(b, row, attached);
	if (!err && row->verdict == ROW_OPEN && last)
		row->verdict = ROW_MEASURED;
	return err;
}

static void tell_repeat(const struct bench *b, const struct bench_row *row)
{
	if (!b->options->verbose || !row->repeats)
		return;
	bench_progress_clear();
	fprintf(stderr, "%s: %s, %u bytes, %u targets: %.0f replies a second\n",
		b->iface.dev.name, bench_mode_name(row->mode), row->cell.size,
		row->cell.targets, row->right_per_s[row->repeats - 1]);
}

/* Beside what has ended the run before. With an interface its programs go. */
static enum exit_code tell_left(struct bench *b, enum exit_code code,
				enum xdp_mode mode, int err)
{
	size_t len = code ? strlen(b->why) : 0;

	if (bench_side_has_link(&b->iface) == -ENODEV)
		return bench_end_early(b, -ENODEV);
	snprintf(b->why + len, sizeof(b->why) - len,
		 "%sthe program in %s mode stays: %s", len ? "; " : "",
		 mode_name(mode), strerror(-err));
	return code ?: EXIT_UNAVAILABLE;
}

enum exit_code bench_repeat(struct bench *b, struct bench_row *row,
			    unsigned int repeat)
{
	struct bench_attached attached;
	char why[BENCH_WHY_MAX];
	enum exit_code code;
	int err, off, lost;

	code = bench_attach(b, row->mode, row->cell.targets, &attached, why,
			    sizeof(why));
	lost = code ? bench_link_ends(b) : 0;
	if (lost)
		return bench_end_early(b, lost);
	if (code == EXIT_REFUSED) {
		close_mode(b, row->mode, why);
		return EXIT_OK;
	}
	if (code)
		return bench_fail(b, code, "%s", why);
	row->placed = attached.mode;
	if (row->mode == BENCH_HW && b->emulated.is)
		err = measure_card(b, row);
	else
		err = measure(b, row, repeat, &attached);
	off = bench_detach(b, &attached);
	if (err)
		code = bench_end_early(b, err);
	else
		tell_repeat(b, row);
	return off ? tell_left(b, code, row->placed, off) : code;
}
