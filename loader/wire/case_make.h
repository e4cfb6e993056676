/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the rows of the conformance table make their frames: steps that say what
 * to build, and steps that change what was built. Inside of cases.c only.
 */
#ifndef WIRE_CASE_MAKE_H
#define WIRE_CASE_MAKE_H

#include "wire/cases.h"

/* What the place that a row changes is counted from. */
enum draft_place {
	AT_FRAME,
	AT_IP,	 /* the IP header */
	AT_ECHO, /* the echo header, where it was built */
};

struct draft {
	const struct wire_addrs *addrs;
	const void *list;
	enum draft_place at;
	int off; /* bytes from there */
	struct frame_spec spec;
	__u8 *frame;
	size_t len;
	size_t l3;   /* offset of the IP header */
	size_t echo; /* offset of the echo header */
};

typedef void (*draft_step)(struct draft *d, int n);

/* What to build. Bits of an address count from its last one. */
void set_src(struct draft *d, int n); /* entry n of list: text */
void set_dst(struct draft *d, int n); /* entry n of list: text */
void set_src_to_dst(struct draft *d, int n);
void set_src_near_dst(struct draft *d, int n); /* all but bit n the same */
void set_src_bit(struct draft *d, int n);      /* bit n only */
void set_dropped(struct draft *d, int n);
void set_other(struct draft *d, int n);
void set_tags(struct draft *d, int n); /* entry n of list: tag_stack */
void set_tag_control(struct draft *d, int n);
void set_ttl(struct draft *d, int n);
void set_tos(struct draft *d, int n);
void set_payload(struct draft *d, int n);
void set_zeros(struct draft *d, int n); /* in all that may be zero */
void set_padding(struct draft *d, int n);
void set_options(struct draft *d, int n); /* n words */
void set_options_other(struct draft *d, int n);
void set_two_options(struct draft *d, int n);
void set_two_options_frag(struct draft *d, int n); /* and bit n of frag_off */
void set_frag(struct draft *d, int n);		   /* bit n of frag_off */
void set_first_frag(struct draft *d, int n);
void set_first_frag_other(struct draft *d, int n);

/* What to change, at the row's place. */
void change_byte(struct draft *d, int n); /* to n */
void change_word(struct draft *d, int n); /* to n, 16 bits */
void flip_bit(struct draft *d, int n);	  /* bit n % 8 of byte n / 8 */
void change_mac_to_broadcast(struct draft *d, int n);
void keep(struct draft *d, int n); /* only n bytes from there on */

/* Extension headers: see put_chain(). */
void add_chain(struct draft *d, int n);		 /* entry n of list */
void add_chain_bad_code(struct draft *d, int n); /* with ICMPv6 code 1 */
void add_header_keep(struct draft *d, int n);	 /* one; then keep() */
void add_header_of_length(struct draft *d, int n);

struct tag_stack {
	unsigned int n;
	__u16 tpid[FRAME_MAX_TAGS]; /* outermost first */
};

#endif
