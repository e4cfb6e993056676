/* SPDX-License-Identifier: GPL-2.0-only */
/* Frames and targets that tests of programs start from. */
#ifndef PROG_SAMPLES_H
#define PROG_SAMPLES_H

#include "runner.h"
#include "wire/cases.h"

#define HOSTS wire_documentation_hosts

/* Tags of a frame: the first stack has three, which is one too many, and the
 * next ones none, one and two.
 */
struct tag_stack {
	unsigned int n;
	__u16 tpid[FRAME_MAX_TAGS];
};

#define ALL_STACKS     8
#define FIRST_ANSWERED 1
#define ONE_OF_EACH    4 /* stacks that have each number of tags */

extern const struct tag_stack tag_stacks[ALL_STACKS];

void put_tags(struct frame_tag *tag, unsigned int *n,
	      const struct tag_stack *stack);

enum sample_kind {
	PLAIN4,
	OPTIONS4,  /* as many as there can be */
	FRAGMENT4, /* the first one */
	PLAIN6,
	HEADERS6, /* behind two extension headers */
	SAMPLES,
};

/* An echo request. */
struct sample {
	__u8 frame[512];
	size_t len;
	size_t l3; /* offset of the IP header */
};

void make_sample(struct sample *s, enum sample_kind kind,
		 const struct tag_stack *stack);

/* A sample of each kind with each of the first @n_stacks stacks, for the
 * targets of HOSTS. Counters are compared after each.
 */
void for_each_sample(struct runner *r, size_t n_stacks,
		     void (*fn)(struct runner *r, struct sample *s));

/* Set what HOSTS says, and with @any also any address, with action drop. */
void set_sample_targets(struct runner *r, bool any);

/* runner_compare() and runner_counters_match(), or the test fails. */
void check_frame(struct runner *r, const void *frame, size_t len, size_t seen);
void check_counters(struct runner *r);

#endif
