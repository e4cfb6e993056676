/* SPDX-License-Identifier: GPL-2.0-only */
#include "bench/json_card.h"
#include "bench/show.h"
#include "../report.h" /* the checker has one, too */

static json_t *spread(struct bench_spread s)
{
	return json_pack("{s:f, s:f, s:f, s:f}", "median", s.median, "min",
			 s.min, "max", s.max, "spread_ratio", s.relative);
}

static json_t *values(const double *at, unsigned int count)
{
	json_t *out = json_array();

	for (unsigned int i = 0; i < count; i++)
		json_array_append_new(out, json_real(at[i]));
	return out;
}

static json_t *frames(const struct stream_counts *c)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "sent",
			 (json_int_t)c->sent, "right", (json_int_t)c->right,
			 "wrong", (json_int_t)c->wrong, "duplicated",
			 (json_int_t)c->duplicated, "reordered",
			 (json_int_t)c->reordered, "sampled",
			 (json_int_t)c->sampled, "sampled_wrong",
			 (json_int_t)c->sampled_wrong);
}

static json_t *real_or_null(bool known, double value)
{
	return known ? json_real(value) : json_null();
}

static json_t *times(const struct bench_times *t)
{
	static const char *const names[] = {
		[BENCH_P50] = "p50_ns",
		[BENCH_P90] = "p90_ns",
		[BENCH_P99] = "p99_ns",
		[BENCH_P99_9] = "p99_9_ns",
	};
	json_t *out;

	if (!t->repeats)
		return json_null();
	out = json_pack("{s:f, s:f, s:I, s:I, s:b}", "asked_per_s",
			t->asked_per_s, "rate_per_s",
			bench_times_rate(t).median, "sent_frames",
			(json_int_t)t->sent, "lost_frames", (json_int_t)t->lost,
			"sender_is_the_limit", (int)bench_times_is_short(t));
	for (enum bench_quantile q = 0; q < BENCH_QUANTILES; q++)
		json_object_set_new(out, names[q],
				    bench_times_has(t, q)
					    ? spread(bench_times_ns(t, q))
					    : json_null());
	return out;
}

static json_t *cores(const struct bench_row *row)
{
	double ns = bench_tick_ns() / row->counted;
	json_t *out = json_array();

	for (unsigned int i = 0; i < row->cpus.count; i++) {
		const struct bench_cpu *cpu = &row->cpus.at[i];

		json_array_append_new(
			out,
			json_pack("{s:i, s:f, s:f}", "cpu", cpu->id,
				  "busy_ns_per_reply", cpu->busy * ns,
				  "softirq_ns_per_reply", cpu->softirq * ns));
	}
	return out;
}

static void add_rate(json_t *out, const struct bench *b,
		     const struct bench_row *row)
{
	const struct bench_row *driver =
		bench_row_beside(b->rows, b->count, row, BENCH_DRIVER);
	const struct bench_row *bare =
		bench_row_beside(b->rows, b->count, row, BENCH_BASELINE);
	json_t *rate = spread(bench_row_rate(row));
	bool done = row->verdict == ROW_MEASURED;

	json_object_set_new(rate, "repeats",
			    values(row->right_per_s, row->repeats));
	json_object_set_new(out, "replies_per_s", rate);
	json_object_set_new(
		out, "sent_per_s",
		spread(bench_spread(row->sent_per_s, row->repeats)));
	json_object_set_new(out, "interface_frames_in_per_s",
			    json_real(row->interface_counted / row->seconds));
	json_object_set_new(out, "frames", frames(&row->total));
	json_object_set_new(out, "ratio_to_driver",
			    real_or_null(done && driver,
					 driver ? bench_row_ratio(row, driver)
						: 0));
	json_object_set_new(out, "over_baseline_ns_per_reply",
			    real_or_null(done && bare,
					 bare ? bench_row_over_ns(row, bare)
					      : 0));
	json_object_set_new(out, "loss_free_per_s",
			    row->searches ? spread(bench_row_loss_free(row))
					  : json_null());
	json_object_set_new(out, "sender_is_the_limit",
			    json_boolean(row->sender_is_limit));
}

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

/* The mean is of all repeats together. */
static json_t *spread_and_mean(struct bench_spread s, double mean)
{
	json_t *out = spread(s);

	json_object_set_new(out, "mean", json_real(mean));
	return out;
}

static void add_cost(json_t *out, const struct bench_row *row)
{
	json_object_set_new(out, "cpu_ns_per_reply",
			    spread_and_mean(bench_row_cpu_ns(row),
					    bench_row_cpu_mean_ns(row)));
	json_object_set_new(out, "softirq_ns_per_reply",
			    spread_and_mean(bench_row_softirq_ns(row),
					    bench_row_softirq_mean_ns(row)));
	json_object_set_new(out, "cores", cores(row));
	json_object_set_new(out, "program_ns_per_frame",
			    row->program_runs
				    ? spread(bench_row_program_ns(row))
				    : json_null());
	json_object_set_new(out, "program_reason",
			    text_or_null(row->program_why));
	json_object_set_new(out, "round_trip_at_low_rate", times(&row->low));
	json_object_set_new(out, "round_trip_at_half_rate", times(&row->half));
}

static json_t *row_json(const struct bench *b, const struct bench_row *row)
{
	static const char *const verdict[] = {
		[ROW_OPEN] = "unfinished",
		[ROW_MEASURED] = "measured",
		[ROW_REFUSED] = "refused",
		[ROW_UNMEASURED] = "unmeasured",
	};
	json_t *out = json_pack(
		"{s:s, s:i, s:i, s:s, s:o, s:o, s:o}", "mode",
		bench_mode_name(row->mode), "frame_bytes", (int)row->cell.size,
		"targets", (int)row->cell.targets, "verdict",
		verdict[row->verdict], "reason",
		text_or_null(row->verdict == ROW_OPEN ? b->why : row->why),
		"sender", text_or_null(row->sender), "attached_in_mode",
		row->placed == MODE_NONE ? json_null()
					 : json_string(mode_name(row->placed)));

	/* A rate of wrong replies is none. */
	if (row->repeats && row->verdict != ROW_REFUSED) {
		add_rate(out, b, row);
		add_cost(out, row);
	}
	json_object_set_new(out, "emulated_card", bench_json_card(b, row));
	return out;
}

static json_t *side(const struct bench_side *side)
{
	json_t *out = report_device(side->dev.name, &side->dev);

	json_object_set_new(out, "mtu_bytes", json_integer(side->dev.mtu));
	return out;
}

json_t *bench_json(const struct bench *b, const struct bench_machine *m)
{
	const struct bench_options *o = b->options;
	char src[INET6_ADDRSTRLEN], dst[INET6_ADDRSTRLEN];
	json_t *rows = json_array();

	address_text(&b->ends.sender, src);
	address_text(&b->ends.target[0], dst);
	for (unsigned int i = 0; i < b->count; i++)
		json_array_append_new(rows, row_json(b, &b->rows[i]));
	return json_pack(
		"{s:s, s:s, s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:i, s:s, s:s, "
		"s:i, s:f, s:b, s:o, s:o, s:o, s:o}",
		"version", VERSION, "kernel", m->kernel, "cpu_model",
		text_or_null(m->cpu), "cpus", (int)m->cpus, "interface",
		side(&b->iface), "peer", side(&b->peer), "peer_netns",
		text_or_null(o->netns), "sender", text_or_null(b->sender),
		"judge_mode", text_or_null(b->judge), "sender_cpu", b->cpu,
		"source", src, "first_target", dst, "repeats", (int)o->repeat,
		"seconds_per_repeat", o->seconds, "interrupted",
		(int)b->interrupted, "ended_early",
		text_or_null(b->ended_early ? b->why : NULL), "emulated",
		b->emulated.is < 0 ? json_null() : json_boolean(b->emulated.is),
		"frames_in_all", frames(&b->whole), "rows", rows);
}
