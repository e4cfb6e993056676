/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The two ends of the link under test, as tests/net/lib.sh sets them up, and
 * the options that every tool takes which sends requests from one to the other:
 *
 *	[-t TPID:VID]... [-d ADDRESS] [-l PAYLOAD_BYTES] IFACE 4|6
 */
#ifndef ENDS_H
#define ENDS_H

#include <arpa/inet.h>
#include <err.h>
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire/frame.h"
#include "wire/port.h"

#define ENDS_OPTIONS "t:d:l:"

/* Addresses are compared and sent in one form: IPv4 as ::ffff:a.b.c.d. */
static inline void ends_address(struct in6_addr *addr, const char *text)
{
	char mapped[INET6_ADDRSTRLEN + 8] = "::ffff:";

	if (!strchr(text, ':') && strlen(text) < INET_ADDRSTRLEN)
		text = strcat(mapped, text);
	if (inet_pton(AF_INET6, text, addr) != 1)
		errx(2, "no address: %s", text);
}

/* A request from the client's end to the server's own address. */
static inline struct frame_spec ends_request(int family)
{
	struct frame_spec spec = {
		.family = family,
		.dst_mac = { 2, 0, 0, 0, 0, 1 },
		.src_mac = { 2, 0, 0, 0, 0, 2 },
		.ttl = 3, /* a reply that kept it would be noticed */
		.payload = 16,
	};

	ends_address(&spec.src,
		     family == AF_INET ? "192.0.2.2" : "2001:db8::2");
	ends_address(&spec.dst,
		     family == AF_INET ? "192.0.2.1" : "2001:db8::1");
	return spec;
}

static inline void ends_tag(struct frame_spec *spec, const char *text)
{
	char *end;

	if (spec->n_tags == FRAME_MAX_TAGS)
		errx(2, "too many tags");
	spec->tag[spec->n_tags].tpid = strtoul(text, &end, 16);
	if (*end != ':')
		errx(2, "not TPID:VID: %s", text);
	spec->tag[spec->n_tags++].tci = strtoul(end + 1, NULL, 10);
}

/* Return: is @opt one of ENDS_OPTIONS? */
static inline bool ends_option(struct frame_spec *spec, int opt)
{
	switch (opt) {
	case 't':
		ends_tag(spec, optarg);
		return true;
	case 'd':
		ends_address(&spec->dst, optarg);
		return true;
	case 'l':
		spec->payload = strtoul(optarg, NULL, 10);
		return true;
	default:
		return false;
	}
}

/* Return: AF_INET or AF_INET6, for "4" or "6" as the last argument. */
static inline int ends_family(int argc, char **argv)
{
	if (argc < 3 || !strchr("46", *argv[argc - 1]))
		errx(2, "usage: %s [OPTION...] IFACE 4|6", argv[0]);
	return *argv[argc - 1] == '4' ? AF_INET : AF_INET6;
}

/* Is it an echo reply? A kernel with an address sends other things, too. */
static inline bool ends_is_reply(const struct wire_buf *buf,
				 struct frame_icmp *icmp)
{
	return !frame_find_icmp(buf->data, buf->len, icmp) &&
	       icmp->type == (icmp->family == AF_INET ? ICMP_ECHOREPLY
						      : ICMP6_ECHO_REPLY);
}

static inline struct wire_port *ends_open(const char *ifname,
					  const struct frame_spec *spec)
{
	struct wire_port *port;
	int error = wire_port_open(&port, ifname);

	if (!error)
		error = wire_port_only_from(port, spec->dst_mac);
	if (error)
		errx(2, "%s: %s", ifname, strerror(-error));
	return port;
}

#endif
