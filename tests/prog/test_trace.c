/* SPDX-License-Identifier: GPL-2.0-only */
/* The tracing builds send one record for each echo request, and it is true. */
#include <string.h>

#include "samples.h"

/* What the tracing build sent for one frame. */
struct trace {
	unsigned int records;
	__u32 size;
	struct {
		struct echo_event event;
		__u8 frame[ECHO_TRACE_BYTES];
	} record;
};

static void take_record(void *ctx, int cpu, void *data, __u32 size)
{
	struct trace *trace = ctx;

	(void)cpu;
	trace->records++;
	trace->size = size;
	if (size > sizeof(trace->record))
		size = sizeof(trace->record);
	memcpy(&trace->record, data, size);
}

static const char *trace_fault(const struct trace *trace,
			       const struct wire_case *c)
{
	size_t head = c->len < ECHO_TRACE_BYTES ? c->len : ECHO_TRACE_BYTES;

	if (trace->records != (c->verdict != ECHO_NOT_ECHO))
		return "number of records";
	if (!trace->records)
		return NULL;
	if (trace->size < sizeof(trace->record.event) + head)
		return "size of the record";
	if (trace->record.event.verdict != c->verdict)
		return "verdict";
	if (trace->record.event.frame_len != c->len)
		return "length of the frame";
	return memcmp(trace->record.frame, c->frame, head)
		       ? "bytes of the frame"
		       : NULL;
}

static void every_case_has_its_trace(void **state)
{
	struct runner *r = runner_get(state);
	struct perf_buffer *buffer;
	struct trace trace;
	struct wire_case c;

	set_sample_targets(r, false);
	buffer =
		perf_buffer__new(r->events, 8, take_record, NULL, &trace, NULL);
	assert_non_null(buffer);
	wire_case_start(&c, &HOSTS);
	while (wire_case_next(&c)) {
		const char *fault;

		trace.records = 0;
		runner_run(r, c.frame, c.len, c.len);
		perf_buffer__consume(buffer);
		fault = trace_fault(&trace, &c);
		if (fault)
			fail_msg("%s: %s is wrong", c.name, fault);
	}
	perf_buffer__free(buffer);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_EACH_TRACING_VARIANT(every_case_has_its_trace),
	};

	return cmocka_run_group_tests_name("trace", tests, NULL,
					   runner_close_all);
}
