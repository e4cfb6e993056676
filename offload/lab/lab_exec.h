/* SPDX-License-Identifier: GPL-2.0-only */
/* Other programs, run to their end. */
#ifndef LAB_EXEC_H
#define LAB_EXEC_H

#include <stddef.h>

/**
 * lab_exec() - run a program of PATH and take what it says
 * @input:  its standard input, at most 4096 bytes; NULL for none
 * @output: standard output and error, ended with a NUL and without the last
 *	    newline; what does not fit is lost
 *
 * Return: its exit status, 127 if there is no such program, or -errno.
 */
int lab_exec(char *const argv[], const char *input, char *output, size_t room);

/* In a new process: signals as a program expects them. */
void lab_exec_reset_signals(void);

#endif
