/* SPDX-License-Identifier: GPL-2.0-only */
/* P: maps. Rows of rules[]. */
/* clang-format off */
[RULE_P0] = {
	.id = "P0",
	.limit =
		"The firmware must have maps at all.",
	.reason =
		"It lists in its capabilities which types it has.",
	.advice =
		"Take another firmware, or no maps.",
	.source = OFFLOAD
		"nfp_bpf_map_alloc()",
	ROW(REFUSES, MAP, NOWHERE, READ, EOPNOTSUPP),
},
[RULE_P1] = {
	.id = "P1",
	.limit =
		"A map must have no flags but BPF_F_RDONLY and BPF_F_WRONLY; "
		"global variables and constant tables (.rodata, .data, .bss) "
		"are maps with flags.",
	.reason =
		"The card has one way to keep a map. The two flags allowed "
		"belong to the file descriptor, and the driver does not see "
		"them. For each of those sections libbpf creates a map that "
		"can be mapped into memory (BPF_F_MMAPABLE).",
	.advice =
		"Use no global variables, constant tables and string literals "
		"(P10): constants go into code, settings into an ARRAY map. "
		"Leave map_flags out, also BPF_F_NO_PREALLOC and "
		"BPF_F_NUMA_NODE.",
	.source = OFFLOAD
		"nfp_bpf_map_alloc(); the kernel log said: NFP net bpf: map "
		"flags are not supported",
	ROW(REFUSES, MAP, DMESG, EXECUTED, EINVAL),
},
[RULE_P2] = {
	.id = "P2",
	.limit =
		"The firmware must have the type of the map.",
	.reason =
		"It lists in its capabilities which types it has; those known "
		"here have arrays and hash tables.",
	.advice =
		"Use the other type: a hash table can do what an array does.",
	.source = OFFLOAD
		"nfp_bpf_map_alloc()",
	ROW(REFUSES, MAP, DMESG, READ, EOPNOTSUPP),
},
[RULE_P3] = {
	.id = "P3",
	.limit =
		"There must be no more maps on the card than the firmware "
		"allows.",
	.reason =
		"The maps of all programs and all ports count. Here the "
		"object is held against an empty card.",
	.advice =
		"Put what has the same key into one map.",
	.source = OFFLOAD
		"nfp_bpf_map_alloc()",
	ROW(REFUSES, MAP, DMESG, READ, ENOMEM),
},
[RULE_P4] = {
	.id = "P4",
	.limit =
		"All maps on the card together must not have more entries "
		"than the firmware allows.",
	.reason =
		"The memory is shared by all ports, and a map takes all of "
		"its entries when it is created: the sum of max_entries "
		"counts, whether they are used or not. Here the object is "
		"held against an empty card.",
	.advice =
		"Lower max_entries to what is needed.",
	.source = OFFLOAD
		"nfp_bpf_map_alloc(); the kernel log said: NFP net bpf: map "
		"with too many elements: 2048001, left: 2048000",
	ROW(REFUSES, MAP, DMESG, EXECUTED, ENOMEM),
},
[RULE_P5] = {
	.id = "P5",
	.limit =
		"Key and value, each rounded up to 8 bytes, must together fit "
		"an element of the firmware.",
	.reason =
		"An element of the card's hash table has one fixed size.",
	.advice =
		"Make key or value smaller, or spread the value over two maps "
		"with the same key.",
	.source = OFFLOAD
		"nfp_bpf_map_alloc(); the kernel log said: NFP net bpf: map "
		"elements too large: 72, FW max element size (key+value): 64",
	ROW(REFUSES, MAP, DMESG, EXECUTED, ENOMEM),
},
[RULE_P6] = {
	.id = "P6",
	.limit =
		"A key must not be longer than the firmware allows.",
	.reason =
		"The routine that looks it up reads no more.",
	.advice =
		"Shorten the key, for instance by a hash of it that the "
		"program computes.",
	.source = OFFLOAD
		"nfp_bpf_map_alloc()",
	ROW(REFUSES, MAP, DMESG, READ, ENOMEM),
},
[RULE_P7] = {
	.id = "P7",
	.limit =
		"A value must not be longer than the firmware allows.",
	.reason =
		"An element of the card's table has no more room.",
	.advice =
		"Spread the value over several maps, or over several entries "
		"of one.",
	.source = OFFLOAD
		"nfp_bpf_map_alloc()",
	ROW(REFUSES, MAP, DMESG, READ, ENOMEM),
},
[RULE_P8] = {
	.id = "P8",
	.limit =
		"Maps with type information are refused, and libbpf then "
		"creates them without.",
	.reason =
		"The kernel has no use for type information of a map on a "
		"card. libbpf warns, \"Retrying without BTF\", and goes on.",
	.advice =
		"Nothing has to be written otherwise; the warning can be "
		"ignored.",
	.source =
		"kernel, kernel/bpf/syscall.c map_check_no_btf(); loaded so "
		"with libbpf",
	ROW(ALLOWS, MAP, NOWHERE, EXECUTED, 524),
},
[RULE_P9] = {
	.id = "P9",
	.limit =
		"Every map that the program names, even in unreachable code, "
		"must be on the same card; only a PERF_EVENT_ARRAY stays with "
		"the host.",
	.reason =
		"The card cannot reach the memory of the host. Who loads says "
		"where maps are, and no object does: offload-check takes each "
		"map for one on the card, as offload-load creates it.",
	.advice =
		"Give each map the ifindex of the card, as offload-load does; "
		"name no map of the host.",
	.source =
		"kernel, kernel/bpf/verifier.c "
		"check_map_prog_compatibility(); said: offload device "
		"mismatch between prog and map",
	ROW(OUTSIDE, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_P10] = {
	.id = "P10",
	.limit =
		"There must be no global or static variables, no constant "
		"tables and no string literals.",
	.reason =
		"The compiler puts them into maps that a program reads "
		"directly, which maps on a card do not offer.",
	.advice =
		"Put settings into an array map, and tables into code (a "
		"switch) or a map; write short constants as numbers.",
	.source =
		"kernel, kernel/bpf/verifier.c resolve_pseudo_ldimm64(); "
		"said: no direct value access support for this map type",
	ROW(REFUSES, VERIFY, LOG, EXECUTED, EINVAL),
},
[RULE_P11] = {
	.id = "P11",
	.limit =
		"A map must be named by its file descriptor, not by its place "
		"in a list (light skeletons).",
	.reason =
		"The driver replaces the former by the card's number of the "
		"map; of the latter it makes no number that means anything. "
		"It is the loader who chooses; an object names maps by "
		"symbols.",
	.advice =
		"Load with libbpf, without a light skeleton.",
	.source = JIT
		"nfp_bpf_replace_map_ptrs()",
	ROW(OUTSIDE, VERIFY, LOG, READ, EINVAL),
},
[RULE_P12] = {
	.id = "P12",
	.limit =
		"A program must not name more than 64 maps.",
	.reason =
		"The kernel has no room for more.",
	.advice =
		"Put what has the same key into one map.",
	.source =
		"kernel, kernel/bpf/verifier.c resolve_pseudo_ldimm64(), "
		"MAX_USED_MAPS",
	ROW(REFUSES, VERIFY, LOG, READ, E2BIG),
},
[RULE_P13] = {
	.id = "P13",
	.limit =
		"A map must be an ARRAY or a HASH; a PERF_EVENT_ARRAY stays "
		"with the host.",
	.reason =
		"The kernel creates no other type for a device: none per CPU, "
		"no LRU, no prefixes, no ring buffer, no programs, no "
		"devices.",
	.advice =
		"Use a plain array or hash. Counters need no copy per CPU, as "
		"the card adds atomically; send events by "
		"bpf_perf_event_output() (F25).",
	.source =
		"kernel, kernel/bpf/offload.c bpf_map_offload_map_alloc(); "
		"nine other types were tried",
	ROW(REFUSES, MAP, NOWHERE, EXECUTED, EINVAL),
},
[RULE_P14] = {
	.id = "P14",
	.limit =
		"A map must have a shape that the kernel takes anywhere: key, "
		"value and entries are not 0, an ARRAY's key has 4 bytes, "
		"flags are those of its type, and map_extra is 0.",
	.reason =
		"The kernel asks each type before it asks the device, and "
		"says nothing but an errno.",
	.advice =
		"Set key and value to types of your own, or __u32 for the key "
		"of an ARRAY, and max_entries to what is needed.",
	.source =
		"kernel, kernel/bpf/arraymap.c array_map_alloc_check(), "
		"kernel/bpf/hashtab.c htab_map_alloc_check(), "
		"kernel/bpf/syscall.c map_create(), bpf_get_file_flag()",
	ROW(REFUSES, MAP, NOWHERE, EXECUTED, EINVAL),
},
