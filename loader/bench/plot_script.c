/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is drawn. The drawing has no background, and all of it is in tones
 * between light and dark, so that it is readable on both.
 */
#include <errno.h>

#include "array.h"
#include "bench/plot_script.h"

#define INK "#7d8590"

/* Of a panel; more than so many in a row are hard to read on a page. */
#define WIDTH	   400
#define HEIGHT	   360
#define ACROSS_MAX 2

static const struct {
	const char *colour;
	int point; /* gnuplot's number of a shape */
} styles[BENCH_MODES] = {
	[BENCH_HW] = { "#c9527f", 9 },	    [BENCH_DRIVER] = { "#3b82c4", 7 },
	[BENCH_GENERIC] = { "#d9822b", 5 }, [BENCH_TC] = { "#3f9b5c", 13 },
	[BENCH_STACK] = { "#9a6fd0", 11 },  [BENCH_BASELINE] = { "#8c8c8c", 6 },
};

/* A panel: which rows it shows, and one line of data for each. */
struct panel {
	const char *title;
	const char *axes; /* gnuplot's commands */
	const char *with;
	bool (*shows)(const struct bench *b, const struct bench_row *row);
	void (*data)(FILE *to, const struct bench_row *row);
	unsigned int (*x)(const struct bench_row *row); /* NULL: as in axes */
};

static bool by_size(const struct bench *b, const struct bench_row *row)
{
	return bench_row_has_rate(row) &&
	       row->cell.targets == b->cell[0].targets;
}

static bool by_targets(const struct bench *b, const struct bench_row *row)
{
	return bench_row_has_rate(row) && row->cell.size == b->cell[0].size;
}

static bool in_first_cell(const struct bench *b, const struct bench_row *row)
{
	return row->verdict == ROW_MEASURED &&
	       row->cell.size == b->cell[0].size &&
	       row->cell.targets == b->cell[0].targets;
}

static bool by_low(const struct bench *b, const struct bench_row *row)
{
	return in_first_cell(b, row) && row->low.repeats;
}

static bool by_half(const struct bench *b, const struct bench_row *row)
{
	return in_first_cell(b, row) && row->half.repeats;
}

static unsigned int size_of(const struct bench_row *row)
{
	return row->cell.size;
}

static unsigned int targets_of(const struct bench_row *row)
{
	return row->cell.targets;
}

static void rate_data(FILE *to, const struct bench_row *row)
{
	struct bench_spread s = bench_row_rate(row);

	fprintf(to, "%.0f %.0f %.0f\n", s.median, s.min, s.max);
}

static void times_data(FILE *to, const struct bench_times *t)
{
	for (enum bench_quantile q = 0; q < BENCH_QUANTILES; q++) {
		struct bench_spread s = bench_times_ns(t, q);

		if (bench_times_has(t, q))
			fprintf(to, "%u %.2f %.2f %.2f\n", q, s.median / 1e3,
				s.min / 1e3, s.max / 1e3);
	}
}

static void low_data(FILE *to, const struct bench_row *row)
{
	times_data(to, &row->low);
}

static void half_data(FILE *to, const struct bench_row *row)
{
	times_data(to, &row->half);
}

#define RATE_AXES                                              \
	"unset logscale; set logscale x 2; set yrange [0:*]\n" \
	"set format y \"%.1s%c\"; set ylabel \"replies per second\"\n"

#define TIMES_AXES                                           \
	"unset logscale; set logscale y; set yrange [*:*]\n" \
	"set format y \"%g\"; set ylabel \"microseconds\"\n" \
	"set xrange [-0.3:3.3]\n"                            \
	"set xtics (\"50%%\" 0, \"90%%\" 1, \"99%%\" 2, \"99.9%%\" 3)\n"

static const struct panel panels[] = {
	{ "frame size (bytes)", RATE_AXES, "yerrorlines", by_size, rate_data,
	  size_of },
	{ "addresses asked", RATE_AXES, "yerrorlines", by_targets, rate_data,
	  targets_of },
	{ "round trip at a low rate", TIMES_AXES, "yerrorlines", by_low,
	  low_data, NULL },
	{ "round trip at half load", TIMES_AXES, "yerrorlines", by_half,
	  half_data, NULL },
};

static unsigned int rows_of(const struct bench *b, const struct panel *panel,
			    enum bench_mode mode)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < b->count; i++)
		count +=
			b->rows[i].mode == mode && panel->shows(b, &b->rows[i]);
	return count;
}

static bool has_data(const struct bench *b, const struct panel *panel)
{
	for (enum bench_mode m = 0; m < BENCH_MODES; m++)
		if (rows_of(b, panel, m))
			return true;
	return false;
}

static void data_block(FILE *to, const struct bench *b, size_t panel,
		       enum bench_mode mode)
{
	fprintf(to, "$d%zu_%d << end\n", panel, mode);
	for (unsigned int i = 0; i < b->count; i++)
		if (b->rows[i].mode == mode &&
		    panels[panel].shows(b, &b->rows[i])) {
			if (panels[panel].x)
				fprintf(to, "%u ",
					panels[panel].x(&b->rows[i]));
			panels[panel].data(to, &b->rows[i]);
		}
	fputs("end\n", to);
}

/* A mark for each value that was measured, and room beside them. */
static void x_axis(FILE *to, const struct bench *b, const struct panel *p)
{
	unsigned int least = -1, most = 0;
	const char *comma = "set xtics (";

	for (unsigned int i = 0; i < b->count; i++) {
		unsigned int x = p->x(&b->rows[i]);

		if (!p->shows(b, &b->rows[i]))
			continue;
		fprintf(to, "%s%u", comma, x);
		comma = ", ";
		least = x < least ? x : least;
		most = x > most ? x : most;
	}
	fprintf(to, ")\nset xrange [%g:%g]\n", least / 1.3, most * 1.3);
}

static void draw_panel(FILE *to, const struct bench *b, size_t panel)
{
	const struct panel *p = &panels[panel];
	const char *comma = "plot ";

	for (enum bench_mode m = 0; m < BENCH_MODES; m++)
		if (rows_of(b, p, m))
			data_block(to, b, panel, m);
	if (p->x)
		x_axis(to, b, p);
	fprintf(to, "%sset xlabel \"%s\" tc rgb \"" INK "\"\n", p->axes,
		p->title);
	for (enum bench_mode m = 0; m < BENCH_MODES; m++) {
		if (!rows_of(b, p, m))
			continue;
		fprintf(to,
			"%s$d%zu_%d with %s lw 2 pt %d ps 0.6 lc rgb \"%s\" "
			"title \"%s\"",
			comma, panel, m, p->with, styles[m].point,
			styles[m].colour, bench_mode_name(m));
		comma = ", ";
	}
	fputc('\n', to);
}

int bench_plot_script(FILE *to, const struct bench *b)
{
	unsigned int drawn = 0, across, down;

	for (size_t i = 0; i < ARRAY_SIZE(panels); i++)
		drawn += has_data(b, &panels[i]);
	if (!drawn)
		return -ENODATA;
	across = drawn > ACROSS_MAX ? 2 : drawn;
	down = (drawn + across - 1) / across;
	fprintf(to,
		"set terminal svg name \"offload_bench\" size %u,%u "
		"dynamic font \"sans-serif,13\"\n"
		"set multiplot layout %u,%u\n"
		"set border 3 lc rgb \"" INK "\"; set tics nomirror textcolor "
		"rgb \"" INK "\"\n"
		"set grid ytics lc rgb \"" INK "\" lw 0.3\n"
		"set key above maxrows 2 samplen 1.2 textcolor rgb \"" INK
		"\"\n"
		"set ylabel tc rgb \"" INK "\"\n",
		WIDTH * across, HEIGHT * down, down, across);
	for (size_t i = 0; i < ARRAY_SIZE(panels); i++)
		if (has_data(b, &panels[i]))
			draw_panel(to, b, i);
	fputs("unset multiplot\n", to);
	return 0;
}
