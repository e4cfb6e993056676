/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/membarrier.h>

#include "attach.h"
#include "bpflog.h"
#include "foresee.h"
#include "kmsg.h"
#include "load.h"
#include "output.h"
#include "reason.h"
#include "report.h"
#include "responder.h"
#include "warn.h"

/* Lines of the verifier's log that are shown. */
#define TAIL_LINES 6

/* What is the card asked to run? */
static void foresee(const struct load *l, struct foresight *out)
{
	const struct options *o = l->options;
	size_t size;
	const void *elf;

	if (o->program) {
		foresee_file(&l->dev, o->program, o->program_name, out);
		return;
	}
	elf = responder_elf(responder_variant(MODE_HW, o->restricted), l->trace,
			    &size);
	foresee_memory(&l->dev, elf, size, out);
}

static void explain(const struct load *l, struct attempt *why)
{
	struct foresight f;

	foresee(l, &f);
	foresee_explain(&f, why);
	foresee_end(&f);
}

/* A foreign program: what the checker is certain of is said before it is tried.
 * One that takes the kernel down is not tried at all.
 */
static int foresee_trouble(const struct load *l, struct attempt *why)
{
	enum foresight_kind kind;
	struct foresight f;
	char text[REASON_MAX];

	foresee(l, &f);
	kind = foresee_warning(&f, text, sizeof(text));
	foresee_end(&f);
	if (kind == FORESIGHT_CRASH) {
		why->source = SOURCE_LOADER;
		snprintf(why->reason, sizeof(why->reason), "not tried: %.900s",
			 text);
		return -ECANCELED;
	}
	if (kind != FORESIGHT_NOTHING)
		report_warning(l->dev.name, "%s", text);
	return 0;
}

/* Find the reason, unless who refused has given it, and say it. */
static int refuse(struct load *l, struct attempt *why)
{
	struct evidence evidence = {
		.dev = &l->dev,
		.perfmon = !l->options->program,
		.message = l->nl->message,
		.verifier = l->program.log ?: "",
		.refused_map = bpflog_refused_map(),
		.bpf_message = bpflog_first(),
		.kmsg = l->kmsg,
		.frags = l->program.prog && program_has_frags(&l->program),
	};
	char tail[REASON_MAX] = "";

	if (why->mode == MODE_HW)
		device_read_features(&l->dev);
	if (!why->reason[0])
		reason_find(&evidence, why);
	if (why->mode == MODE_HW && why->stage != STAGE_OPEN)
		explain(l, why);
	/* A card's driver says it in one line; the verifier needs more. */
	if (why->source == SOURCE_VERIFIER && why->mode != MODE_HW)
		reason_verifier_tail(evidence.verifier, TAIL_LINES, tail,
				     sizeof(tail));
	report_refusal(l->dev.name, why, tail);
	return why->err;
}

static int open_program(struct load *l, struct attempt *why)
{
	const struct options *o = l->options;

	if (o->program)
		return program_open(o->program, o->program_name, &l->program,
				    why);
	return responder_open(responder_variant(why->mode, o->restricted),
			      l->trace, &l->program, why);
}

/* Bind, prepare and load; then what must be there before a frame comes. */
static int load_program(struct load *l, enum xdp_mode mode)
{
	const struct options *o = l->options;
	int err = 0;

	if (mode == MODE_HW)
		program_bind(&l->program, l->dev.ifindex);
	if (!o->program)
		err = responder_prepare(&l->program, l->targets,
					installed_ours(&l->before));
	err = err ?: program_load(&l->program);
	if (!err && !o->program)
		err = responder_fill(&l->program, l->targets,
				     o->drop ? ECHO_DROP : ECHO_REPLY);
	if (!err && l->trace) {
		l->listener = trace_open(&l->program, l->dev.name, o->json);
		err = l->listener ? 0 : -errno;
	}
	return err;
}

static void drop_program(struct load *l)
{
	trace_close(l->listener);
	l->listener = NULL;
	program_close(&l->program);
}

void load_end(struct load *l)
{
	drop_program(l);
	targets_free(&l->found);
}

static int try(enum xdp_mode mode, struct attempt *why, void *data)
{
	struct load *l = data;
	int err;

	why->mode = mode;
	if (mode == MODE_DRIVER)
		device_read_features(&l->dev);
	err = open_program(l, why);
	if (!err) {
		why->stage = STAGE_LOAD;
		if (mode == MODE_HW && l->options->program)
			err = foresee_trouble(l, why);
		err = why->err = err ?: load_program(l, mode);
	}
	if (!err)
		err = attach_place(l->nl, &l->dev, mode,
				   program_fd(&l->program), l->options->replace,
				   why);
	if (err) {
		refuse(l, why);
		drop_program(l);
	}
	return err;
}

/* Loaders that race in different modes must agree on who gives way: ids grow,
 * so the program with the highest one was asked for last.
 */
static const struct installed *newer_than(const struct load *l,
					  const struct installed_list *now)
{
	for (int i = 0; i < now->count; i++)
		if (now->at[i].ours && now->at[i].id > l->attached.id)
			return &now->at[i];
	return NULL;
}

/* What is wrong with what the kernel reports? 0: nothing; or -errno. */
static int mismatch(const struct load *l, const struct installed_list *now,
		    char *reason)
{
	const struct installed *there = installed_in(now, l->attached.mode);
	const struct installed *newer =
		l->options->program ? NULL : newer_than(l, now);

	if (!there)
		snprintf(reason, REASON_MAX,
			 "the kernel reports no program instead of id %u",
			 l->attached.id);
	else if (there->id != l->attached.id)
		snprintf(reason, REASON_MAX,
			 "the kernel reports program id %u instead of %u",
			 there->id, l->attached.id);
	else if (newer)
		snprintf(reason, REASON_MAX,
			 "a newer responder, id %u, is there in %s mode",
			 newer->id, mode_name(newer->mode));
	else
		return 0;
	return -ESTALE;
}

/* The kernel's word, not ours, is what is reported. */
static int read_back(struct load *l, enum xdp_mode mode,
		     struct installed_list *now, struct attempt *why)
{
	why->stage = STAGE_READ_BACK;
	why->mode = mode;
	why->source = SOURCE_LOADER;
	why->err = installed_describe(program_fd(&l->program), &l->attached);
	l->attached.mode = mode;
	why->err = why->err ?: installed_read(l->nl, l->dev.ifindex, now);
	if (why->err)
		snprintf(why->reason, sizeof(why->reason), "%s",
			 why->err == -ENODEV ? "the interface is gone"
					     : strerror(-why->err));
	else
		why->err = mismatch(l, now, why->reason);
	if (!why->err)
		return 0;
	/* Should the kernel have it elsewhere, or only not tell. */
	attach_remove(l->nl, &l->dev, &l->attached);
	return refuse(l, why);
}

/* A frame that went past the new program's hook before it was there must find
 * the old one at its own. This waits for a grace period of RCU, which a frame's
 * way through both hooks is part of; where it cannot, nothing else is lost.
 */
static void wait_for_frames(void)
{
	syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0);
}

/* One responder to an interface, in the mode that was asked for last. */
static void remove_older(struct load *l, const struct installed_list *now)
{
	for (int i = 0; i < now->count; i++) {
		const struct installed *old = &now->at[i];
		int err;

		if (old->mode == l->attached.mode)
			continue;
		if (old->unreadable)
			report_warning(l->dev.name,
				       "program id %u stays in %s mode: "
				       "CAP_SYS_ADMIN is missing to see "
				       "whether it is an older responder",
				       old->id, mode_name(old->mode));
		if (!old->ours)
			continue;
		wait_for_frames();
		err = attach_remove(l->nl, &l->dev, old);
		if (err)
			report_warning(l->dev.name,
				       "the older program id %u stays in %s "
				       "mode: %s: %s",
				       old->id, mode_name(old->mode),
				       report_errno(err), l->nl->message);
	}
}

static enum exit_code climb(struct load *l, struct ladder *ladder)
{
	const struct options *o = l->options;
	struct installed_list now;
	struct attempt *why;

	if (mode_descend(o->mode, o->only, try, l, ladder))
		return ladder->exit;
	why = &ladder->refused[ladder->refusals];
	memset(why, 0, sizeof(*why));
	if (read_back(l, ladder->used, &now, why)) {
		ladder->refusals++;
		ladder->used = MODE_NONE;
		drop_program(l);
		return ladder->exit = mode_exit(why);
	}
	if (!o->program)
		remove_older(l, &now);
	return EXIT_OK;
}

static void report_text(const struct load *l)
{
	printf("%s: %s mode (asked %s), ", l->dev.name,
	       mode_name(l->attached.mode), mode_name(l->options->mode));
	report_program_text(stdout, &l->dev, &l->attached);
	putchar('\n');
	output_flush();
}

static void report_json(struct load *l, const struct ladder *ladder,
			json_t *out)
{
	bool attached = ladder->used != MODE_NONE;
	struct installed_list now;

	if (installed_read(l->nl, l->dev.ifindex, &now))
		memset(&now, 0, sizeof(now));
	json_object_set_new(out, "requested",
			    json_string(mode_name(l->options->mode)));
	json_object_set_new(out, "mode",
			    attached ? json_string(mode_name(ladder->used))
				     : json_null());
	json_object_set_new(out, "attach_mode", json_integer(now.attached));
	json_object_set_new(out, "prog",
			    attached ? report_program(&l->dev, &l->attached)
				     : json_null());
	json_object_set_new(out, "others",
			    report_others(&l->dev, &now,
					  attached ? &l->attached : NULL));
	json_object_set_new(out, "attempts", report_attempts(ladder));
}

/* The addresses to answer for: those that were given, or the interface's. */
static int choose_targets(struct load *l)
{
	int err = targets_auto(l->nl, l->dev.ifindex, &l->found);

	l->targets = l->options->automatic ? &l->found : &l->options->targets;
	/* Otherwise they only serve to warn. */
	return l->options->automatic && !l->options->program ? err : 0;
}

enum exit_code load_attach(struct load *l, json_t *out)
{
	struct ladder ladder;
	enum exit_code code;
	int err;

	err = installed_read(l->nl, l->dev.ifindex, &l->before)
		      ?: choose_targets(l);
	if (err) {
		report_failure(l->dev.name, err, out);
		return EXIT_UNAVAILABLE;
	}
	if (l->options->mode == MODE_HW)
		l->kmsg = kmsg_open();
	code = climb(l, &ladder);
	if (l->options->json)
		report_json(l, &ladder, out);
	else if (!code && !l->silent)
		report_text(l);
	if (!code && !l->silent)
		warn_of_surprises(l->options, &l->dev, ladder.used, l->targets,
				  &l->found);
	if (l->kmsg >= 0)
		close(l->kmsg);
	return code;
}
