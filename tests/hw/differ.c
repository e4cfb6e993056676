/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	differ IMAGE TABLES OBJECT [FRAMES]
 *
 * Run random and mutated frames (a million) through a program's machine code
 * in the microengine and through the object in this kernel. Ends with 0 if
 * there was not one difference in verdict, bytes or map values. SEED=N in the
 * environment runs another sequence.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bpf.h>

#include "both.h"
#include "echo.h"
#include "../prog/mutate.h"

/* Frames between two looks at the maps. */
#define BATCH 1000

static bool is_responder(const struct both *b)
{
	return bpf_object__find_map_by_name(b->obj, ECHO_TARGETS_MAP);
}

/* Every second key, so that there are some that are not found. */
static void fill_tables(struct both *b, struct mutate *m)
{
	for (unsigned int n = 0; n < b->n_maps; n++)
		for (__u32 key = 0; key < 256; key += 2) {
			__u64 value[8];

			for (int i = 0; i < 8; i++)
				value[i] = mutate_random(m);
			if (b->map[n].type == BPF_MAP_TYPE_HASH)
				both_update(b, n, &key, value);
		}
}

/* Responders get what is like an echo request, other programs any bytes. */
static size_t next_frame(const struct both *b, struct mutate *m, __u8 *frame)
{
	size_t len;

	if (is_responder(b))
		return mutate_next(m, frame);
	len = 48 + mutate_random(m) % 464;
	for (size_t i = 0; i < len; i += sizeof(__u64)) {
		__u64 random = mutate_random(m);

		memcpy(frame + i, &random, sizeof(random));
	}
	return len;
}

static void run(struct both *b, struct mutate *m, unsigned long frames,
		unsigned long actions[XDP_REDIRECT])
{
	__u8 frame[MUTATE_MAX];

	for (unsigned long i = 0; i < frames; i++) {
		size_t len = next_frame(b, m, frame);
		const char *difference = both_run(b, frame, len);

		if (!difference && i % BATCH == BATCH - 1)
			difference = both_compare_maps(b);
		if (difference)
			errx(1, "frame %lu: %s", i, difference);
		actions[b->action]++;
	}
}

int main(int argc, char **argv)
{
	unsigned long frames = argc > 4 ? strtoul(argv[4], NULL, 0) : 1000000;
	unsigned long actions[XDP_REDIRECT] = {};
	const char *seed = getenv("SEED");
	struct mutate m = {
		.hosts = &wire_documentation_hosts,
		.state = seed ? strtoul(seed, NULL, 0) : 20180402,
	};
	static struct both b;
	const char *difference;

	if (argc < 4)
		errx(2, "usage: %s IMAGE TABLES OBJECT [FRAMES]", argv[0]);
	both_open(&b, argv[1], argv[2], argv[3]);
	if (is_responder(&b))
		both_set_targets(&b);
	else
		fill_tables(&b, &m);
	run(&b, &m, frames, actions);
	difference = both_compare_maps(&b);
	if (difference)
		errx(1, "at the end: %s", difference);
	printf("%lu frames, no difference: %lu passed, %lu dropped, %lu sent, "
	       "%lu aborted\n",
	       frames, actions[XDP_PASS], actions[XDP_DROP], actions[XDP_TX],
	       actions[XDP_ABORTED]);
	return 0;
}
