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
		"Registers and the stack must be written before they are "
		"read.",
	.reason =
		"What was there before is not the program's.",
	.advice =
		"Initialise local variables, also the padding of a key: clear "
		"it with memset() or write out all its members.",
	.source =
		"kernel, kernel/bpf/verifier.c check_reg_arg(), "
		"check_stack_read()",
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
		"piece of a packet; mask or compare a variable offset first.",
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
		"expects, and pointers into the packet are gone behind a "
		"helper that moves it.",
	.reason =
		"The kernel checks each argument before the call.",
	.advice =
		"Compare a lookup's result with NULL; read ctx->data and "
		"ctx->data_end anew behind bpf_xdp_adjust_head() and "
		"bpf_xdp_adjust_tail().",
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
