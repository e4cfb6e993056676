/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/text.h"
#include "output.h"
#include "report.h"

const char *report_errno(int err)
{
	static char number[32];
	const char *name = strerrorname_np(-err);

	if (name)
		return name;
	snprintf(number, sizeof(number), "error %d", -err);
	return number;
}

/* Some of it comes from objects: names, source lines. */
static void say(const char *ifname, const char *kind, const char *format,
		va_list args)
{
	char *text;

	fprintf(stderr, "%s: %s", ifname, kind);
	if (vasprintf(&text, format, args) >= 0) {
		text_put(stderr, text);
		free(text);
	}
	fputc('\n', stderr);
}

void report_error(const char *ifname, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(ifname, "", format, args);
	va_end(args);
}

void report_warning(const char *ifname, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(ifname, "warning: ", format, args);
	va_end(args);
}

void report_failure(const char *ifname, int err, json_t *out)
{
	const char *text =
		err == -ENODEV ? "no such interface" : strerror(-err);

	report_error(ifname, "%s", text);
	if (out)
		json_object_set_new(out, "error", json_string(text));
}

static void put_row(const char *what, const char *text, size_t len)
{
	char *row = strndup(text, len);

	fprintf(stderr, "\t%s", what);
	text_put(stderr, row ? row : "");
	fputc('\n', stderr);
	free(row);
}

void report_refusal(const char *ifname, const struct attempt *why,
		    const char *tail)
{
	/* What cannot be opened is no matter of the mode. */
	if (why->stage == STAGE_OPEN)
		report_error(ifname, "%s", why->reason);
	else
		report_error(ifname, "%s refused at %s: %s: %s",
			     mode_name(why->mode), stage_name(why->stage),
			     report_errno(why->err), why->reason);
	if (*why->finding)
		put_row("offload-check ", why->finding, strlen(why->finding));
	while (*tail) {
		size_t len = strcspn(tail, "\n");

		put_row("", tail, len);
		tail += len + !!tail[len];
	}
}

static void tag_text(const struct installed *prog, char text[17])
{
	for (int i = 0; i < 8; i++)
		sprintf(text + 2 * i, "%02x", prog->tag[i]);
}

/* An NFP instruction is a word of 8 bytes (nfp driver, nfp_asm.h). */
static __u32 nfp_instructions(const struct device *dev,
			      const struct installed *prog)
{
	if (prog->mode != MODE_HW || !device_is_nfp(dev))
		return 0;
	return prog->jited_len / 8;
}

void report_program_text(FILE *to, const struct device *dev,
			 const struct installed *prog)
{
	char tag[17];

	if (prog->unreadable) {
		fprintf(to, "program id %u", prog->id);
		return;
	}
	tag_text(prog, tag);
	fprintf(to, "program %s id %u tag %s", prog->name, prog->id, tag);
	if (nfp_instructions(dev, prog))
		fprintf(to, ", %u NFP instructions",
			nfp_instructions(dev, prog));
}

json_t *report_program(const struct device *dev, const struct installed *prog)
{
	json_t *out = json_pack("{s:I}", "id", (json_int_t)prog->id);
	char tag[17];

	if (prog->unreadable)
		return out;
	tag_text(prog, tag);
	json_object_set_new(out, "name", json_string(prog->name));
	json_object_set_new(out, "tag", json_string(tag));
	if (nfp_instructions(dev, prog))
		json_object_set_new(out, "nfp_instructions",
				    json_integer(nfp_instructions(dev, prog)));
	return out;
}

json_t *report_device(const char *ifname, const struct device *dev)
{
	if (!dev->ifindex)
		return json_pack("{s:s}", "ifname", ifname);
	return json_pack("{s:s, s:i, s:o, s:o}", "ifname", ifname, "ifindex",
			 dev->ifindex, "driver", text_json(dev->driver),
			 "firmware", text_json(dev->firmware));
}

json_t *report_attempts(const struct ladder *ladder)
{
	json_t *out = json_array();

	for (int i = 0; i < ladder->refusals; i++) {
		const struct attempt *why = &ladder->refused[i];

		json_array_append_new(
			out, json_pack("{s:s, s:s, s:s, s:o, s:s, s:o}", "mode",
				       mode_name(why->mode), "stage",
				       stage_name(why->stage), "errno",
				       report_errno(why->err), "reason",
				       text_json(why->reason), "source",
				       source_name(why->source), "finding",
				       text_json(why->finding)));
	}
	return out;
}

json_t *report_others(const struct device *dev,
		      const struct installed_list *list,
		      const struct installed *except)
{
	json_t *out = json_array(), *one;

	for (int i = 0; i < list->count; i++) {
		const struct installed *prog = &list->at[i];

		if (except && except->id == prog->id &&
		    except->mode == prog->mode)
			continue;
		one = report_program(dev, prog);
		json_object_set_new(one, "mode",
				    json_string(mode_name(prog->mode)));
		json_array_append_new(out, one);
	}
	return out;
}

void report_line(json_t *value)
{
	json_dumpf(value, stdout, JSON_COMPACT);
	putchar('\n');
	output_flush();
	json_decref(value);
}

static void print_all(json_t *all)
{
	report_line(json_array_size(all) == 1
			    ? json_incref(json_array_get(all, 0))
			    : json_incref(all));
}

int report_each(const struct options *options, each_fn *one, void *data)
{
	enum exit_code worst = EXIT_OK, code;
	json_t *all;
	struct nl nl;
	int err;

	err = nl_open(&nl, NETLINK_ROUTE);
	if (err) {
		report_error("offload-load", "no netlink: %s", strerror(-err));
		return EXIT_UNAVAILABLE;
	}
	all = json_array();
	for (int i = 0; i < options->count; i++) {
		json_t *out = json_object();

		code = one(options, &nl, options->ifnames[i], out, data);
		json_object_set_new(out, "exit", json_integer(code));
		json_array_append_new(all, out);
		if (code > worst)
			worst = code;
	}
	if (options->json)
		print_all(all);
	json_decref(all);
	nl_close(&nl);
	return worst;
}

enum exit_code report_look_up(const char *ifname, struct device *dev,
			      json_t *out)
{
	int err = device_read(ifname, dev);
	json_t *name = report_device(ifname, dev);

	json_object_update(out, name);
	json_decref(name);
	if (!err)
		return EXIT_OK;
	report_failure(ifname, err, out);
	return EXIT_UNAVAILABLE;
}

enum exit_code report_look_at(struct nl *nl, const char *ifname,
			      struct device *dev, struct installed_list *list,
			      json_t *out)
{
	enum exit_code code = report_look_up(ifname, dev, out);
	int err;

	if (code)
		return code;
	err = installed_read(nl, dev->ifindex, list);
	if (!err)
		return EXIT_OK;
	report_failure(ifname, err, out);
	return EXIT_UNAVAILABLE;
}
