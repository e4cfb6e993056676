/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's log: for some refusals of a card it is the only explanation. */
#ifndef KMSG_H
#define KMSG_H

#include <stddef.h>

/* Start reading at the end of the log. Return: fd, or -errno. */
int kmsg_open(void);

/**
 * kmsg_read() - what was logged since, of one driver
 * @fd:	    from kmsg_open(); a negative one reads nothing
 * @driver: only records that hold this word, in any case
 * @out:    the records' texts, each once, joined by "; ", cut at @room bytes
 */
void kmsg_read(int fd, const char *driver, char *out, size_t room);

#endif
