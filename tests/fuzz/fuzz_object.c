/* SPDX-License-Identifier: GPL-2.0-only */
/* Any bytes at all as an object: see object_read(). */
#include <stdint.h>
#include <stdlib.h>

#include "object.h"

static void read_as(const uint8_t *data, size_t size, const char *name)
{
	struct code *codes;
	char why[512] = "";
	size_t count;

	if (object_read(data, size, name, &codes, &count, why, sizeof(why))) {
		if (!why[0])
			abort(); /* a failure without a sentence */
		return;
	}
	for (size_t i = 0; i < count; i++)
		code_free(&codes[i]);
	free(codes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_as(data, size, NULL);
	read_as(data, size, "prog");
	return 0;
}
