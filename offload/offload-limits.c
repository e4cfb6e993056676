/* SPDX-License-Identifier: GPL-2.0-only */
/* Writes hwdocs/limits.md to standard output. */
#include <stdlib.h>

#include "check/limits_print.h"

int main(void)
{
	limits_print(stdout);
	return fclose(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
