/* SPDX-License-Identifier: GPL-2.0-only */
/* Groups of cases: which there are, and their frames. A case is known by its
 * place in the group, from which its frame can be made again.
 */
#ifndef VALIDATE_GROUPS_H
#define VALIDATE_GROUPS_H

#include "validate/end.h"
#include "wire/cases.h"
#include "wire/exchange.h"

enum {
	GROUP_CHECKSUMS,
	GROUP_SIZES,
	GROUP_TABLE, /* the first of the table's own groups */
	GROUP_COUNT = GROUP_TABLE + WIRE_GROUPS,
};

#define GROUP_SIZE_MIN 60   /* bytes of a frame, the least of an Ethernet */
#define GROUP_SIZE_MAX 9000 /* bytes of a frame */

/* Number of the group of that name; -1: none. */
int group_find(const char *name);
const char *group_name(int group);

/* Have these groups, as bits, any case of the families that are asked? */
bool groups_have_cases(unsigned int groups, const struct end *end);

struct place {
	size_t row;
	int n;
};

struct places {
	struct place *at;
	size_t count;
	size_t room; /* for so many */
};

/* What is needed to make frames for one family. */
struct maker {
	const struct end *end;
	struct wire_hosts hosts;
	int family;
	struct wire_case c; /* the latest of the table that was made */
};

/* @mac: of the peer; @tags: that all frames have. */
void maker_init(struct maker *m, const struct end *end, int family,
		const __u8 mac[ETH_ALEN], const struct frame_tag *tags,
		unsigned int n_tags);

/* The plain request, which everybody answers. */
struct frame_spec maker_request(const struct maker *m);

/* Return: 0 or -ENOMEM. */
int places_add(struct places *p, struct place place);

/* All places of a group; freed with places_free(). Return: 0 or -ENOMEM. */
int places_make(struct maker *m, int group, struct places *out);
void places_free(struct places *p);

/* What a case is, apart from its frame. */
struct made {
	enum echo_verdict verdict; /* a responder's */
	struct in6_addr dst;	   /* who is asked */
	enum wire_silence silence;
};

/**
 * maker_make() - make the frame of a case
 * @ask: its frame, len and echo are filled in
 *
 * Return: 0, or as frame_build().
 */
int maker_make(struct maker *m, int group, struct place place, struct ask *ask,
	       struct made *out);

/* "IPv4, TTL 7": of the group that the case is in. */
#define PLACE_NAME_MAX 96
void place_name(struct maker *m, int group, struct place place,
		char text[PLACE_NAME_MAX]);

#endif
