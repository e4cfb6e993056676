/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	flip [-a] IMAGE TABLES OBJECT
 *
 * Would a fault in the microengine, or in the code, be noticed? Change single
 * bits of a program's machine code and see whether any frame is then treated
 * otherwise. Frames are chosen so that each instruction is executed by many, if
 * any frame can reach it. Ends with 0 if a change was noticed in nine of ten
 * instructions or more, and lists the others: those that no frame reaches, and
 * those that do nothing that could be seen. -a changes every bit of each
 * instruction and tells how many bits matter; without it the first bit that is
 * noticed will do.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/bpf.h>

#include "both.h"
#include "card/me.h"
#include "echo.h"
#include "../prog/mutate.h"

#define BITS	     45 /* of an instruction, without its ECC */
#define FRAMES_MAX   8192
#define ENOUGH	     48	   /* frames that execute an instruction */
#define RANDOM	     60000 /* frames to choose from */
#define NEEDED_TENTH 9

struct outcome {
	int action; /* -1: the microengine stopped */
	size_t len;
	__u8 bytes[BOTH_FRAME_MAX];
	__u64 counters[ECHO_VERDICTS];
};

struct sample {
	__u8 frame[BOTH_FRAME_MAX];
	size_t len;
	__u8 seen[BOTH_CODE_MAX]; /* by instruction: executed */
	struct outcome want;
};

struct flip {
	struct both both;
	struct sample *sample;
	unsigned int n;
	unsigned int executed_by[BOTH_CODE_MAX]; /* samples */
	unsigned long bits, bits_noticed;
	unsigned int noticed, unreached, silent;
	bool all;
};

static __u32 stats_tid(const struct both *b)
{
	return b->map[both_find_map(b, BPF_MAP_TYPE_ARRAY, 4)].tid;
}

/* As they lie on the card: equal or not is all that matters. */
static void read_counters(const struct both *b, __u64 *counters)
{
	__u32 key = 0;

	memcpy(counters, maps_lookup(b->maps, stats_tid(b), &key),
	       ECHO_VERDICTS * sizeof(*counters));
}

static void clear_counters(const struct both *b)
{
	__u32 key = 0;

	memset(maps_lookup(b->maps, stats_tid(b), &key), 0,
	       ECHO_VERDICTS * sizeof(__u64));
}

static void run(struct both *b, const struct sample *s, struct outcome *o)
{
	const __u8 *out;

	clear_counters(b);
	o->len = 0;
	o->action = both_run_card(b, s->frame, s->len, &out, &o->len);
	if (o->action < 0)
		return;
	if (o->len > sizeof(o->bytes))
		o->len = sizeof(o->bytes);
	memcpy(o->bytes, out, o->len);
	read_counters(b, o->counters);
}

static bool is_same(const struct outcome *a, const struct outcome *b)
{
	return a->action == b->action && a->len == b->len &&
	       !memcmp(a->bytes, b->bytes, a->len) &&
	       !memcmp(a->counters, b->counters, sizeof(a->counters));
}

/* Keep the frame if it executes anything that few have executed. */
static void choose(struct flip *f, const __u8 *frame, size_t len)
{
	struct sample *s = &f->sample[f->n];
	bool wanted = false;

	if (f->n == FRAMES_MAX || len > sizeof(s->frame))
		return;
	memset(s->seen, 0, sizeof(s->seen));
	memcpy(s->frame, frame, len);
	s->len = len;
	program_watch(f->both.program, s->seen);
	run(&f->both, s, &s->want);
	program_watch(f->both.program, NULL);
	if (s->want.action < 0)
		errx(1, "%s", program_stopped(f->both.program));
	for (__u32 i = 0; i < f->both.code_len; i++)
		wanted |= s->seen[i] && f->executed_by[i] < ENOUGH;
	if (!wanted)
		return;
	for (__u32 i = 0; i < f->both.code_len; i++)
		f->executed_by[i] += s->seen[i];
	f->n++;
}

/* The conformance table reaches the boundaries, random frames the rest. */
static void choose_frames(struct flip *f)
{
	static const __u16 tpid[] = { 0x88a8, 0x8100 };
	struct mutate m = { .hosts = &wire_documentation_hosts, .state = 1 };
	struct wire_hosts hosts = wire_documentation_hosts;
	struct wire_case the;
	__u8 frame[MUTATE_MAX];

	for (hosts.n_tags = 0; hosts.n_tags <= 2; hosts.n_tags++) {
		if (hosts.n_tags)
			hosts.tag[hosts.n_tags - 1].tpid =
				tpid[hosts.n_tags - 1];
		wire_case_start(&the, &hosts);
		while (wire_case_next(&the))
			if (the.len >= 14)
				choose(f, the.frame, the.len);
	}
	for (int i = 0; i < RANDOM; i++) {
		size_t len = mutate_next(&m, frame);

		choose(f, frame, len);
	}
}

static bool is_noticed(struct flip *f, __u32 insn)
{
	struct outcome got;

	for (unsigned int i = 0; i < f->n; i++) {
		if (!f->sample[i].seen[insn])
			continue;
		run(&f->both, &f->sample[i], &got);
		if (!is_same(&got, &f->sample[i].want))
			return true;
	}
	return false;
}

/* Return: in how many bits a change is noticed; the first one only, unless all
 * are to be tried.
 */
static unsigned int flip_insn(struct flip *f, __u32 insn)
{
	struct both *b = &f->both;
	const __u64 right = b->code[insn];
	unsigned int noticed = 0;

	for (int bit = 0; bit < BITS && (f->all || !noticed); bit++) {
		b->code[insn] = me_with_ecc((right ^ 1ULL << bit) &
					    ((1ULL << BITS) - 1));
		if (program_set_image(b->program, b->code, b->code_len))
			errx(1, "not loaded");
		noticed += is_noticed(f, insn);
		f->bits++;
	}
	b->code[insn] = right;
	f->bits_noticed += noticed;
	return noticed;
}

static void flip_all(struct flip *f)
{
	for (__u32 i = 0; i < f->both.code_len; i++) {
		if (f->executed_by[i] && flip_insn(f, i)) {
			f->noticed++;
			continue;
		}
		printf("not noticed: %u %013llx, %s\n",
		       f->both.profile.start + i,
		       (unsigned long long)f->both.code[i],
		       f->executed_by[i] ? "changes nothing that is seen"
					 : "no frame gets there");
		if (f->executed_by[i])
			f->silent++;
		else
			f->unreached++;
	}
}

static int report(const struct flip *f)
{
	__u32 all = f->both.code_len;

	printf("%u instructions, %u frames: noticed in %u (%.1f %%), "
	       "not reached %u, silent %u",
	       all, f->n, f->noticed, 100.0 * f->noticed / all, f->unreached,
	       f->silent);
	if (f->all)
		printf("; %lu of %lu bits noticed", f->bits_noticed, f->bits);
	putchar('\n');
	return f->noticed * 10 < all * NEEDED_TENTH;
}

int main(int argc, char **argv)
{
	static struct flip f;

	f.all = argc > 1 && !strcmp(argv[1], "-a");
	argv += f.all;
	if (argc - f.all != 4)
		errx(2, "usage: flip [-a] IMAGE TABLES OBJECT");
	f.sample = calloc(FRAMES_MAX + 1, sizeof(*f.sample));
	if (!f.sample)
		err(2, "frames");
	both_open(&f.both, argv[1], argv[2], argv[3]);
	both_set_targets(&f.both);
	choose_frames(&f);
	flip_all(&f);
	return report(&f);
}
