/* SPDX-License-Identifier: GPL-2.0-only */
/* X: atomic operations. A: arithmetic. Rows of rules[]. */
/* clang-format off */
[RULE_X1] = {
	.id = "X1",
	.limit =
		"The only atomic operation is an addition whose result is not "
		"used.",
	.reason =
		"The card's memory adds by itself and does not answer; the "
		"driver has no code for fetch, and, or, xor, exchange or "
		"compare and exchange.",
	.advice =
		"Call __sync_fetch_and_add() as a statement. Where its result "
		"is used, the compiler takes the form that fetches.",
	.source = VERIFIER
		"nfp_bpf_check_atomic(); said: [nfp] atomic op not "
		"implemented: 1",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_X2] = {
	.id = "X2",
	.limit =
		"An atomic addition must be to a map's value, and not to one "
		"that may be NULL.",
	.reason =
		"Stack and packet are not in the memory that adds. What a "
		"lookup returned is no map's value before it was compared "
		"with NULL.",
	.advice =
		"Compare the result of the lookup with NULL first. Use "
		"ordinary arithmetic on stack and packet: nobody else sees "
		"them.",
	.source = VERIFIER
		"nfp_bpf_check_atomic(); said: [nfp] atomic add not to a map "
		"value pointer: 6",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_X3] = {
	.id = "X3",
	.limit =
		"What is added atomically must be a number, not a pointer.",
	.reason =
		"A pointer on the card has no meaning for user space.",
	.advice =
		"Add a number.",
	.source = VERIFIER
		"nfp_bpf_check_atomic()",
	ROW(REFUSES, VERIFY, LOG, READ, EOPNOTSUPP),
},
[RULE_X4] = {
	.id = "X4",
	.limit =
		"Atomic additions may have 4 or 8 bytes and any addend.",
	.reason =
		"An addend that is known to fit 16 bits is part of the "
		"command, and takes 3 instructions instead of 10 or more.",
	.advice =
		"Add a constant, or cast the addend to __u16 where it fits; "
		"align 8-byte counters to 8.",
	.source = JIT
		"mem_atomic4(), mem_atomic8()",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
[RULE_A1] = {
	.id = "A1",
	.limit =
		"Both factors of a multiplication must be known to fit 32 "
		"bits without sign, also where the multiplication itself has "
		"32 bits.",
	.reason =
		"The microengine multiplies 32 bits by 32 bits, and the "
		"driver trusts what the verifier knows of the registers on "
		"any path.",
	.advice =
		"Keep factors in __u32, mask them or compare them with a "
		"bound first; do not multiply a 64-bit number by a negative "
		"constant. The difference of two packet pointers (data_end - "
		"data) has no bounds for the kernel, not even as __u32: mask "
		"it (& 0xffff) or compare it first.",
	.source = VERIFIER
		"nfp_bpf_check_alu(); said: [nfp] multiplier is not within "
		"u32 value range; [nfp] multiplicand is not within u32 value "
		"range; [nfp] sign extended multiplicand won't be within u32 "
		"value range",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_A2] = {
	.id = "A2",
	.limit =
		"A dividend must be known to fit 32 bits, and the divisor "
		"must be one constant, not negative, of 32 bits.",
	.reason =
		"The driver multiplies by the reciprocal, which it computes "
		"beforehand.",
	.advice =
		"Divide a __u32 by a constant, or shift; where the divisor "
		"varies, let user space compute the reciprocal and put it "
		"into a map. The difference of two packet pointers (data_end "
		"- data) has no bounds for the kernel, not even as __u32: "
		"mask it (& 0xffff) or compare it first.",
	.source = VERIFIER
		"nfp_bpf_check_alu(); said: [nfp] dividend is not within u32 "
		"value range; [nfp] divisor is not constant; [nfp] divisor is "
		"not within u32 value range; [nfp] divide by negative "
		"constant is not supported",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_A3] = {
	.id = "A3",
	.limit =
		"Shifts by a register are taken, by any amount that is not "
		"known to be too large (T6).",
	.reason =
		"The driver writes one of three pieces of code, by what is "
		"known of the amount.",
	.advice =
		"Mask the amount to less than 32, or make it at least 32: "
		"either is a few instructions cheaper. See U2 for shifts to "
		"the left.",
	.source = JIT
		"shl_reg64(), shr_reg64(), ashr_reg64(); run on the emulated "
		"card",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
[RULE_A4] = {
	.id = "A4",
	.limit =
		"Conversions to big endian of 16, 32 and 64 bits are taken "
		"(bpf_htons(), bpf_ntohl() and their like).",
	.reason =
		"They are the only byte swaps that the driver translates; the "
		"others are O2 and O3.",
	.advice =
		"Use them for fields of headers; compare constants in network "
		"order instead where that is possible.",
	.source = JIT
		"end_reg32(); run on the emulated card",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
