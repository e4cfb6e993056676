/* SPDX-License-Identifier: GPL-2.0-only */
/* L: loading, before the verifier. Rows of rules[]. */
/* clang-format off */
[RULE_L1] = {
	.id = "L1",
	.limit =
		"The program must be of type XDP; the only other type that a "
		"card takes is the classifier of tc.",
	.reason =
		"The kernel offers no other type of program to a device. "
		"offload-check reads programs for XDP only, and says of an "
		"object without any that there is none in it.",
	.advice =
		"Put the program into SEC(\"xdp\").",
	.source =
		"kernel, kernel/bpf/offload.c bpf_prog_offload_init(), since "
		"6.3 bpf_prog_dev_bound_init()",
	ROW(OUTSIDE, LOAD, NOWHERE, EXECUTED, EINVAL),
},
[RULE_L2] = {
	.id = "L2",
	.limit =
		"The program must be loaded without flags.",
	.reason =
		"A program for a card may ask for no special treatment: "
		"neither for frames in several buffers nor for stricter "
		"alignment.",
	.advice =
		"Write SEC(\"xdp\"), not SEC(\"xdp.frags\"): on the card "
		"every frame is in one piece.",
	.source =
		"kernel, kernel/bpf/offload.c bpf_prog_offload_init(), since "
		"6.3 bpf_prog_dev_bound_init()",
	ROW(REFUSES, LOAD, NOWHERE, EXECUTED, EINVAL),
},
[RULE_L3] = {
	.id = "L3",
	.limit =
		"The device must be a card that runs the firmware for BPF, in "
		"the network namespace of who loads.",
	.reason =
		"Only with that firmware does the driver register the card "
		"for programs. The profile tells which firmware is meant; "
		"device and namespace are of the moment.",
	.advice =
		"Switch the firmware to bpf/ of linux-firmware "
		"(hwdocs/firmware.md); load in the namespace of the "
		"interface.",
	.source =
		"kernel, kernel/bpf/offload.c bpf_dev_offload_check(), "
		"bpf_offload_find_netdev()",
	ROW(REFUSES, LOAD, NOWHERE, EXECUTED, EINVAL),
},
[RULE_L4] = {
	.id = "L4",
	.limit =
		"A program must have between 1 and 1,000,000 instructions; "
		"behind the 65,536th the answer is open.",
	.reason =
		"The kernel counts up to the first number, and the driver "
		"numbers instructions with 16 bits and does not check that "
		"they suffice.",
	.advice =
		"The card takes a few thousand NFP instructions anyway (T3): "
		"make the program smaller.",
	.source =
		"kernel, kernel/bpf/syscall.c bpf_prog_load(); nfp driver, "
		"bpf/main.h struct nfp_insn_meta",
	ROW(REFUSES, LOAD, NOWHERE, READ, E2BIG),
},
[RULE_L5] = {
	.id = "L5",
	.limit =
		"A program must not depend on the layout of the kernel's own "
		"types (CO-RE).",
	.reason =
		"Only the machine that loads it can tell what libbpf makes of "
		"it; where a type or a member is missing there, that is a "
		"call which no driver knows (F0). Headers of packets and "
		"struct xdp_md always have the same layout, if they are "
		"written down as the kernel has them.",
	.advice =
		"Include the headers of <linux/>, not vmlinux.h; the card "
		"cannot read the kernel's memory anyway.",
	.source =
		"libbpf, relo_core.c bpf_core_patch_insn(); said, of an own "
		"struct ethhdr with other members: [nfp] unsupported function "
		"id: 195896080",
	ROW(REFUSES, LOAD, NOWHERE, EXECUTED, EINVAL),
},
