/* SPDX-License-Identifier: GPL-2.0-only */
/* The checker without files: for programs that never were in one. */
#ifndef CHECK_CHECK_CODE_H
#define CHECK_CHECK_CODE_H

#include "check.h"
#include "code.h"

/**
 * check_code() - check one program
 * @code: must outlive @out, whose strings point into it
 * @out:  emptied with check_report_clear()
 *
 * Return: 0 or -ENOMEM.
 */
int check_code(const struct code *code, const struct check_options *options,
	       struct check_report *out);

void check_report_clear(struct check_report *report);

#endif
