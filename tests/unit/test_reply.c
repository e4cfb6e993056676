/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is expected of a responder, what a host may do otherwise, and the names
 * of what is wrong.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <arpa/inet.h>
#include <cmocka.h>

#include "array.h"
#include "wire/cases.h"
#include "wire/frame.h"
#include "wire/host.h"
#include "wire/series.h"

#define ROOM 2048

struct pair {
	__u8 request[ROOM], reply[ROOM];
	size_t len, echo;
};

static const struct frame_spec spec4 = {
	.family = AF_INET,
	.dst_mac = { 2, 0, 0, 0, 0, 2 },
	.src_mac = { 2, 0, 0, 0, 0, 1 },
	.n_tags = 1,
	.tag = { { ETH_P_8021Q, 7 } },
	.src.s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 1 },
	.dst.s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 2 },
	.ttl = 5,
	.id = 0x1234,
	.sequence = 3,
	.payload = 40,
	.padding = 4,
};

static void make_pair(struct pair *p, const struct frame_spec *spec)
{
	struct frame_icmp icmp;
	int len = frame_build(spec, p->request, ROOM);

	assert_true(len > 0);
	assert_int_equal(frame_reply_build(p->request, len, p->reply, ROOM),
			 len);
	assert_int_equal(frame_find_icmp(p->request, len, &icmp), 0);
	p->len = len;
	p->echo = icmp.off;
}

static bool is_replied(const struct wire_case *c)
{
	return c->verdict == ECHO_REPLIED_IPV4 ||
	       c->verdict == ECHO_REPLIED_IPV6;
}

static void every_case_that_is_answered_has_a_right_reply(void **state)
{
	struct wire_case c;
	__u8 reply[ROOM];

	(void)state;
	wire_case_start(&c, &wire_documentation_hosts);
	while (wire_case_next(&c)) {
		int len = frame_reply_build(c.frame, c.len, reply, ROOM);
		const char *fault;

		if (!is_replied(&c))
			continue;
		if (len != (int)c.len)
			fail_msg("%s: no reply", c.name);
		fault = frame_reply_fault(c.frame, c.len, reply, len);
		if (fault)
			fail_msg("%s: %s", c.name, fault);
	}
}

static void what_is_no_request_has_no_reply(void **state)
{
	__u8 reply[ROOM];
	struct pair p;

	(void)state;
	make_pair(&p, &spec4);
	assert_int_equal(frame_reply_build(p.reply, p.len, reply, ROOM),
			 -EINVAL);
	assert_int_equal(frame_reply_build(p.request, p.len, reply, p.len - 1),
			 -EMSGSIZE);
}

static void check_fault(const struct pair *p, const __u8 *reply, size_t len,
			const char *want)
{
	const char *fault = frame_reply_fault(p->request, p->len, reply, len);

	assert_non_null(fault);
	assert_string_equal(fault, want);
}

static void lengths_that_changed_are_named(void **state)
{
	__u8 other[ROOM];
	struct pair p;

	(void)state;
	make_pair(&p, &spec4);
	check_fault(&p, p.reply, p.len - 1, "padding is cut");
	check_fault(&p, p.reply, p.len - 5, "payload is cut");
	check_fault(&p, p.reply, p.len + 1, "longer than the request");
	memcpy(other, p.reply, 12);
	memcpy(other + 12, p.reply + 16, p.len - 16);
	check_fault(&p, other, p.len - 4, "a VLAN tag is lost");
	memcpy(other + 16, p.reply + 12, p.len - 12);
	memcpy(other + 12, "\x81\x00\x00\x01", 4);
	check_fault(&p, other, p.len + 4, "a VLAN tag is added");
}

static void a_kept_ttl_is_named(void **state)
{
	struct pair p;

	(void)state;
	make_pair(&p, &spec4);
	p.reply[18 + 8] = spec4.ttl;
	check_fault(&p, p.reply, p.len, "TTL is kept, and not that of a reply");
	p.reply[18 + 8] = spec4.ttl + 1;
	check_fault(&p, p.reply, p.len, "TTL is not that of a reply");
}

/* How many of all requests a rule is wrong for, and whether it is named. */
static unsigned int count_wrong(int family, __u16 (*rule)(__u16 check),
				const char *name)
{
	struct frame_spec spec = spec4;
	unsigned int wrong = 0;
	struct pair p;

	spec.family = family;
	for (int n = 0; n < series_checksums(family); n++) {
		int len = series_checksum(&spec, n, p.request, ROOM);
		size_t off = 14 + 4 + (family == AF_INET ? 20 : 40) + 2;
		const char *fault;
		__u16 check;

		assert_null(frame_csum_fault(p.request, len));
		frame_reply_build(p.request, len, p.reply, ROOM);
		memcpy(&check, p.request + off, 2);
		check = rule(check);
		memcpy(p.reply + off, &check, 2);
		fault = frame_reply_fault(p.request, len, p.reply, len);
		if (!fault)
			continue;
		wrong++;
		assert_string_equal(fault, name);
	}
	return wrong;
}

static __u16 unchanged(__u16 check)
{
	return check;
}

static __u16 add_8(__u16 check)
{
	return check + 8;
}

static __u16 add_8_network(__u16 check)
{
	return htons(ntohs(check) + 0x0800);
}

static __u16 subtract_1(__u16 check)
{
	return check - 1;
}

static __u16 equation_3(__u16 check)
{
	__u32 sum = (__u16)~check + (__u16)~htons(0x0800);

	return ~((sum & 0xffff) + (sum >> 16));
}

static void published_checksum_rules_are_named(void **state)
{
	static const char carry[] = "ICMP checksum lacks the end-around carry";

	(void)state;
	assert_int_equal(count_wrong(AF_INET, unchanged,
				     "ICMP checksum is unchanged"),
			 65537);
	assert_int_equal(count_wrong(AF_INET, add_8, carry), 8);
	assert_int_equal(count_wrong(AF_INET, add_8_network, carry), 2048);
	assert_true(count_wrong(AF_INET6, subtract_1, carry) > 0);
	assert_int_equal(count_wrong(AF_INET, equation_3,
				     "ICMP checksum is 0x0000 and not 0xffff "
				     "(RFC 1624, equation 3)"),
			 1);
}

static const char *host(const struct pair *p, unsigned int *differences)
{
	*differences = 0;
	return host_fault(p->request, p->len, p->echo, p->reply, p->len,
			  differences);
}

/* Offsets are from the frame's start; both checksums are made right again. */
static void a_host_may_differ_in_what_is_its_own(void **state)
{
	static const struct {
		int off;
		__u8 value;
		unsigned int difference;
	} rows[] = {
		{ 15, 9, HOST_TAGS },	   { 18 + 1, 4, HOST_TOS },
		{ 18 + 4, 9, HOST_ID },	   { 18 + 6, 0x40, HOST_ID },
		{ 18 + 8, 255, HOST_TTL }, { 0, 4, HOST_MAC },
		{ 6, 4, HOST_MAC },
	};
	unsigned int differences;
	struct pair p;

	(void)state;
	make_pair(&p, &spec4);
	assert_null(host(&p, &differences));
	assert_int_equal(differences, 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		make_pair(&p, &spec4);
		p.reply[rows[i].off] = rows[i].value;
		frame_fix_csums(p.reply, p.len);
		assert_null(host(&p, &differences));
		assert_int_equal(differences, rows[i].difference);
	}
}

static void what_no_host_may_do_is_named(void **state)
{
	static const struct {
		int off;
		__u8 value;
		bool fix;
		const char *fault;
	} rows[] = {
		{ 6, 1, true, "reply from a group MAC address" },
		{ 18 + 8, 0, true, "TTL is 0" },
		{ 18 + 10, 0, false, "IPv4 header checksum is wrong" },
		{ 18 + 12, 224, true, "reply from a group address" },
		{ 18 + 15, 99, true,
		  "reply from another address than the request's destination" },
		{ 18 + 19, 99, true,
		  "reply to another address than the request's source" },
		{ 38, 8, true, "answered by something that is no echo reply" },
		{ 39, 5, true, "code is neither 0 nor the request's" },
		{ 40, 1, false, "ICMP checksum is wrong" },
		{ 42, 1, true, "id or sequence is changed" },
		{ 50, 1, true, "payload is changed" },
	};
	unsigned int differences;
	const char *fault;
	struct pair p;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		make_pair(&p, &spec4);
		p.reply[rows[i].off] = rows[i].value;
		if (rows[i].fix)
			frame_fix_csums(p.reply, p.len);
		fault = host(&p, &differences);
		assert_non_null(fault);
		assert_string_equal(fault, rows[i].fault);
	}
}

static void a_host_answers_a_group_in_its_own_name(void **state)
{
	struct frame_spec spec = spec4;
	unsigned int differences;
	struct pair p;

	(void)state;
	spec.dst.s6_addr[12] = 224;
	make_pair(&p, &spec);
	assert_string_equal(host(&p, &differences),
			    "reply from a group address");
	p.reply[18 + 12] = 192;
	frame_fix_csums(p.reply, p.len);
	assert_null(host(&p, &differences));
	assert_int_equal(differences, HOST_SOURCE);
}

static void each_difference_has_a_reason(void **state)
{
	(void)state;
	for (int bit = 0; bit < HOST_DIFFERENCES; bit++)
		assert_non_null(host_difference_text(bit));
	assert_null(host_difference_text(HOST_DIFFERENCES));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_that_is_answered_has_a_right_reply),
		cmocka_unit_test(what_is_no_request_has_no_reply),
		cmocka_unit_test(lengths_that_changed_are_named),
		cmocka_unit_test(a_kept_ttl_is_named),
		cmocka_unit_test(published_checksum_rules_are_named),
		cmocka_unit_test(a_host_may_differ_in_what_is_its_own),
		cmocka_unit_test(what_no_host_may_do_is_named),
		cmocka_unit_test(a_host_answers_a_group_in_its_own_name),
		cmocka_unit_test(each_difference_has_a_reason),
	};

	return cmocka_run_group_tests_name("replies", tests, NULL, NULL);
}
