/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One loaded variant, and frames run through it by BPF_PROG_TEST_RUN: once
 * each, and compared with the reference. Needs root.
 */
#ifndef PROG_RUNNER_H
#define PROG_RUNNER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <cmocka.h>
#include <linux/types.h>
#include <bpf/libbpf.h>

#include "reference.h"

/* Room for the longest frame of several buffers. */
#define RUNNER_MAX 65536

/* Bytes; the kernel runs no program on a shorter frame. */
#define RUNNER_MIN 14

struct variant {
	const char *file; /* in the build folder's bpf/ */
	bool tc;
};

enum {
	ECHO_XDP,
	ECHO_HW,
	ECHO_TC,
	ECHO_XDP_TRACE,
	ECHO_HW_TRACE,
	ECHO_TC_TRACE,
	N_VARIANTS,
};

extern const struct variant variants[N_VARIANTS];

/* Rows for cmocka: @test on each variant. */
#define ON_VARIANT(test, v)                                   \
	{                                                     \
		.name = #test " (" #v ")", .test_func = test, \
		.initial_state = (void *)&variants[v]         \
	}
#define ON_EACH_TRACING_VARIANT(test)                                      \
	ON_VARIANT(test, ECHO_XDP_TRACE), ON_VARIANT(test, ECHO_HW_TRACE), \
		ON_VARIANT(test, ECHO_TC_TRACE)
#define ON_EACH_VARIANT(test)                                  \
	ON_VARIANT(test, ECHO_XDP), ON_VARIANT(test, ECHO_HW), \
		ON_VARIANT(test, ECHO_TC), ON_EACH_TRACING_VARIANT(test)
/* Those that are given frames of several buffers. */
#define ON_EACH_VARIANT_WITH_FRAGS(test) \
	ON_VARIANT(test, ECHO_XDP), ON_VARIANT(test, ECHO_XDP_TRACE)

struct runner {
	const struct variant *variant;
	struct bpf_object *obj;
	int prog;
	int targets;
	int stats;
	int events; /* tracing builds only; otherwise negative */
	int cpus;   /* values of a counter; 1 where it is not per CPU */

	struct reference ref;
	__u64 expected[ECHO_VERDICTS]; /* counters, by the reference */

	__u8 out[RUNNER_MAX]; /* what the last frame became */
	size_t out_len;
	__u8 want[RUNNER_MAX]; /* by the reference */
	char fault[160];
};

/*
 * The runner for the variant of a test's initial state: loaded once, and set
 * up anew for each test, with no targets. Skips the test without root.
 */
struct runner *runner_get(void **state);

/* Close and load the program, at another place in memory, with new maps. */
void runner_load_again(struct runner *r);

/* Group teardown. */
int runner_close_all(void **state);

/* Replace the program's targets and the reference's. @targets must stay. */
void runner_set_targets(struct runner *r,
			const struct reference_target *targets, size_t n);

/* Counters by verdict, all CPUs. */
void runner_read_counters(const struct runner *r,
			  __u64 counters[ECHO_VERDICTS]);

/* From here on the reference counts as the program has counted. */
void runner_sync_counters(struct runner *r);

/**
 * runner_run() - one frame through the program
 * @seen: bytes in its first buffer; below @len it needs Linux 6.18 and XDP
 *
 * Return: what the program returned, as __u32, with the frame in out; or
 * -errno.
 */
__s64 runner_run(struct runner *r, const void *frame, size_t len, size_t seen);

/**
 * runner_compare() - one frame, through the program and the reference
 *
 * Compares what was done with the frame and every byte of it, and adds to the
 * reference's counters. Frames that the kernel refuses to run a tc program on
 * are left out: those that end before their IP header does, or have nothing
 * behind the Ethernet header. On a wire they are possible.
 *
 * Return: the reference's verdict; or -1, with the difference in fault.
 */
int runner_compare(struct runner *r, const void *frame, size_t len,
		   size_t seen);

/* Return: whether counters are what the reference counted; else see fault. */
bool runner_counters_match(struct runner *r);

/* As runner_compare(), counters included. */
int runner_compare_all(struct runner *r, const void *frame, size_t len,
		       size_t seen);

/* A frame in hexadecimal, for a test's message. */
const char *runner_dump(const void *frame, size_t len);

#endif
