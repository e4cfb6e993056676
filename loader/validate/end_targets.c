/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "validate/end.h"
#include "validate/end_private.h"

/* Known addresses are the targets, too. */
static int add_known(struct addresses *list, const struct in6_addr *addr)
{
	struct address *more =
		realloc(list->at, (list->count + 1) * sizeof(*more));

	if (!more)
		return -ENOMEM;
	list->at = more;
	list->at[list->count++] = (struct address){
		.family = address_is_ip4(addr) ? AF_INET : AF_INET6,
		.addr = *addr,
		.prefix = 128,
	};
	return 0;
}

/* A target that is answered is better where the interface has it, too, and is
 * best where it is not link-local.
 */
static int rank(const struct addresses *known, int ifindex,
		const struct in6_addr *addr)
{
	const struct address *own = addresses_find(known, addr);

	return 1 + (own && own->ifindex == ifindex) +
	       2 * !address_is_link_local(addr);
}

struct target_walk {
	struct end *end;
	int ifindex;
	int rank[2];
	int err;
};

static void on_target(const struct echo_addr *key,
		      const struct echo_target *target, void *data)
{
	static const struct in6_addr any;
	struct target_walk *walk = data;
	struct end *end = walk->end;
	struct in6_addr addr;
	struct end_family *f;
	int v6, better;

	memcpy(&addr, key, sizeof(addr));
	if (!memcmp(&addr, &any, sizeof(any))) {
		end->any = target->action == ECHO_REPLY;
		end->any_drop = !end->any;
		return;
	}
	v6 = !address_is_ip4(&addr);
	f = &end->family[v6];
	if (target->action != ECHO_REPLY) {
		f->dropped = addr;
		return;
	}
	better = rank(&end->known, walk->ifindex, &addr);
	if (better > walk->rank[v6]) {
		walk->rank[v6] = better;
		f->server = addr;
		f->asked = true;
	}
}

static void on_target_known(const struct echo_addr *key,
			    const struct echo_target *target, void *data)
{
	struct target_walk *walk = data;
	struct in6_addr addr;

	(void)target;
	memcpy(&addr, key, sizeof(addr));
	if (!walk->err && !addresses_find(&walk->end->known, &addr))
		walk->err = add_known(&walk->end->known, &addr);
}

int end_read_targets(struct end *end, int ifindex, const struct installed *ours)
{
	struct target_walk walk = { .end = end, .ifindex = ifindex };
	int err = installed_each_target(ours, on_target, &walk);

	return err ?: installed_each_target(ours, on_target_known, &walk) ?:
		      walk.err;
}
