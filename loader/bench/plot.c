/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The drawing has no background, and all of it is in tones between light and
 * dark, so that it is readable on both.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "array.h"
#include "bench/show.h"
#include "child.h"

#define GNUPLOT_MISSING "gnuplot does not run: apt-get install gnuplot-nox"

#define INK "#7d8590"

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

static bool by_quantile(const struct bench *b, const struct bench_row *row)
{
	return row->verdict == ROW_MEASURED && row->low.known &&
	       row->cell.size == b->cell[0].size &&
	       row->cell.targets == b->cell[0].targets;
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

static void quantile_data(FILE *to, const struct bench_row *row)
{
	const struct bench_times *t = &row->low;
	const double ns[] = { t->p50_ns, t->p90_ns, t->p99_ns, t->p999_ns };

	for (size_t i = 0; i < ARRAY_SIZE(ns); i++)
		fprintf(to, "%zu %.2f\n", i, ns[i] / 1e3);
}

#define RATE_AXES                                              \
	"unset logscale; set logscale x 2; set yrange [0:*]\n" \
	"set format y \"%.1s%c\"; set ylabel \"replies per second\"\n"

static const struct panel panels[] = {
	{ "frame size (bytes)", RATE_AXES, "yerrorlines", by_size, rate_data,
	  size_of },
	{ "addresses asked", RATE_AXES, "yerrorlines", by_targets, rate_data,
	  targets_of },
	{ "round trip at a low rate",
	  "unset logscale; set logscale y; set yrange [*:*]; set format y \"%g\"\n"
	  "set ylabel \"microseconds\"\nset xrange [-0.3:3.3]\n"
	  "set xtics (\"50%%\" 0, \"90%%\" 1, \"99%%\" 2, \"99.9%%\" 3)\n",
	  "linespoints", by_quantile, quantile_data, NULL },
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

static int write_script(FILE *to, const struct bench *b)
{
	unsigned int drawn = 0;

	for (size_t i = 0; i < ARRAY_SIZE(panels); i++)
		drawn += has_data(b, &panels[i]);
	if (!drawn)
		return -ENODATA;
	fprintf(to,
		"set terminal svg name \"offload_bench\" size %u,360 "
		"dynamic font \"sans-serif,13\"\n"
		"set multiplot layout 1,%u\n"
		"set border 3 lc rgb \"" INK "\"; set tics nomirror textcolor "
		"rgb \"" INK "\"\n"
		"set grid ytics lc rgb \"" INK "\" lw 0.3\n"
		"set key above maxrows 2 samplen 1.2 textcolor rgb \"" INK
		"\"\n"
		"set ylabel tc rgb \"" INK "\"\n",
		320 * drawn, drawn);
	for (size_t i = 0; i < ARRAY_SIZE(panels); i++)
		if (has_data(b, &panels[i]))
			draw_panel(to, b, i);
	fputs("unset multiplot\n", to);
	return 0;
}

/* A script in memory, by its descriptor; or -errno. */
static int make_script(const struct bench *b)
{
	int fd = memfd_create("plot", MFD_CLOEXEC), copy, err;
	FILE *to;

	if (fd < 0)
		return -errno;
	copy = dup(fd);
	to = copy < 0 ? NULL : fdopen(copy, "w");
	if (!to) {
		close(fd);
		return -ENOMEM;
	}
	err = write_script(to, b);
	if (fclose(to) && !err)
		err = -EIO;
	if (err)
		close(fd);
	return err ?: fd;
}

static int save(const char *file, const char *svg)
{
	FILE *to = fopen(file, "we");
	int err;

	if (!to)
		return -errno;
	err = fputs(svg, to) < 0 ? -EIO : 0;
	return fclose(to) ? -errno : err;
}

__attribute__((format(printf, 4, 5))) static int fail(int err, char *why,
						      size_t room,
						      const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, room, format, args);
	va_end(args);
	return err;
}

static int draw(int script, const char *file, char *why, size_t room)
{
	char path[64];
	char *argv[] = { "gnuplot", path, NULL };
	struct child child;
	int err;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", getpid(), script);
	err = child_run(argv, -1, &child);
	if (err)
		fail(err, why, room, GNUPLOT_MISSING);
	else if (child.status || !*child.out)
		err = fail(-EIO, why, room, "gnuplot failed: %.*s",
			   (int)strcspn(child.err, "\n"), child.err);
	else if ((err = save(file, child.out)))
		fail(err, why, room, "%s: %s", file, strerror(-err));
	child_free(&child);
	return err;
}

/* Nothing is left of the attempt. Return: 0 or -errno. */
static int try_to_write(const char *file)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	bool is_new = fd >= 0;

	if (!is_new && errno == EEXIST)
		fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
			  0666);
	if (fd < 0)
		return -errno;
	close(fd);
	return is_new && unlink(file) ? -errno : 0;
}

int bench_plot_check(const char *file, char *why, size_t room)
{
	char *argv[] = { "gnuplot", "--version", NULL };
	struct child child;
	int err = child_run(argv, -1, &child);

	child_free(&child);
	if (err)
		return fail(err, why, room, GNUPLOT_MISSING);
	err = try_to_write(file);
	if (err)
		fail(err, why, room, "%s: %s", file, strerror(-err));
	return err;
}

int bench_plot(const char *file, const struct bench *b, char *why, size_t room)
{
	int script = make_script(b), err;

	if (script == -ENODATA)
		return fail(script, why, room, "there is nothing to draw");
	if (script < 0)
		return fail(script, why, room, "no drawing: %s",
			    strerror(-script));
	err = draw(script, file, why, room);
	close(script);
	return err;
}
