/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <linux/if_link.h>

#include "array.h"
#include "mode.h"

/* What one mode answers to a try; 0 attaches. */
struct answer {
	int err;
	enum stage stage;
	bool in_the_way, own_stays;
};

struct asked {
	const struct answer *by_mode;
	int tries;
};

static int answer(enum xdp_mode mode, struct attempt *why, void *data)
{
	struct asked *a = data;

	a->tries++;
	why->err = a->by_mode[mode].err;
	why->stage = a->by_mode[mode].stage;
	why->in_the_way = a->by_mode[mode].in_the_way;
	why->own_stays = a->by_mode[mode].own_stays;
	return why->err;
}

/* clang-format off */
#define OK		 { .err = 0 }
#define AT(where, what)	 { .err = what, .stage = STAGE_##where }
#define NO_HW		 AT(LOAD, -EINVAL)
#define NO_NATIVE	 AT(ATTACH, -EOPNOTSUPP)
#define BUSY(who)	 { .err = -EBUSY, .stage = STAGE_ATTACH, .who = true }

static const struct {
	const char *what;
	enum xdp_mode best;
	bool only;
	struct answer answers[MODE_COUNT]; /* of hw, driver, generic, tc */
	enum xdp_mode used;
	enum exit_code exit;
	int tries;
} cases[] = {
	{ "hw works",
	  MODE_HW, false, { OK }, MODE_HW, EXIT_OK, 1 },
	{ "no hw",
	  MODE_HW, false, { NO_HW }, MODE_DRIVER, EXIT_OK, 2 },
	{ "no hw, and nothing else wanted",
	  MODE_HW, true, { NO_HW }, MODE_NONE, EXIT_REFUSED, 1 },
	{ "hw loads and does not attach",
	  MODE_HW, false, { AT(ATTACH, -EOPNOTSUPP) }, MODE_DRIVER, EXIT_OK, 2 },
	{ "no room on the card",
	  MODE_HW, false, { AT(LOAD, -ENOMEM) }, MODE_DRIVER, EXIT_OK, 2 },
	{ "port of the card busy with tc",
	  MODE_HW, false, { AT(ATTACH, -EBUSY) }, MODE_DRIVER, EXIT_OK, 2 },
	{ "our older program cannot be exchanged on the card",
	  MODE_HW, false, { BUSY(own_stays) }, MODE_NONE, EXIT_REFUSED, 1 },
	{ "no hw, no driver",
	  MODE_HW, false, { NO_HW, NO_NATIVE }, MODE_GENERIC, EXIT_OK, 3 },
	{ "driver asked, not there",
	  MODE_DRIVER, false, { OK, NO_NATIVE }, MODE_GENERIC, EXIT_OK, 2 },
	{ "driver asked, nothing else wanted",
	  MODE_DRIVER, true, { OK, NO_NATIVE }, MODE_NONE, EXIT_REFUSED, 1 },
	{ "nothing at all",
	  MODE_HW, false, { NO_HW, NO_NATIVE, AT(ATTACH, -EINVAL) },
	  MODE_NONE, EXIT_REFUSED, 3 },
	{ "MTU too large for the driver",
	  MODE_DRIVER, false, { OK, AT(ATTACH, -ERANGE) },
	  MODE_GENERIC, EXIT_OK, 2 },
	{ "the host's verifier refuses",
	  MODE_HW, false, { NO_HW, AT(LOAD, -EACCES) },
	  MODE_NONE, EXIT_REFUSED, 2 },
	{ "no permission to load",
	  MODE_HW, false, { AT(LOAD, -EPERM) }, MODE_NONE, EXIT_UNAVAILABLE, 1 },
	{ "no permission to attach",
	  MODE_DRIVER, false, { OK, AT(ATTACH, -EPERM) },
	  MODE_NONE, EXIT_UNAVAILABLE, 1 },
	{ "no device",
	  MODE_HW, false, { AT(LOAD, -ENODEV) }, MODE_NONE, EXIT_UNAVAILABLE, 1 },
	{ "no BPF",
	  MODE_HW, false, { AT(LOAD, -ENOSYS) }, MODE_NONE, EXIT_UNAVAILABLE, 1 },
	{ "unreadable object",
	  MODE_HW, false, { AT(OPEN, -ENOENT) }, MODE_NONE, EXIT_USAGE, 1 },
	{ "another program in the way",
	  MODE_DRIVER, false, { OK, BUSY(in_the_way) },
	  MODE_NONE, EXIT_TAKEN, 1 },
	{ "another program in the way of hw",
	  MODE_HW, false, { BUSY(in_the_way) }, MODE_NONE, EXIT_TAKEN, 1 },
	{ "an upper device has a program",
	  MODE_DRIVER, false, { OK, AT(ATTACH, -EEXIST) },
	  MODE_NONE, EXIT_TAKEN, 1 },
	{ "tc works",
	  MODE_TC, false, { OK }, MODE_TC, EXIT_OK, 1 },
	{ "tc stands alone",
	  MODE_TC, false, { OK, OK, OK, AT(ATTACH, -EOPNOTSUPP) },
	  MODE_NONE, EXIT_REFUSED, 1 },
};
/* clang-format on */

static void descends_on_what_belongs_to_the_mode(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct asked asked = { .by_mode = cases[i].answers };
		struct ladder ladder;
		enum exit_code exit;

		print_message("# %s\n", cases[i].what);
		exit = mode_descend(cases[i].best, cases[i].only, answer,
				    &asked, &ladder);
		assert_int_equal(exit, cases[i].exit);
		assert_int_equal(ladder.exit, cases[i].exit);
		assert_int_equal(ladder.used, cases[i].used);
		assert_int_equal(asked.tries, cases[i].tries);
		assert_int_equal(ladder.refusals,
				 cases[i].tries - !cases[i].exit);
	}
}

static void refusals_keep_their_order(void **state)
{
	const struct answer answers[MODE_COUNT] = { NO_HW, NO_NATIVE };
	struct asked asked = { .by_mode = answers };
	struct ladder ladder;

	(void)state;
	mode_descend(MODE_HW, false, answer, &asked, &ladder);
	assert_int_equal(ladder.refused[0].mode, MODE_HW);
	assert_int_equal(ladder.refused[0].err, -EINVAL);
	assert_int_equal(ladder.refused[1].mode, MODE_DRIVER);
	assert_int_equal(ladder.refused[1].err, -EOPNOTSUPP);
}

static const struct {
	const char *name;
	enum xdp_mode mode;
} names[] = {
	{ "hw", MODE_HW },	   { "offload", MODE_HW },
	{ "xdpoffload", MODE_HW }, { "driver", MODE_DRIVER },
	{ "drv", MODE_DRIVER },	   { "native", MODE_DRIVER },
	{ "xdpdrv", MODE_DRIVER }, { "generic", MODE_GENERIC },
	{ "skb", MODE_GENERIC },   { "xdpgeneric", MODE_GENERIC },
	{ "tc", MODE_TC },	   { "", MODE_NONE },
	{ "h", MODE_NONE },	   { "none", MODE_NONE },
};

static void knows_the_names_of_peers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_int_equal(mode_from_name(names[i].name), names[i].mode);
}

static void each_mode_has_its_own_flag(void **state)
{
	(void)state;
	assert_int_equal(mode_flags(MODE_HW), XDP_FLAGS_HW_MODE);
	assert_int_equal(mode_flags(MODE_DRIVER), XDP_FLAGS_DRV_MODE);
	assert_int_equal(mode_flags(MODE_GENERIC), XDP_FLAGS_SKB_MODE);
	assert_int_equal(mode_flags(MODE_TC), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(descends_on_what_belongs_to_the_mode),
		cmocka_unit_test(refusals_keep_their_order),
		cmocka_unit_test(knows_the_names_of_peers),
		cmocka_unit_test(each_mode_has_its_own_flag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
