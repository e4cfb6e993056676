/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>

#include "bench/bench.h"
#include "bench/check.h"
#include "bench/link.h"
#include "bench/progress.h"
#include "bench/repeat.h"
#include "bench/send.h"

#define OPEN_TRIES 2

static struct bench_row *row_of(struct bench *b, unsigned int cell,
				unsigned int mode)
{
	return &b->rows[cell * b->options->modes.count + mode];
}

static enum exit_code run_modes(struct bench *b, unsigned int cell,
				unsigned int repeat)
{
	unsigned int modes = b->options->modes.count;
	enum exit_code code = EXIT_OK;

	for (unsigned int m = 0; !code && m < modes; m++) {
		struct bench_row *row = row_of(b, cell, m);

		if (row->verdict != ROW_OPEN)
			continue;
		bench_progress(b->iface.dev.name, row, repeat,
			       repeat * b->count + cell * modes + m,
			       b->options->repeat * b->count);
		code = bench_repeat(b, row, repeat);
	}
	return code;
}

static struct stream_spec spec_of(const struct bench *b,
				  const struct bench_cell *cell)
{
	unsigned int headers = bench_headers(b->ends.family);
	struct stream_spec spec = {
		.ifname = b->peer.dev.name,
		.request = {
			.family = b->ends.family,
			.src = b->ends.sender,
			.ttl = FRAME_REPLY_TTL,
			.payload = cell->size - headers,
		},
		.targets = b->ends.target,
		.n_targets = cell->targets,
		.cpu = b->cpu,
	};

	memcpy(spec.request.dst_mac, b->iface.mac, ETH_ALEN);
	memcpy(spec.request.src_mac, b->peer.mac, ETH_ALEN);
	return spec;
}

/* The sender that these rows had before, or else those before them, if it can
 * do this, too: the fastest is found by trying, which a busy machine may spoil
 * once.
 */
static int open_stream(struct bench *b, unsigned int cell, char *why,
		       size_t room)
{
	struct stream_spec spec = spec_of(b, &b->cell[cell]);
	const char *known = b->options->sender ?: row_of(b, cell, 0)->sender;
	int err = -EOPNOTSUPP;

	spec.sender = known ?: b->sender ?: stream_sender_name(0);
	for (int i = 0; err == -EOPNOTSUPP && i < OPEN_TRIES; i++)
		err = stream_open(&b->stream, &spec, why, room);
	spec.sender = NULL;
	if (err == -EOPNOTSUPP && !known)
		err = stream_open(&b->stream, &spec, why, room);
	return err;
}

static bool is_open(struct bench *b, unsigned int cell)
{
	for (unsigned int m = 0; m < b->options->modes.count; m++)
		if (row_of(b, cell, m)->verdict == ROW_OPEN)
			return true;
	return false;
}

/* A port that cannot send frames of one size may be able to send others. */
static enum exit_code run_cell(struct bench *b, unsigned int cell,
			       unsigned int repeat)
{
	char why[BENCH_WHY_MAX];
	enum exit_code code;
	int err;

	if (!is_open(b, cell))
		return EXIT_OK;
	err = open_stream(b, cell, why, sizeof(why));
	if (err == -EOPNOTSUPP || err == -EMSGSIZE) {
		for (unsigned int m = 0; m < b->options->modes.count; m++)
			if (row_of(b, cell, m)->verdict == ROW_OPEN)
				bench_row_close(row_of(b, cell, m),
						ROW_UNMEASURED, "%s: %s",
						b->peer.text, why);
		return EXIT_OK;
	}
	if (err == -ENODEV || err == -ENETDOWN || err == -EINTR)
		return bench_end_early(b, err);
	if (err)
		return bench_fail(b,
				  err == -EBUSY ? EXIT_TAKEN : EXIT_UNAVAILABLE,
				  "%s: %s", b->peer.text, why);
	b->sender = b->sender ?: stream_sender(b->stream);
	b->judge = stream_mode(b->stream);
	for (unsigned int m = 0; m < b->options->modes.count; m++)
		row_of(b, cell, m)->sender = stream_sender(b->stream);
	code = run_modes(b, cell, repeat);
	bench_keep_counts(b);
	stream_close(b->stream);
	b->stream = NULL;
	return code;
}

static enum exit_code judge_run(struct bench *b)
{
	unsigned int measured = 0, refused = 0;

	for (unsigned int i = 0; i < b->count; i++) {
		measured += b->rows[i].verdict == ROW_MEASURED;
		refused += b->rows[i].verdict == ROW_REFUSED;
	}
	if (refused)
		return bench_fail(b, EXIT_REFUSED,
				  "%u row%s refused: the replies were not "
				  "right, or none came",
				  refused, refused == 1 ? " was" : "s were");
	if (!measured)
		return bench_fail(b, EXIT_REFUSED, "nothing could be measured");
	return EXIT_OK;
}

/* At any moment an interface may go, and whatever fails by that is no fault of
 * a mode. Programs that were taken off may have cost the link for a while.
 */
static enum exit_code look_at_ends(struct bench *b, enum exit_code code)
{
	int err = code == EXIT_CUT_SHORT ? 0 : bench_link_wait(b);

	return err ? bench_end_early(b, err) : code;
}

enum exit_code bench_run(struct bench *b)
{
	enum exit_code code = EXIT_OK;

	for (unsigned int i = 0; i < b->count; i++)
		bench_check_row(b, &b->rows[i]);
	/* Turn about, so that a slow moment of the machine meets every row. */
	for (unsigned int r = 0; !code && r < b->options->repeat; r++)
		for (unsigned int c = 0; !code && c < b->cells; c++)
			code = run_cell(b, c, r);
	code = look_at_ends(b, code);
	bench_progress_clear();
	b->ended_early = code;
	return code ?: judge_run(b);
}
