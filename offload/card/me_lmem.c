/* SPDX-License-Identifier: GPL-2.0-only */
/* Local memory and the pointers into it. */
#include "card/me.h"
#include "card/me_insn.h"

/* An offset is ORed in, not added (jit.c mem_op_stack()). */
struct me_value *me_lmem_word(struct me *me, const struct me_operand *op)
{
	uint32_t word = me->lm[op->which].addr / 4 | op->n;
	const char *no = NULL;

	if (!me->lm[op->which].known)
		no = "a local memory pointer that was never set";
	else if (me->cycle < me->lm[op->which].ready)
		no = "a local memory pointer within 3 cycles of its write";
	else if (word >= ME_LMEM_WORDS)
		no = "a local memory pointer beyond local memory";
	if (!no)
		return &me->lmem[word];
	me_refuse(me, ME_UNDEFINED, no, ME_POINTER, op->which);
	return NULL;
}

/* The CSR drops the low two bits, which the driver's code relies on. */
bool me_write_pointer(struct me *me, unsigned int which, uint32_t addr)
{
	if (addr >= ME_LMEM_BYTES)
		return me_refuse(me, ME_UNDEFINED,
				 "an address beyond local memory", ME_ADDRESS,
				 addr);
	me_set_lm_addr(me, which, addr);
	me->lm[which].ready = me->cycle + ME_POINTER_CYCLES;
	return true;
}

void me_settle_pointers(struct me *me)
{
	for (int i = 0; i < ME_LMEM_POINTERS; i++)
		me->lm[i].ready = 0;
}

void me_set_lm_addr(struct me *me, unsigned int which, uint32_t addr)
{
	if (which >= ME_LMEM_POINTERS)
		return;
	me->lm[which].addr = addr & ~3u;
	me->lm[which].known = true;
	me->lm[which].ready = 0;
}

uint32_t me_lm_addr(const struct me *me, unsigned int which, bool *settled)
{
	*settled = which < ME_LMEM_POINTERS && me->lm[which].known &&
		   me->cycle + 1 >= me->lm[which].ready;
	return which < ME_LMEM_POINTERS ? me->lm[which].addr : 0;
}

static bool in_range(uint32_t addr, uint32_t len)
{
	return addr <= ME_LMEM_BYTES && len <= ME_LMEM_BYTES - addr;
}

bool me_lmem_write(struct me *me, uint32_t addr, const void *data, uint32_t len)
{
	const uint8_t *bytes = data;

	if (!in_range(addr, len))
		return false;
	for (uint32_t i = 0; i < len; i++, addr++) {
		struct me_value *word = &me->lmem[addr / 4];
		uint32_t shift = 8 * (addr % 4);

		word->v &= ~(0xffu << shift);
		word->v |= (uint32_t)bytes[i] << shift;
		word->known |= 1u << addr % 4;
	}
	return true;
}

static bool all_known(const struct me *me, uint32_t addr, uint32_t len)
{
	for (uint32_t end = addr + len; addr < end; addr++)
		if (!(me->lmem[addr / 4].known & 1u << addr % 4))
			return false;
	return true;
}

bool me_lmem_read(const struct me *me, uint32_t addr, void *data, uint32_t len)
{
	uint8_t *bytes = data;

	if (!in_range(addr, len) || !all_known(me, addr, len))
		return false;
	for (uint32_t i = 0; i < len; i++, addr++)
		bytes[i] = me->lmem[addr / 4].v >> 8 * (addr % 4);
	return true;
}

bool me_lmem_set_word(struct me *me, uint32_t addr, uint32_t v)
{
	if (addr >= ME_LMEM_BYTES)
		return false;
	me->lmem[addr / 4] = me_known(v);
	return true;
}

bool me_lmem_get_word(const struct me *me, uint32_t addr, uint32_t *v)
{
	if (addr >= ME_LMEM_BYTES || !me_is_known(&me->lmem[addr / 4]))
		return false;
	*v = me->lmem[addr / 4].v;
	return true;
}
