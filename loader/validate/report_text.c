/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "validate/report.h"

static const char *version_of(int family)
{
	return family == AF_INET ? "IPv4" : "IPv6";
}

static void print_family(const struct end *end, int v6)
{
	const struct end_family *f = &end->family[v6];
	const char *version = version_of(v6 ? AF_INET6 : AF_INET);
	char server[INET6_ADDRSTRLEN], client[INET6_ADDRSTRLEN];

	if (f->asked) {
		address_text(&f->server, server);
		address_text(&f->client, client);
		printf("%s: %s asked by %s%s\n", version, server, client,
		       f->host || end->kind == END_KERNEL
			       ? ""
			       : "; no host has an address to answer with");
	} else if (*f->why_not) {
		printf("%s: not asked: %s\n", version, f->why_not);
	}
}

void report_text_begin(const struct run *run)
{
	const struct end *end = run->end;

	printf("%s: %s%s%s\n", end->name, end->is,
	       end->any ? ", every address" : "",
	       end->filters ? ", maybe behind a filter of MAC addresses" : "");
	print_family(end, 0);
	print_family(end, 1);
	printf("%-16s %7s", "", "sent");
	for (int o = 0; o < OUTCOME_COUNT; o++)
		printf(" %*s",
		       (int)strlen(outcome_name(o)) > 7
			       ? (int)strlen(outcome_name(o))
			       : 7,
		       outcome_name(o));
	putchar('\n');
	output_flush();
}

static void print_count(unsigned long count, int width)
{
	if (count)
		printf(" %*lu", width, count);
	else
		printf(" %*s", width, "-");
}

void report_text_group(const struct run *run, const struct tally *t)
{
	char name[32];

	(void)run;
	snprintf(name, sizeof(name), "%s %s", version_of(t->family),
		 group_name(t->group));
	printf("%-16s", name);
	print_count(t->sent, 7);
	for (int o = 0; o < OUTCOME_COUNT; o++) {
		int width = strlen(outcome_name(o));

		print_count(t->outcome[o], width > 7 ? width : 7);
	}
	puts(t->done ? "" : "  (in part)");
	output_flush();
}

static void print_failures(const struct run *run)
{
	bool colour = isatty(STDOUT_FILENO);

	for (size_t i = 0; i < run->failures; i++) {
		putchar('\n');
		failure_print(stdout, &run->failure[i], colour);
	}
	if (run->failures)
		putchar('\n');
}

/* Sum over the groups of one counter, which is at @offset in a tally. */
static unsigned long sum_of(const struct run *run, size_t offset)
{
	unsigned long sum = 0;

	for (int i = 0; i < run->tallies; i++)
		sum += *(const unsigned long *)((const char *)&run->tally[i] +
						offset);
	return sum;
}

#define SUM(run, field) sum_of(run, offsetof(struct tally, field))

static void print_left_out(const struct run *run)
{
	size_t size_max = run->end->frame_max;

	for (int left = 0; left < LEFT_COUNT; left++) {
		unsigned long count = SUM(run, left_out[left]);

		if (count)
			printf("%lu %s\n", count, left_out_text(left));
	}
	if (size_max < GROUP_SIZE_MAX &&
	    (!run->options->groups || run->options->groups & 1 << GROUP_SIZES))
		printf("sizes from %zu to %d bytes are left out: the MTU is "
		       "%zu\n",
		       size_max + 1, GROUP_SIZE_MAX, size_max - ETH_HLEN);
}

static void print_known(const struct run *run)
{
	static const char because[] = "known of a plain kernel:";

	for (int bit = 0; bit < HOST_DIFFERENCES; bit++) {
		unsigned long count = SUM(run, difference[bit]);

		if (count)
			printf("%s %lu times, %s\n", because, count,
			       host_difference_text(bit));
	}
	for (int s = 0; s < WIRE_SILENCES; s++) {
		unsigned long count = SUM(run, silence[s]);

		if (count)
			printf("%s %lu times, %s\n", because, count,
			       silence_text(s));
	}
}

/* Each fault once, with the cases of all groups. */
static void print_faults(const struct run *run)
{
	struct tally all = {};

	for (int i = 0; i < run->tallies; i++)
		for (int f = 0; f < FAULTS_MAX; f++)
			if (run->tally[i].fault[f].fault)
				tally_add_fault(&all,
						run->tally[i].fault[f].fault,
						run->tally[i].fault[f].count);
	for (int f = 0; f < FAULTS_MAX; f++)
		if (all.fault[f].fault)
			printf("%lu times: %s\n", all.fault[f].count,
			       all.fault[f].fault);
	if (run->strays)
		printf("%lu times: an echo reply to nothing that was asked\n",
		       run->strays);
}

static void print_unanswered(const struct run *run)
{
	for (int v6 = 0; v6 < 2; v6++)
		if (run->probed[v6] && !run->answered[v6])
			printf("%s: no reply at all\n",
			       version_of(v6 ? AF_INET6 : AF_INET));
}

void report_text_end(const struct run *run, enum ending ending)
{
	unsigned long sent = SUM(run, sent), failed = run_failures(run);

	print_failures(run);
	print_left_out(run);
	print_known(run);
	print_faults(run);
	print_unanswered(run);
	if (ending == ENDING_RIGHT)
		printf("all right: %lu cases\n", sent);
	else if (ending == ENDING_WRONG && !failed)
		printf("not all right, though all of %lu cases are\n", sent);
	else if (ending == ENDING_WRONG)
		printf("not all right: %lu of %lu cases failed%s\n", failed,
		       sent,
		       run->failures < failed && !run->options->verbose
			       ? " (-v shows all of them)"
			       : "");
	else
		printf("in part only: %lu cases, of which %lu failed\n", sent,
		       failed);
}
