/* SPDX-License-Identifier: GPL-2.0-only */
/* U: not refused, and wrong, told nowhere, or worse. Rows of rules[]. */
/* clang-format off */
[RULE_U1] = {
	.id = "U1",
	.limit =
		"Two neighbouring packet loads must not go through pointers "
		"that are the same where the verifier comes by last, and "
		"differ on another path.",
	.reason =
		"Loads through the same pointer share one bus read. The "
		"driver compares pointers as they were at the last visit: "
		"where a variable offset then happened to be known, the load "
		"reads at the other one's place on all paths.",
	.advice =
		"Let a loop or a place that is jumped to lie between the two "
		"loads, or load both through the variable offset.",
	.source = JIT
		"nfp_bpf_opt_pkt_cache(); met on the emulated card",
	ROW(UNSAFE, RUN, NOWHERE, EXECUTED, 0),
},
[RULE_U2] = {
	.id = "U2",
	.limit =
		"A 64-bit shift to the left by a register should never be by "
		"0.",
	.reason =
		"The driver makes a double shift by 32 of it, of which only "
		"five bits count. What the hardware makes of that is told "
		"nowhere, and the emulated card stops. It is not reported, as "
		"it need not be wrong.",
	.advice =
		"Shift by a constant, shift 32 bits, or keep the amount from "
		"being 0.",
	.source = JIT
		"shl_reg64_lt32_high()",
	ROW(OUTSIDE, RUN, NOWHERE, READ, 0),
},
[RULE_U3] = {
	.id = "U3",
	.limit =
		"A division should not be by 1, by 641 or by another number "
		"whose reciprocal needs no shift.",
	.reason =
		"The driver writes a shift by nothing, which to the "
		"microengine means a shift by what the instruction before "
		"left. What that is is told nowhere, and the emulated card "
		"stops. It is not reported, as it need not be wrong.",
	.advice =
		"Leave out the division by 1; write the product with the "
		"reciprocal yourself: for 32 bits x / 641 is (__u64)x * "
		"6700417 >> 32.",
	.source = JIT
		"wrp_div_imm()",
	ROW(OUTSIDE, RUN, NOWHERE, READ, 0),
},
[RULE_U4] = {
	.id = "U4",
	.limit =
		"There must be no division by a register that can only be 0.",
	.reason =
		"The driver computes the reciprocal of the divisor, and so "
		"divides by 0 itself: the host's kernel crashes while the "
		"program is loaded.",
	.advice =
		"Take the division out, or find out why the divisor is 0: a "
		"shift to the right often shifts everything out.",
	.source = JIT
		"wrp_div_imm(); the guest crashed: divide error in "
		"reciprocal_value_adv()",
	ROW(UNSAFE, TRANSLATE, DMESG, EXECUTED, 0),
},
[RULE_U5] = {
	.id = "U5",
	.limit =
		"There must be no load or atomic addition in front of a map's "
		"value, not even by a byte.",
	.reason =
		"The driver looks first, and its sum of offset and size "
		"overflows: it marks a word 1 GiB away in the host's memory. "
		"The kernel would refuse the program (V4), if it still runs.",
	.advice =
		"Start from the pointer that the lookup returned, with offsets "
		"of 0 and more.",
	.source = VERIFIER
		"nfp_bpf_map_mark_used(); the guest crashed at loads of 1, 2, "
		"4 and 8 bytes and at an addition",
	ROW(UNSAFE, VERIFY, DMESG, EXECUTED, 0),
},
[RULE_U6] = {
	.id = "U6",
	.limit =
		"The last three instructions of the code must not be a load "
		"from packet or map, the store of it into the packet, and a "
		"return.",
	.reason =
		"The driver joins such pairs to one copy, and forgets to end "
		"a copy that reaches the end of the program. Its compiler "
		"then follows a null pointer: the host's kernel crashes.",
	.advice =
		"Copy earlier: assign the result of the program behind the "
		"copy, or count there. The last three lines of offload-check "
		"-v show it.",
	.source = JIT
		"nfp_bpf_opt_ldst_gather(), nfp_cpp_memcpy(); the guest "
		"crashed: NULL pointer dereference in mem_ldx()",
	ROW(UNSAFE, TRANSLATE, DMESG, EXECUTED, 0),
},
[RULE_U7] = {
	.id = "U7",
	.limit =
		"The frame pointer should only be copied and be the base of "
		"loads and stores: not added, compared or stored.",
	.reason =
		"The card has no such register. The driver's compiler knows "
		"this of loads, stores and copies; anything else reads a "
		"register that nobody sets. It is not reported: where the "
		"result only serves as an address with a known offset, the "
		"driver does not look at it.",
	.advice =
		"Write it in C: clang copies the frame pointer and adds "
		"constants to the copy.",
	.source = JIT
		"mov_reg64(), wrp_alu64_reg()",
	ROW(OUTSIDE, RUN, NOWHERE, READ, 0),
},
[RULE_U8] = {
	.id = "U8",
	.limit =
		"The driver must be shown every value that is multiplied, "
		"divided, shifted by or added atomically, on all paths.",
	.reason =
		"The driver writes code for the values that the verifier "
		"shows it, and the verifier does not come by again for a "
		"number that decides nothing. On the other path the code is "
		"too narrow, or divides by the first path's divisor.",
	.advice =
		"Do the operation on each path before they meet, or use the "
		"constant itself and not a variable that holds it.",
	.source = VERIFIER
		"nfp_bpf_check_alu(); kernel, kernel/bpf/verifier.c regsafe(); "
		"the driver took such a division",
	ROW(UNSAFE, RUN, NOWHERE, EXECUTED, 0),
},
[RULE_U9] = {
	.id = "U9",
	.limit =
		"No function may be called through more than 7 others, and "
		"none may lead back to itself, not even on paths that are "
		"never taken.",
	.reason =
		"The driver follows the calls with room for 8 frames, before "
		"the kernel looks whether more could be needed: it writes "
		"beyond that room, and the host's kernel crashes. If it still "
		"runs, as it did with 9 frames, it refuses the program (V2).",
	.advice =
		"Inline functions; write recursion as a loop with a constant "
		"bound.",
	.source = VERIFIER
		"nfp_bpf_get_stack_usage(); kernel, kernel/bpf/verifier.c "
		"check_max_stack_depth(); with 10 frames, and with recursion, "
		"the guest crashed: Kernel stack is corrupted",
	ROW(UNSAFE, FINALIZE, DMESG, EXECUTED, 0),
},
[RULE_U10] = {
	.id = "U10",
	.limit =
		"A function whose address is taken, and that is never called, "
		"must not stand in front of one that needs more stack.",
	.reason =
		"The address is refused only where a path leads to it (J8). "
		"The kernel counts such a function and the driver does not: "
		"it takes the stack of each later function for that of "
		"another, and frames overlap.",
	.advice =
		"Do not take addresses of functions.",
	.source = VERIFIER
		"nfp_assign_subprog_idx_and_regs(), nfp_bpf_finalize(); said, "
		"of programs that it took: [nfp] BUG: number of processed BPF "
		"functions is not consistent",
	ROW(UNSAFE, RUN, NOWHERE, EXECUTED, 0),
},
[RULE_U11] = {
	.id = "U11",
	.limit =
		"What bpf_map_update_elem() stores must lie in that part of "
		"the stack that the program has written to by then.",
	.reason =
		"The driver looks for zeros in the kernel's account of the "
		"stack, which reaches down to the lowest byte that was "
		"written, and reads in front of it and behind it: the host's "
		"kernel crashes, or the answer is a matter of chance. The "
		"kernel's own check would come next (V4).",
	.advice =
		"Initialise all of the value.",
	.source = VERIFIER
		"nfp_bpf_map_update_value_ok(); the guest crashed at a value "
		"that begins at r10, and where no stack was written at all",
	ROW(UNSAFE, VERIFY, DMESG, EXECUTED, 0),
},
[RULE_U12] = {
	.id = "U12",
	.limit =
		"A long jump of cpu v4 (gotol) must leave the field for short "
		"distances 0.",
	.reason =
		"The driver takes that field for the distance, before the "
		"kernel has seen that it should be 0: where it leads out of "
		"the program, the driver writes into memory that is not the "
		"program's. The host's kernel crashes a little later, even "
		"though it refuses the program.",
	.advice =
		"Compile C, with -mcpu=v3: a compiler leaves it 0, and makes "
		"no long jumps then (O5).",
	.source = JIT
		"nfp_bpf_jit_prepare(), nfp_bpf_goto_meta(); the guest crashed "
		"in nfp_bpf_destroy()",
	ROW(UNSAFE, VERIFY, DMESG, EXECUTED, 0),
},
