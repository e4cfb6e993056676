/* SPDX-License-Identifier: GPL-2.0-only */
/* What offload-bench computes from what it has read. */
#include <arpa/inet.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "bench/ends.h"
#include "bench/answer.h"
#include "bench/cpu.h"
#include "bench/row.h"
#include "bench/search.h"

static bool near(double a, double b)
{
	return a - b < 1e-6 && b - a < 1e-6;
}

static void repeats_have_a_median_and_a_spread(void **state)
{
	static const double odd[] = { 3, 1, 2 }, even[] = { 4, 1, 2, 3 };
	struct bench_spread s = bench_spread(odd, 3);

	(void)state;
	assert_true(near(s.median, 2) && near(s.min, 1) && near(s.max, 3));
	assert_true(near(s.relative, 1));
	assert_true(near(bench_spread(even, 4).median, 2.5));
	s = bench_spread(odd, 1);
	assert_true(near(s.median, 3) && near(s.relative, 0));
	assert_true(near(bench_spread(NULL, 0).median, 0));
}

/* A wire that loses what is above its limit, and a sender with its own. */
static double search(double first, double limit, double sender,
		     unsigned int spoilt)
{
	struct bench_search s;
	unsigned int tries = 0;
	double rate;

	bench_search_start(&s, first, sender);
	while (bench_search_next(&s, &rate)) {
		double sent = rate < sender ? rate : sender;
		bool lossless = sent <= limit && tries != spoilt;

		bench_search_tell(&s, sent, lossless);
		assert_true(++tries <= BENCH_SEARCH_TRIES);
	}
	assert_true(s.sender_is_limit == (sender < limit));
	return s.good;
}

static void the_search_finds_the_limit(void **state)
{
	double found;

	(void)state;
	for (double limit = 100; limit < 1e7; limit *= 3.7) {
		found = search(2 * limit, limit, 1e9, -1);
		assert_true(found <= limit && found > 0.95 * limit);
	}
}

/* Where too many requests keep it from answering. */
static void the_search_goes_above_what_an_overload_got(void **state)
{
	double found;

	(void)state;
	for (double first = 100; first < 1000; first += 50) {
		found = search(first, 1000, 3000, -1);
		assert_true(found <= 1000 && found > 950);
	}
}

/* Without a second try the result would be far too low. */
static void one_spoilt_try_does_no_harm(void **state)
{
	(void)state;
	for (unsigned int spoilt = 0; spoilt < 6; spoilt++)
		assert_true(search(2000, 1000, 1e9, spoilt) > 950);
}

static void the_search_ends_where_the_sender_does(void **state)
{
	(void)state;
	assert_true(near(search(2000, 1000, 300, -1), 300));
	assert_true(near(search(200, 1000, 300, -1), 300));
}

/* It has sent its fastest before, and does not any more. */
static void a_sender_that_stays_behind_is_the_limit(void **state)
{
	struct bench_search s;
	double rate;

	(void)state;
	bench_search_start(&s, 1000, 2000);
	assert_true(bench_search_next(&s, &rate));
	bench_search_tell(&s, 900, true);
	assert_false(bench_search_next(&s, &rate));
	assert_true(s.sender_is_limit && near(s.good, 900));
}

static void the_search_gives_up_where_everything_is_lossy(void **state)
{
	struct bench_search s;
	unsigned int tries = 0;
	double rate;

	(void)state;
	bench_search_start(&s, 1000, 1000);
	while (bench_search_next(&s, &rate)) {
		bench_search_tell(&s, rate, false);
		tries++;
	}
	assert_int_equal(tries, BENCH_SEARCH_TRIES);
	assert_true(near(s.good, 0));
}

static int parse_cpus(const char *text, struct bench_cpus *out)
{
	FILE *from = fmemopen((void *)text, strlen(text), "r");
	int err = bench_cpus_parse(from, out);

	fclose(from);
	return err;
}

static void processor_times_are_read_by_core(void **state)
{
	static const char before[] = "cpu  9 9 9 9 9 9 9 9 9 9\n"
				     "cpu0 1 2 3 4 5 6 7 8 0 0\n"
				     "cpu2 10 0 0 0 0 0 0 0 0 0\n"
				     "intr 12345 0\n";
	static const char after[] = "cpu  9 9 9 9 9 9 9 9 9 9\n"
				    "cpu0 2 3 4 40 50 8 10 80 0 0\n"
				    "cpu2 11 0 0 0 0 0 0 0 0 0\n"
				    "cpu3 99 0 0 0 0 0 0 0 0 0\n"
				    "intr 12345 0\n";
	struct bench_cpus a, b, sum = {};

	(void)state;
	assert_int_equal(parse_cpus(before, &a), 0);
	assert_int_equal(parse_cpus(after, &b), 0);
	assert_int_equal(a.count, 2);
	assert_int_equal(a.at[1].id, 2);
	assert_true(near(a.at[0].busy, 1 + 2 + 3 + 6 + 7));
	bench_cpus_add(&sum, &a, &b);
	/* CPU 3 came meanwhile: what it had before is not known. */
	assert_true(near(bench_cpus_total(&sum).busy, 1 + 1 + 1 + 2 + 3 + 1));
	assert_true(near(bench_cpus_total(&sum).softirq, 3));
	bench_cpus_add(&sum, &a, &b);
	assert_true(near(bench_cpus_total(&sum).softirq, 6));
}

static void something_else_is_no_processor_time(void **state)
{
	struct bench_cpus cpus;

	(void)state;
	assert_int_equal(parse_cpus("intr 1 2 3\n", &cpus), -EBADMSG);
	assert_int_equal(parse_cpus("cpu0 1 2\n", &cpus), -EBADMSG);
}

static void the_loaders_answer_is_understood(void **state)
{
	struct bench_answer a;

	(void)state;
	assert_int_equal(
		bench_answer_parse("{\"mode\": \"hw\", \"prog\": {\"id\": 7, "
				   "\"nfp_instructions\": 209}, "
				   "\"attempts\": []}",
				   &a),
		0);
	assert_int_equal(a.mode, MODE_HW);
	assert_int_equal(a.prog_id, 7);
	assert_int_equal(bench_answer_parse("{\"mode\": null, \"prog\": null, "
					    "\"attempts\": [{\"mode\": \"hw\", "
					    "\"stage\": \"load\", \"errno\": "
					    "\"EINVAL\", \"reason\": \"no\"}]}",
					    &a),
			 0);
	assert_int_equal(a.mode, MODE_NONE);
	assert_string_equal(a.why, "refused at load: EINVAL: no");
	assert_int_equal(
		bench_answer_parse("{\"error\": \"no such interface\"}", &a),
		0);
	assert_string_equal(a.why, "no such interface");
}

static void another_answer_is_none(void **state)
{
	static const char *const texts[] = {
		"",
		"offload-load: usage",
		"[]",
		"{\"mode\": \"hw\", \"prog\": null}",
	};
	struct bench_answer a;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(bench_answer_parse(texts[i], &a), -EBADMSG);
}

/* "192.0.2.1/24 2001:db8::1/64" as a list. */
static struct bench_end end_with(const char *text)
{
	static struct address room[2][4];
	static int turn;
	struct bench_end out = { .ifindex = 7,
				 .addresses.at = room[turn++ % 2] };
	char copy[256], *rest = copy, *word, *slash;

	snprintf(copy, sizeof(copy), "%s", text);
	while (*text && (word = strsep(&rest, " "))) {
		struct address *a = &out.addresses.at[out.addresses.count++];
		char mapped[64];

		a->ifindex = out.ifindex;
		slash = strchr(word, '/');
		*slash = '\0';
		a->family = strchr(word, ':') ? AF_INET6 : AF_INET;
		a->prefix = atoi(slash + 1) + (a->family == AF_INET ? 96 : 0);
		snprintf(mapped, sizeof(mapped), "%s%s",
			 a->family == AF_INET ? "::ffff:" : "", word);
		assert_int_equal(inet_pton(AF_INET6, mapped, &a->addr), 1);
	}
	return out;
}

static const struct {
	const char *iface, *peer;
	int family;
	int want_family;
	const char *sender, *answer; /* for two targets */
} ends[] = {
	{ "192.0.2.1/24", "192.0.2.2/24", AF_UNSPEC, AF_INET, "192.0.2.2",
	  "192.0.2.1,198.18.0.1" },
	{ "192.0.2.1/24", "", AF_UNSPEC, AF_INET, "192.0.2.3",
	  "192.0.2.1,198.18.0.1" },
	{ "192.0.2.254/24", "10.0.0.1/8", AF_UNSPEC, AF_INET, "192.0.2.252",
	  "192.0.2.254,198.18.0.1" },
	{ "192.0.2.1/30", "", AF_UNSPEC, AF_INET, "192.0.2.2",
	  "192.0.2.1,198.18.0.1" },
	{ "192.0.2.1/31", "", AF_UNSPEC, AF_INET, "192.0.2.0",
	  "192.0.2.1,198.18.0.1" },
	{ "192.0.2.1/32", "", AF_UNSPEC, AF_INET, "198.19.255.254",
	  "192.0.2.1,198.18.0.1" },
	{ "10.1.2.3/8", "", AF_UNSPEC, AF_INET, "10.1.2.2",
	  "10.1.2.3,198.18.0.1" },
	{ "", "", AF_UNSPEC, AF_INET, "198.19.255.254",
	  "198.18.0.1,198.18.0.2" },
	{ "198.18.0.1/24", "", AF_UNSPEC, AF_INET, "198.18.0.3",
	  "198.18.0.1,198.18.0.2" },
	{ "2001:db8::1/64", "", AF_UNSPEC, AF_INET6, "2001:db8::3",
	  "2001:db8::1,2001:2::1" },
	{ "fe80::1/64 2001:db8::1/64 192.0.2.1/24", "2001:db8::2/64", AF_INET6,
	  AF_INET6, "2001:db8::2", "2001:db8::1,2001:2::1" },
	{ "fe80::1/64", "fe80::2/64", AF_INET6, AF_INET6, "fe80::2",
	  "fe80::1,2001:2::1" },
	{ "192.0.2.1/24", "", AF_INET6, AF_INET6, "2001:2::1:fffe",
	  "2001:2::1,2001:2::2" },
};

static void addresses_follow_from_those_of_both_ends(void **state)
{
	char text[INET6_ADDRSTRLEN], *answer;
	struct bench_ends out;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		struct bench_end iface = end_with(ends[i].iface);
		struct bench_end peer = end_with(ends[i].peer);

		print_message("%s, %s\n", ends[i].iface, ends[i].peer);
		bench_ends_choose(&iface, &peer, ends[i].family, &out);
		assert_int_equal(out.family, ends[i].want_family);
		address_text(&out.sender, text);
		assert_string_equal(text, ends[i].sender);
		answer = bench_ends_answer(&out, 2);
		assert_string_equal(answer, ends[i].answer);
		free(answer);
	}
}

static void all_addresses_differ(void **state)
{
	struct bench_end iface = end_with("198.18.0.7/24");
	struct bench_end peer = end_with("198.18.0.9/24");
	struct bench_ends out;

	(void)state;
	bench_ends_choose(&iface, &peer, AF_INET, &out);
	for (int i = 0; i < STREAM_TARGETS_MAX; i++) {
		assert_memory_not_equal(&out.target[i], &out.sender, 16);
		for (int k = 0; k < i; k++)
			assert_memory_not_equal(&out.target[i], &out.target[k],
						16);
	}
}

static void rows_are_compared_with_the_same_size_and_targets(void **state)
{
	static struct bench_row rows[] = {
		{ .mode = BENCH_DRIVER,
		  .cell = { 64, 1 },
		  .verdict = ROW_MEASURED,
		  .repeats = 3,
		  .right_per_s = { 2e6, 3e6, 2e6 } },
		{ .mode = BENCH_DRIVER,
		  .cell = { 128, 1 },
		  .verdict = ROW_REFUSED,
		  .repeats = 1,
		  .right_per_s = { 2e6 } },
		{ .mode = BENCH_STACK,
		  .cell = { 64, 1 },
		  .verdict = ROW_MEASURED,
		  .repeats = 3,
		  .right_per_s = { 4e5, 6e5, 1e6 } },
		{ .mode = BENCH_STACK, .cell = { 128, 1 } },
	};
	const struct bench_row *driver;

	(void)state;
	driver = bench_row_beside(rows, 4, &rows[2], BENCH_DRIVER);
	assert_ptr_equal(driver, &rows[0]);
	assert_true(near(bench_row_ratio(&rows[2], driver), 0.2));
	assert_true(near(bench_row_over_ns(&rows[2], driver),
			 1e9 / 6e5 - 1e9 / 3e6));
	/* Of the repeats' ratios, not of the medians: that would be 0.3. */
	/* What was refused is nothing to compare with. */
	assert_null(bench_row_beside(rows, 4, &rows[3], BENCH_DRIVER));
}

static void quantiles_need_frames_beyond_them(void **state)
{
	struct bench_times t = { .sent = 9999, .lost = 0 };

	(void)state;
	assert_true(bench_times_has(&t, BENCH_P99));
	assert_false(bench_times_has(&t, BENCH_P99_9));
	t.sent = 10001;
	t.lost = 1;
	assert_true(bench_times_has(&t, BENCH_P99_9));
	t.sent = 999;
	assert_false(bench_times_has(&t, BENCH_P99));
	assert_true(bench_times_has(&t, BENCH_P90));
}

static void a_sender_that_is_behind_is_told(void **state)
{
	struct bench_times t = { .repeats = 3, .asked_per_s = 1000 };
	static const double enough[] = { 10, 960, 990 },
			    less[] = { 10, 940, 990 };

	(void)state;
	memcpy(t.sent_per_s, enough, sizeof(enough));
	assert_false(bench_times_is_short(&t));
	memcpy(t.sent_per_s, less, sizeof(less));
	assert_true(bench_times_is_short(&t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(repeats_have_a_median_and_a_spread),
		cmocka_unit_test(the_search_finds_the_limit),
		cmocka_unit_test(the_search_goes_above_what_an_overload_got),
		cmocka_unit_test(one_spoilt_try_does_no_harm),
		cmocka_unit_test(the_search_ends_where_the_sender_does),
		cmocka_unit_test(a_sender_that_stays_behind_is_the_limit),
		cmocka_unit_test(the_search_gives_up_where_everything_is_lossy),
		cmocka_unit_test(quantiles_need_frames_beyond_them),
		cmocka_unit_test(a_sender_that_is_behind_is_told),
		cmocka_unit_test(processor_times_are_read_by_core),
		cmocka_unit_test(something_else_is_no_processor_time),
		cmocka_unit_test(the_loaders_answer_is_understood),
		cmocka_unit_test(another_answer_is_none),
		cmocka_unit_test(addresses_follow_from_those_of_both_ends),
		cmocka_unit_test(all_addresses_differ),
		cmocka_unit_test(
			rows_are_compared_with_the_same_size_and_targets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
