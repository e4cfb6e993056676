/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/bpf.h>

#include "array.h"
#include "caps.h"
#include "kmsg.h"
#include "profile.h"
#include "program.h"
#include "reason.h"

static bool says(struct attempt *why, enum source source)
{
	why->source = source;
	return why->reason[0];
}

/* Some devices, lo for one, do not say what drives them. */
static bool device_lacks(const struct evidence *e, struct attempt *why,
			 const char *what)
{
	snprintf(why->reason, sizeof(why->reason), "%s%s %s",
		 e->dev->driver[0] ? "driver " : "the device", e->dev->driver,
		 what);
	return says(why, SOURCE_DEVICE);
}

static bool lacks_permission(const struct evidence *e, struct attempt *why)
{
	char caps[128];

	if (why->err != -EPERM && why->err != -EACCES)
		return false;
	caps_missing(why->mode, e->perfmon, caps, sizeof(caps));
	if (!caps[0])
		return false;
	/* Without CAP_PERFMON it is the verifier that refuses. */
	why->err = -EPERM;
	snprintf(why->reason, sizeof(why->reason),
		 "no permission: %s missing%s", caps,
		 why->mode == MODE_HW ? " (ask for --driver to do without "
					"CAP_SYS_ADMIN)"
				      : "");
	return says(why, SOURCE_LOADER);
}

/* EINVAL alone does not tell whether the device or the program is at fault. */
static bool device_offloads(const struct device *dev)
{
	if (dev->features_known)
		return dev->features & XDP_FEATURE_HW_OFFLOAD;
	return !program_probe_offload(dev->ifindex);
}

static bool lacks_offload(const struct evidence *e, struct attempt *why)
{
	char image[32];

	/* Other errors are of a device that does offload. */
	if (why->mode != MODE_HW || why->stage != STAGE_LOAD ||
	    (why->err != -EINVAL && why->err != -EOPNOTSUPP) ||
	    device_offloads(e->dev))
		return false;
	if (device_is_nfp(e->dev) && !device_has_bpf_firmware(e->dev)) {
		device_firmware_image(e->dev, image, sizeof(image));
		snprintf(why->reason, sizeof(why->reason),
			 "nfp runs firmware \"%s\"; XDP offload needs the bpf "
			 "firmware (hwdocs/firmware.md)",
			 image);
		return says(why, SOURCE_DEVICE);
	}
	return device_lacks(e, why, "does not offload XDP");
}

static bool has_frags(const struct evidence *e, struct attempt *why)
{
	if (why->mode != MODE_HW || why->stage != STAGE_LOAD || !e->frags)
		return false;
	snprintf(why->reason, sizeof(why->reason),
		 "a program in section xdp.frags cannot be offloaded; "
		 "put it in section xdp");
	return says(why, SOURCE_LOADER);
}

/* Lines that a card's driver writes into the verifier log: "[nfp] ...". */
static bool driver_line(const struct evidence *e, char *out, size_t room)
{
	char mark[sizeof(e->dev->driver) + 4];
	const char *line, *end;

	snprintf(mark, sizeof(mark), "[%s] ", e->dev->driver);
	line = strstr(e->verifier, mark);
	/* A warning is not why it was refused. */
	while (line && !strncmp(line + strlen(mark), "warning", 7))
		line = strstr(line + 1, mark);
	if (!line || !e->dev->driver[0])
		return false;
	end = line + strcspn(line, "\n");
	snprintf(out, room, "%.*s", (int)(end - line), line);
	return true;
}

#define HELPER_NAME(helper) "bpf_" #helper
static const char *const helpers[] = { __BPF_FUNC_MAPPER(HELPER_NAME) };

/* Drivers name a helper by its number only. */
static void name_helper(struct attempt *why)
{
	const char *number = strstr(why->reason, "function id: ");
	size_t used = strlen(why->reason);
	unsigned long id;

	if (!number)
		return;
	id = strtoul(number + strlen("function id: "), NULL, 10);
	if (id < ARRAY_SIZE(helpers))
		snprintf(why->reason + used, sizeof(why->reason) - used,
			 " (%s)", helpers[id]);
}

static bool verifier_says(const struct evidence *e, struct attempt *why)
{
	if (why->stage != STAGE_LOAD)
		return false;
	if (!driver_line(e, why->reason, sizeof(why->reason)) &&
	    !reason_verifier_line(e->verifier, why->reason,
				  sizeof(why->reason)))
		return false;
	name_helper(why);
	return says(why, SOURCE_VERIFIER);
}

static bool kernel_log_says(const struct evidence *e, struct attempt *why)
{
	if (why->mode != MODE_HW || !e->dev->driver[0])
		return false;
	kmsg_read(e->kmsg, e->dev->driver, why->reason, sizeof(why->reason));
	return says(why, SOURCE_KERNEL);
}

static bool is_beyond_window(const struct evidence *e,
			     const struct attempt *why)
{
	return why->mode == MODE_HW && why->err == -EOPNOTSUPP &&
	       device_is_nfp(e->dev) &&
	       e->dev->mtu > profile_published.packet_window;
}

/* The log may tell what the sentence does not: no answer, or a refusal. */
static void add_kernel_log(const struct evidence *e, struct attempt *why)
{
	size_t used = strlen(why->reason);
	char text[REASON_MAX] = "";

	if (why->mode != MODE_HW || !e->dev->driver[0])
		return;
	kmsg_read(e->kmsg, e->dev->driver, text, sizeof(text));
	if (text[0])
		snprintf(why->reason + used, sizeof(why->reason) - used,
			 " (%s)", text);
}

static bool netlink_says(const struct evidence *e, struct attempt *why)
{
	int used;

	if (why->stage != STAGE_ATTACH || !e->message[0])
		return false;
	used = snprintf(why->reason, sizeof(why->reason), "%s", e->message);
	if (is_beyond_window(e, why))
		snprintf(why->reason + used, sizeof(why->reason) - used,
			 " (the MTU is %u, the card's packet window %u bytes)",
			 e->dev->mtu, profile_published.packet_window);
	else
		add_kernel_log(e, why);
	return says(why, SOURCE_NETLINK);
}

static bool lacks_native(const struct evidence *e, struct attempt *why)
{
	if (why->mode != MODE_DRIVER || why->err != -EOPNOTSUPP)
		return false;
	return device_lacks(e, why, "has no XDP");
}

static bool map_refused(const struct evidence *e, struct attempt *why)
{
	if (why->stage != STAGE_LOAD || !e->refused_map)
		return false;
	snprintf(why->reason, sizeof(why->reason), "map %s: %s%s",
		 e->refused_map, strerror(-why->err),
		 why->mode == MODE_HW && why->err == -EINVAL
			 ? " (a card has plain arrays and hashes only)"
			 : "");
	return says(why, SOURCE_ERRNO);
}

static bool libbpf_says(const struct evidence *e, struct attempt *why)
{
	if (why->stage != STAGE_LOAD || !e->bpf_message[0])
		return false;
	snprintf(why->reason, sizeof(why->reason), "%s", e->bpf_message);
	return says(why, SOURCE_LOADER);
}

/* The most telling first. */
static bool (*const explanations[])(const struct evidence *,
				    struct attempt *) = {
	lacks_permission, lacks_offload, has_frags,
	verifier_says,	  netlink_says,	 kernel_log_says,
	lacks_native,	  map_refused,	 libbpf_says,
};

void reason_find(const struct evidence *evidence, struct attempt *why)
{
	for (size_t i = 0; i < ARRAY_SIZE(explanations); i++)
		if (explanations[i](evidence, why))
			return;
	why->source = SOURCE_ERRNO;
	snprintf(why->reason, sizeof(why->reason), "%s", strerror(-why->err));
}

/* The end of the last line that is no statistics. */
static const char *last_word(const char *log)
{
	const char *end = strstr(log, "\nprocessed ");

	if (!end && strncmp(log, "processed ", strlen("processed ")))
		end = log + strlen(log);
	while (end && end > log && end[-1] == '\n')
		end--;
	return end && end > log ? end : NULL;
}

static const char *line_start(const char *log, const char *end)
{
	while (end > log && end[-1] != '\n')
		end--;
	return end;
}

bool reason_verifier_line(const char *log, char *out, size_t room)
{
	const char *end = last_word(log);
	const char *start;

	if (!end)
		return false;
	start = line_start(log, end);
	snprintf(out, room, "%.*s", (int)(end - start), start);
	return true;
}

void reason_verifier_tail(const char *log, int lines, char *out, size_t room)
{
	const char *end = last_word(log), *start = end;

	out[0] = '\0';
	if (!end)
		return;
	start = line_start(log, end);
	while (--lines > 0 && start > log)
		start = line_start(log, start - 1);
	snprintf(out, room, "%.*s", (int)(end - start), start);
}
