/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "me_asm.h"
#include "me_box.h"

#define MAX_STEPS 1000

static uint8_t *bytes_at(struct box *box, enum me_space space, uint64_t addr,
			 uint32_t len)
{
	uint64_t base = space == ME_CTM ? BOX_CTM : BOX_MU;

	if (addr < base || addr - base > BOX_BYTES - len)
		return NULL;
	return (space == ME_CTM ? box->ctm : box->mu) + (addr - base);
}

static const char *read_bytes(void *priv, enum me_space space, uint64_t addr,
			      void *data, uint32_t len, uint32_t *defined)
{
	const struct box *box = priv;
	const uint8_t *bytes = bytes_at(priv, space, addr, len);

	if (!bytes)
		return "nothing to read there";
	if (*defined > box->defined)
		*defined = box->defined;
	memcpy(data, bytes, *defined);
	return NULL;
}

static const char *write_bytes(void *priv, enum me_space space, uint64_t addr,
			       const void *data, uint32_t len)
{
	uint8_t *bytes = bytes_at(priv, space, addr, len);

	if (!bytes)
		return "nothing to write there";
	memcpy(bytes, data, len);
	return NULL;
}

/* Big-endian words, the low one first. */
static const char *add_number(void *priv, uint64_t addr, uint32_t width,
			      uint64_t addend)
{
	uint8_t *bytes = bytes_at(priv, ME_MU, addr, width);
	uint64_t sum = 0;

	if (!bytes || (width != 4 && width != 8))
		return "nothing to add to there";
	for (uint32_t i = 0; i < width; i++)
		sum |= (uint64_t)bytes[i] << (8 * (i ^ 3));
	sum += addend;
	for (uint32_t i = 0; i < width; i++)
		bytes[i] = sum >> (8 * (i ^ 3));
	return NULL;
}

static const char *call_routine(void *priv, struct me *me, uint32_t pc,
				bool *known)
{
	struct box *box = priv;
	uint32_t back;

	if (pc != BOX_ROUTINE) {
		*known = false;
		return NULL;
	}
	if (box->routine)
		return box->routine(box);
	if (!me_get_gpr_b(me, 0, &back))
		return "no return address";
	me_return(me, back);
	return NULL;
}

static uint32_t random_number(void *priv)
{
	return ((struct box *)priv)->random;
}

static const struct me_ops ops = {
	.read = read_bytes,
	.write = write_bytes,
	.add = add_number,
	.call = call_routine,
	.random = random_number,
};

static void reset(struct box *box)
{
	struct me_image image = { box->code, BOX_START, box->len, BOX_DONE,
				  NULL };

	me_reset(&box->me, &image, &ops, box);
}

void box_init(struct box *box)
{
	memset(box, 0, sizeof(*box));
	for (int i = 0; i < BOX_BYTES; i++)
		box->ctm[i] = box->mu[i] = i;
	box->defined = BOX_BYTES;
	reset(box);
}

enum me_stop box_run_all(struct box *box, const uint64_t *code, uint32_t n)
{
	assert_in_range(n, 1, BOX_CODE);
	for (uint32_t i = 0; i < n; i++)
		box->code[i] = me_with_ecc(code[i]);
	box->me.image.len = n;
	return me_run(&box->me, MAX_STEPS);
}

enum me_stop box_run(struct box *box, const uint64_t *code)
{
	uint64_t all[BOX_CODE];
	uint32_t n;

	for (n = 0; code[n]; n++)
		all[n] = code[n];
	all[n++] = br(BR, BOX_DONE, 0);
	return box_run_all(box, all, n);
}

void box_expect_done(struct box *box, const uint64_t *code)
{
	if (box_run(box, code) != ME_DONE)
		fail_msg("%s", box_why(box));
}

uint32_t box_a(const struct box *box, unsigned int n)
{
	uint32_t v = 0;

	assert_true(me_get_gpr_a(&box->me, n, &v));
	return v;
}

uint32_t box_b(const struct box *box, unsigned int n)
{
	uint32_t v = 0;

	assert_true(me_get_gpr_b(&box->me, n, &v));
	return v;
}

const char *box_why(const struct box *box)
{
	static char why[160];

	return me_why(&box->me, why, sizeof(why));
}

void box_prepare(struct box *box)
{
	box_init(box);
	me_set_gpr(&box->me, 1, BOX_CTM);
	me_set_gpr(&box->me, 2, 0x10);
	me_set_gpr(&box->me, 3, BOX_MU & 0xffff);
	me_set_gpr(&box->me, 4, BOX_MU >> 8);
	me_set_lm_addr(&box->me, 1, 0x40);
	me_lmem_set_word(&box->me, 0x40, 0);
}

static void check_stop(const struct stop_case *c)
{
	struct box box;
	enum me_stop stop;

	print_message("%s\n", c->what);
	box_prepare(&box);
	stop = box_run(&box, c->code);
	if (!strstr(box_why(&box), c->say))
		fail_msg("\"%s\" does not say \"%s\"", box_why(&box), c->say);
	assert_int_equal(stop, c->stop);
	assert_int_equal(box.me.report.at, AT(c->at));
	assert_int_equal(me_with_ecc(box.me.report.word), box.code[c->at]);
}

void box_check_stops(const struct stop_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_stop(&cases[i]);
}

uint32_t box_number(void)
{
	static const uint32_t corners[] = { 0,		1,	    0x7fffffff,
					    0x80000000, 0xffffffff, 0xffff };
	static uint32_t state = 1;

	state = state * 1664525 + 1013904223;
	return state >> 28 < 6 ? corners[state >> 28] : state ^ state >> 13;
}
