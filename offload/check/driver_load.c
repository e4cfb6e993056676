/* SPDX-License-Identifier: GPL-2.0-only */
/* The program before it is verified (kernel, kernel/bpf/syscall.c
 * bpf_prog_load(), kernel/bpf/offload.c bpf_prog_offload_init(), later
 * bpf_prog_dev_bound_init()). None of it is explained in a log.
 */
#include <errno.h>

#include "profile.h"
#include "driver.h"

#define INSNS_MAX 1000000

static void check_length(struct checking *c)
{
	unsigned int n = c->code->insn_count;

	if (!n || n > INSNS_MAX)
		finding_add(c, RULE_L4, -1, E2BIG, NULL);
	else if (n > DRIVER_INSNS_MAX)
		finding_undecided(c, RULE_L4, -1, NULL);
}

/* No flag is left over for a program that runs on the card: later kernels know
 * two that bind a program to a device, and then it runs on the host.
 */
void driver_check_load(struct checking *c)
{
	const struct code *code = c->code;

	check_length(c);
	if (code->type != BPF_PROG_TYPE_XDP &&
	    code->type != BPF_PROG_TYPE_SCHED_CLS)
		finding_add(c, RULE_L1, -1, EINVAL, NULL);
	if (code->prog_flags)
		finding_add(c, RULE_L2, -1, EINVAL, NULL);
	if (c->profile->app != PROFILE_APP_BPF)
		finding_add(c, RULE_L3, -1, EINVAL, NULL);
	if (code->core[0])
		finding_undecided(c, RULE_L5, -1,
				  "on the layout of the kernel's own %s",
				  code->core);
}
