/* SPDX-License-Identifier: GPL-2.0-only */
/* offload-load IFACE... --status */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "report.h"

static void print_target(const struct echo_addr *addr,
			 const struct echo_target *target, void *data)
{
	char text[TARGET_TEXT_MAX];

	(void)data;
	target_text(addr, text);
	printf("\t%s %s\n", target->action == ECHO_DROP ? "drops" : "answers",
	       text);
}

static void add_target(const struct echo_addr *addr,
		       const struct echo_target *target, void *data)
{
	char text[TARGET_TEXT_MAX];

	target_text(addr, text);
	json_array_append_new(data,
			      json_pack("{s:s, s:s}", "address", text, "action",
					target->action == ECHO_DROP ? "drop"
								    : "reply"));
}

static void print_device(const struct device *dev)
{
	printf("%s: driver %s, firmware %s, MTU %u", dev->name,
	       *dev->driver ? dev->driver : "unknown",
	       *dev->firmware ? dev->firmware : "none", dev->mtu);
	if (dev->features_known)
		printf(", XDP features:%s", dev->features ? "" : " none");
	for (unsigned int bit = 0; bit < 64; bit++)
		if (dev->features & 1ULL << bit && device_feature_name(bit))
			printf(" %s", device_feature_name(bit));
	putchar('\n');
}

static json_t *feature_list(const struct device *dev)
{
	json_t *out = json_array();

	if (!dev->features_known) {
		json_decref(out);
		return json_null();
	}
	for (unsigned int bit = 0; bit < 64; bit++)
		if (dev->features & 1ULL << bit && device_feature_name(bit))
			json_array_append_new(
				out, json_string(device_feature_name(bit)));
	return out;
}

static const char *kind_of(const struct installed *prog)
{
	if (prog->unreadable)
		return ", unknown: CAP_SYS_ADMIN is missing to look at it";
	if (!prog->ours)
		return ", not a responder";
	return prog->tracing ? ", tracing" : "";
}

static void print_program(const struct device *dev,
			  const struct installed *prog)
{
	printf("%s: %s mode, ", dev->name, mode_name(prog->mode));
	report_program_text(stdout, dev, prog);
	printf("%s\n", kind_of(prog));
	if (prog->ours)
		installed_each_target(prog, print_target, NULL);
}

static void add_responder(const struct installed *prog, json_t *out)
{
	json_t *targets = json_array();

	installed_each_target(prog, add_target, targets);
	json_object_set_new(out, "targets", targets);
	json_object_set_new(out, "tracing", json_boolean(prog->tracing));
}

static void fill_json(const struct device *dev,
		      const struct installed_list *list, json_t *out)
{
	const struct installed *ours = installed_ours(list);

	json_object_set_new(out, "mtu", json_integer(dev->mtu));
	json_object_set_new(out, "xdp_features", feature_list(dev));
	json_object_set_new(out, "attach_mode", json_integer(list->attached));
	json_object_set_new(out, "mode",
			    ours ? json_string(mode_name(ours->mode))
				 : json_null());
	json_object_set_new(out, "prog",
			    ours ? report_program(dev, ours) : json_null());
	if (ours)
		add_responder(ours, out);
	json_object_set_new(out, "others", report_others(dev, list, ours));
}

static enum exit_code status_one(const struct options *options, struct nl *nl,
				 const char *ifname, json_t *out, void *data)
{
	struct installed_list list;
	struct device dev;
	enum exit_code code = report_look_at(nl, ifname, &dev, &list, out);

	(void)data;
	if (code)
		return code;
	device_read_features(&dev);
	if (options->json) {
		fill_json(&dev, &list, out);
		return EXIT_OK;
	}
	print_device(&dev);
	for (int i = 0; i < list.count; i++)
		print_program(&dev, &list.at[i]);
	if (!list.count)
		printf("%s: no program attached\n", ifname);
	return EXIT_OK;
}

int status_main(const struct options *options)
{
	return report_each(options, status_one, NULL);
}
