/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All unit tests in one program, which is linked once: it runs the one that it
 * is called as. The Makefile names them in TESTS, and the main() of each file
 * main_of_FILE().
 */
#include <err.h>
#include <stddef.h>
#include <string.h>

#define TEST(name) int main_of_##name(void);
TESTS
#undef TEST

#define TEST(name) { #name, main_of_##name },
static const struct {
	const char *name;
	int (*run)(void);
} tests[] = { TESTS };

int main(int argc, char **argv)
{
	const char *name = argc ? strrchr(argv[0], '/') : NULL;

	for (size_t i = 0; name && i < sizeof(tests) / sizeof(*tests); i++)
		if (!strcmp(name + 1, tests[i].name))
			return tests[i].run();
	errx(1, "called by the name of no test");
}
