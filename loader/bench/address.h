/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who is asked, and by whom. The first target is the interface's own address,
 * if it has one; the others are from the ranges that are set aside for
 * benchmarks, 198.18.0.0/15 (RFC 2544) and 2001:2::/48 (RFC 5180). The sender
 * has the peer's own address in the subnet of the first target, or else one of
 * that subnet that neither end has.
 */
#ifndef BENCH_ADDRESS_H
#define BENCH_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <netinet/in.h>

#include "nl.h"
#include "wire/stream.h"

struct bench_address {
	int family;
	struct in6_addr addr; /* IPv4 as ::ffff:a.b.c.d */
	unsigned int prefix;  /* bits of 128; of IPv4, 96 and more */
};

#define BENCH_ADDRESS_MAX 64

struct bench_address_list {
	struct bench_address at[BENCH_ADDRESS_MAX];
	unsigned int count; /* what has no room is left out */
};

struct bench_ends {
	int family;
	bool own; /* the first target is the interface's own address */
	struct in6_addr target[STREAM_TARGETS_MAX];
	struct in6_addr sender;
};

/* Addresses of an interface that peers can ask for. Return: 0 or -errno. */
int bench_address_list(struct nl *nl, int ifindex,
		       struct bench_address_list *out);

/**
 * bench_ends_choose() - as above
 * @family: AF_INET, AF_INET6, or AF_UNSPEC: IPv4 unless only IPv6 is there
 */
void bench_ends_choose(const struct bench_address_list *iface,
		       const struct bench_address_list *peer, int family,
		       struct bench_ends *out);

/* The first @count targets as offload-load's --answer takes them. Return:
 * text, to be freed, or NULL without memory.
 */
char *bench_ends_answer(const struct bench_ends *ends, unsigned int count);

#define BENCH_ADDRESS_TEXT 46
void bench_address_text(const struct in6_addr *addr,
			char text[BENCH_ADDRESS_TEXT]);

#endif
