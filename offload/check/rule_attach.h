/* SPDX-License-Identifier: GPL-2.0-only */
/* H: attaching to a port. Rows of rules[]. */
/* clang-format off */
[RULE_H1] = {
	.id = "H1",
	.limit =
		"The firmware must be the one for BPF, of the same version of "
		"the interface as its own list says.",
	.reason =
		"Another firmware has no place for programs.",
	.advice =
		"Switch the firmware (hwdocs/firmware.md).",
	.source =
		"nfp driver, bpf/main.c nfp_net_ebpf_capable()",
	ROW(OUTSIDE, ATTACH, NOWHERE, READ, EINVAL),
},
[RULE_H2] = {
	.id = "H2",
	.limit =
		"No classifier of tc may be on the card's port.",
	.reason =
		"There is one place for a program per port.",
	.advice =
		"Take the classifier off first.",
	.source =
		"nfp driver, bpf/main.c nfp_bpf_xdp_offload()",
	ROW(OUTSIDE, ATTACH, NOWHERE, READ, EBUSY),
},
[RULE_H3] = {
	.id = "H3",
	.limit =
		"The program must have been loaded for this card, any port of "
		"it, and for the ordinary hook of XDP.",
	.reason =
		"A program of the host cannot run on the card, and one for a "
		"device map or a CPU map belongs to that map. For whom a "
		"program was loaded no object shows; those of "
		"SEC(\"xdp/devmap\") and SEC(\"xdp/cpumap\") are for no port, "
		"and offload-check does not read them (exit status 2).",
	.advice =
		"Load with the ifindex of one of the card's ports; write "
		"SEC(\"xdp\").",
	.source = OFFLOAD
		"nfp_net_bpf_offload(); kernel, net/core/dev.c "
		"dev_xdp_attach()",
	ROW(OUTSIDE, ATTACH, EXTACK, EXECUTED, EINVAL),
},
[RULE_H4] = {
	.id = "H4",
	.limit =
		"A running program can be replaced only if the firmware "
		"reloads under traffic.",
	.reason =
		"The firmware says so in a register; those known here can.",
	.advice =
		"Otherwise detach first.",
	.source = OFFLOAD
		"nfp_net_bpf_offload(); said: nfp: FW does not support live "
		"reload",
	ROW(OUTSIDE, ATTACH, EXTACK, EXECUTED, EBUSY),
},
[RULE_H5] = {
	.id = "H5",
	.limit =
		"The offset of the last byte of a frame that the program may "
		"touch, or the MTU if that is smaller, must lie in the part "
		"of the frame that the cores see.",
	.reason =
		"Only the beginning of a frame is in the memory beside the "
		"cores, the rest is in the card's large memory. What counts "
		"is the farthest byte that the verifier thought possible; "
		"offsets begin with 0, and the window's number is the last "
		"one allowed.",
	.advice =
		"Compare with data_end near the headers; mask a variable "
		"length before it is added to a pointer; or lower the MTU.",
	.source = OFFLOAD
		"nfp_bpf_offload_check_mtu(); said: nfp: BPF offload not "
		"supported with potential packet access beyond HW packet "
		"split boundary",
	ROW(REFUSES, ATTACH, EXTACK, EXECUTED, EOPNOTSUPP),
},
[RULE_H6] = {
	.id = "H6",
	.limit =
		"The stack must fit that of the firmware.",
	.reason =
		"It is the same question as when loading (S1), asked of the "
		"port, so that S1 always comes first.",
	.advice =
		"See S1.",
	.source = OFFLOAD
		"nfp_net_bpf_load()",
	ROW(OUTSIDE, ATTACH, EXTACK, READ, EOPNOTSUPP),
},
[RULE_H7] = {
	.id = "H7",
	.limit =
		"The program must not be longer than the firmware has room "
		"for.",
	.reason =
		"It is the same question as when translating (T3), asked of "
		"the port, so that T3 always comes first.",
	.advice =
		"See T3.",
	.source = OFFLOAD
		"nfp_net_bpf_load()",
	ROW(OUTSIDE, ATTACH, EXTACK, READ, EOPNOTSUPP),
},
[RULE_H8] = {
	.id = "H8",
	.limit =
		"The firmware must carry out the commands to load and to "
		"enable the program.",
	.reason =
		"If enabling fails, the driver reports success and adds a "
		"sentence.",
	.advice =
		"offload-load reads that sentence and takes the program off; "
		"see the kernel log.",
	.source = OFFLOAD
		"nfp_net_bpf_load(), nfp_net_bpf_start()",
	ROW(OUTSIDE, ATTACH, EXTACK, READ, 0),
},
[RULE_H9] = {
	.id = "H9",
	.limit =
		"While a program is attached the MTU must not grow so far "
		"that the program could touch what the cores do not see.",
	.reason =
		"It is the question of H5, asked again when the MTU changes.",
	.advice =
		"See H5; or detach, change, attach.",
	.source =
		"nfp driver, bpf/main.c nfp_bpf_check_mtu(); the kernel log "
		"said: BPF offload active, potential packet access beyond "
		"hardware packet boundary",
	ROW(OUTSIDE, ATTACH, DMESG, EXECUTED, EBUSY),
},
