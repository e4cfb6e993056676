/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/cpu.h"

/* Fields in the order of proc(5). */
enum {
	USER,
	NICE,
	SYSTEM,
	IDLE,
	IOWAIT,
	IRQ,
	SOFTIRQ,
	FIELDS,
};

static int parse_line(const char *line, struct bench_cpu *out)
{
	double t[FIELDS];

	if (sscanf(line, "cpu%d %lf %lf %lf %lf %lf %lf %lf", &out->id,
		   &t[USER], &t[NICE], &t[SYSTEM], &t[IDLE], &t[IOWAIT],
		   &t[IRQ], &t[SOFTIRQ]) != 1 + FIELDS)
		return -EBADMSG;
	out->busy = t[USER] + t[NICE] + t[SYSTEM] + t[IRQ] + t[SOFTIRQ];
	out->softirq = t[SOFTIRQ];
	return 0;
}

int bench_cpus_parse(FILE *from, struct bench_cpus *out)
{
	char *line = NULL;
	size_t room = 0;
	int err = 0;

	out->count = 0;
	while (!err && out->count < BENCH_CPUS_MAX &&
	       getline(&line, &room, from) > 0 && !strncmp(line, "cpu", 3)) {
		if (line[3] == ' ') /* the sum */
			continue;
		err = parse_line(line, &out->at[out->count]);
		out->count += !err;
	}
	free(line);
	return err ?: out->count ? 0 : -EBADMSG;
}

int bench_cpus_read(struct bench_cpus *out)
{
	FILE *from = fopen("/proc/stat", "re");
	int err;

	if (!from)
		return -errno;
	err = bench_cpus_parse(from, out);
	fclose(from);
	return err;
}

static const struct bench_cpu *find(const struct bench_cpus *cpus, int id)
{
	for (unsigned int i = 0; i < cpus->count; i++)
		if (cpus->at[i].id == id)
			return &cpus->at[i];
	return NULL;
}

static struct bench_cpu *find_or_add(struct bench_cpus *cpus, int id)
{
	struct bench_cpu *cpu = (struct bench_cpu *)find(cpus, id);

	if (cpu || cpus->count == BENCH_CPUS_MAX)
		return cpu;
	cpu = &cpus->at[cpus->count++];
	*cpu = (struct bench_cpu){ .id = id };
	return cpu;
}

void bench_cpus_add(struct bench_cpus *sum, const struct bench_cpus *before,
		    const struct bench_cpus *after)
{
	for (unsigned int i = 0; i < after->count; i++) {
		const struct bench_cpu *now = &after->at[i];
		const struct bench_cpu *then = find(before, now->id);
		struct bench_cpu *to = find_or_add(sum, now->id);

		if (!then || !to)
			continue;
		to->busy += now->busy - then->busy;
		to->softirq += now->softirq - then->softirq;
	}
}

double bench_tick_ns(void)
{
	return 1e9 / sysconf(_SC_CLK_TCK);
}

struct bench_cpu bench_cpus_total(const struct bench_cpus *cpus)
{
	struct bench_cpu sum = { .id = -1 };

	for (unsigned int i = 0; i < cpus->count; i++) {
		sum.busy += cpus->at[i].busy;
		sum.softirq += cpus->at[i].softirq;
	}
	return sum;
}
