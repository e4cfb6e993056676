/* SPDX-License-Identifier: GPL-2.0-only */
/* What a microengine under test stands in: a packet, a map, one routine. */
#ifndef ME_BOX_H
#define ME_BOX_H

#include "card/me.h"

#define BOX_START   3072
#define BOX_DONE    1
#define BOX_ROUTINE 100
#define BOX_CTM	    0x1000
#define BOX_MU	    0x8100000040
#define BOX_BYTES   256
#define BOX_CODE    64

struct box {
	struct me me;
	uint64_t code[BOX_CODE];
	uint32_t len;
	uint8_t ctm[BOX_BYTES], mu[BOX_BYTES];
	uint32_t defined; /* at most so many bytes of a read are */
	uint32_t random;
	/* What the routine does; the return address is in B0. */
	const char *(*routine)(struct box *box);
};

/* Memory holds 0, 1, 2, ...; the engine knows nothing. */
void box_init(struct box *box);

/* Where instruction @i of a program is. */
#define AT(i) (BOX_START + (i))

/* Run @n instructions as they are. */
enum me_stop box_run_all(struct box *box, const uint64_t *code, uint32_t n);

/* Run up to the first 0, with a jump to the end after it. */
enum me_stop box_run(struct box *box, const uint64_t *code);

/* The same, and it has to end. */
void box_expect_done(struct box *box, const uint64_t *code);

/* Registers that have to be known. */
uint32_t box_a(const struct box *box, unsigned int n);
uint32_t box_b(const struct box *box, unsigned int n);

/* The engine's sentence; overwritten by the next one. */
const char *box_why(const struct box *box);

/* A program that has to stop. */
struct stop_case {
	const char *what;
	enum me_stop stop;
	const char *say; /* the sentence contains it */
	uint32_t at;	 /* which instruction it is about */
	uint64_t code[10];
};

/* Set registers 1..4 of both banks, and pointer 1: A1 + B2 is in the packet,
 * B4 << 8 + A3 in the map.
 */
void box_prepare(struct box *box);
void box_check_stops(const struct stop_case *cases, size_t n);

/* The next of a sequence that is the same in each run, corner values often. */
uint32_t box_number(void);

#endif
