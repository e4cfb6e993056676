/* SPDX-License-Identifier: GPL-2.0-only */
/* Which request a frame answers, and who asks for whom on the wire. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <arpa/inet.h>
#include <cmocka.h>

#include "array.h"
#include "wire/cases.h"
#include "wire/match.h"
#include "wire/neighbour.h"

#define ROOM 2048

static const struct frame_spec spec6 = {
	.family = AF_INET6,
	.dst_mac = { 2, 0, 0, 0, 0, 2 },
	.src_mac = { 2, 0, 0, 0, 0, 1 },
	.src.s6_addr = { 0x20, 0x01, [15] = 1 },
	.dst.s6_addr = { 0x20, 0x01, [15] = 2 },
	.ttl = 5,
	.id = 0x1234,
	.sequence = 300,
	.payload = 40,
};

struct request {
	__u8 frame[ROOM];
	size_t len, echo;
};

static void build(struct request *r, const struct frame_spec *spec)
{
	struct frame_icmp icmp;

	r->len = frame_build(spec, r->frame, ROOM);
	assert_int_equal(frame_find_icmp(r->frame, r->len, &icmp), 0);
	r->echo = icmp.off;
}

static void a_reply_is_known_by_sequence_and_id_or_payload(void **state)
{
	struct request a, b;
	struct frame_spec other = spec6;

	(void)state;
	build(&a, &spec6);
	assert_true(
		match_message(a.frame, a.len, a.echo, a.frame, a.len, a.echo));
	other.id++;
	build(&b, &other);
	assert_true(
		match_message(a.frame, a.len, a.echo, b.frame, b.len, b.echo));
	b.frame[b.echo + 8] ^= 1;
	assert_false(
		match_message(a.frame, a.len, a.echo, b.frame, b.len, b.echo));
	other = spec6;
	other.sequence++;
	build(&b, &other);
	assert_false(
		match_message(a.frame, a.len, a.echo, b.frame, b.len, b.echo));
}

/* What was sent back is found though it is no message any more. */
static void a_request_sent_back_is_known_by_its_place(void **state)
{
	struct request a, b;
	struct frame_spec tagged = spec6;

	(void)state;
	tagged.n_tags = 1;
	tagged.tag[0].tpid = ETH_P_8021Q;
	build(&a, &tagged);
	build(&b, &spec6);
	assert_true(match_place(a.frame, a.len, a.echo, b.frame, b.len));
	assert_true(match_place(b.frame, b.len, b.echo, a.frame, a.len));
	b.frame[b.echo + 7] ^= 1;
	assert_false(match_place(a.frame, a.len, a.echo, b.frame, b.len));
	assert_false(match_place(a.frame, a.len, a.echo, b.frame, b.echo + 7));
	tagged.id = tagged.sequence = 0;
	build(&a, &tagged);
	assert_false(match_place(a.frame, a.len, a.echo, a.frame, a.len));
}

/* Each case is found again in what a reflector makes of it, but for those that
 * have nothing to be known by.
 */
static void every_case_is_known_when_it_comes_back(void **state)
{
	struct wire_case c;
	unsigned int unknown = 0;

	(void)state;
	wire_case_start(&c, &wire_documentation_hosts);
	while (wire_case_next(&c)) {
		bool whole = c.echo + 8 <= c.len;
		bool found =
			match_place(c.frame, c.len, c.echo, c.frame, c.len);

		if (found && !whole)
			fail_msg("%s: found beyond its end", c.name);
		if (!found && whole && !strstr(c.name, "all zero"))
			fail_msg("%s: not found", c.name);
		unknown += !found;
		assert_true(found ||
			    match_alone(c.frame, c.len, c.frame, c.len));
	}
	assert_in_range(unknown, 200, 600);
}

static void flows_are_told_by_macs_tags_and_addresses(void **state)
{
	struct frame_spec other = spec6;
	struct request a, b;

	(void)state;
	build(&a, &spec6);
	other.payload = 50;
	other.sequence++;
	other.ttl++;
	build(&b, &other);
	assert_int_equal(match_flow(a.frame, a.len),
			 match_flow(b.frame, b.len));
	for (size_t off = 0; off < 54; off++) {
		bool same;

		build(&b, &spec6);
		b.frame[off] ^= 2;
		same = match_flow(a.frame, a.len) == match_flow(b.frame, b.len);
		assert_int_equal(same, off >= 14 && off < 22);
	}
}

static const struct neighbour rows[] = {
	{
		.family = AF_INET,
		.wanted.s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 1 },
		.asker.s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 2 },
		.asker_mac = { 2, 0, 0, 0, 0, 2 },
		.wanted_mac = { 2, 0, 0, 0, 0, 1 },
	},
	{
		.family = AF_INET6,
		.wanted.s6_addr = { 0x20, 1, [13] = 7, 8, 9 },
		.asker.s6_addr = { 0x20, 1, [15] = 2 },
		.asker_mac = { 2, 0, 0, 0, 0, 2 },
		.wanted_mac = { 2, 0, 0, 0, 0, 1 },
	},
};

static void questions_and_answers_are_read_as_they_were_written(void **state)
{
	__u8 frame[NEIGHBOUR_FRAME_MAX];
	struct neighbour got;
	int len;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		len = neighbour_question(&rows[i], frame);
		assert_true(neighbour_is_question(frame, len, &got));
		assert_false(neighbour_is_answer(frame, len, &got));
		assert_true(neighbour_is_question(frame, len, &got));
		assert_memory_equal(&got.wanted, &rows[i].wanted, 16);
		assert_memory_equal(&got.asker, &rows[i].asker, 16);
		assert_memory_equal(got.asker_mac, rows[i].asker_mac, 6);
		for (int cut = 0; cut < len; cut++)
			assert_false(neighbour_is_question(frame, cut, &got));
		len = neighbour_answer(&rows[i], frame);
		assert_false(neighbour_is_question(frame, len, &got));
		assert_true(neighbour_is_answer(frame, len, &got));
		assert_memory_equal(&got.wanted, &rows[i].wanted, 16);
		assert_memory_equal(got.wanted_mac, rows[i].wanted_mac, 6);
		assert_memory_equal(frame, rows[i].asker_mac, 6);
	}
}

/* RFC 4861, 4.3: who asks without an address must not tell its MAC address. */
static void who_has_no_address_does_not_tell_its_own(void **state)
{
	__u8 frame[NEIGHBOUR_FRAME_MAX];
	struct neighbour n = rows[1];
	struct frame_icmp icmp;
	int len;

	(void)state;
	memset(&n.asker, 0, sizeof(n.asker));
	len = neighbour_question(&n, frame);
	assert_int_equal(frame_find_icmp(frame, len, &icmp), 0);
	assert_int_equal(icmp.len, 24);
	assert_null(frame_csum_fault(frame, len));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_reply_is_known_by_sequence_and_id_or_payload),
		cmocka_unit_test(a_request_sent_back_is_known_by_its_place),
		cmocka_unit_test(every_case_is_known_when_it_comes_back),
		cmocka_unit_test(flows_are_told_by_macs_tags_and_addresses),
		cmocka_unit_test(
			questions_and_answers_are_read_as_they_were_written),
		cmocka_unit_test(who_has_no_address_does_not_tell_its_own),
	};

	return cmocka_run_group_tests_name("matching", tests, NULL, NULL);
}
