/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Frames of several buffers, which only the host's XDP variant is given: what
 * it cannot see in the first one is the host's to answer.
 */
#include <errno.h>

#include "array.h"
#include "samples.h"

static struct frame_spec jumbo(int family, size_t payload)
{
	const struct wire_addrs *a =
		family == AF_INET ? &HOSTS.ip4 : &HOSTS.ip6;

	return (struct frame_spec){
		.family = family,
		.n_tags = 1,
		.tag = { { ETH_P_8021Q, 9 } },
		.src = a->client,
		.dst = a->server,
		.payload = payload,
	};
}

static void check_jumbo(struct runner *r, int family, size_t payload)
{
	static __u8 frame[RUNNER_MAX];
	struct frame_spec spec = jumbo(family, payload);
	int len = frame_build(&spec, frame, sizeof(frame));
	const char *fault;

	assert_true(len > 0);
	check_frame(r, frame, len, len);
	fault = frame_reply_fault(frame, len, r->out, r->out_len);
	if (fault)
		fail_msg("%zu bytes: %s", payload, fault);
	/* One byte is missing, in the last buffer. */
	check_frame(r, frame, len - 1, len - 1);
}

static void frames_longer_than_a_buffer(void **state)
{
	static const size_t payloads[] = { 1400, 3400, 3500,  4000,  4096,
					   8192, 8972, 16384, 60000, 65400 };
	struct runner *r = runner_get(state);

	set_sample_targets(r, false);
	for (size_t i = 0; i < ARRAY_SIZE(payloads); i++) {
		check_jumbo(r, AF_INET, payloads[i]);
		check_jumbo(r, AF_INET6, payloads[i]);
	}
	check_counters(r);
}

static void check_first_buffers(struct runner *r, struct sample *s)
{
	for (size_t seen = RUNNER_MIN; seen <= s->len; seen++)
		check_frame(r, s->frame, s->len, seen);
}

static bool can_split_buffers(struct runner *r)
{
	struct sample s;

	make_sample(&s, PLAIN4, &tag_stacks[FIRST_ANSWERED]);
	return runner_run(r, s.frame, s.len, RUNNER_MIN) != -EINVAL;
}

static void headers_in_two_buffers(void **state)
{
	struct runner *r = runner_get(state);

	if (!can_split_buffers(r)) {
		print_message("the first buffer's size needs Linux 6.18\n");
		skip();
	}
	for_each_sample(r, ALL_STACKS, check_first_buffers);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_EACH_VARIANT_WITH_FRAGS(frames_longer_than_a_buffer),
		ON_EACH_VARIANT_WITH_FRAGS(headers_in_two_buffers),
	};

	return cmocka_run_group_tests_name("buffers", tests, NULL,
					   runner_close_all);
}
