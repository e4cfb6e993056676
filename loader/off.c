/* SPDX-License-Identifier: GPL-2.0-only */
/* offload-load IFACE... --off [--replace] */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "attach.h"
#include "caps.h"
#include "commands.h"
#include "report.h"

/* Say which program stays, and why. */
static enum exit_code leave(const struct device *dev,
			    const struct installed *prog)
{
	__u32 link = installed_link(dev->ifindex, prog->id);
	char text[UNREADABLE_MAX];

	if (prog->unreadable) {
		installed_unreadable(prog, text);
		report_error(dev->name, "%s", text);
		return EXIT_UNAVAILABLE;
	}
	report_error(dev->name,
		     "the program in %s mode, %s id %u, is not a responder%s",
		     mode_name(prog->mode), prog->name, prog->id,
		     link ? ", and a bpf_link holds it: it goes when its "
			    "holder does"
			  : "; --off --replace detaches it, too");
	return EXIT_TAKEN;
}

static enum exit_code refused(const struct nl *nl, const struct device *dev,
			      const struct installed *prog, int err)
{
	__u32 link = installed_link(dev->ifindex, prog->id);
	char caps[128];

	caps_missing(prog->mode, false, caps, sizeof(caps));
	if (err == -EPERM && *caps) {
		report_error(dev->name,
			     "%s mode not off: no permission: %s missing",
			     mode_name(prog->mode), caps);
		return EXIT_UNAVAILABLE;
	}
	if (link) {
		report_error(dev->name,
			     "%s mode not off: bpf_link %u holds program %s id "
			     "%u; it goes when its holder does",
			     mode_name(prog->mode), link, prog->name, prog->id);
		return EXIT_TAKEN;
	}
	report_error(dev->name, "%s mode not off: %s: %s",
		     mode_name(prog->mode), report_errno(err),
		     *nl->message ? nl->message : strerror(-err));
	return err == -EPERM ? EXIT_UNAVAILABLE : EXIT_REFUSED;
}

/* What one interface's programs came to. */
struct outcome {
	json_t *removed;
	enum exit_code left;	/* because of others' programs */
	enum exit_code refused; /* by the kernel */
};

static void take_off(struct nl *nl, const struct options *options,
		     const struct device *dev, const struct installed *prog,
		     struct outcome *outcome)
{
	json_t *program;
	int err;

	if (!prog->ours && (!options->replace || prog->unreadable)) {
		outcome->left = leave(dev, prog);
		return;
	}
	err = attach_remove(nl, dev, prog);
	if (err) {
		outcome->refused = refused(nl, dev, prog, err);
		return;
	}
	program = report_program(dev, prog);
	json_object_set_new(program, "mode",
			    json_string(mode_name(prog->mode)));
	json_array_append_new(outcome->removed, program);
	if (options->json)
		return;
	printf("%s: %s mode off, ", dev->name, mode_name(prog->mode));
	report_program_text(stdout, dev, prog);
	putchar('\n');
}

static enum exit_code off_one(const struct options *options, struct nl *nl,
			      const char *ifname, json_t *out, void *data)
{
	struct outcome outcome = {};
	struct installed_list list;
	struct device dev;
	enum exit_code code = report_look_at(nl, ifname, &dev, &list, out);

	(void)data;
	if (code)
		return code;
	outcome.removed = json_array();
	for (int i = 0; i < list.count; i++)
		take_off(nl, options, &dev, &list.at[i], &outcome);
	if (!list.count && !options->json)
		printf("%s: no program attached\n", ifname);
	/* Another's program beside ours is nothing to complain of. */
	code = outcome.refused;
	if (!code && !json_array_size(outcome.removed))
		code = outcome.left;
	json_object_set_new(out, "removed", outcome.removed);
	return code;
}

int off_main(const struct options *options)
{
	return report_each(options, off_one, NULL);
}
