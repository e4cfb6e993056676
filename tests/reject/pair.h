/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Each object here breaks the one rule that it is named after. Built once more
 * with -DINSIDE it is the same program just inside of the rule.
 */
#ifndef PAIR_H
#define PAIR_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#ifdef INSIDE
#define PAIR(outside, inside) inside
#else
#define PAIR(outside, inside) outside
#endif

/* An instruction that the compiler does not know, for ".8byte". */
#define RAW(code, dst, src, off, imm)                                \
	"i"((__u64)(code) | (__u64)(dst) << 8 | (__u64)(src) << 12 | \
	    (__u64)(__u16)(off) << 16 | (__u64)(__u32)(imm) << 32)

/* A program of nothing but instructions: nothing is added, nor taken away. */
#define ASM_PROGRAM(...)                                    \
	SEC("xdp") __attribute__((naked)) int program(void) \
	{                                                   \
		asm volatile(__VA_ARGS__);                  \
	}

#define ASM_MAP(name) [name] "i"(&(name))

#define MAP(...) MAP_DEF(__VA_ARGS__)
#define MAP_DEF(name, kind, key, value, entries, flags) \
	struct {                                        \
		__uint(type, BPF_MAP_TYPE_##kind);      \
		__uint(key_size, key);                  \
		__uint(value_size, value);              \
		__uint(max_entries, entries);           \
		__uint(map_flags, flags);               \
	} name SEC(".maps")

#define OPAQUE(x) asm volatile("" : "+r"(x))

char _license[] SEC("license") = "GPL";

#endif
