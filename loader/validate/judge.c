/* SPDX-License-Identifier: GPL-2.0-only */
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "validate/judge.h"

static bool is_replied(enum echo_verdict v)
{
	return v == ECHO_REPLIED_IPV4 || v == ECHO_REPLIED_IPV6;
}

static bool is_given(const struct in6_addr *addr)
{
	return !IN6_IS_ADDR_UNSPECIFIED(addr);
}

/* It is no target, so that only a host might answer, and none has it. Of a
 * machine that is known by its address only, the host's others are unknown.
 */
static bool is_nobodys(const struct end *end, const struct end_family *f,
		       const struct made *made)
{
	if (made->verdict != ECHO_NOT_OURS || end->kind == END_KERNEL)
		return false;
	if (!memcmp(&made->dst, &f->other, sizeof(made->dst)))
		return true;
	return end->all_known && !addresses_find(&end->known, &made->dst);
}

enum expect judge_expect(const struct end *end, int family,
			 const struct made *made)
{
	const struct end_family *f = &end->family[family == AF_INET6];

	if (is_replied(made->verdict))
		return EXPECT_REPLY;
	if (made->verdict == ECHO_DROPPED)
		return is_given(&f->dropped) ? EXPECT_SILENCE : EXPECT_UNKNOWN;
	if (made->verdict == ECHO_NOT_OURS && end->any)
		return EXPECT_REPLY;
	if (made->verdict == ECHO_NOT_OURS && end->any_drop)
		return EXPECT_SILENCE;
	if (!f->host && end->kind != END_KERNEL)
		return EXPECT_SILENCE;
	return is_nobodys(end, f, made) ? EXPECT_NO_ECHO : EXPECT_HOST;
}

bool judge_may_be_silent(const struct end *end, enum wire_silence silence)
{
	if (end->kind == END_KERNEL)
		return silence != WIRE_NO_SILENCE;
	return end->filters && silence == WIRE_OTHER_MAC;
}

/* A host answers other questions, too, and says what it does not like. */
static bool is_other_message(const struct ask *ask, const void *reply,
			     size_t len)
{
	const __u8 *q = ask->frame;
	struct frame_icmp icmp;

	if (frame_find_icmp(reply, len, &icmp))
		return false;
	if (icmp.family == AF_INET ? icmp.type == ICMP_ECHOREPLY
				   : icmp.type == ICMP6_ECHO_REPLY)
		return false;
	/* What was sent back as it came is no answer of a host. */
	return ask->echo >= ask->len || icmp.type != q[ask->echo];
}

static struct judgement judge_silence(const struct ask *ask, const void *reply,
				      size_t len)
{
	struct judgement j = { .outcome = OUTCOME_WRONG };

	if (ask->expect == EXPECT_NO_ECHO &&
	    is_other_message(ask, reply, len)) {
		j.ignore = true;
		return j;
	}
	j.fault = host_fault(ask->frame, ask->len, ask->echo, reply, len,
			     &j.differences)
			  ?: "answered, and must not be";
	return j;
}

static struct judgement judge_host(const struct ask *ask, const void *reply,
				   size_t len)
{
	struct judgement j = { .outcome = OUTCOME_HOST };

	if (is_other_message(ask, reply, len)) {
		j.ignore = true;
		return j;
	}
	j.fault = host_fault(ask->frame, ask->len, ask->echo, reply, len,
			     &j.differences);
	if (j.fault)
		j.outcome = OUTCOME_WRONG;
	return j;
}

static struct judgement judge_request(const struct end *end,
				      const struct ask *ask, const void *reply,
				      size_t len)
{
	struct judgement j = { .outcome = OUTCOME_RIGHT };

	j.fault = frame_reply_fault(ask->frame, ask->len, reply, len);
	if (!j.fault)
		return j;
	j.outcome = OUTCOME_WRONG;
	if (end->kind != END_KERNEL)
		return j;
	j.fault = host_fault(ask->frame, ask->len, ask->echo, reply, len,
			     &j.differences);
	if (!j.fault)
		j.outcome = OUTCOME_KNOWN;
	return j;
}

struct judgement judge_reply(const struct end *end, const struct ask *ask,
			     const void *reply, size_t len)
{
	switch (ask->expect) {
	case EXPECT_REPLY:
		return judge_request(end, ask, reply, len);
	case EXPECT_HOST:
		return judge_host(ask, reply, len);
	default:
		return judge_silence(ask, reply, len);
	}
}

const char *judge_wanted(const struct end *end, enum expect expect)
{
	if (expect == EXPECT_SILENCE || expect == EXPECT_NO_ECHO)
		return "nothing";
	if (expect == EXPECT_HOST)
		return "nothing, or a right echo reply of the host";
	return end->kind == END_KERNEL ? "a right echo reply" : NULL;
}
