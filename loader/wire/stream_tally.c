/* SPDX-License-Identifier: GPL-2.0-only */
/* What the program at the port has counted. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <bpf/bpf.h>

#include "wire/stream_private.h"
#include "stream_xdp.skel.h" /* of these types */

static int tallies_of(const struct stream *s)
{
	return bpf_map__fd(s->skel->maps.tallies);
}

static void add(struct stream_tally *sum, const struct stream_tally *one)
{
	sum->right += one->right;
	sum->wrong += one->wrong;
	sum->duplicated += one->duplicated;
	sum->reordered += one->reordered;
	for (unsigned int i = 0; i < STREAM_BUCKETS; i++)
		sum->bucket[i] += one->bucket[i];
}

/* Of all CPUs. */
static int read_tally(const struct stream *s, struct stream_tally *sum)
{
	int cpus = libbpf_num_possible_cpus(), err;
	struct stream_tally *each;
	__u32 key = 0;

	each = calloc(cpus > 0 ? cpus : 1, sizeof(*each));
	if (!each)
		return -ENOMEM;
	memset(sum, 0, sizeof(*sum));
	err = bpf_map_lookup_elem(tallies_of(s), &key, each);
	for (int i = 0; i < cpus && !err; i++)
		add(sum, &each[i]);
	free(each);
	return err;
}

int stream_counts(struct stream *s, struct stream_counts *out)
{
	struct stream_tally sum;
	int err;

	err = ring_buffer__consume(s->samples);
	err = err < 0 ? err : read_tally(s, &sum);
	if (err)
		return err;
	*out = (struct stream_counts){
		.sent = s->skel->bss->sent - s->sent_before,
		.right = sum.right,
		.wrong = sum.wrong,
		.duplicated = sum.duplicated,
		.reordered = sum.reordered,
		.sampled = s->sampled,
		.sampled_wrong = s->sampled_wrong,
	};
	return 0;
}

int stream_clear(struct stream *s)
{
	int cpus = libbpf_num_possible_cpus(), err;
	struct stream_tally *none;
	__u32 key = 0;

	ring_buffer__consume(s->samples);
	s->sent_before = s->skel->bss->sent;
	s->sampled = 0;
	s->sampled_wrong = 0;
	none = calloc(cpus > 0 ? cpus : 1, sizeof(*none));
	if (!none)
		return -ENOMEM;
	err = bpf_map_update_elem(tallies_of(s), &key, none, BPF_ANY);
	free(none);
	return err;
}

/* The middle of what bucket_of() in stream_xdp.bpf.c puts together. */
static double time_of(unsigned int bucket)
{
	unsigned int shift = bucket / STREAM_STEPS;

	if (!shift)
		return bucket;
	shift--;
	return ldexp(STREAM_STEPS + bucket % STREAM_STEPS + 0.5, shift);
}

static double quantile_of(const struct stream_tally *sum, double quantile)
{
	double all = 0, below = 0;

	for (unsigned int i = 0; i < STREAM_BUCKETS; i++)
		all += sum->bucket[i];
	for (unsigned int i = 0; i < STREAM_BUCKETS; i++) {
		below += sum->bucket[i];
		if (sum->bucket[i] && below >= quantile * all)
			return time_of(i);
	}
	return 0;
}

int stream_quantiles(struct stream *s, const double *quantile, double *ns,
		     unsigned int count)
{
	struct stream_tally sum;
	int err = read_tally(s, &sum);

	for (unsigned int i = 0; i < count && !err; i++)
		ns[i] = quantile_of(&sum, quantile[i]);
	return err;
}
