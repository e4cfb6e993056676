/* SPDX-License-Identifier: GPL-2.0-only */
/* Reports for programs. */
#ifndef CHECK_JSON_H
#define CHECK_JSON_H

#include <stdio.h>

#include "check_both.h"

/* One line: an object for one program, an array of them for several.
 *
 * Return: 0 or -ENOMEM.
 */
int check_json(FILE *to, const struct check_arguments *args,
	       const struct check_both *both);

#endif
