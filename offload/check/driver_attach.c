/* SPDX-License-Identifier: GPL-2.0-only */
/* What attaching to a port asks (nfp driver, bpf/offload.c
 * nfp_net_bpf_load()). Stack and length are asked again, by the numbers that
 * loading was refused by already (H6, H7).
 */
#include <errno.h>

#include "profile.h"
#include "driver.h"

static void check_window(struct driver *d)
{
	unsigned int bytes = d->facts->window;

	if (bytes > d->c->mtu)
		bytes = d->c->mtu;
	if (bytes > d->c->profile->packet_window)
		finding_add(d->c, RULE_H5, -1, EOPNOTSUPP,
			    "nfp: BPF offload not supported with potential "
			    "packet access beyond HW packet split boundary");
}

/* Programs for another kind of hook load, and attach to no port (kernel,
 * net/core/dev.c dev_xdp_attach()).
 */
static void check_hook(struct driver *d)
{
	const struct code *code = d->c->code;

	if (code->type != BPF_PROG_TYPE_XDP)
		return;
	if (code->attach == BPF_XDP_DEVMAP)
		finding_add(d->c, RULE_H3, -1, EINVAL,
			    "BPF_XDP_DEVMAP programs can not be attached to a "
			    "device");
	if (code->attach == BPF_XDP_CPUMAP)
		finding_add(d->c, RULE_H3, -1, EINVAL,
			    "BPF_XDP_CPUMAP programs can not be attached to a "
			    "device");
}

void driver_check_attach(struct driver *d, unsigned int words)
{
	check_hook(d);
	check_window(d);
	if (words > d->c->profile->max_insns)
		finding_add(d->c, RULE_H7, -1, EOPNOTSUPP,
			    "nfp: program too long");
}
