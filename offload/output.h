/* SPDX-License-Identifier: GPL-2.0-only */
/* Standard output of a program. What nobody could read was not reported. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>

/* Descriptors 0 to 2 are the user's, and must not become others where they are
 * closed. To be called before anything is opened.
 */
void output_start(void);

/* Send what was printed, and remember why where that fails. */
void output_flush(void);

/* The last that is printed. Return: was all of it written? If not, it is said on
 * standard error, in the name of @program.
 */
bool output_close(const char *program);

#endif
