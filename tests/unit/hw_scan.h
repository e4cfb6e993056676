/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the card's variant must not contain, looked for in an object that is
 * opened and not loaded. Some of it the nfp driver refuses, some of it would
 * load and be translated wrong, and the rest is what this project does without:
 * calls, helpers that the published firmware lacks, and keys that cost more.
 *
 * Values are followed as far as the stack, the context and map values; packet
 * and value ranges are the driver's to judge.
 */
#ifndef HW_SCAN_H
#define HW_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <bpf/libbpf.h>

enum hw_rule {
	HW_PROGRAM_TYPE, /* not XDP, or with frags */
	HW_OPCODE,	 /* unknown to the driver */
	HW_MODULO,
	HW_LITTLE_ENDIAN, /* a swap that does not end in big endian */
	HW_ALU_OFFSET,	  /* the driver ignores it, and the sign with it */
	HW_STORE_IMMEDIATE,
	HW_LOAD_MODE,	  /* sign-extending, or the old packet loads */
	HW_ATOMIC,	  /* anything but an addition without a result */
	HW_ATOMIC_TARGET, /* anything but a map value */
	HW_MAP_STORE,	  /* map values are read or added to */
	HW_CONTEXT,	  /* anything but reading data and data_end */
	HW_STACK_OFFSET,  /* it varies */
	HW_CALL,	  /* of a function or a kernel function */
	HW_HELPER,	  /* anything but those that are used */
	HW_KEY_PLACE,	  /* not on the stack */
	HW_KEY_ALIGNMENT, /* not 4 bytes; of event data, too */
	HW_KEY_BOTTOM,	  /* above the bottom of the frame */
	HW_MAP_TYPE,
	HW_MAP_SIZE,
	HW_MAP_FLAGS,
	HW_GLOBAL_DATA,
	HW_RULES,
};

struct hw_finding {
	enum hw_rule rule;
	const char *name; /* of program or map; lives as long as the object */
	int insn;	  /* index; -1 for a map or a whole program */
};

/* A list of findings; @n may exceed the room in it. */
#define HW_MAX_FINDINGS 64
struct hw_findings {
	struct hw_finding list[HW_MAX_FINDINGS];
	size_t n;
};

/**
 * hw_scan_object() - scan all programs and maps of an object
 * @tracing: events may be sent, and keys may lie above the event
 *
 * Return: 0 with @found filled in, in the object's order; -ENOMEM.
 */
int hw_scan_object(const struct bpf_object *obj, bool tracing,
		   struct hw_findings *found);

/* The same for one program's instructions; @name is only quoted. */
int hw_scan_insns(const struct bpf_insn *insns, size_t n, bool tracing,
		  const char *name, struct hw_findings *found);

/* What a rule forbids, in words. */
const char *hw_rule_text(enum hw_rule rule);

/* Between hw_scan.c and hw_flow.c. */
struct hw_program {
	const struct bpf_insn *insns;
	size_t n;
	bool tracing;
	const char *name;
	struct hw_findings *found;
};

void hw_report(const struct hw_program *p, enum hw_rule rule, int insn);
int hw_check_flow(const struct hw_program *p);

#endif
