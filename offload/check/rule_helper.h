/* SPDX-License-Identifier: GPL-2.0-only */
/* F: helpers, by their number; F0 is any other. Rows of rules[]. */
/* clang-format off */
[RULE_F0] = {
	.id = "F0",
	.limit =
		"A program must not call any helper but bpf_map_lookup_elem "
		"(1), bpf_map_update_elem (2), bpf_map_delete_elem (3), "
		"bpf_get_prandom_u32 (7), bpf_perf_event_output (25), "
		"bpf_xdp_adjust_head (44) and bpf_xdp_adjust_tail (65).",
	.reason =
		"All others run in the kernel: no clock, no number of the "
		"processor, no redirect, no checksum, no route, no lock, no "
		"printing.",
	.advice =
		"Compute in the program, let user space put what is needed "
		"into a map, or pass the frame to the host and run a second "
		"program there. Counters need no lock: __sync_fetch_and_add() "
		"is atomic.",
	.source = VERIFIER
		"nfp_bpf_check_helper_call(); said: [nfp] unsupported "
		"function id: 5",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_F1] = {
	.id = "F1",
	.limit =
		"bpf_map_lookup_elem() needs a key on the stack, at a "
		"constant offset that is a multiple of 4, and the routine in "
		"the firmware.",
	.reason =
		"The key is read from local memory, where the stack is, by "
		"the firmware's routine. A key in the packet or in another "
		"map's value cannot be used in place.",
	.advice =
		"Copy the key to a local variable of 4-byte alignment. At the "
		"bottom of the stack it costs 3 instructions, elsewhere 8.",
	.source = VERIFIER
		"nfp_bpf_stack_arg_ok(); said: [nfp] map_lookup: unsupported "
		"ptr type 8; [nfp] map_lookup: unaligned stack pointer 6",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_F2] = {
	.id = "F2",
	.limit =
		"bpf_map_update_elem() needs the routine in the firmware, key "
		"and value on the stack at constant multiples of 4, and zeros "
		"for words that are counters.",
	.reason =
		"Neither the published nor the shipped firmware has the "
		"routine. Counters are swapped for user space, which nobody "
		"would do for a value that a program writes.",
	.advice =
		"Let user space insert entries; count with "
		"__sync_fetch_and_add().",
	.source = VERIFIER
		"nfp_bpf_check_helper_call(), nfp_bpf_map_update_value_ok(); "
		"said: [nfp] map_update: not supported by FW",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_F3] = {
	.id = "F3",
	.limit =
		"bpf_map_delete_elem() needs the routine in the firmware, and "
		"a key as for a lookup (F1).",
	.reason =
		"Neither the published nor the shipped firmware has the "
		"routine.",
	.advice =
		"Let user space delete entries.",
	.source = VERIFIER
		"nfp_bpf_check_helper_call(); said: [nfp] map_delete: not "
		"supported by FW",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_F7] = {
	.id = "F7",
	.limit =
		"bpf_get_prandom_u32() needs a random number generator in the "
		"firmware.",
	.reason =
		"The firmware says in its capabilities whether it has one; "
		"those known here do.",
	.advice =
		"Take some bits of a checksum or of an identifier in the "
		"packet instead.",
	.source = VERIFIER
		"nfp_bpf_check_helper_call()",
	ROW(REFUSES, VERIFY, LOG, READ, EOPNOTSUPP),
},
[RULE_F25] = {
	.id = "F25",
	.limit =
		"bpf_perf_event_output() needs the routine in the firmware, "
		"BPF_F_CURRENT_CPU in its flags, and as data NULL, the stack "
		"(at a constant multiple of 4), a map's value or the packet, "
		"the same on every path.",
	.reason =
		"The card sends an event as a message, which may be lost or "
		"overtaken, whatever the call returns. The shipped firmware "
		"has the routine, the published one has not.",
	.advice =
		"Write BPF_F_CURRENT_CPU alone or with the number of packet "
		"bytes in the upper half; have user space count what is lost.",
	.source = VERIFIER
		"nfp_bpf_check_helper_call(); said: [nfp] event_output: not "
		"supported by FW; [nfp] event_output: must use "
		"BPF_F_CURRENT_CPU, var_off: (0x0; 0x0)",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_F44] = {
	.id = "F44",
	.limit =
		"bpf_xdp_adjust_head() needs a firmware that can move the "
		"head of a frame, and no metadata with it.",
	.reason =
		"The firmware says in its capabilities whether it can and how "
		"far, and whether there is metadata in front of the frame, "
		"which the driver does not move; those known here can, and "
		"have none. How far is checked when it runs.",
	.advice =
		"Call it once, with a constant between what the profile "
		"guarantees: that takes 5 instructions instead of 16.",
	.source = VERIFIER
		"nfp_bpf_check_helper_call(), nfp_record_adjust_head()",
	ROW(REFUSES, VERIFY, LOG, READ, EOPNOTSUPP),
},
[RULE_F65] = {
	.id = "F65",
	.limit =
		"bpf_xdp_adjust_tail() needs a firmware that can cut a frame.",
	.reason =
		"The firmware says in its capabilities whether it can; those "
		"known here can. It only cuts: growing, or a change by 0, "
		"returns -EINVAL on the card.",
	.advice =
		"Cut with a negative number, and check the result.",
	.source = VERIFIER
		"nfp_bpf_check_helper_call(), jit.c adjust_tail()",
	ROW(REFUSES, VERIFY, LOG, READ, EOPNOTSUPP),
},
