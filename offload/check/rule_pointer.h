/* SPDX-License-Identifier: GPL-2.0-only */
/* M: pointers and memory. C: the context. Rows of rules[]. */
/* clang-format off */
[RULE_M1] = {
	.id = "M1",
	.limit =
		"A load or store must go through a pointer to the context, "
		"the stack, a map's value or the packet.",
	.reason =
		"The driver has code for these four. Pointers to metadata "
		"before the packet, memory handed to a global function, and a "
		"value that was not compared with NULL are others. A packet "
		"pointer from before bpf_xdp_adjust_head() or "
		"bpf_xdp_adjust_tail() is no pointer any more.",
	.advice =
		"Compare the result of the lookup with NULL first; read "
		"ctx->data and ctx->data_end anew behind "
		"bpf_xdp_adjust_head() and bpf_xdp_adjust_tail(); do without "
		"data_meta; make functions with pointer arguments static and "
		"inline.",
	.source = VERIFIER
		"nfp_bpf_check_ptr(); said: [nfp] unsupported ptr type: 7",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_M2] = {
	.id = "M2",
	.limit =
		"One load or store must see the same kind of pointer on every "
		"path.",
	.reason =
		"The driver translates an instruction once, and packet, stack "
		"and map need different code.",
	.advice =
		"Do not choose between pointers (\"p = cond ? packet : "
		"&local\"): load in each branch, and choose between the "
		"numbers.",
	.source = VERIFIER
		"nfp_bpf_check_ptr(); said: [nfp] ptr type changed for "
		"instruction 8 -> 4",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_M3] = {
	.id = "M3",
	.limit =
		"Packet loads may have 1, 2, 4 or 8 bytes, any alignment and "
		"a variable offset.",
	.reason =
		"The driver has code for each; only the window counts (H5).",
	.advice =
		"Nothing has to be written otherwise. Reads of neighbours "
		"through one pointer, before any store, share one bus read.",
	.source = VERIFIER
		"nfp_bpf_check_ptr(); run on the emulated card",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
[RULE_M4] = {
	.id = "M4",
	.limit =
		"Packet stores of a register may have 1, 2, 4 or 8 bytes and "
		"any alignment.",
	.reason =
		"The driver has code for each. Stores of a constant are "
		"another instruction (T1).",
	.advice =
		"Nothing has to be written otherwise.",
	.source = VERIFIER
		"nfp_bpf_check_store(); run on the emulated card",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
[RULE_M5] = {
	.id = "M5",
	.limit =
		"A stack access must be at a constant offset, and if it is at "
		"another offset on another path, the two must differ by a "
		"multiple of 4.",
	.reason =
		"The stack is in local memory, which is addressed in words of "
		"4 bytes, by offsets that the compiler writes into the "
		"instruction.",
	.advice =
		"Do not index an array on the stack by a variable: write out "
		"the cases, or keep the array in a map and use its key.",
	.source = VERIFIER
		"nfp_bpf_check_stack_access(); said: [nfp] variable ptr stack "
		"access; [nfp] stack access changed location was:-8 is:-6",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_M6] = {
	.id = "M6",
	.limit =
		"A function may read and write its caller's stack through a "
		"pointer.",
	.reason =
		"The driver addresses such a frame at run time, which takes "
		"more instructions.",
	.advice =
		"Inline the function where instructions are scarce.",
	.source = VERIFIER
		"nfp_bpf_check_stack_access()",
	ROW(ALLOWS, VERIFY, LOG, EXECUTED, 0),
},
[RULE_M7] = {
	.id = "M7",
	.limit =
		"Access to a map's value must be at a constant offset inside "
		"of the value.",
	.reason =
		"The driver notes how each word of a value is used, and so "
		"must know which one it is. In front of the value is worse "
		"(U5).",
	.advice =
		"Do not index an array inside of a value: make each of its "
		"members an entry of the map, and use the key.",
	.source = VERIFIER
		"nfp_bpf_map_mark_used(); said: [nfp] map value offset is "
		"variable (EOPNOTSUPP), [nfp] map value access out-of-bounds "
		"(EINVAL)",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, 0),
},
[RULE_M8] = {
	.id = "M8",
	.limit =
		"A program must not store into a map's value.",
	.reason =
		"The firmware reads values and adds to them; the driver has "
		"no code for stores.",
	.advice =
		"Count with __sync_fetch_and_add() and do not use its result; "
		"let user space write the rest.",
	.source = VERIFIER
		"nfp_bpf_check_ptr(); said: [nfp] map writes not supported",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_M9] = {
	.id = "M9",
	.limit =
		"Each 4 bytes of a map's value must be either read or added "
		"to by programs, never both.",
	.reason =
		"Counters are kept big endian by the card and swapped by the "
		"driver for user space, other words are not. The marks belong "
		"to the map: they are shared by all programs that use it, "
		"outlive them, and are set even by a program that is refused.",
	.advice =
		"Keep counters and data in different maps, or at least in "
		"different words; never read a counter in the program. After "
		"a refusal create the maps anew.",
	.source = VERIFIER
		"nfp_bpf_map_mark_used_one(); said: [nfp] map value use type "
		"conflict read vs atomic off: 0",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_M10] = {
	.id = "M10",
	.limit =
		"A word that a program adds to must not have been written "
		"before with anything but zeros, neither by user space before "
		"the program was loaded nor by a program.",
	.reason =
		"The driver did not swap the bytes of what was written while "
		"it did not know the word for a counter. Only what this "
		"program itself writes can be seen here.",
	.advice =
		"Leave the entries of an array alone, which are zero at "
		"first; write counters from user space after loading, or only "
		"zeros.",
	.source = VERIFIER
		"nfp_bpf_map_mark_used_one(), offload.c "
		"nfp_map_bpf_byte_swap_record(); said: [nfp] atomic counter "
		"in map value may already be initialized to non-zero value "
		"off: 0",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
[RULE_C1] = {
	.id = "C1",
	.limit =
		"Of the context only data and data_end can be read, with 4 "
		"bytes each.",
	.reason =
		"The driver translates these two. Reads of data_meta, "
		"ingress_ifindex and rx_queue_index pass the verifier and end "
		"the translation (T2); egress_ifindex is refused by the "
		"kernel.",
	.advice =
		"Do without. If the port matters, load a program for each.",
	.source = JIT
		"mem_ldx_xdp(); the kernel log said: NFP net bpf: Translation "
		"failed with error -95",
	ROW(REFUSES, TRANSLATE, DMESG, EXECUTED, EINVAL),
},
[RULE_C2] = {
	.id = "C2",
	.limit =
		"Of the context only rx_queue_index can be written, and only "
		"if the firmware can choose the queue.",
	.reason =
		"A write to it chooses the queue of the host that gets the "
		"frame; nothing else in the context means anything to the "
		"card.",
	.advice =
		"Write a 4-byte register to ctx->rx_queue_index. A number "
		"over 255 leaves the choice to the card.",
	.source = VERIFIER
		"nfp_bpf_check_store(); said: [nfp] unsupported store to "
		"context field",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EOPNOTSUPP),
},
