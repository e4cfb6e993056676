/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/bench.h"
#include "bench/attach.h"
#include "bench/check.h"
#include "bench/link.h"
#include "emulated.h"
#include "netns.h"
#include "tc.h"

enum exit_code bench_fail(struct bench *b, enum exit_code code,
			  const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(b->why, sizeof(b->why), format, args);
	va_end(args);
	return code;
}

enum exit_code bench_end_early(struct bench *b, int err)
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

/* The process is in the interface's namespace, as the card mostly is. */
static int ask_card(struct bench *b)
{
	int port = 0;

	b->emulated.is = emulated_is(&b->iface.dev);
	if (b->emulated.is <= 0)
		return 0;
	port = emulated_port(&b->iface.dev);
	if (port < 0)
		return port;
	b->emulated.port = port;
	return board_read(&b->iface.dev, &b->emulated.board);
}

static enum exit_code open_sides(struct bench *b)
{
	const struct bench_options *o = b->options;
	int here = netns_open(NULL), there, err;

	if (here < 0)
		return bench_fail(b, EXIT_UNAVAILABLE,
				  "no network namespace: %s", strerror(-here));
	err = bench_side_open(&b->iface, o->ifname, here, NULL) ?: ask_card(b);
	if (err)
		return bench_fail(b, EXIT_UNAVAILABLE, "%s: %s", o->ifname,
				  bench_error_text(err));
	there = netns_open(o->netns);
	if (there < 0)
		return bench_fail(b, EXIT_UNAVAILABLE,
				  "%s: no such network namespace", o->netns);
	err = bench_side_open(&b->peer, o->peer, there, o->netns);
	if (err)
		return bench_fail(b, EXIT_UNAVAILABLE, "%s: %s", b->peer.text,
				  bench_error_text(err));
	return EXIT_OK;
}

static enum exit_code choose_ends(struct bench *b)
{
	struct bench_end iface = { .ifindex = b->iface.dev.ifindex };
	struct bench_end peer = { .ifindex = b->peer.dev.ifindex };
	int err = addresses_read(&b->iface.nl, &iface.addresses)
			  ?: addresses_read(&b->peer.nl, &peer.addresses);

	if (!err)
		bench_ends_choose(&iface, &peer, b->options->family, &b->ends);
	addresses_free(&iface.addresses);
	addresses_free(&peer.addresses);
	return err ? bench_fail(b, EXIT_UNAVAILABLE, "no addresses: %s",
				strerror(-err))
		   : EXIT_OK;
}

/* Live frames reach a veth only with NAPI there, which GRO brings where no
 * program in driver mode does.
 */
static int set_gro(struct bench *b)
{
	int on, err;

	if (strcmp(b->iface.dev.driver, "veth"))
		return 0;
	on = bench_side_gro(&b->iface);
	if (on)
		return on < 0 ? on : 0;
	err = bench_side_set_gro(&b->iface, 1);
	b->changes.gro_on = !err;
	return err;
}

/* The kernel is to answer, not to ask who is asking, which both ends would
 * remember. Where it is not measured, it still answers whatever comes while
 * nothing is attached, as when senders are tried.
 */
static int set_neighbour(struct bench *b)
{
	struct bench_neighbour *n = &b->changes.neighbour;

	if (!b->ends.own)
		return 0;
	n->ifindex = b->iface.dev.ifindex;
	n->family = b->ends.family;
	n->addr = b->ends.sender;
	return bench_neighbour_set(&b->iface.nl, n, b->peer.mac);
}

static enum exit_code set_up(struct bench *b)
{
	int err = set_gro(b);

	if (err)
		return bench_fail(b, EXIT_UNAVAILABLE, "%s: GRO not set: %s",
				  b->iface.dev.name, strerror(-err));
	err = set_neighbour(b);
	if (err)
		return bench_fail(b, EXIT_UNAVAILABLE,
				  "%s: neighbour not set: %s",
				  b->iface.dev.name,
				  *b->iface.nl.message ? b->iface.nl.message
						       : strerror(-err));
	return EXIT_OK;
}

static enum exit_code choose_cpu(struct bench *b)
{
	cpu_set_t allowed;

	if (sched_getaffinity(0, sizeof(allowed), &allowed))
		return EXIT_OK; /* more CPUs than fit: any */
	b->cpu = b->options->cpu;
	if (b->cpu >= CPU_SETSIZE ||
	    (b->cpu >= 0 && !CPU_ISSET(b->cpu, &allowed)))
		return bench_fail(b, EXIT_USAGE,
				  "CPU %d is not there, or not allowed",
				  b->cpu);
	for (int i = 0; b->options->cpu < 0 && i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &allowed))
			b->cpu = i;
	return EXIT_OK;
}

static enum exit_code make_rows(struct bench *b)
{
	const struct bench_list *modes = &b->options->modes;

	b->cells = bench_cells(b->options, b->cell);
	b->rows = calloc(b->cells * modes->count, sizeof(*b->rows));
	b->program = bench_program();
	if (!b->rows || b->program < 0)
		return bench_fail(b, EXIT_UNAVAILABLE, "%s", strerror(ENOMEM));
	for (unsigned int c = 0; c < b->cells; c++)
		for (unsigned int m = 0; m < modes->count; m++) {
			struct bench_row *row = &b->rows[b->count++];

			row->mode = modes->at[m];
			row->cell = b->cell[c];
			row->placed = MODE_NONE;
		}
	return EXIT_OK;
}

enum exit_code bench_begin(struct bench *b)
{
	enum exit_code code;

	b->program = -1;
	b->cpu = -1;
	if (geteuid())
		return bench_fail(b, EXIT_UNAVAILABLE,
				  "no permission: root is needed");
	code = open_sides(b);
	if (code)
		return code;
	code = bench_check_sides(b) ?: choose_cpu(b) ?: bench_check_free(b)
		       ?: bench_check_wire(b) ?: choose_ends(b) ?: make_rows(b)
		       ?: set_up(b);
	/* Whatever has failed by that. */
	if (code && bench_link_ends(b) == -ENODEV)
		return bench_fail(b, EXIT_CUT_SHORT, BENCH_LOST);
	return code;
}

int bench_end(struct bench *b)
{
	struct tc_state tc;
	int ifindex = b->iface.dev.ifindex, err = 0;

	if (b->changes.neighbour.set)
		err = bench_neighbour_put_back(&b->iface.nl,
					       &b->changes.neighbour);
	if (b->changes.gro_on)
		err = bench_side_set_gro(&b->iface, 0) ?: err;
	if (b->changes.clsact && !tc_query(&b->iface.nl, ifindex, &tc) &&
	    !tc.clsact)
		err = tc_add_clsact(&b->iface.nl, ifindex) ?: err;
	if (err && bench_side_has_link(&b->iface) == -ENODEV)
		err = 0;
	bench_side_close(&b->iface);
	bench_side_close(&b->peer);
	if (b->program >= 0)
		close(b->program);
	free(b->rows);
	b->rows = NULL;
	return err;
}
