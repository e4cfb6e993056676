/* SPDX-License-Identifier: GPL-2.0-only */
/* offload-validate without a wire: command line, addresses, what is expected. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <cmocka.h>

#include "array.h"
#include "validate/failure.h"
#include "validate/groups.h"
#include "validate/judge.h"

static int parse(const char *line, struct validate_options *out, char *why)
{
	char copy[256], *argv[32], *rest = copy;
	int argc = 0;

	snprintf(copy, sizeof(copy), "offload-validate %s", line);
	while ((argv[argc] = strsep(&rest, " ")))
		argc++;
	return validate_options_parse(argc, argv, out, why, 256);
}

static void command_lines_are_taken_or_refused(void **state)
{
	static const struct {
		int want;
		const char *line;
	} rows[] = {
		{ 0, "eth0 --peer eth1" },
		{ 0, "--peer=eth1 eth0 -j -v -4 -g tags,sizes --netns lab" },
		{ 0, "192.0.2.1 --peer eth1 --any --no-host" },
		{ 0, "192.0.2.1,2001:db8::1 -p eth1 -d 192.0.2.3 -k"
		     " --help" },
		{ 0, "fe80::1 -p eth1 -t 88a8:1 -t 8100:4095" },
		{ 0, "--help" },
		{ 0, "--version" },
		{ -EINVAL, "" },
		{ -EINVAL, "eth0" },
		{ -EINVAL, "eth0 --peer" },
		{ -EINVAL, "eth0 eth2 --peer eth1" },
		{ -EINVAL, "eth0 --peer eth1 -4 -6" },
		{ -EINVAL, "eth0 --peer eth1 --any" },
		{ -EINVAL, "eth0 --peer eth1 --mac 02:00:00:00:00:01" },
		{ -EINVAL, "192.0.2.1 -p eth1 -k -d 192.0.2.3" },
		{ -EINVAL, "192.0.2.1 -p eth1 --mac 01:00:00:00:00:01" },
		{ -EINVAL, "192.0.2.1 -p eth1 --mac 02:00:00:00:00:01:02" },
		{ -EINVAL, "192.0.2.1,192.0.2.2 -p eth1" },
		{ -EINVAL, "224.0.0.1 -p eth1" },
		{ -EINVAL, "192.0.2.1, -p eth1" },
		{ -EINVAL, "eth0 -p eth1 -t 8100:4096" },
		{ -EINVAL, "eth0 -p eth1 -t 9100:1" },
		{ -EINVAL, "eth0 -p eth1 -t 8100:1 -t 8100:2 -t 8100:3" },
		{ -EINVAL, "eth0 -p eth1 -g tags,," },
		{ -EINVAL, "eth0 -p eth1 --timeout 0" },
		{ -EINVAL, "eth0 -p eth1 --mtu 70000" },
		{ -EINVAL, "eth0 -p eth1 --pcap=" },
		{ -EINVAL, "eth0 -p eth1 --nothing" },
	};
	struct validate_options out;
	char why[256];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int err = parse(rows[i].line, &out, why);

		if (err != rows[i].want)
			fail_msg("\"%s\": %d, not %d", rows[i].line, err,
				 rows[i].want);
		validate_options_free(&out);
	}
}

static void options_are_read(void **state)
{
	struct validate_options out;
	char why[256];

	(void)state;
	assert_int_equal(parse("2001:db8::1,192.0.2.1 -p x -m 02:0:0:0:0:a -t "
			       "88a8:5 -g sizes --timeout 7",
			       &out, why),
			 0);
	assert_null(out.ifname);
	assert_int_equal(out.addresses.count, 2);
	assert_true(out.mac_given);
	assert_int_equal(out.mac[5], 10);
	assert_int_equal(out.tag[0].tpid, ETH_P_8021AD);
	assert_int_equal(out.groups, 1 << GROUP_SIZES);
	assert_int_equal(out.timeout, 7);
	validate_options_free(&out);
}

static struct in6_addr ip4(__u8 last)
{
	return (struct in6_addr){
		.s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, last }
	};
}

static void an_address_beside_is_in_the_subnet_and_a_hosts(void **state)
{
	struct in6_addr addr = ip4(1), got;
	bool seen[256] = {};

	(void)state;
	for (int n = 1; n <= 253; n++) {
		assert_true(address_beside(&addr, 96 + 24, n, &got));
		assert_memory_equal(&got, &addr, 15);
		assert_false(seen[got.s6_addr[15]]);
		seen[got.s6_addr[15]] = true;
	}
	assert_false(seen[0] || seen[1] || seen[255]);
	assert_false(address_beside(&addr, 96 + 24, 254, &got));
	/* Of four addresses two are hosts'; of two, both (RFC 3021). */
	assert_true(address_beside(&addr, 96 + 30, 1, &got));
	assert_int_equal(got.s6_addr[15], 2);
	assert_false(address_beside(&addr, 96 + 30, 2, &got));
	assert_true(address_beside(&addr, 96 + 31, 1, &got));
	assert_int_equal(got.s6_addr[15], 0);
	assert_false(address_beside(&addr, 128, 1, &got));
}

static void groups_hold_every_case_once(void **state)
{
	struct end end = { .frame_max = 1514 };
	struct frame_tag none[FRAME_MAX_TAGS] = {};
	unsigned int in_groups = 0, in_table = 0;
	struct maker *m = malloc(sizeof(*m));
	struct places places;

	(void)state;
	for (int v6 = 0; v6 < 2; v6++) {
		maker_init(m, &end, v6 ? AF_INET6 : AF_INET, (__u8[6]){ 2 },
			   none, 0);
		for (int g = GROUP_TABLE; g < GROUP_COUNT; g++) {
			assert_int_equal(places_make(m, g, &places), 0);
			in_groups += places.count;
			places_free(&places);
			assert_int_equal(group_find(group_name(g)), g);
		}
		assert_int_equal(places_make(m, GROUP_CHECKSUMS, &places), 0);
		assert_int_equal(places.count, v6 ? 65536 : 65537);
		places_free(&places);
		assert_int_equal(places_make(m, GROUP_SIZES, &places), 0);
		assert_int_equal(places.at[0].n, v6 ? 62 : 60);
		assert_int_equal(places.at[places.count - 1].n, 1514);
		places_free(&places);
	}
	wire_case_start(&m->c, &m->hosts);
	while (wire_case_next(&m->c))
		in_table++;
	assert_int_equal(in_groups, in_table);
	free(m);
}

/* What an Ethernet would pad is padded before, where it is to be answered. */
static void requests_are_padded_where_the_wire_would(void **state)
{
	struct end end = { .frame_max = 1514, .pads = true };
	struct frame_tag none[FRAME_MAX_TAGS] = {};
	struct maker *m = malloc(sizeof(*m));
	unsigned int padded = 0, shorter = 0;
	__u8 frame[WIRE_CASE_MAX];
	struct places places;

	(void)state;
	maker_init(m, &end, AF_INET, (__u8[6]){ 2 }, none, 0);
	for (int g = GROUP_TABLE; g < GROUP_COUNT; g++) {
		assert_int_equal(places_make(m, g, &places), 0);
		for (size_t i = 0; i < places.count; i++) {
			struct ask ask = { .id = 1, .frame = frame };
			struct made made;

			maker_make(m, g, places.at[i], &ask, &made);
			padded += ask.len > m->c.len;
			shorter += ask.len < ETH_ZLEN;
			if (made.verdict != ECHO_REPLIED_IPV4)
				continue;
			assert_true(ask.len >= ETH_ZLEN);
			assert_null(frame_csum_fault(frame, ask.len));
		}
		places_free(&places);
	}
	assert_int_equal(padded, 2 * 18); /* of payloads, zero or not */
	assert_true(shorter > 50);
	free(m);
}

static void what_is_expected_follows_from_who_answers(void **state)
{
	static const struct {
		enum echo_verdict verdict;
		enum end_kind kind;
		bool any, any_drop, host, dropped;
		enum expect want;
	} rows[] = {
		{ ECHO_REPLIED_IPV4, END_OURS, 0, 0, 0, 0, EXPECT_REPLY },
		{ ECHO_REPLIED_IPV4, END_KERNEL, 0, 0, 0, 0, EXPECT_REPLY },
		{ ECHO_NOT_OURS, END_OURS, 0, 0, 0, 0, EXPECT_SILENCE },
		{ ECHO_NOT_OURS, END_OURS, 0, 0, 1, 0, EXPECT_NO_ECHO },
		{ ECHO_NOT_OURS, END_STRANGER, 0, 0, 1, 0, EXPECT_NO_ECHO },
		{ ECHO_NOT_OURS, END_KERNEL, 0, 0, 1, 0, EXPECT_HOST },
		{ ECHO_NOT_OURS, END_OURS, 1, 0, 1, 0, EXPECT_REPLY },
		{ ECHO_NOT_OURS, END_OURS, 0, 1, 1, 0, EXPECT_SILENCE },
		{ ECHO_DROPPED, END_OURS, 1, 0, 1, 0, EXPECT_UNKNOWN },
		{ ECHO_DROPPED, END_OURS, 1, 0, 1, 1, EXPECT_SILENCE },
		{ ECHO_LEFT_TO_HOST, END_STRANGER, 1, 0, 1, 0, EXPECT_HOST },
		{ ECHO_LEFT_TO_HOST, END_OURS, 1, 0, 0, 0, EXPECT_SILENCE },
		{ ECHO_NOT_ECHO, END_KERNEL, 0, 0, 0, 0, EXPECT_HOST },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct made made = { .verdict = rows[i].verdict };
		struct end end = {
			.kind = rows[i].kind,
			.any = rows[i].any,
			.any_drop = rows[i].any_drop,
		};

		end.family[0].host = rows[i].host;
		if (rows[i].dropped)
			end.family[0].dropped = ip4(3);
		assert_int_equal(judge_expect(&end, AF_INET, &made),
				 rows[i].want);
	}
}

/* A reply from an address that the host may have is not held against anybody. */
static void an_address_of_the_host_may_be_answered(void **state)
{
	struct address own = { .family = AF_INET, .addr = ip4(7) };
	struct end end = { .kind = END_OURS, .known = { &own, 1 } };
	struct made made = { .verdict = ECHO_NOT_OURS, .dst = ip4(8) };

	(void)state;
	end.family[0].host = true;
	end.family[0].other = ip4(9);
	assert_int_equal(judge_expect(&end, AF_INET, &made), EXPECT_HOST);
	end.all_known = true;
	assert_int_equal(judge_expect(&end, AF_INET, &made), EXPECT_NO_ECHO);
	made.dst = own.addr;
	assert_int_equal(judge_expect(&end, AF_INET, &made), EXPECT_HOST);
}

static void no_fault_is_left_uncounted(void **state)
{
	static char name[FAULTS_MAX + 9][8];
	struct tally t = {};
	unsigned long sum = 0;

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_SIZE(name); i++) {
		char *fault = name[i % ARRAY_SIZE(name)];

		snprintf(fault, sizeof(*name), "%zu", i % ARRAY_SIZE(name));
		tally_add_fault(&t, fault, 3);
	}
	for (int i = 0; i < FAULTS_MAX; i++)
		sum += t.fault[i].count;
	assert_int_equal(sum, 2 * 3 * ARRAY_SIZE(name));
	assert_int_equal(t.fault[0].count, 6);
	assert_string_equal(t.fault[FAULTS_MAX - 1].fault, "other faults");
}

static void differing_bytes_are_marked_below_them(void **state)
{
	__u8 data[120] = {}, other[120] = { [3] = 1, [118] = 2 };
	struct failure f = {
		.name = "a case",
		.fault = "is wrong",
		.sent = { data, 120 },
		.expected = { data, 120 },
		.received = { other, 119 },
	};
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	(void)state;
	failure_print(to, &f, false);
	fclose(to);
	assert_ptr_equal(strstr(text, "a case: is wrong\n"), text);
	assert_non_null(strstr(text, "0000  expected  00 00 00 00 00"));
	assert_non_null(strstr(text, "0000  received  00 00 00 01 00"));
	assert_non_null(strstr(text, "\n\t                         ^^\n"));
	assert_non_null(strstr(text, "0070  received  00 00 00 00 00 00 02\n"
				     "\t                                  "
				     "^^ ^^\n"));
	assert_non_null(strstr(text, "\t...\n"));
	assert_null(strchr(text, '\033'));
	free(text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(command_lines_are_taken_or_refused),
		cmocka_unit_test(options_are_read),
		cmocka_unit_test(
			an_address_beside_is_in_the_subnet_and_a_hosts),
		cmocka_unit_test(groups_hold_every_case_once),
		cmocka_unit_test(requests_are_padded_where_the_wire_would),
		cmocka_unit_test(what_is_expected_follows_from_who_answers),
		cmocka_unit_test(an_address_of_the_host_may_be_answered),
		cmocka_unit_test(no_fault_is_left_uncounted),
		cmocka_unit_test(differing_bytes_are_marked_below_them),
	};

	return cmocka_run_group_tests_name("validate", tests, NULL, NULL);
}
