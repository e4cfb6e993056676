/* SPDX-License-Identifier: GPL-2.0-only */
/* The lab's own folder, /run/offload-lab.XXXXXX, mode 0700. While the lab lives
 * it is locked; an unlocked one belongs to a lab that was killed, and the next
 * lab removes it together with the namespace that is named in it.
 */
#ifndef LAB_DIR_H
#define LAB_DIR_H

#include "lab_why.h"

struct lab_dir {
	char path[64];
	int lock;
};

/* Remove what labs that were killed have left. */
void lab_dir_sweep(void);

/* Make the folder. Return: 0, or -EINVAL with @why filled. */
int lab_dir_make(struct lab_dir *dir, struct lab_why *why);

/* A new file in it, to write to; NULL with errno set. */
FILE *lab_dir_open(const struct lab_dir *dir, const char *name);

/* Copy a file into it. Return: 0, or -EINVAL with @why filled. */
int lab_dir_copy(const struct lab_dir *dir, const char *from, const char *name,
		 struct lab_why *why);

/* The namespace that this process is in is the lab's, gets this name, and goes
 * with the lab. Return: 0, or -EINVAL with @why filled.
 */
int lab_dir_own_netns(const struct lab_dir *dir, const char *netns,
		      struct lab_why *why);

/* Remove the folder and the namespace. Nothing to do for an empty @dir. */
void lab_dir_remove(struct lab_dir *dir);

#endif
