/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge_predict [-a] [-k KERNEL] [-f FIRMWARE] [-S NAME=VALUE]... [-m MTU]
 *		 -p PACK | OBJECT...
 *
 * What the checker says about the programs that judge_ask asks the kernel
 * about, in the same lines. -S changes one property of the firmware, as
 * offload-lab --set does.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "card/config.h"
#include "check/check_code.h"
#include "check/object_args.h"
#include "pack_btf.h"

struct predict {
	struct check_options options;
	bool attach;
};

/* Is this one asked about, and does it keep the program out? */
static bool counts(const struct predict *p, const struct check_finding *f)
{
	return f->rule->kind != RULE_UNSAFE &&
	       f->rule->stage <
		       (p->attach ? RULE_STAGE_RUN : RULE_STAGE_ATTACH);
}

static enum answer_stage stage_of(const struct check_finding *f)
{
	if (f->rule->stage == RULE_STAGE_MAP)
		return ANSWER_MAP;
	return f->rule->stage == RULE_STAGE_ATTACH ? ANSWER_ATTACH
						   : ANSWER_LOAD;
}

static void add_rule(struct answer *a, const struct check_finding *f)
{
	size_t used = strlen(a->log);

	snprintf(a->log + used, sizeof(a->log) - used, "%s%s%s@%d",
		 used ? " " : "", f->undecided ? "?" : "", f->rule->id,
		 f->insn);
}

static void take(struct answer *a, const struct check_finding *f)
{
	if (f->undecided) {
		if (a->stage == ANSWER_OK)
			a->stage = ANSWER_UNDECIDED;
		return;
	}
	if (a->stage != ANSWER_OK && a->stage != ANSWER_UNDECIDED)
		return;
	a->stage = stage_of(f);
	a->err = f->err ?: f->rule->err;
	snprintf(a->words, sizeof(a->words), "%s", f->words);
}

static void print_report(const struct predict *p, const char *name,
			 const struct check_report *report)
{
	struct answer a = { .name = name, .explored = report->explored };

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct check_finding *f = &report->findings[i];

		add_rule(&a, f);
		if (f->rule->kind == RULE_UNSAFE)
			a.unsafe = true;
		if (rule_crashes(f->rule))
			a.crashes = true;
		if (counts(p, f))
			take(&a, f);
	}
	if (report->costed && a.stage != ANSWER_MAP && a.stage != ANSWER_LOAD)
		a.length = report->words;
	answer_print(&a);
}

static void predict_object(const struct predict *p, const char *path)
{
	struct answer a = { .name = path, .stage = ANSWER_OPEN };
	struct check_report *reports;
	char name[512];
	size_t count;
	int err = check_file(path, NULL, &p->options, &reports, &count, a.words,
			     sizeof(a.words));

	if (err) {
		a.err = -err;
		answer_print(&a);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "%s:%s", path, reports[i].name);
		print_report(p, name, &reports[i]);
	}
	check_free(reports, count);
}

/* As the reader of objects would find them. */
static unsigned int to_funcs(const struct pack_program *program,
			     const struct btf *btf, const uint32_t *types,
			     struct code_func *funcs)
{
	for (unsigned int i = 0; i < program->func_count; i++) {
		const struct btf_type *t = btf__type_by_id(btf, types[i]);

		funcs[i] = (struct code_func){
			.insn = program->funcs[i].insn,
			.name = btf__name_by_offset(btf, t->name_off),
			.global = program->funcs[i].global,
		};
		args_read(btf, types[i], &funcs[i]);
	}
	return program->func_count;
}

static void to_code(const struct pack_program *program, struct code *code,
		    struct code_map *maps)
{
	*code = (struct code){
		.name = "p",
		.type = program->type,
		.attach = BPF_XDP,
		.prog_flags = program->flags,
		.gpl = true,
		.insns = program->insns,
		.insn_count = program->insn_count,
		.maps = maps,
		.map_count = program->map_count,
	};
	memset(maps, 0, PACK_MAPS * sizeof(*maps));
	for (unsigned int i = 0; i < program->map_count; i++) {
		strcpy(maps[i].name, "m");
		maps[i].type = program->maps[i].type;
		maps[i].key = program->maps[i].key;
		maps[i].value = program->maps[i].value;
		maps[i].entries = program->maps[i].entries;
		maps[i].flags = program->maps[i].flags;
		maps[i].extra = program->maps[i].extra;
	}
}

static void predict_pack(const struct predict *p, const char *path)
{
	static struct code_map maps[PACK_MAPS];
	static struct code_func funcs[PACK_FUNCS];
	uint32_t types[PACK_FUNCS];
	struct pack_program program;
	FILE *file = fopen(path, "r");
	struct check_report report;
	struct code code;
	int got;

	if (!file || pack_open(file))
		errx(2, "%s is no pack", path);
	while ((got = pack_read(file, &program)) == 1) {
		struct btf *btf = pack_btf(&program, types);

		if (!btf)
			errx(2, "%s: no memory", program.name);
		to_code(&program, &code, maps);
		code.funcs = funcs;
		code.func_count = to_funcs(&program, btf, types, funcs);
		if (check_code(&code, &p->options, &report))
			errx(2, "%s: no memory", program.name);
		print_report(p, program.name, &report);
		check_report_clear(&report);
		btf__free(btf);
		pack_free(&program);
	}
	if (got)
		errx(2, "%s: %s", path, strerror(-got));
	fclose(file);
}

static void set(struct card_config *card, const char *assignment)
{
	char why[256];

	if (card_config_set(card, assignment, why, sizeof(why)))
		errx(2, "%s", why);
}

static void set_firmware(struct card_config *card, const char *name)
{
	char assignment[128];

	snprintf(assignment, sizeof(assignment), "firmware=%s", name);
	set(card, assignment);
}

int main(int argc, char **argv)
{
	struct card_config card;
	struct predict p = { .options.profile = &card.profile };
	const char *pack = NULL;
	int option;

	card_config_init(&card);
	while ((option = getopt(argc, argv, "af:k:m:p:S:")) != -1) {
		if (option == 'a')
			p.attach = true;
		else if (option == 'f')
			set_firmware(&card, optarg);
		else if (option == 'k')
			p.options.kernel = strcmp(optarg, "6.1")
						   ? CHECK_KERNEL_6_12
						   : CHECK_KERNEL_6_1;
		else if (option == 'm')
			p.options.mtu = strtoul(optarg, NULL, 0);
		else if (option == 'p')
			pack = optarg;
		else if (option == 'S')
			set(&card, optarg);
		else
			return 2;
	}
	if (pack)
		predict_pack(&p, pack);
	while (optind < argc)
		predict_object(&p, argv[optind++]);
	return 0;
}
