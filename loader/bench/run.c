/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "bench/bench.h"
#include "bench/attach.h"
#include "bench/link.h"
#include "bench/measure.h"
#include "bench/progress.h"
#include "bench/send.h"
#include "nap.h"

#define ETHERNET 14 /* bytes of its header */
#define IPV4	 20
#define IPV6	 40
#define ECHO	 8

#define OPEN_TRIES 2

void bench_row_close(struct bench_row *row, enum bench_verdict verdict,
		     const char *format, ...)
{
	va_list args;

	row->verdict = verdict;
	va_start(args, format);
	vsnprintf(row->why, sizeof(row->why), format, args);
	va_end(args);
}

static struct bench_row *row_of(struct bench *b, unsigned int cell,
				unsigned int mode)
{
	return &b->rows[cell * b->options->modes.count + mode];
}

/* What can be known before anything is attached. */
static void check_row(const struct bench *b, struct bench_row *row)
{
	unsigned int mtu = b->iface.dev.mtu < b->peer.dev.mtu ? b->iface.dev.mtu
							      : b->peer.dev.mtu;
	const char *family = b->ends.family == AF_INET ? "IPv4" : "IPv6";

	if (row->cell.size > mtu + ETHERNET)
		bench_row_close(row, ROW_UNMEASURED,
				"a frame of %u bytes does not fit an MTU of %u",
				row->cell.size, mtu);
	else if (b->ends.family == AF_INET6 &&
		 row->cell.size < ETHERNET + IPV6 + ECHO)
		bench_row_close(row, ROW_UNMEASURED,
				"IPv6 needs %d bytes at least",
				ETHERNET + IPV6 + ECHO);
	else if (row->mode == BENCH_HW && b->emulated.is < 0)
		bench_row_close(row, ROW_UNMEASURED,
				"it cannot be known whether the card is real: "
				"its port is not in its namespace (%s)",
				strerror(-b->emulated.is));
	else if (row->mode == BENCH_STACK && !b->ends.own)
		bench_row_close(row, ROW_UNMEASURED,
				"%s has no %s address that the kernel could "
				"answer for",
				b->iface.dev.name, family);
	else if (row->mode == BENCH_STACK && row->cell.targets > 1)
		bench_row_close(row, ROW_UNMEASURED,
				"the kernel answers for the one address that "
				"it has");
}

/* The same in every cell: it need not be tried there. */
static void close_mode(struct bench *b, enum bench_mode mode, const char *why)
{
	for (unsigned int i = 0; i < b->count; i++)
		if (b->rows[i].mode == mode && b->rows[i].verdict == ROW_OPEN)
			bench_row_close(&b->rows[i], ROW_UNMEASURED, "%s", why);
}

/* What ended the run, as an exit code with a sentence. */
static enum exit_code end_early(struct bench *b, int err)
{
	if (err == -EINTR) {
		b->interrupted = true;
		return bench_fail(b, EXIT_CUT_SHORT, "interrupted");
	}
	if (err == -ENODEV || err == -ENETDOWN || err == -ENXIO)
		return bench_fail(b, EXIT_CUT_SHORT, BENCH_LOST);
	return bench_fail(b, EXIT_UNAVAILABLE, "not measured: %s",
			  strerror(-err));
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
		return end_early(b, -ENODEV);
	snprintf(b->why + len, sizeof(b->why) - len,
		 "%sthe program in %s mode stays: %s", len ? "; " : "",
		 mode_name(mode), strerror(-err));
	return code ?: EXIT_UNAVAILABLE;
}

static enum exit_code repeat_row(struct bench *b, struct bench_row *row,
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
		return end_early(b, lost);
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
		code = end_early(b, err);
	else
		tell_repeat(b, row);
	return off ? tell_left(b, code, row->placed, off) : code;
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
		code = repeat_row(b, row, repeat);
	}
	return code;
}

static struct stream_spec spec_of(const struct bench *b,
				  const struct bench_cell *cell)
{
	unsigned int headers =
		ETHERNET + ECHO + (b->ends.family == AF_INET ? IPV4 : IPV6);
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
		return end_early(b, err);
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

	return err ? end_early(b, err) : code;
}

enum exit_code bench_run(struct bench *b)
{
	enum exit_code code = EXIT_OK;

	for (unsigned int i = 0; i < b->count; i++)
		check_row(b, &b->rows[i]);
	/* Turn about, so that a slow moment of the machine meets every row. */
	for (unsigned int r = 0; !code && r < b->options->repeat; r++)
		for (unsigned int c = 0; !code && c < b->cells; c++)
			code = run_cell(b, c, r);
	code = look_at_ends(b, code);
	bench_progress_clear();
	b->ended_early = code;
	return code ?: judge_run(b);
}
