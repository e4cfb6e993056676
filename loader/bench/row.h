/* SPDX-License-Identifier: GPL-2.0-only */
/* What was measured of one mode, frame size and number of targets. */
#ifndef BENCH_ROW_H
#define BENCH_ROW_H

#include "bench/cpu.h"
#include "bench/plan.h"
#include "bench/spread.h"
#include "wire/stream.h"

enum bench_verdict {
	ROW_OPEN, /* not come to, or not finished */
	ROW_MEASURED,
	ROW_REFUSED,	/* its replies were not right */
	ROW_UNMEASURED, /* it could not be measured */
};

/* Round-trip times at one rate. */
struct bench_times {
	bool known;
	double rate_per_s; /* that was sent at */
	double p50_ns, p90_ns, p99_ns, p999_ns;
	__u64 sent, lost; /* frames */
};

/* What a card's own counters tell, per packet that it sent back. */
struct bench_card {
	bool known;
	double instructions;
	double memory_commands;
	__u64 packets;
};

#define BENCH_WHY_MAX 1280

struct bench_row {
	enum bench_mode mode;
	struct bench_cell cell;
	enum bench_verdict verdict;
	char why[BENCH_WHY_MAX]; /* refused or unmeasured: a sentence */
	const char *sender;	 /* by its name; NULL: not sent to */
	enum xdp_mode placed;	 /* baseline: in driver or generic mode */

	/* At the highest rate; a value for each repeat. */
	unsigned int repeats;
	double sent_per_s[BENCH_REPEAT_MAX];
	double right_per_s[BENCH_REPEAT_MAX];
	double cpu_ns[BENCH_REPEAT_MAX];     /* busy, per right reply */
	double softirq_ns[BENCH_REPEAT_MAX]; /* the same */
	double seconds;			     /* of all repeats */
	double counted;			     /* right replies in these */
	double interface_counted;   /* frames in, by the interface's counters */
	struct stream_counts total; /* of the repeats, warming up included */
	struct bench_cpus cpus;

	/* Once. */
	double loss_free_per_s; /* 0: at no rate that was tried */
	bool loss_free_known;
	bool sender_is_limit; /* all that was sent was answered */
	struct bench_times low, half;
	double program_ns;
	bool program_ns_known;
	struct bench_card card;
};

/* What rows come to, where they were measured. */
struct bench_spread bench_row_rate(const struct bench_row *row);
struct bench_spread bench_row_cpu_ns(const struct bench_row *row);
struct bench_spread bench_row_softirq_ns(const struct bench_row *row);

/* Has it a rate to compare with? */
bool bench_row_has_rate(const struct bench_row *row);

/* The row of @mode with the same size and number of targets, if it has a rate;
 * or NULL.
 */
const struct bench_row *bench_row_beside(const struct bench_row *rows,
					 unsigned int count,
					 const struct bench_row *row,
					 enum bench_mode mode);

/* How often @row's rate is @other's, and the time from one reply to the next
 * less @other's: the median of what each repeat, and the other's of the same
 * round, come to. So what slows the machine for a while slows both sides.
 */
double bench_row_ratio(const struct bench_row *row,
		       const struct bench_row *other);
double bench_row_over_ns(const struct bench_row *row,
			 const struct bench_row *other);

/* CPU time that was softirq's, of the CPU that did most of it; and which. */
int bench_row_softirq_cpu(const struct bench_row *row, double *share);

#endif
