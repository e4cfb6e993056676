/* SPDX-License-Identifier: GPL-2.0-only */
/* What the guest is to run: a shell script in the lab's folder, in which every
 * word is quoted, so that none of them is read as anything but a word.
 */
#ifndef LAB_COMMAND_H
#define LAB_COMMAND_H

#include <stdbool.h>

#include "lab_dir.h"
#include "lab_place.h"
#include "lab_tty.h"

struct lab_job {
	char **words; /* empty: a shell */
	bool tty;
	struct lab_window window; /* of the terminal */
	unsigned int ports;
};

/**
 * lab_command_write() - the scripts for the guest: init, card, settings and
 *			 command, with this process's environment and folder
 *
 * Return: 0, or -EINVAL with @why filled.
 */
int lab_command_write(const struct lab_dir *dir, const struct lab_place *place,
		      const struct lab_job *job, struct lab_why *why);

#endif
