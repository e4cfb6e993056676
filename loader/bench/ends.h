/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who is asked, and by whom. The first target is the interface's own address,
 * if it has one; the others are from the ranges that are set aside for
 * benchmarks, 198.18.0.0/15 (RFC 2544) and 2001:2::/48 (RFC 5180). The sender
 * has the peer's own address in the subnet of the first target, or else one of
 * that subnet that nobody has in either namespace.
 */
#ifndef BENCH_ENDS_H
#define BENCH_ENDS_H

#include <stdbool.h>
#include <netinet/in.h>

#include "address.h"
#include "wire/stream.h"

/* One end, and all addresses of its namespace. */
struct bench_end {
	int ifindex;
	struct addresses addresses;
};

struct bench_ends {
	int family;
	bool own; /* the first target is the interface's own address */
	struct in6_addr target[STREAM_TARGETS_MAX];
	struct in6_addr sender;
};

/**
 * bench_ends_choose() - as above
 * @family: AF_INET, AF_INET6, or AF_UNSPEC: IPv4 unless only IPv6 is there
 */
void bench_ends_choose(const struct bench_end *iface,
		       const struct bench_end *peer, int family,
		       struct bench_ends *out);

/* The first @count targets as offload-load's --answer takes them. Return:
 * text, to be freed, or NULL without memory.
 */
char *bench_ends_answer(const struct bench_ends *ends, unsigned int count);

#endif
