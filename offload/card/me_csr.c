/* SPDX-License-Identifier: GPL-2.0-only */
/* local_csr: the local memory pointers, and random numbers. */
#include "card/me.h"
#include "card/me_insn.h"

#define CSR_RANDOM 0x148

/* ACT_LM_ADDR0..3. */
static const uint32_t pointers[ME_LMEM_POINTERS] = { 0x64, 0x6c, 0x94, 0x9c };

static bool write_csr(struct me *me, uint32_t csr, uint32_t v)
{
	for (int i = 0; i < ME_LMEM_POINTERS; i++)
		if (csr == pointers[i])
			return me_write_pointer(me, i, v);
	return me_refuse(me, ME_UNKNOWN, "no such CSR to write", ME_CSR, csr);
}

static bool read_csr(struct me *me, uint32_t csr)
{
	if (csr != CSR_RANDOM)
		return me_refuse(me, ME_UNKNOWN, "no such CSR to read", ME_CSR,
				 csr);
	me->now.random = true;
	return true;
}

/* An immediate is in both sources (jit.c emit_csr_wr()). */
bool me_local_csr(struct me *me, uint64_t word)
{
	struct me_sources src = me_unrestricted_sources(word, false);
	uint32_t csr = 4 * me_bits(word, 22, 11), v;

	if (!me_bits(word, 21, 1))
		return read_csr(me, csr);
	if (src.left.kind != ME_OPERAND_IMM && src.right.kind != ME_OPERAND_IMM)
		return me_refuse(me, ME_UNKNOWN, "no such form of local_csr_wr",
				 ME_CSR, csr);
	if (!me_read(me, me_the_register(&src), &v))
		return false;
	return write_csr(me, csr, v);
}
