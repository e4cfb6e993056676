/* SPDX-License-Identifier: GPL-2.0-only */
/* What the guest reports of itself, line by line; the file init writes it. */
#ifndef LAB_STATUS_H
#define LAB_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lab_status {
	bool up;	  /* the command runs */
	bool failed;	  /* the guest is not as it should be: @text */
	bool ended;	  /* the command did, with: */
	int code;	  /* 0..255 */
	uint64_t sent[2]; /* bytes of standard output and error */
	char text[256];
	char line[256]; /* the one that is not complete */
	size_t len;
};

/* Take the next bytes. What is no report is passed over. */
void lab_status_take(struct lab_status *status, const char *data, size_t len);

#endif
