/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random and mutated frames: every variant does what the reference does. The
 * seed is printed; SEED=N in the environment runs that sequence again, and
 * FRAMES=N runs another number of frames than a million.
 */
#include <stdlib.h>

#include "array.h"
#include "mutate.h"
#include "runner.h"

#define HOSTS wire_documentation_hosts

/* Frames between two looks at the counters, and with one set of targets. */
#define BATCH 5000

static unsigned long from_environment(const char *name, unsigned long value)
{
	const char *text = getenv(name);

	return text ? strtoul(text, NULL, 0) : value;
}

static unsigned long n_frames(void)
{
	return from_environment("FRAMES", 1000000);
}

static struct mutate new_sequence(void)
{
	struct mutate m = {
		.hosts = &HOSTS,
		.state = from_environment("SEED", 20180401),
	};

	print_message("# Seed %llu\n", (unsigned long long)m.state);
	return m;
}

/* Each set has one target more than the set before it. */
static void next_targets(struct runner *r, unsigned long batch)
{
	static struct reference_target targets[6];
	unsigned int n = batch % (ARRAY_SIZE(targets) + 1);

	targets[0] = (struct reference_target){ HOSTS.ip4.server, ECHO_REPLY };
	targets[1] = (struct reference_target){ HOSTS.ip6.server, ECHO_REPLY };
	targets[2] = (struct reference_target){ HOSTS.ip4.dropped, ECHO_DROP };
	targets[3] = (struct reference_target){ HOSTS.ip6.dropped, ECHO_DROP };
	targets[4] = (struct reference_target){ HOSTS.ip4.other, ECHO_REPLY };
	/* Any address: there is no address in it. */
	targets[5] = (struct reference_target){ .action = batch & 1 };
	runner_set_targets(r, targets, n);
}

/* One after the other, to find the frame that a counter is wrong for. */
static void find_fault(struct runner *r, struct mutate m)
{
	__u8 frame[MUTATE_MAX];

	runner_sync_counters(r);
	for (int i = 0; i < BATCH; i++) {
		size_t len = mutate_next(&m, frame);

		if (runner_compare_all(r, frame, len, len) < 0)
			fail_msg("frame %d: %s\n%s", i, r->fault,
				 runner_dump(frame, len));
	}
	fail_msg("a counter is wrong, but not when frames come one by one");
}

static void run_batch(struct runner *r, struct mutate *m,
		      unsigned long verdicts[ECHO_VERDICTS + 1])
{
	const struct mutate start = *m;
	__u8 frame[MUTATE_MAX];

	for (int i = 0; i < BATCH; i++) {
		size_t len = mutate_next(m, frame);
		int v = runner_compare(r, frame, len, len);

		if (v < 0)
			fail_msg("frame %d after state %llu: %s\n%s", i,
				 (unsigned long long)start.state, r->fault,
				 runner_dump(frame, len));
		verdicts[v]++;
	}
	if (!runner_counters_match(r))
		find_fault(r, start);
}

/* A million frames of noise would all be passed, and prove nothing. */
static void check_mix(const unsigned long verdicts[ECHO_VERDICTS + 1],
		      unsigned long frames)
{
	for (int v = 0; v <= ECHO_NOT_ECHO; v++)
		if (verdicts[v] < frames / 100)
			fail_msg("only %lu frames with verdict %d", verdicts[v],
				 v);
}

static void random_frames_are_answered_like_the_reference(void **state)
{
	struct runner *r = runner_get(state);
	unsigned long verdicts[ECHO_VERDICTS + 1] = {};
	struct mutate m = new_sequence();
	unsigned long batch = 0;

	for (; batch * BATCH < n_frames(); batch++) {
		next_targets(r, batch);
		run_batch(r, &m, verdicts);
	}
	print_message("# Frames: %lu left to the host, %lu malformed, "
		      "%lu not ours, %lu dropped, %lu and %lu replied, "
		      "%lu no echo\n",
		      verdicts[ECHO_LEFT_TO_HOST], verdicts[ECHO_MALFORMED],
		      verdicts[ECHO_NOT_OURS], verdicts[ECHO_DROPPED],
		      verdicts[ECHO_REPLIED_IPV4], verdicts[ECHO_REPLIED_IPV6],
		      verdicts[ECHO_NOT_ECHO]);
	check_mix(verdicts, batch * BATCH);
}

static bool is_part_missed(struct runner *r, enum reference_part part)
{
	struct mutate m = { .hosts = &HOSTS, .state = part };
	__u8 frame[MUTATE_MAX];

	r->ref.without = part;
	runner_sync_counters(r);
	for (int i = 0; i < 4 * BATCH; i++) {
		size_t len = mutate_next(&m, frame);

		if (i % BATCH == 0)
			next_targets(r, 3 + i / BATCH);
		if (runner_compare(r, frame, len, len) < 0)
			return true;
	}
	return !runner_counters_match(r);
}

/* The frames reach every part of the reference, and a fault there is seen. */
static void random_frames_find_any_part_that_is_left_out(void **state)
{
	struct runner *r = runner_get(state);

	assert_false(is_part_missed(r, PART_NONE));
	for (int part = PART_NONE + 1; part < PARTS; part++)
		if (!is_part_missed(r, part))
			fail_msg("part %d: not missed", part);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_VARIANT(random_frames_find_any_part_that_is_left_out,
			   ECHO_XDP),
		ON_EACH_VARIANT(random_frames_are_answered_like_the_reference),
	};

	return cmocka_run_group_tests_name("random frames", tests, NULL,
					   runner_close_all);
}
