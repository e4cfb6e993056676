/* SPDX-License-Identifier: GPL-2.0-only */
/* V: the kernel's own verifier. Rows of rules[]. */
/* clang-format off */
[RULE_V1] = {
	.id = "V1",
	.limit =
		"From Linux 6.12 on, at the latest, a program must not write "
		"zeros into words of a map that are counters.",
	.reason =
		"Linux 6.1 knows the bytes of a stored zero for zeros, and "
		"the driver asks for them. Later kernels keep the stored "
		"register instead, and the driver takes it for what may be "
		"non-zero.",
	.advice =
		"Never initialise counters in the program: the entries of an "
		"array are zero, and user space inserts those of a hash "
		"table.",
	.source = VERIFIER
		"nfp_bpf_map_update_value_ok(); executed on Linux 6.1.192 and "
		"6.12.117",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_V2] = {
	.id = "V2",
	.limit =
		"Every instruction must be reachable, every jump must stay in "
		"its function, and every loop must end.",
	.reason =
		"The kernel follows all paths before the program may run.",
	.advice =
		"Give loops a constant bound; end each path with a return.",
	.source =
		"kernel, kernel/bpf/verifier.c check_cfg(), check_subprogs(), "
		"do_check()",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, 0),
},
[RULE_V3] = {
	.id = "V3",
	.limit =
		"A register must be written before it is read, and the frame "
		"pointer (r10) must not be written.",
	.reason =
		"What was there before is not the program's; a call leaves "
		"nothing in r1 to r5. The stack is another thing: who may "
		"load for a card may read what was not written there (Linux "
		"6.1.192 and 6.12 alike).",
	.advice =
		"Initialise local variables. A key with padding that was not "
		"written is not refused, but may find no entry: clear it with "
		"memset().",
	.source =
		"kernel, kernel/bpf/verifier.c check_reg_arg(); for the stack "
		"allow_uninit_stack, loaded so on Linux 6.1.192 and 6.12.117",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, 0),
},
[RULE_V4] = {
	.id = "V4",
	.limit =
		"Access to memory must lie inside of it: packet bytes behind "
		"a comparison with data_end, stack and map values in their "
		"size, aligned on the stack and for atomic operations.",
	.reason =
		"The kernel must know it for every value that a register can "
		"have.",
	.advice =
		"Compare \"pointer + length > data_end\" before each new "
		"piece of a packet; mask or compare a variable offset first; "
		"compare the result of a lookup with NULL first; read "
		"ctx->data and ctx->data_end anew behind "
		"bpf_xdp_adjust_head() and bpf_xdp_adjust_tail(), and compare "
		"again.",
	.source =
		"kernel, kernel/bpf/verifier.c check_mem_access()",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EACCES),
},
[RULE_V5] = {
	.id = "V5",
	.limit =
		"Arithmetic on pointers is addition and subtraction of "
		"numbers with known bounds.",
	.reason =
		"The kernel must know where the result can point to.",
	.advice =
		"Bound the number first; do other arithmetic on numbers only.",
	.source =
		"kernel, kernel/bpf/verifier.c adjust_ptr_min_max_vals()",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EACCES),
},
[RULE_V6] = {
	.id = "V6",
	.limit =
		"Arguments of a call must be what the helper or the function "
		"expects, pointers into the packet are gone behind a helper "
		"that moves it, and some helpers want a licence that the GPL "
		"is compatible with.",
	.reason =
		"The kernel checks each argument before the call. It offers "
		"bpf_perf_event_output() to programs under the GPL only.",
	.advice =
		"Compare a lookup's result with NULL; read ctx->data and "
		"ctx->data_end anew behind bpf_xdp_adjust_head() and "
		"bpf_xdp_adjust_tail(); write char _license[] "
		"SEC(\"license\") = \"GPL\".",
	.source =
		"kernel, kernel/bpf/verifier.c check_helper_call(), "
		"check_func_call()",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, 0),
},
[RULE_V7] = {
	.id = "V7",
	.limit =
		"Each instruction must be well formed: a known opcode, unused "
		"fields zero, no division or shift by a senseless constant.",
	.reason =
		"The kernel refuses what later kernels could give a meaning.",
	.advice =
		"Compile C; do without handmade instructions.",
	.source =
		"kernel, kernel/bpf/verifier.c resolve_pseudo_ldimm64(), "
		"check_alu_op()",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_V8] = {
	.id = "V8",
	.limit =
		"The kernel must get through all paths within 1,000,000 "
		"instructions.",
	.reason =
		"It follows each path that it cannot tell from one it has "
		"seen.",
	.advice =
		"Make loops shorter and functions smaller; reduce the number "
		"of independent conditions.",
	.source =
		"kernel, kernel/bpf/verifier.c do_check()",
	ROW(REFUSES, VERIFY, LOG, READ, 0),
},
