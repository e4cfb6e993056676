/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>
#include <linux/if_link.h>

#include "array.h"
#include "mode.h"

/* Names of others: ip link, bpftool net, xdp-tools, xdp-loader. */
static const struct {
	const char *name;
	__u32 flags;
	const char *also[6];
} modes[MODE_COUNT] = {
	[MODE_HW] = { "hw",
		      XDP_FLAGS_HW_MODE,
		      { "offload", "xdpoffload", "hardware", "xdphw" } },
	[MODE_DRIVER] = { "driver",
			  XDP_FLAGS_DRV_MODE,
			  { "drv", "native", "xdpdrv", "xdpnative" } },
	[MODE_GENERIC] = { "generic",
			   XDP_FLAGS_SKB_MODE,
			   { "skb", "xdpgeneric", "xdpskb" } },
	[MODE_TC] = { "tc", 0, { "clsact" } },
};

const char *mode_name(enum xdp_mode mode)
{
	return mode < MODE_COUNT ? modes[mode].name : "none";
}

__u32 mode_flags(enum xdp_mode mode)
{
	return modes[mode].flags;
}

static bool is_name_of(enum xdp_mode mode, const char *name)
{
	if (!strcmp(modes[mode].name, name))
		return true;
	for (size_t i = 0; modes[mode].also[i]; i++)
		if (!strcmp(modes[mode].also[i], name))
			return true;
	return false;
}

enum xdp_mode mode_from_name(const char *name)
{
	enum xdp_mode mode = MODE_HW;

	while (mode < MODE_COUNT && !is_name_of(mode, name))
		mode++;
	return mode;
}

const char *stage_name(enum stage stage)
{
	static const char *const names[] = {
		[STAGE_OPEN] = "open",
		[STAGE_LOAD] = "load",
		[STAGE_ATTACH] = "attach",
		[STAGE_READ_BACK] = "read-back",
	};

	return names[stage];
}

const char *source_name(enum source source)
{
	static const char *const names[] = {
		[SOURCE_ERRNO] = "errno",	[SOURCE_NETLINK] = "netlink",
		[SOURCE_VERIFIER] = "verifier", [SOURCE_KERNEL] = "dmesg",
		[SOURCE_DEVICE] = "device",	[SOURCE_LOADER] = "loader",
	};

	return names[source];
}

/* The first row that fits decides. */
static const struct {
	int stage; /* or -1: any */
	int err;   /* or 0: any */
	enum exit_code exit;
} final_refusals[] = {
	{ STAGE_OPEN, 0, EXIT_USAGE },
	{ STAGE_READ_BACK, 0, EXIT_MISMATCH },
	{ -1, -ENODEV, EXIT_UNAVAILABLE },
	{ -1, -EPERM, EXIT_UNAVAILABLE },
	{ -1, -ENOSYS, EXIT_UNAVAILABLE },
	{ STAGE_ATTACH, -EEXIST, EXIT_TAKEN },
};

static bool is_final(const struct attempt *a, enum exit_code *exit)
{
	*exit = EXIT_REFUSED;
	for (size_t i = 0; i < ARRAY_SIZE(final_refusals); i++) {
		if (final_refusals[i].stage != -1 &&
		    final_refusals[i].stage != (int)a->stage)
			continue;
		if (final_refusals[i].err && final_refusals[i].err != a->err)
			continue;
		*exit = final_refusals[i].exit;
		return true;
	}
	if (a->in_the_way) {
		*exit = EXIT_TAKEN;
		return true;
	}
	/* A lower mode would leave the better one answering as before. */
	if (a->own_stays)
		return true;
	/* Driver and generic mode load the same program in the same way. */
	return a->stage == STAGE_LOAD && a->mode != MODE_HW;
}

bool mode_is_final(const struct attempt *attempt)
{
	enum exit_code exit;

	return is_final(attempt, &exit);
}

enum exit_code mode_exit(const struct attempt *attempt)
{
	enum exit_code exit;

	is_final(attempt, &exit);
	return exit;
}

static bool has_lower(enum xdp_mode mode)
{
	return mode < MODE_GENERIC;
}

enum exit_code mode_descend(enum xdp_mode best, bool only,
			    int (*try)(enum xdp_mode mode, struct attempt *why,
				       void *data),
			    void *data, struct ladder *out)
{
	out->refusals = 0;
	out->used = MODE_NONE;
	for (enum xdp_mode mode = best;; mode++) {
		struct attempt *why = &out->refused[out->refusals];

		memset(why, 0, sizeof(*why));
		why->mode = mode;
		if (!try(mode, why, data)) {
			out->used = mode;
			return out->exit = EXIT_OK;
		}
		out->refusals++;
		out->exit = mode_exit(why);
		if (only || !has_lower(mode) || mode_is_final(why))
			return out->exit;
	}
}
