/* SPDX-License-Identifier: GPL-2.0-only */
/* The code store's error correction. */
#include "card/me.h"
#include "card/me_insn.h"

#define ECC_BITS 7

/* Bit i of the ECC is the parity of these bits of the instruction. */
static const uint64_t covers[ECC_BITS] = {
	0x0ff800007fff, 0x11f801ff801f, 0x1e387e0781e1, 0x17cb8e388e22,
	0x1af5b2c93244, 0x1f56d5525488, 0x0daf69a46910,
};

static uint64_t parity(uint64_t bits)
{
	for (int half = 32; half; half /= 2)
		bits ^= bits >> half;
	return bits & 1;
}

uint64_t me_with_ecc(uint64_t word)
{
	word &= ME_INSN_MASK;
	for (int i = 0; i < ECC_BITS; i++)
		word |= parity(word & covers[i]) << (ME_INSN_BITS + i);
	return word;
}

bool me_ecc_ok(uint64_t word)
{
	uint64_t kept = word & ((1ull << (ME_INSN_BITS + ECC_BITS)) - 1);

	return me_with_ecc(word) == kept;
}

const char *me_check_image(const uint64_t *code, uint32_t len, uint32_t *bad)
{
	const char *why = NULL;
	uint32_t i;

	for (i = 0; i < len && !why; i++) {
		if (code[i] >> (ME_INSN_BITS + ECC_BITS))
			why = "bits above the ECC are set";
		else if (!me_ecc_ok(code[i]))
			why = "the ECC is wrong";
	}
	if (why)
		*bad = i - 1;
	return why;
}
