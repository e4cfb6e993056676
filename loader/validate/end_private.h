/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VALIDATE_END_PRIVATE_H
#define VALIDATE_END_PRIVATE_H

#include "installed.h"
#include "validate/end.h"

/* From the map of a responder: which address is asked, which is dropped, and
 * that all of them are known. Return: 0 or -errno.
 */
int end_read_targets(struct end *end, int ifindex,
		     const struct installed *ours);

#endif
