/* SPDX-License-Identifier: GPL-2.0-only */
/* O: instructions. Rows of rules[]. */
/* clang-format off */
[RULE_O1] = {
	.id = "O1",
	.limit =
		"There must be no remainder (the operator % of C).",
	.reason =
		"The microengine has no division, and the driver's compiler "
		"builds none for remainders.",
	.advice =
		"For a power of two use \"& (n - 1)\". For another constant n "
		"divide and multiply back: \"x - x / n * n\", with x of 32 "
		"bits (A1, A2).",
	.source = VERIFIER
		"nfp_verify_insn(), jit.c instr_cb[]; said: [nfp] instruction "
		"0x97 not supported",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_O2] = {
	.id = "O2",
	.limit =
		"There must be no conversion to little endian (bpf_htole16() "
		"and its like).",
	.reason =
		"The driver's compiler knows conversions to big endian only.",
	.advice =
		"Shift and mask the bytes, or exchange them with bpf_htons() "
		"or bpf_htonl(): the processor that BPF is compiled for here "
		"is little endian.",
	.source = VERIFIER
		"nfp_verify_insn(), jit.c instr_cb[]; said: [nfp] instruction "
		"0xd4 not supported",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_O3] = {
	.id = "O3",
	.limit =
		"There must be no unconditional byte swap of cpu v4 (bswap16, "
		"bswap32, bswap64).",
	.reason =
		"The driver dates from before cpu v4. Linux 6.1 says "
		"\"unknown opcode d7\".",
	.advice =
		"Compile with -mcpu=v3.",
	.source = VERIFIER
		"nfp_verify_insn(), jit.c instr_cb[]; said: [nfp] instruction "
		"0xd7 not supported",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_O4] = {
	.id = "O4",
	.limit =
		"There must be no sign-extending load of cpu v4.",
	.reason =
		"The driver dates from before cpu v4. Linux 6.1 says "
		"\"BPF_LDX uses reserved fields\".",
	.advice =
		"Compile with -mcpu=v3, or load without sign and shift left, "
		"then right.",
	.source = VERIFIER
		"nfp_verify_insn(), jit.c instr_cb[]; said: [nfp] instruction "
		"0x91 not supported",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_O5] = {
	.id = "O5",
	.limit =
		"There must be no long jump of cpu v4 (gotol).",
	.reason =
		"The driver dates from before cpu v4.",
	.advice =
		"Compile with -mcpu=v3. A program that needs it is too long "
		"for the card.",
	.source = VERIFIER
		"nfp_verify_insn(), jit.c instr_cb[]; said: [nfp] instruction "
		"0x6 not supported",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_O6] = {
	.id = "O6",
	.limit =
		"There must be no may_goto (cond_break).",
	.reason =
		"The kernel's own counter of iterations does not exist on the "
		"card.",
	.advice =
		"Give the loop a constant bound.",
	.source = VERIFIER
		"nfp_verify_insn(), jit.c instr_cb[]; said: [nfp] instruction "
		"0xe5 not supported",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_O7] = {
	.id = "O7",
	.limit =
		"There must be no other instruction that the driver's "
		"compiler has no entry for.",
	.reason =
		"What is not in the compiler's table is refused by its "
		"number.",
	.advice =
		"Compile C with -mcpu=v3, and do without inline assembly.",
	.source = VERIFIER
		"nfp_verify_insn(), jit.c instr_cb[]",
	ROW(REFUSES, VERIFY, LOG, READ, EINVAL),
},
[RULE_O8] = {
	.id = "O8",
	.limit =
		"There must be no sign-extending move and no signed division "
		"of cpu v4.",
	.reason =
		"They differ from the ordinary move and division in a field "
		"that the driver does not look at. From Linux 6.6 on the "
		"kernel lets them through, and the card moves without the "
		"sign, or divides without it. Nobody says so.",
	.advice =
		"Compile with -mcpu=v3; Linux 6.1 refuses such a program.",
	.source = JIT
		"mov_reg64(), mov_reg(), wrp_div_imm(); loaded on Linux "
		"6.12.117, with as many NFP instructions as the ordinary ones "
		"have",
	ROW(UNSAFE, RUN, NOWHERE, EXECUTED, 0),
},
[RULE_O9] = {
	.id = "O9",
	.limit =
		"Registers must be r0 to r10.",
	.reason =
		"The driver takes higher ones for what the kernel's hardening "
		"of constants leaves.",
	.advice =
		"No compiler writes them: see what made the instruction.",
	.source = VERIFIER
		"nfp_verify_insn()",
	ROW(REFUSES, VERIFY, LOG, READ, EINVAL),
},
