/* SPDX-License-Identifier: GPL-2.0-only */
/* A program, instruction by instruction. */
#ifndef CHECK_LISTING_H
#define CHECK_LISTING_H

#include <stdio.h>

#include "check.h"

/* Instructions under their source lines, each with what it costs. */
void check_listing(FILE *to, const struct check_report *report);

/* "file.c:12" */
void text_place(FILE *to, const char *file, unsigned int line);

#endif
