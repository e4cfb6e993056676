/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that an object is held to, as data: hwdocs/limits.md is made of
 * this table, so that text and code cannot differ.
 */
#ifndef CHECK_RULE_H
#define CHECK_RULE_H

#include <stdbool.h>
#include <stddef.h>

/* In the order of hwdocs/limits.md. */
/* clang-format off */
enum rule_id {
	RULE_L1, RULE_L2, RULE_L3, RULE_L4,
	RULE_L5,	/* CO-RE */
	RULE_O1, RULE_O2, RULE_O3, RULE_O4, RULE_O5, RULE_O6, RULE_O7, RULE_O8,
	RULE_O9,
	RULE_M1, RULE_M2, RULE_M3, RULE_M4, RULE_M5, RULE_M6, RULE_M7, RULE_M8,
	RULE_M9, RULE_M10,
	RULE_C1, RULE_C2,
	RULE_X1, RULE_X2, RULE_X3, RULE_X4,
	RULE_A1, RULE_A2, RULE_A3, RULE_A4,
	RULE_J1, RULE_J2, RULE_J3, RULE_J4, RULE_J5, RULE_J6, RULE_J7,
	RULE_J8,	/* addresses of functions */
	RULE_S1,	/* stack */
	/* Helpers: F0 is any that the driver does not know. */
	RULE_F0, RULE_F1, RULE_F2, RULE_F3, RULE_F7, RULE_F25, RULE_F44,
	RULE_F65,
	RULE_P0, RULE_P1, RULE_P2, RULE_P3, RULE_P4, RULE_P5, RULE_P6, RULE_P7,
	RULE_P8, RULE_P9, RULE_P10, RULE_P11, RULE_P12,
	RULE_P13,	/* types of maps that no card can have */
	RULE_P14,	/* what the kernel asks of every map */
	RULE_T1, RULE_T2, RULE_T3, RULE_T4, RULE_T5, RULE_T6,
	RULE_H1, RULE_H2, RULE_H3, RULE_H4, RULE_H5, RULE_H6, RULE_H7, RULE_H8,
	RULE_H9,
	/* The kernel's own verifier, with or without a card. */
	RULE_V1,	/* zeros on the stack, by kernel */
	RULE_V2,	/* flow: jumps, unreachable code, endless loops */
	RULE_V3,	/* registers or stack read before written */
	RULE_V4,	/* memory access out of bounds or not aligned */
	RULE_V5,	/* arithmetic on pointers */
	RULE_V6,	/* arguments and results of calls */
	RULE_V7,	/* malformed instructions */
	RULE_V8,	/* too many instructions to explore */
	/* Not refused: computed wrongly, nobody knows how, or worse. */
	RULE_U1,	/* loads that share one bus read, and should not */
	RULE_U2,	/* 64-bit shift to the left by a register that is 0 */
	RULE_U3,	/* division whose reciprocal needs no shift */
	RULE_U4,	/* division by a register that is 0 */
	RULE_U5,	/* reads in front of a map's value */
	RULE_U6,	/* a copy at the very end of the program */
	RULE_U7,	/* r10 where it is no base of an access */
	RULE_U8,	/* values that the driver is not shown */
	RULE_U9,	/* chains of calls beyond the driver's room */
	RULE_U10,	/* functions that the driver takes for others */
	RULE_U11,	/* updates from where no stack is */
	RULE_U12,	/* long jumps that the driver takes for short */
	/* Kernels after 6.1. */
	RULE_K1,	/* programs only bound to a device in hardware mode */
	RULE_K2,	/* split headers, memory providers */
	RULE_K3,	/* checks of generic mode */
	RULES,
};

/* clang-format on */

/* Where a user sees a refusal. */
enum rule_where {
	RULE_NOWHERE, /* a bare errno */
	RULE_LOG,     /* verifier log */
	RULE_DMESG,   /* kernel log */
	RULE_EXTACK,  /* netlink, at attach */
};

enum rule_kind {
	RULE_REFUSES, /* driver or kernel says no */
	RULE_UNSAFE,  /* they accept, and the card computes wrongly; or
			 * they crash, see rule_crashes()
			 */
	RULE_ALLOWS,  /* a limit that one might expect, and that is none */
	RULE_OUTSIDE, /* of the card or the moment: no object shows it */
};

/* How a rule is known, the strongest way. */
enum rule_evidence {
	RULE_READ,     /* in a driver's or a kernel's source */
	RULE_EXECUTED, /* the stock driver said so */
};

/* When a rule is asked, which is the order of findings in a report. */
enum rule_stage {
	RULE_STAGE_MAP,	      /* BPF_MAP_CREATE */
	RULE_STAGE_LOAD,      /* BPF_PROG_LOAD, before the verifier */
	RULE_STAGE_VERIFY,    /* while paths are explored */
	RULE_STAGE_FINALIZE,  /* when all are */
	RULE_STAGE_TRANSLATE, /* to NFP instructions */
	RULE_STAGE_ATTACH,
	RULE_STAGE_RUN, /* computes wrongly: nobody says so */
};

struct rule {
	const char *id;	    /* "M8" */
	const char *limit;  /* what must (not) be, one sentence */
	const char *reason; /* why it is so */
	const char *advice; /* what to write instead */
	const char *source; /* file and function, or how it was executed */
	enum rule_kind kind;
	enum rule_stage stage;
	enum rule_where where;
	enum rule_evidence evidence;
	int err; /* errno, positive; 0: differs from case to case */
};

/* By enum rule_id. */
extern const struct rule rules[RULES];

/* The driver takes the kernel down before anybody could refuse or run it. */
static inline bool rule_crashes(const struct rule *rule)
{
	return rule->kind == RULE_UNSAFE && rule->stage != RULE_STAGE_RUN;
}

#endif
