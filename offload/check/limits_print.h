/* SPDX-License-Identifier: GPL-2.0-only */
/* hwdocs/limits.md, made of the table of rules and the profiles. */
#ifndef CHECK_LIMITS_H
#define CHECK_LIMITS_H

#include <stdio.h>

void limits_print(FILE *out);

/* Its parts that are made of the profiles. */
void limits_profiles(FILE *out);
void limits_map_sizes(FILE *out);

/* What was written by hand: before the tables, after them, and after the
 * sentence there that has numbers of the profile.
 */
extern const char limits_head[], limits_tail[], limits_end[];

#endif
