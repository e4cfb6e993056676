/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every variant against the conformance table and, around all of its
 * boundaries, against the reference: the same action, the same counter and the
 * same bytes.
 *
 * The tag that the kernel takes off a frame before tc sees it cannot be given
 * to a test run (the kernel wants vlan_present to be zero in its context), so
 * that echo_tc sees all tags in the frame here; tests/net has the other way.
 */
#include "array.h"
#include "samples.h"

static bool is_reply(enum echo_verdict v)
{
	return v == ECHO_REPLIED_IPV4 || v == ECHO_REPLIED_IPV6;
}

static void check_case(struct runner *r, const struct wire_case *c)
{
	int got = runner_compare_all(r, c->frame, c->len, c->len);
	const char *fault = NULL;

	if (got < 0)
		fail_msg("%s: %s\n%s", c->name, r->fault,
			 runner_dump(c->frame, c->len));
	if (got != (int)c->verdict)
		fail_msg("%s: verdict %d, not %d\n%s", c->name, got, c->verdict,
			 runner_dump(c->frame, c->len));
	if (is_reply(c->verdict))
		fault = frame_reply_fault(c->frame, c->len, r->out, r->out_len);
	if (fault)
		fail_msg("%s: %s", c->name, fault);
}

static void every_case_of_the_table(void **state)
{
	struct runner *r = runner_get(state);
	struct wire_hosts hosts = HOSTS;
	struct wire_case c;
	unsigned int cases = 0;

	set_sample_targets(r, false);
	for (size_t i = FIRST_ANSWERED; i < ALL_STACKS; i++) {
		put_tags(hosts.tag, &hosts.n_tags, &tag_stacks[i]);
		wire_case_start(&c, &hosts);
		for (; wire_case_next(&c); cases++)
			check_case(r, &c);
	}
	print_message("# Cases: %u\n", cases);
	assert_true(cases > 10000);
}

/* Which targets there are besides those of the table. */
static void set_targets(struct runner *r, int set)
{
	static struct reference_target any;

	any.action = set == 1 ? ECHO_REPLY : ECHO_DROP;
	if (set == 0)
		set_sample_targets(r, true);
	else if (set < 3)
		runner_set_targets(r, &any, 1);
	else
		runner_set_targets(r, NULL, 0);
}

static void every_case_with_other_targets(void **state)
{
	struct runner *r = runner_get(state);
	struct wire_case c;

	for (int set = 0; set < 4; set++) {
		set_targets(r, set);
		wire_case_start(&c, &HOSTS);
		while (wire_case_next(&c))
			if (runner_compare_all(r, c.frame, c.len, c.len) < 0)
				fail_msg("set %d, %s: %s", set, c.name,
					 r->fault);
	}
}

static void check_lengths(struct runner *r, struct sample *s)
{
	for (size_t len = RUNNER_MIN; len <= s->len; len++)
		check_frame(r, s->frame, len, len);
}

static void every_cut_of_every_header(void **state)
{
	for_each_sample(runner_get(state), ALL_STACKS, check_lengths);
}

static void check_bytes(struct runner *r, struct sample *s)
{
	for (size_t off = 0; off < s->l3 + 72; off++) {
		__u8 kept = s->frame[off];

		for (int value = 0; value < 256; value++) {
			s->frame[off] = value;
			check_frame(r, s->frame, s->len, s->len);
		}
		s->frame[off] = kept;
	}
}

static void every_value_of_every_header_byte(void **state)
{
	for_each_sample(runner_get(state), ONE_OF_EACH, check_bytes);
}

/* All values of the two bytes at @off from the IP header on. */
static void check_words(struct runner *r, enum sample_kind kind, int off)
{
	struct sample s;
	__u8 *p;

	make_sample(&s, kind, &tag_stacks[FIRST_ANSWERED]);
	p = s.frame + s.l3 + off;
	for (int value = 0; value <= 0xffff; value++) {
		p[0] = value >> 8;
		p[1] = value;
		check_frame(r, s.frame, s.len, s.len);
	}
	check_counters(r);
}

/* Right checksums are in here once, and all those that are wrong. */
static void every_value_of_every_header_word(void **state)
{
	static const int offsets4[] = { -2, 2, 6, 10, 20, 22 };
	static const int offsets6[] = { -2, 4, 40, 42 };
	struct runner *r = runner_get(state);

	set_sample_targets(r, false);
	for (size_t i = 0; i < ARRAY_SIZE(offsets4); i++)
		check_words(r, PLAIN4, offsets4[i]);
	for (size_t i = 0; i < ARRAY_SIZE(offsets6); i++)
		check_words(r, PLAIN6, offsets6[i]);
}

static bool is_part_missed(struct runner *r, enum reference_part part)
{
	bool missed = false;
	struct wire_case c;

	r->ref.without = part;
	runner_sync_counters(r);
	wire_case_start(&c, &HOSTS);
	while (!missed && wire_case_next(&c))
		missed = runner_compare_all(r, c.frame, c.len, c.len) < 0;
	return missed;
}

/* Without this the tests before would prove nothing. */
static void every_part_of_the_reference_matters(void **state)
{
	struct runner *r = runner_get(state);

	set_sample_targets(r, true);
	assert_false(is_part_missed(r, PART_NONE));
	for (int part = PART_NONE + 1; part < PARTS; part++)
		if (!is_part_missed(r, part))
			fail_msg("part %d: not missed", part);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_EACH_VARIANT(every_case_of_the_table),
		ON_EACH_VARIANT(every_case_with_other_targets),
		ON_EACH_VARIANT(every_cut_of_every_header),
		ON_EACH_VARIANT(every_value_of_every_header_byte),
		ON_EACH_VARIANT(every_value_of_every_header_word),
		ON_EACH_VARIANT(every_part_of_the_reference_matters),
	};

	return cmocka_run_group_tests_name("responder", tests, NULL,
					   runner_close_all);
}
