/* SPDX-License-Identifier: GPL-2.0-only */
/* Between asking and judging. */
#ifndef VALIDATE_RUN_PRIVATE_H
#define VALIDATE_RUN_PRIVATE_H

#include "validate/run.h"

/* Of struct run. */
extern const struct exchange_ops run_ops;

/* A case has failed. @reply NULL: there is none. */
void run_fail(struct run *run, struct ask *ask, const char *fault,
	      const void *reply, size_t len);

#endif
