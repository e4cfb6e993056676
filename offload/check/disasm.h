/* SPDX-License-Identifier: GPL-2.0-only */
/* Instructions in words, much as the verifier's log has them. */
#ifndef CHECK_DISASM_H
#define CHECK_DISASM_H

#include <stddef.h>

#include "code.h"

/**
 * disasm_insn() - one instruction
 * @insn: index; any instruction at all, also a broken one
 * @out:  "r1 = *(u32 *)(r2 +4)", cut off at @room bytes
 *
 * The second half of a 64-bit constant is "".
 */
void disasm_insn(const struct code *code, unsigned int insn, char *out,
		 size_t room);

/* "map_lookup_elem" for 1; NULL for a number that <linux/bpf.h> has none for. */
const char *disasm_helper(unsigned int id);

#endif
