/* SPDX-License-Identifier: GPL-2.0-only */
/* T: translation to NFP instructions. Rows of rules[]. */
/* clang-format off */
[RULE_T1] = {
	.id = "T1",
	.limit =
		"There must be no store of a constant, into whatever memory.",
	.reason =
		"While verifying, the driver does not note where such a store "
		"goes, and its compiler then has no code for it. Only a "
		"register can be stored.",
	.advice =
		"Compile with clang and -mcpu=v3 or lower, which puts the "
		"constant into a register first; gcc and cpu v4 do not.",
	.source = JIT
		"mem_st(); the kernel log said: NFP net bpf: Translation "
		"failed with error -95 (translated: N)",
	ROW(REFUSES, TRANSLATE, DMESG, EXECUTED, EINVAL),
},
[RULE_T2] = {
	.id = "T2",
	.limit =
		"No other access to the context may be left for the compiler "
		"than those of C1 and C2.",
	.reason =
		"It knows two fields to load, and one to store.",
	.advice =
		"See C1 and C2.",
	.source = JIT
		"mem_ldx_xdp(), mem_stx_xdp(); the kernel log said: NFP net "
		"bpf: Translation failed with error -95 (translated: N)",
	ROW(REFUSES, TRANSLATE, DMESG, EXECUTED, EINVAL),
},
[RULE_T3] = {
	.id = "T3",
	.limit =
		"The program must not become longer than the firmware has "
		"room for.",
	.reason =
		"Each port has its own place in the code store of the cores, "
		"of that many NFP instructions: the machine instructions of "
		"the card's cores. It is the length of the program that "
		"counts, not how long it runs.",
	.advice =
		"offload-check -v shows what each line costs. Do not unroll "
		"loops, but bound them; make what is there twice one function "
		"that is not inlined; compare 32 bits; read the packet "
		"through one pointer, all loads before the first store; copy "
		"by memcpy(); let rare cases pass to the host.",
	.source = JIT
		"nfp_prog_push(); the kernel log said: NFP net bpf: "
		"instruction limit reached (2560 NFP instructions)",
	ROW(REFUSES, TRANSLATE, DMESG, EXECUTED, EINVAL),
},
[RULE_T4] = {
	.id = "T4",
	.limit =
		"What the kernel does to unreachable code must be something "
		"that the driver can repeat.",
	.reason =
		"The driver keeps its own copy of the program, and follows "
		"removed instructions and jumps that became certain. Its "
		"checks guard against mistakes in the kernel, and no object "
		"is known that fails them.",
	.advice =
		"Nothing has to be written otherwise; if it happens, remove "
		"dead code.",
	.source = VERIFIER
		"nfp_bpf_opt_replace_insn(), nfp_bpf_opt_remove_insns()",
	ROW(OUTSIDE, TRANSLATE, LOG, READ, EINVAL),
},
[RULE_T5] = {
	.id = "T5",
	.limit =
		"A jump must not lead to an instruction that the compiler "
		"leaves out.",
	.reason =
		"It leaves out, for instance, a first \"r6 = r1\"; a loop "
		"back to the very beginning would land there.",
	.advice =
		"Let the loop begin behind the first statements of the "
		"program.",
	.source = JIT
		"nfp_fixup_branches(); the kernel log said: NFP net bpf: "
		"Branch landing on removed instruction!!",
	ROW(REFUSES, TRANSLATE, DMESG, EXECUTED, EINVAL),
},
[RULE_T6] = {
	.id = "T6",
	.limit =
		"The compiler's own checks of its work must hold.",
	.reason =
		"They guard against mistakes in the driver. Shifts get that "
		"far: by a register that can only hold one number, and that "
		"one is as large as the shifted has bits, or larger. So do "
		"bytes that a function writes to its caller's stack.",
	.advice =
		"Shift by a constant that fits, or mask the amount (amount & "
		"31); pass bytes to and from a function as __u32.",
	.source = JIT
		"nfp_bpf_jit(), __emit_shf(); the kernel log said: NFP net "
		"bpf: Translation failed with error -14 (translated: N)",
	ROW(REFUSES, TRANSLATE, DMESG, EXECUTED, EINVAL),
},
