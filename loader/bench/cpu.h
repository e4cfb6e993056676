/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the host's CPUs spend their time, as /proc/stat counts it. */
#ifndef BENCH_CPU_H
#define BENCH_CPU_H

#include <stdio.h>

#define BENCH_CPUS_MAX 512

/* Ticks since boot; sysconf(_SC_CLK_TCK) of them are a second. */
struct bench_cpu {
	int id;
	double busy; /* all but idle, waiting for a disk, and stolen */
	double softirq;
};

struct bench_cpus {
	unsigned int count;
	struct bench_cpu at[BENCH_CPUS_MAX];
};

/* Return: 0, or -EBADMSG where @from is nothing like /proc/stat. */
int bench_cpus_parse(FILE *from, struct bench_cpus *out);

/* Of this host, now. Return: 0 or -errno. */
int bench_cpus_read(struct bench_cpus *out);

/* Add to @sum what passed from @before to @after, for the CPUs of both. @sum
 * starts zeroed.
 */
void bench_cpus_add(struct bench_cpus *sum, const struct bench_cpus *before,
		    const struct bench_cpus *after);

/* How long one tick is. */
double bench_tick_ns(void);

/* Of all CPUs together. */
struct bench_cpu bench_cpus_total(const struct bench_cpus *cpus);

#endif
