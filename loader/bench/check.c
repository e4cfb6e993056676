/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "bench/check.h"
#include "installed.h"
#include "nap.h"
#include "netns.h"
#include "tc.h"
#include "wire/wired.h"

#define ETHERNET 14 /* bytes of its header */
#define IPV4	 20
#define IPV6	 40
#define ECHO	 8

#define LINK_SECONDS 1

const char *bench_error_text(int err)
{
	switch (err) {
	case -ENODEV:
		return "no such interface";
	case -EPERM:
		return "no permission: root is needed";
	case -ENETDOWN:
		return "the interface is down";
	default:
		return strerror(-err);
	}
}

static bool is_same_interface(const struct bench *b)
{
	struct stat here, there;

	return b->iface.dev.ifindex == b->peer.dev.ifindex &&
	       !fstat(b->iface.netns, &here) && !fstat(b->peer.netns, &there) &&
	       here.st_ino == there.st_ino && here.st_dev == there.st_dev;
}

/* What was set up a moment ago is not up at once. */
static int has_link_in_time(const struct bench_side *side)
{
	double end = nap_now() + LINK_SECONDS;
	int up;

	do
		up = bench_side_has_link(side);
	while (!up && nap_now() < end && !nap_for(0.01));
	return up;
}

enum exit_code bench_check_sides(struct bench *b)
{
	const struct bench_side *sides[] = { &b->iface, &b->peer };
	int up;

	if (is_same_interface(b))
		return bench_fail(b, EXIT_USAGE,
				  "%s: the peer must be another interface",
				  b->iface.dev.name);
	for (int i = 0; i < 2; i++) {
		up = has_link_in_time(sides[i]);
		if (up > 0)
			continue;
		return bench_fail(b, EXIT_UNAVAILABLE, "%s: %s", sides[i]->text,
				  up < 0 ? bench_error_text(up)
					 : "there is no link");
	}
	return EXIT_OK;
}

/* The program at the peer of a run, which goes when that ends, however. */
static bool is_ours(const struct installed *prog)
{
	return !strcmp(prog->name, "stream_receive");
}

/* Nothing of others may be at either end: it would be measured, too. */
static enum exit_code check_free_side(struct bench *b, struct bench_side *side)
{
	struct installed_list list;
	struct tc_state tc;
	int err = installed_read(&side->nl, side->dev.ifindex, &list)
			  ?: tc_query(&side->nl, side->dev.ifindex, &tc);

	if (err)
		return bench_fail(b, EXIT_UNAVAILABLE, "%s: %s", side->text,
				  bench_error_text(err));
	if (list.count)
		return bench_fail(b, EXIT_TAKEN,
				  "%s: program %s id %u is attached in %s "
				  "mode: %s",
				  side->text, list.at[0].name, list.at[0].id,
				  mode_name(list.at[0].mode),
				  is_ours(&list.at[0])
					  ? "another offload-bench runs there"
					  : "take it off first");
	if (tc.others)
		return bench_fail(b, EXIT_TAKEN,
				  "%s: %u tc filter%s there: take off first",
				  side->text, tc.others,
				  tc.others == 1 ? " is" : "s are");
	if (side == &b->iface)
		b->changes.clsact = tc.clsact;
	return EXIT_OK;
}

enum exit_code bench_check_free(struct bench *b)
{
	return check_free_side(b, &b->iface) ?: check_free_side(b, &b->peer);
}

static int open_port(struct bench_side *side, struct wire_port **out)
{
	return netns_enter(side->netns) ?: wire_port_open(out, side->dev.name);
}

enum exit_code bench_check_wire(struct bench *b)
{
	struct wire_port *here = NULL, *there = NULL;
	int err = open_port(&b->iface, &here)
			  ?: open_port(&b->peer, &there)
			  ?: wired(there, here) ?: wired(here, there);

	wire_port_close(here);
	wire_port_close(there);
	if (err == -ETIMEDOUT)
		return bench_fail(b, EXIT_UNAVAILABLE,
				  "%s and %s are not wired: a frame from one "
				  "did not reach the other",
				  b->peer.text, b->iface.text);
	if (err)
		return bench_fail(b, EXIT_UNAVAILABLE, "no raw port: %s",
				  bench_error_text(err));
	return EXIT_OK;
}

unsigned int bench_headers(int family)
{
	return ETHERNET + ECHO + (family == AF_INET ? IPV4 : IPV6);
}

void bench_check_row(const struct bench *b, struct bench_row *row)
{
	unsigned int mtu = b->iface.dev.mtu < b->peer.dev.mtu ? b->iface.dev.mtu
							      : b->peer.dev.mtu;
	const char *family = b->ends.family == AF_INET ? "IPv4" : "IPv6";

	if (row->cell.size > mtu + ETHERNET)
		bench_row_close(row, ROW_UNMEASURED,
				"a frame of %u bytes does not fit an MTU of %u",
				row->cell.size, mtu);
	else if (b->ends.family == AF_INET6 &&
		 row->cell.size < bench_headers(AF_INET6))
		bench_row_close(row, ROW_UNMEASURED,
				"IPv6 needs %u bytes at least",
				bench_headers(AF_INET6));
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
