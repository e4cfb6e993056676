/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>

#include "driver_insn.h"

int driver_start(struct driver *d, struct checking *c, struct facts *facts)
{
	*d = (struct driver){ .c = c, .facts = facts };
	d->maps = calloc(1, sizeof(*d->maps));
	if (!d->maps)
		return -ENOMEM;
	if (driver_maps_start(d) || driver_cache_start(d)) {
		driver_end(d);
		return -ENOMEM;
	}
	return 0;
}

void driver_end(struct driver *d)
{
	if (!d->maps)
		return;
	driver_maps_end(d);
	driver_cache_end(d);
	free(d->maps);
	d->maps = NULL;
}
