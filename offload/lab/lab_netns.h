/* SPDX-License-Identifier: GPL-2.0-only */
/* Which network namespace one is: a name can be given anew, the kernel's cookie
 * is not, until the host boots.
 */
#ifndef LAB_NETNS_H
#define LAB_NETNS_H

#include <stdint.h>

/* Of this process's namespace; 0 with errno set if there is none to be had. */
uint64_t lab_netns_cookie(void);

/* Go into the namespace of that name. Return: 0, or -1 with errno set. */
int lab_netns_enter(const char *name);

/* Of the namespace of that name; 0 if there is none. */
uint64_t lab_netns_cookie_of(const char *name);

#endif
