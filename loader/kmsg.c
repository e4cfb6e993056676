/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kmsg.h"

int kmsg_open(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	lseek(fd, 0, SEEK_END);
	return fd;
}

/* A record is "level,number,time,flags;text\n SUBSYSTEM=...\n". */
static const char *record_text(char *record)
{
	char *text = strchr(record, ';');

	if (!text)
		return NULL;
	text[strcspn(text, "\n")] = '\0';
	return text + 1;
}

void kmsg_read(int fd, const char *driver, char *out, size_t room)
{
	char record[2048];
	const char *text;
	size_t used = 0;
	ssize_t len;

	out[0] = '\0';
	while (fd >= 0) {
		len = read(fd, record, sizeof(record) - 1);
		if (len < 0 && errno == EPIPE) /* overwritten: the next one */
			continue;
		if (len <= 0)
			return;
		record[len] = '\0';
		text = record_text(record);
		/* A load is tried again for its log, and refused again. */
		if (!text || !strcasestr(text, driver) || used >= room ||
		    strstr(out, text))
			continue;
		used += snprintf(out + used, room - used, "%s%s",
				 used ? "; " : "", text);
	}
}
