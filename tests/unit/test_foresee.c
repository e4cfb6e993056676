/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "foresee.h"

#define BPF_FIRMWARE "0.0.3.5 0.34 bpf-2021 ebpf"

static const struct {
	const char *what;
	const char *driver, *firmware, *object;
	enum foresight_kind kind;
	const char *words; /* in the warning */
} cases[] = {
	{ "a store into a map", "nfp", BPF_FIRMWARE, "M8.bpf.o",
	  FORESIGHT_REFUSED, "refuse it" },
	{ "and none", "nfp", BPF_FIRMWARE, "M8.inside.bpf.o", FORESIGHT_NOTHING,
	  "" },
	{ "a wrong result", "nfp", BPF_FIRMWARE, "J7.bpf.o", FORESIGHT_UNSAFE,
	  "compute wrongly" },
	{ "a crash", "nfp", BPF_FIRMWARE, "U4.bpf.o", FORESIGHT_CRASH,
	  "crash this kernel" },
	{ "firmware that none knows", "nfp", "0.0.3.5 0.34 bpf-9 ebpf",
	  "M8.bpf.o", FORESIGHT_REFUSED, "may refuse it (judged for Linux " },
	{ "firmware that runs no programs", "nfp", "0.0.3.5 0.34 nic-2.1 nic",
	  "M8.bpf.o", FORESIGHT_NOTHING, "" },
	{ "another card", "i40e", "8.30", "M8.bpf.o", FORESIGHT_NOTHING, "" },
	{ "no file", "nfp", BPF_FIRMWARE, "none", FORESIGHT_NOTHING, "" },
};

static void start(struct device *dev, const char *driver, const char *firmware)
{
	memset(dev, 0, sizeof(*dev));
	dev->mtu = 1500;
	snprintf(dev->driver, sizeof(dev->driver), "%s", driver);
	snprintf(dev->firmware, sizeof(dev->firmware), "%s", firmware);
}

static void object_path(char *out, size_t room, const char *object)
{
	snprintf(out, room, "%s/tests/reject/%s", getenv("BUILD") ?: "build",
		 object);
}

static void what_is_foreseen_depends_on_card_and_program(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char path[512], text[REASON_MAX];
		struct foresight f;
		struct device dev;

		print_message("%s\n", cases[i].what);
		start(&dev, cases[i].driver, cases[i].firmware);
		object_path(path, sizeof(path), cases[i].object);
		foresee_file(&dev, path, NULL, &f);
		assert_int_equal(foresee_warning(&f, text, sizeof(text)),
				 cases[i].kind);
		assert_non_null(strstr(text, cases[i].words));
		foresee_end(&f);
	}
}

static void only_what_the_card_said_is_explained(void **state)
{
	struct attempt why = { .mode = MODE_HW, .err = -EOPNOTSUPP };
	struct foresight f;
	struct device dev;
	char path[512];

	(void)state;
	start(&dev, "nfp", BPF_FIRMWARE);
	object_path(path, sizeof(path), "M8.bpf.o");
	foresee_file(&dev, path, NULL, &f);
	strcpy(why.reason, "[nfp] map writes not supported");
	foresee_explain(&f, &why);
	assert_non_null(strstr(why.finding, "M8 at "));
	why.finding[0] = '\0';
	strcpy(why.reason, "[nfp] map value access out-of-bounds");
	foresee_explain(&f, &why);
	assert_string_equal(why.finding, "");
	foresee_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_foreseen_depends_on_card_and_program),
		cmocka_unit_test(only_what_the_card_said_is_explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
