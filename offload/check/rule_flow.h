/* SPDX-License-Identifier: GPL-2.0-only */
/* J: jumps, functions, results. S: the stack. Rows of rules[]. */
/* clang-format off */
[RULE_J1] = {
	.id = "J1",
	.limit =
		"All conditional jumps are taken, of 64 and of 32 bits.",
	.reason =
		"Comparisons of 32 bits take 2 NFP instructions, those of 64 "
		"bits 3 or 4.",
	.advice =
		"Compare __u32, and compile with -mcpu=v3.",
	.source = JIT
		"cmp_imm(), cmp_reg(), jeq32_imm()",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
[RULE_J2] = {
	.id = "J2",
	.limit =
		"Loops are taken where the kernel can follow them to their "
		"end.",
	.reason =
		"The driver does not mind jumps backwards. Before Linux 5.3 "
		"the kernel itself refused them.",
	.advice =
		"Give a loop a small constant bound. Each iteration costs its "
		"instructions, and packet reads are not shared between "
		"iterations.",
	.source = VERIFIER
		"nfp_verify_insn(); a loop of 10 iterations was loaded, 33 "
		"NFP instructions",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
[RULE_J3] = {
	.id = "J3",
	.limit =
		"Functions are taken, static and global.",
	.reason =
		"The driver translates calls, since Linux 4.20. A global "
		"function's pointer arguments, save the context, are memory "
		"of no kind that it knows (M1).",
	.advice =
		"Make functions static; inline the small ones, as a call "
		"saves up to four registers.",
	.source = JIT
		"bpf_to_bpf_call()",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
[RULE_J4] = {
	.id = "J4",
	.limit =
		"There must be no tail call.",
	.reason =
		"The card holds one program for each port; and the map that "
		"it would need cannot be created for it (P13). The kernel "
		"refuses one in a called function also where no path leads.",
	.advice =
		"Make it one program: the parts become functions.",
	.source = VERIFIER
		"nfp_bpf_check_helper_call(); said: [nfp] unsupported "
		"function id: 12",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_J5] = {
	.id = "J5",
	.limit =
		"There must be no call of a kernel function (kfunc), not even "
		"where no path leads.",
	.reason =
		"No kernel is on the card. Where a path leads to the call, the "
		"driver takes the function's number in the running kernel for "
		"that of a helper. Elsewhere the kernel refuses, as it does "
		"not compile the program itself, unless it was built with "
		"CONFIG_BPF_JIT_ALWAYS_ON, which Debian's are not; functions "
		"for metadata it refuses at once, since Linux 6.3. Whether "
		"a symbol is there (bpf_ksym_exists()) only the machine that "
		"loads the program can tell.",
	.advice =
		"Do without, or run the program in the driver of the host.",
	.source = VERIFIER
		"nfp_bpf_check_helper_call(); kernel, kernel/bpf/offload.c "
		"bpf_dev_bound_kfunc_check(), kernel/bpf/verifier.c "
		"fixup_call_args(); said: calling kernel functions are not "
		"allowed in non-JITed programs",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_J6] = {
	.id = "J6",
	.limit =
		"There must be no load of the old packet filter (LD_ABS, "
		"LD_IND).",
	.reason =
		"The kernel allows those to classifiers and socket filters, "
		"not to XDP.",
	.advice =
		"Read the packet through ctx->data.",
	.source =
		"kernel, kernel/bpf/verifier.c check_ld_abs(); said: "
		"BPF_LD_[ABS|IND] instructions not allowed for this program "
		"type",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_J7] = {
	.id = "J7",
	.limit =
		"The result must be known to be 0 to 3: XDP_ABORTED, "
		"XDP_DROP, XDP_PASS or XDP_TX.",
	.reason =
		"The driver does not check. The card drops the frame and "
		"counts it as aborted for every other result, XDP_REDIRECT "
		"included.",
	.advice =
		"Return constants. Check a result that comes from a map or a "
		"packet against XDP_TX first.",
	.source = VERIFIER
		"nfp_bpf_check_exit(), jit.c nfp_outro_xdp(); programs that "
		"return 4, 77 and a random number were loaded",
	ROW(UNSAFE, RUN, NOWHERE, EXECUTED, 0),
},
[RULE_J8] = {
	.id = "J8",
	.limit =
		"The address of a function must not be taken.",
	.reason =
		"Helpers that call functions back are not on the card (F0). "
		"The kernel wants static functions known by BTF, and then "
		"refuses what it does not compile itself, unless it was built "
		"with CONFIG_BPF_JIT_ALWAYS_ON, which Debian's are not.",
	.advice =
		"Call the function, or write a loop with a constant bound "
		"instead of bpf_loop().",
	.source =
		"kernel, kernel/bpf/verifier.c check_ld_imm(), "
		"fixup_call_args(); said: callbacks are not allowed in "
		"non-JITed programs",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_S1] = {
	.id = "S1",
	.limit =
		"The stack of the deepest chain of calls must fit that of the "
		"firmware.",
	.reason =
		"Each frame is rounded up to 64 bytes; a called function's "
		"has 4 more for the way back, and 32 more if it uses r6 to "
		"r9. Then the kernel asks as for the host: all frames "
		"together, each rounded up to 32 bytes (16 in Linux 6.12), "
		"512 at most, EACCES.",
	.advice =
		"Use fewer and smaller local variables; inline functions; do "
		"not keep headers on the stack.",
	.source = VERIFIER
		"nfp_bpf_finalize(), nfp_bpf_get_stack_usage(); said: [nfp] "
		"stack too large: program 576B > FW stack 512B",
	ROW(REFUSES, FINALIZE, LOG, EXECUTED, EOPNOTSUPP),
},
