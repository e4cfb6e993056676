/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses that interfaces have, and the choice of one to send from. */
#ifndef LOADER_ADDRESS_H
#define LOADER_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <netinet/in.h>

#include "echo.h"
#include "nl.h"

/* An address that some interface of a namespace has. */
struct address {
	int ifindex;
	int family;
	struct in6_addr addr; /* IPv4 as ::ffff:a.b.c.d */
	unsigned int prefix;  /* bits of addr: for IPv4, 96 to 128 */
};

struct addresses {
	struct address *at;
	size_t count;
};

/* All of this namespace. Return: 0 with @out to be freed, or -errno. */
int addresses_read(struct nl *nl, struct addresses *out);
void addresses_free(struct addresses *list);

/* The entry of @addr; NULL: nobody has it. */
const struct address *addresses_find(const struct addresses *list,
				     const struct in6_addr *addr);

/* An address of the interface, a global one if there is any; NULL: none. */
const struct address *addresses_of(const struct addresses *list, int ifindex,
				   int family);

static inline bool address_is_ip4(const void *addr)
{
	return IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)addr);
}

bool address_is_link_local(const struct in6_addr *addr);

/* Are the first @prefix bits the same? */
bool address_same_net(const struct in6_addr *a, const struct in6_addr *b,
		      unsigned int prefix);

/**
 * address_beside() - the @n-th address beside @addr, from 1
 *
 * In the same subnet, and not one that means the subnet itself, or all of it.
 *
 * Return: false where there is none.
 */
bool address_beside(const struct in6_addr *addr, unsigned int prefix,
		    unsigned int n, struct in6_addr *out);

void address_text(const struct in6_addr *addr, char text[INET6_ADDRSTRLEN]);

#endif
