/* SPDX-License-Identifier: GPL-2.0-only */
/* What the firmware sees of the engine that it hands to a program. */
#include <string.h>

#include "card/me.h"
#include "card/me_insn.h"

void me_set_gpr_a(struct me *me, unsigned int n, uint32_t v)
{
	if (n < ME_REGISTERS)
		me->gpr[0][n] = me_known(v);
}

void me_set_gpr_b(struct me *me, unsigned int n, uint32_t v)
{
	if (n < ME_REGISTERS)
		me->gpr[1][n] = me_known(v);
}

void me_set_gpr(struct me *me, unsigned int n, uint32_t v)
{
	me_set_gpr_a(me, n, v);
	me_set_gpr_b(me, n, v);
}

static bool get_gpr(const struct me *me, int bank, unsigned int n, uint32_t *v)
{
	if (n >= ME_REGISTERS || !me_is_known(&me->gpr[bank][n]))
		return false;
	*v = me->gpr[bank][n].v;
	return true;
}

bool me_get_gpr_a(const struct me *me, unsigned int n, uint32_t *v)
{
	return get_gpr(me, 0, n, v);
}

bool me_get_gpr_b(const struct me *me, unsigned int n, uint32_t *v)
{
	return get_gpr(me, 1, n, v);
}

void me_forget_gprs(struct me *me, unsigned int first, unsigned int last)
{
	for (unsigned int n = first; n <= last && n < ME_REGISTERS; n++)
		me->gpr[0][n] = me->gpr[1][n] = (struct me_value){ 0, 0 };
}

void me_forget_xfers(struct me *me)
{
	memset(me->xfer_in, 0, sizeof(me->xfer_in));
	memset(me->xfer_out, 0, sizeof(me->xfer_out));
}

void me_return(struct me *me, uint32_t pc)
{
	me->pc = pc;
	me->flags_known = 0;
	me->mul.type = 0;
	memset(&me->now, 0, sizeof(me->now));
	me_settle_pointers(me);
}
