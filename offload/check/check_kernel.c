/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static const struct {
	unsigned long major, minor;
	const char *name;
} kernels[] = {
	[CHECK_KERNEL_6_1] = { 6, 1, "6.1" },
	[CHECK_KERNEL_6_12] = { 6, 12, "6.12" },
};

#define KERNELS (sizeof(kernels) / sizeof(kernels[0]))

const char *check_kernel_name(enum check_kernel kernel)
{
	return kernels[kernel].name;
}

/* "6.12" and whatever a distribution writes behind it. */
static int read_version(const char *text, unsigned long *major,
			unsigned long *minor)
{
	char *end;

	if (*text < '0' || *text > '9')
		return -EINVAL;
	*major = strtoul(text, &end, 10);
	if (*end != '.' || end[1] < '0' || end[1] > '9')
		return -EINVAL;
	*minor = strtoul(end + 1, &end, 10);
	return !*end || strchr(".-+~_", *end) ? 0 : -EINVAL;
}

int check_kernel_find(const char *version, enum check_kernel *out)
{
	unsigned long major, minor;
	size_t i = KERNELS;

	if (read_version(version, &major, &minor))
		return -EINVAL;
	while (i-- > 0) {
		if (major < kernels[i].major ||
		    (major == kernels[i].major && minor < kernels[i].minor))
			continue;
		*out = i;
		return major != kernels[i].major || minor != kernels[i].minor;
	}
	return -ENOENT;
}
