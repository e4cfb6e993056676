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

enum bench_quantile {
	BENCH_P50,
	BENCH_P90,
	BENCH_P99,
	BENCH_P99_9,
	BENCH_QUANTILES,
};

extern const double bench_quantile[BENCH_QUANTILES]; /* 0.5 and so on */

/* Round-trip times at one rate; a value for each repeat that was answered. */
struct bench_times {
	unsigned int repeats;
	double asked_per_s;
	double sent_per_s[BENCH_REPEAT_MAX];
	double ns[BENCH_QUANTILES][BENCH_REPEAT_MAX];
	__u64 sent, lost; /* frames, of all repeats */
};

/* Repeats in which is measured what takes longer. */
#define BENCH_THOROUGH_MAX 3

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
	bool lossless;		    /* the last repeat */
	struct bench_cpus cpus;
	struct bench_times low, half;

	/* In some of the repeats. */
	unsigned int searches;
	double loss_free_per_s[BENCH_THOROUGH_MAX]; /* 0: nothing tried was */
	bool sender_is_limit; /* of what a search came to */
	unsigned int program_runs;
	double program_ns[BENCH_THOROUGH_MAX];
	char program_why[64]; /* they failed: a sentence */

	struct bench_card card;
};

/* What rows come to, where they were measured. */
struct bench_spread bench_row_rate(const struct bench_row *row);
struct bench_spread bench_row_cpu_ns(const struct bench_row *row);
struct bench_spread bench_row_softirq_ns(const struct bench_row *row);
struct bench_spread bench_row_loss_free(const struct bench_row *row);
struct bench_spread bench_row_program_ns(const struct bench_row *row);

/* Of all repeats together, per right reply: the kernel's ticks are long beside
 * one repeat.
 */
double bench_row_cpu_mean_ns(const struct bench_row *row);
double bench_row_softirq_mean_ns(const struct bench_row *row);

struct bench_spread bench_times_rate(const struct bench_times *times);
struct bench_spread bench_times_ns(const struct bench_times *times,
				   enum bench_quantile quantile);

/* Were there frames enough that some took longer than that? */
bool bench_times_has(const struct bench_times *times,
		     enum bench_quantile quantile);

/* Could the sender not do what was asked? */
bool bench_times_is_short(const struct bench_times *times);

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

/* ROW_REFUSED or ROW_UNMEASURED, and why. */
__attribute__((format(printf, 3, 4))) void bench_row_close(
	struct bench_row *row, enum bench_verdict verdict, const char *format,
	...);

#endif
