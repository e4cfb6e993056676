/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of judge_ask share. */
#ifndef JUDGE_ASK_H
#define JUDGE_ASK_H

#include "answer.h"
#include "nl.h"
#include "pack.h"

#define ASK_LOG_SIZE (1 << 20)

struct ask {
	int ifindex;
	bool attach;
	unsigned long skip; /* programs that are not asked about any more */
	unsigned long left; /* to be asked about after those */
	int kmsg;
	struct nl nl;
	char *log; /* ASK_LOG_SIZE bytes */
};

/* Every XDP program of an object, each alone: one line for each. */
void ask_object(struct ask *ask, const char *path);

/* One program of a pack: one line. */
void ask_program(struct ask *ask, const struct pack_program *program);

/* Was it refused for maps of programs before, which are still on their way out?
 * A program holds them until an RCU grace period is over.
 */
bool ask_is_busy(const struct answer *answer);

/* The driver's records in the kernel's log since the last time. */
void ask_kernel_log(struct ask *ask, struct answer *answer);

/* Fill in what became of a load, and attach where that is asked for. @fd stays
 * open.
 */
void ask_loaded(struct ask *ask, struct answer *answer, int fd);

/* After a refused load: its words and how far it came. */
void ask_refused(struct ask *ask, struct answer *answer, int err);

#endif
