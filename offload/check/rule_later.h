/* SPDX-License-Identifier: GPL-2.0-only */
/* K: what kernels after 6.1 brought. Rows of rules[]. */
/* clang-format off */
[RULE_K1] = {
	.id = "K1",
	.limit =
		"Since Linux 6.3, a program that is only bound to a device "
		"(BPF_F_XDP_DEV_BOUND_ONLY) must not be attached in hardware "
		"mode.",
	.reason =
		"Such a program runs on the host, and the driver has nothing "
		"of its own for it. The kernel lets it pass, and crashes in "
		"nfp_net_bpf_load().",
	.advice =
		"Use one or the other. A loader chooses it, and no object; "
		"offload-load never combines them.",
	.source =
		"nfp driver, bpf/offload.c nfp_net_bpf_load(); the guest "
		"crashed with Linux 6.12.117: NULL pointer dereference",
	ROW(OUTSIDE, ATTACH, DMESG, EXECUTED, 0),
},
[RULE_K2] = {
	.id = "K2",
	.limit =
		"Since Linux 6.14, the interface must not split headers from "
		"data (tcp-data-split), and no queue of it may have a memory "
		"provider.",
	.reason =
		"The kernel then attaches no program that is not for several "
		"buffers, in whatever mode, and a card takes none that is "
		"(L2).",
	.advice =
		"Say ethtool -G eth0 tcp-data-split off; detach what bound "
		"its own memory to a queue.",
	.source =
		"kernel, net/core/dev.c dev_xdp_install(), as published in "
		"patches: unable to install XDP to device using "
		"tcp-data-split; unable to install XDP to device using memory "
		"provider",
	ROW(OUTSIDE, ATTACH, EXTACK, READ, EBUSY),
},
[RULE_K3] = {
	.id = "K3",
	.limit =
		"Since Linux 6.15, what generic mode refuses is asked when "
		"attaching, before any driver is.",
	.reason =
		"The checks were moved to dev_xdp_attach(). They are not "
		"about hardware mode, but change what is said where a loader "
		"tries one mode after the other.",
	.advice =
		"Nothing has to be written otherwise; offload-load --hw "
		"--only tries hardware mode alone.",
	.source =
		"kernel, net/core/dev.c dev_xdp_attach(), as published in "
		"patches",
	ROW(OUTSIDE, ATTACH, EXTACK, READ, 0),
},
