/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The judge of replies, and the frames that it is asked about: what every other
 * test relies on.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <arpa/inet.h>
#include <cmocka.h>

#include "wire/cases.h"
#include "wire/frame.h"

static const struct frame_spec spec4 = {
	.family = AF_INET,
	.dst_mac = { 2, 0, 0, 0, 0, 2 },
	.src_mac = { 2, 0, 0, 0, 0, 1 },
	.src.s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 1 },
	.dst.s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 2 },
	.ttl = 5,
	.id = 0x1234,
	.sequence = 3,
	.payload = 5,
	.padding = 4,
};

static const struct frame_spec spec6 = {
	.family = AF_INET6,
	.dst_mac = { 2, 0, 0, 0, 0, 2 },
	.src_mac = { 2, 0, 0, 0, 0, 1 },
	.n_tags = 2,
	.tag = { { ETH_P_8021AD, 7 }, { ETH_P_8021Q, 8 } },
	.src.s6_addr = { 0x20, 0x01, [15] = 1 },
	.dst.s6_addr = { 0x20, 0x01, [15] = 2 },
	.ttl = 5,
	.tos = 0x12,
	.id = 0x1234,
	.sequence = 3,
	.payload = 5,
	.padding = 4,
};

/* Written out by hand, checksums too. */
static void a_frame_is_what_its_specification_says(void **state)
{
	static const __u8 want[] = {
		2,    0,    0, 0, 0,   2, 2, 0, 0, 0, 0,    1,	  8,
		0,    0x45, 0, 0, 33,  0, 0, 0, 0, 5, 1,    0x31, 0xd9,
		192,  0,    2, 1, 192, 0, 2, 2, 8, 0, 0xd6, 0xbe, 0x12,
		0x34, 0,    3, 3, 4,   5, 6, 7, 0, 0, 0,    0,
	};
	__u8 frame[128];

	(void)state;
	assert_int_equal(frame_build(&spec4, frame, sizeof(frame)),
			 sizeof(want));
	assert_memory_equal(frame, want, sizeof(want));
}

/* The example of RFC 1071, and a byte that has no partner. */
static void sums_are_those_of_rfc_1071(void **state)
{
	static const __u8 example[] = { 0x00, 0x01, 0xf2, 0x03,
					0xf4, 0xf5, 0xf6, 0xf7 };
	static const __u8 ones[0x20000] = { [0 ... 0x1ffff] = 0xff };

	(void)state;
	assert_int_equal(frame_sum(example, sizeof(example), 0), 0xddf2);
	assert_int_equal(frame_sum(example, 3, 0), 0xf201);
	assert_int_equal(frame_sum(example, 0, 0x1234), 0x1234);
	assert_int_equal(frame_sum(ones, sizeof(ones), 0xffff), 0xffff);
}

static void impossible_frames_are_not_built(void **state)
{
	__u8 frame[128] = { 0xaa }, before[128];
	struct frame_spec spec = spec4;

	(void)state;
	memcpy(before, frame, sizeof(frame));
	spec.options = FRAME_MAX_OPTIONS + 1;
	assert_int_equal(frame_build(&spec, frame, sizeof(frame)), -EINVAL);
	spec = spec4;
	spec.n_tags = FRAME_MAX_TAGS + 1;
	assert_int_equal(frame_build(&spec, frame, sizeof(frame)), -EINVAL);
	spec = spec4;
	spec.family = AF_UNSPEC;
	assert_int_equal(frame_build(&spec, frame, sizeof(frame)), -EINVAL);
	spec = spec4;
	spec.payload = 0x10000;
	assert_int_equal(frame_build(&spec, frame, FRAME_MAX), -EMSGSIZE);
	assert_int_equal(frame_build(&spec4, frame, 50), -EMSGSIZE);
	assert_memory_equal(frame, before, sizeof(frame));
}

struct pair {
	__u8 request[128];
	__u8 reply[128];
	size_t len;
	size_t l3;
	bool v6;
};

static void swap(__u8 *a, __u8 *b, size_t len)
{
	__u8 tmp[16];

	memcpy(tmp, a, len);
	memcpy(a, b, len);
	memcpy(b, tmp, len);
}

static void make_pair(struct pair *p, const struct frame_spec *spec)
{
	int len = frame_build(spec, p->request, sizeof(p->request));
	__u8 *ip = p->reply + ETH_HLEN + 4 * spec->n_tags;

	assert_true(len > 0);
	p->len = len;
	p->l3 = ip - p->reply;
	p->v6 = spec->family == AF_INET6;
	memcpy(p->reply, p->request, len);
	swap(p->reply, p->reply + ETH_ALEN, ETH_ALEN);
	swap(ip + (p->v6 ? 8 : 12), ip + (p->v6 ? 24 : 16), p->v6 ? 16 : 4);
	ip[p->v6 ? 7 : 8] = 64;
	ip[p->v6 ? 40 : 20] = p->v6 ? 129 : 0;
	assert_int_equal(frame_fix_csums(p->reply, p->len), 0);
}

static const char *fault_of(const struct pair *p)
{
	return frame_reply_fault(p->request, p->len, p->reply, p->len);
}

static void check_every_bit(const struct frame_spec *spec)
{
	struct pair p;

	make_pair(&p, spec);
	assert_null(fault_of(&p));
	for (size_t bit = 0; bit < 8 * p.len; bit++) {
		p.reply[bit / 8] ^= 1 << bit % 8;
		if (!fault_of(&p))
			fail_msg("bit %zu is not seen", bit);
		p.reply[bit / 8] ^= 1 << bit % 8;
	}
}

static void a_reply_with_any_bit_wrong_is_no_reply(void **state)
{
	(void)state;
	check_every_bit(&spec4);
	check_every_bit(&spec6);
}

static void faults_are_named(void **state)
{
	static const struct {
		int off; /* from the IP header on */
		const char *fault;
	} rows[] = {
		{ -14, "MAC addresses are not swapped" },
		{ -1, "tags or EtherType are changed" },
		{ 1, "IPv4 header is changed" },
		{ 8, "TTL is not that of a reply" },
		{ 10, "IPv4 header checksum is wrong" },
		{ 12, "IPv4 addresses are not swapped" },
		{ 20, "type or code is not that of a reply" },
		{ 22, "ICMP checksum is wrong" },
		{ 25, "id or sequence is changed" },
		{ 30, "payload is changed" },
		{ 35, "padding is changed" },
	};
	struct pair p;

	(void)state;
	make_pair(&p, &spec4);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		p.reply[p.l3 + rows[i].off] ^= 1;
		assert_non_null(fault_of(&p));
		assert_string_equal(fault_of(&p), rows[i].fault);
		p.reply[p.l3 + rows[i].off] ^= 1;
	}
}

static void what_cannot_be_answered_has_no_right_reply(void **state)
{
	struct pair p;

	(void)state;
	make_pair(&p, &spec4);
	assert_string_equal(frame_reply_fault(p.request, p.len, p.reply,
					      p.len - 1),
			    "padding is cut");
	assert_string_equal(frame_reply_fault(p.reply, p.len, p.request, p.len),
			    "request is no echo request");
	p.request[p.l3 + 22] ^= 1;
	assert_string_equal(fault_of(&p), "request has a wrong checksum");
}

static void frames_that_end_early_have_no_message(void **state)
{
	struct frame_icmp icmp;
	struct pair p;

	(void)state;
	make_pair(&p, &spec6);
	assert_int_equal(frame_find_icmp(p.request, p.len, &icmp), 0);
	assert_int_equal(icmp.off, 62);
	assert_int_equal(icmp.id, 0x1234);
	for (size_t len = 0; len < p.len - spec6.padding; len++) {
		__u8 *copy = test_malloc(len); /* so that its end is guarded */

		memcpy(copy, p.request, len);
		assert_int_equal(frame_find_icmp(copy, len, &icmp), -EBADMSG);
		assert_non_null(frame_csum_fault(copy, len));
		test_free(copy);
	}
}

static void check_case(const struct wire_case *c)
{
	bool replied = c->verdict == ECHO_REPLIED_IPV4 ||
		       c->verdict == ECHO_REPLIED_IPV6;

	assert_true(c->len >= 14 && c->len <= sizeof(c->frame));
	if (replied && frame_csum_fault(c->frame, c->len))
		fail_msg("%s: %s", c->name, frame_csum_fault(c->frame, c->len));
}

/* What is to be answered is right, and every verdict comes up. */
static void the_conformance_table_is_sound(void **state)
{
	unsigned int verdicts[ECHO_VERDICTS + 1] = {};
	struct wire_case c;

	(void)state;
	wire_case_start(&c, &wire_documentation_hosts);
	while (wire_case_next(&c)) {
		check_case(&c);
		verdicts[c.verdict]++;
	}
	assert_false(wire_case_next(&c));
	for (int v = 0; v <= ECHO_NOT_ECHO; v++)
		assert_true(verdicts[v] > 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_is_what_its_specification_says),
		cmocka_unit_test(sums_are_those_of_rfc_1071),
		cmocka_unit_test(impossible_frames_are_not_built),
		cmocka_unit_test(a_reply_with_any_bit_wrong_is_no_reply),
		cmocka_unit_test(faults_are_named),
		cmocka_unit_test(what_cannot_be_answered_has_no_right_reply),
		cmocka_unit_test(frames_that_end_early_have_no_message),
		cmocka_unit_test(the_conformance_table_is_sound),
	};

	return cmocka_run_group_tests_name("frames", tests, NULL, NULL);
}
