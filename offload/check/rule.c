/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of all rules. Its rows are in rule_*.h, a file for each group. */
#include <errno.h>

#include "rule.h"

#define DRIVER	 "nfp driver, bpf/"
#define VERIFIER DRIVER "verifier.c "
#define JIT	 DRIVER "jit.c "
#define OFFLOAD	 DRIVER "offload.c "

#define ROW(k, s, w, e, number)                                       \
	.kind = RULE_##k, .stage = RULE_STAGE_##s, .where = RULE_##w, \
	.evidence = RULE_##e, .err = number

const struct rule rules[RULES] = {
#include "rule_load.h"
#include "rule_opcode.h"
#include "rule_pointer.h"
#include "rule_value.h"
#include "rule_flow.h"
#include "rule_helper.h"
#include "rule_map.h"
#include "rule_translate.h"
#include "rule_attach.h"
#include "rule_kernel.h"
#include "rule_unsafe.h"
#include "rule_later.h"
};
