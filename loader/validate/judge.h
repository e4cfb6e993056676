/* SPDX-License-Identifier: GPL-2.0-only */
/* What a case may come to, and what its reply is. */
#ifndef VALIDATE_JUDGE_H
#define VALIDATE_JUDGE_H

#include "validate/groups.h"
#include "validate/tally.h"

enum expect {
	EXPECT_REPLY,	/* a responder's, or a kernel's where that is asked */
	EXPECT_HOST,	/* nothing, or the reply of a host */
	EXPECT_NO_ECHO, /* nothing, or another message of the host */
	EXPECT_SILENCE, /* nothing */
	EXPECT_UNKNOWN, /* the case cannot be judged */
};

enum expect judge_expect(const struct end *end, int family,
			 const struct made *made);

/* May there be no reply, though one is expected? */
bool judge_may_be_silent(const struct end *end, enum wire_silence silence);

struct judgement {
	enum outcome outcome;
	const char *fault;	  /* of OUTCOME_WRONG */
	unsigned int differences; /* of OUTCOME_KNOWN */
	bool ignore;		  /* the host's own business */
};

struct judgement judge_reply(const struct end *end, const struct ask *ask,
			     const void *reply, size_t len);

/* In words, what is expected where it is no certain frame. */
const char *judge_wanted(const struct end *end, enum expect expect);

#endif
