/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>

#include "fact.h"

int facts_start(struct facts *facts, const struct code *code)
{
	*facts = (struct facts){ 0 };
	facts->insns = calloc(code->insn_count, sizeof(*facts->insns));
	if (!facts->insns)
		return -ENOMEM;
	for (unsigned int i = 0; i < code->insn_count; i++) {
		facts->insns[i].umin_src = UINT64_MAX;
		facts->insns[i].umin_dst = UINT64_MAX;
	}
	return 0;
}

void facts_end(struct facts *facts)
{
	free(facts->insns);
	free(facts->subprogs);
}
