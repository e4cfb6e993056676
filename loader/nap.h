/* SPDX-License-Identifier: GPL-2.0-only */
/* Sleep until it is time, or until the user wants an end. */
#ifndef NAP_H
#define NAP_H

#include <stdbool.h>

/* From now on the signals that others end a program with, but SIGKILL, wait
 * until nap_for() looks at them; SIGPIPE is ignored.
 */
void nap_block_signals(void);

/* Return: 0 after @seconds, or -EINTR where a signal came before, or had come
 * to an earlier call.
 */
int nap_for(double seconds);

bool nap_interrupted(void);

double nap_now(void); /* seconds, of a clock that only goes on */

#endif
