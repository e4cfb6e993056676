/* SPDX-License-Identifier: GPL-2.0-only */
/* What was said about a program, by the card's driver or by the checker: one
 * line of JSON.
 */
#ifndef JUDGE_ANSWER_H
#define JUDGE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

enum answer_stage {
	ANSWER_OK,
	ANSWER_OPEN,
	ANSWER_MAP,
	ANSWER_LOAD, /* BPF_PROG_LOAD, which verifies and translates */
	ANSWER_ATTACH,
	ANSWER_UNDECIDED, /* the checker's only */
};

#define ANSWER_WORDS 512
#define ANSWER_LOG   4096

struct answer {
	const char *name;
	enum answer_stage stage;
	int err;		  /* positive; 0: none */
	char words[ANSWER_WORDS]; /* driver's or kernel's own; may be "" */
	char log[ANSWER_LOG];	  /* all that the verifier said, or all rules */
	unsigned int length;	  /* NFP instructions; 0: not known */
	unsigned long explored;	  /* instructions that were verified */
	bool unsafe;  /* the checker's: accepted, computes wrongly */
	bool crashes; /* or takes the kernel down */
};

extern const char *const answer_stages[];

/* On stdout, at once: who waits for it may be about to lose the machine. */
void answer_print(const struct answer *answer);

/**
 * answer_from_log() - what a verifier's log comes to
 *
 * Fills words with the driver's last sentence, or the last line that tells
 * something, log and explored.
 */
void answer_from_log(struct answer *answer, const char *log);

#endif
