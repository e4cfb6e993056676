/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "card/config.h"
#include "card/property.h"

/* Driver mode wants an extra TX ring for each RX ring (nfp driver,
 * nfp_net_common.c nfp_net_xdp_setup()): enough for a host with two CPUs.
 */
#define RINGS_USUAL 4

void card_config_init(struct card_config *config)
{
	*config = (struct card_config){
		.profile = profile_published,
		.ports = 1,
		.rings = RINGS_USUAL,
	};
}

static int refuse(char *why, size_t len, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int refuse(char *why, size_t len, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, len, format, args);
	va_end(args);
	return -EINVAL;
}

/* What follows from a value, and what only several values together tell. */
static int settle(struct card_config *config, char *why, size_t len)
{
	struct profile *p = &config->profile;
	unsigned int end = p->start + config->ports * p->max_insns;

	if (p->inline_mtu)
		p->packet_window = p->inline_mtu - PROFILE_WINDOW_LOSS;
	if (end > PROFILE_CODE_STORE)
		return refuse(why, len,
			      "start %u and max-insns %u for each of %u ports "
			      "do not fit into a code store of %u",
			      p->start, p->max_insns, config->ports,
			      PROFILE_CODE_STORE);
	return 0;
}

static int set_firmware(struct card_config *config, const char *name, char *why,
			size_t len)
{
	const struct profile *p = profile_find(name);

	if (!p)
		return refuse(why, len, "no firmware \"%s\"", name);
	config->profile = *p;
	return 0;
}

static int set_property(struct card_config *config, const char *name,
			const char *value, char *why, size_t len)
{
	const struct property *p = property_find(name);
	char allowed[128];

	if (!p)
		return refuse(why, len, "no property \"%s\"", name);
	if (property_set(p, config, value))
		return 0;
	property_allowed(p, allowed, sizeof(allowed));
	return refuse(why, len, "%s takes %s, not \"%s\"", name, allowed,
		      value);
}

int card_config_set(struct card_config *config, const char *assignment,
		    char *why, size_t len)
{
	const char *equals = strchr(assignment, '=');
	struct card_config changed = *config;
	char name[32];
	int err;

	if (!equals || (size_t)(equals - assignment) >= sizeof(name))
		return refuse(why, len, "\"%s\" is not NAME=VALUE", assignment);
	memcpy(name, assignment, equals - assignment);
	name[equals - assignment] = '\0';

	if (!strcmp(name, "firmware"))
		err = set_firmware(&changed, equals + 1, why, len);
	else
		err = set_property(&changed, name, equals + 1, why, len);
	if (!err)
		err = settle(&changed, why, len);
	if (!err)
		*config = changed;
	return err;
}

int card_config_set_all(struct card_config *config, const char *assignments,
			char *why, size_t len)
{
	struct card_config changed = *config;
	char *list = strdup(assignments), *rest = list, *one;
	int err = list ? 0 : refuse(why, len, "out of memory");

	while (!err && (one = strsep(&rest, ";")))
		if (*one)
			err = card_config_set(&changed, one, why, len);
	if (!err)
		*config = changed;
	free(list);
	return err;
}

void card_config_list(FILE *out)
{
	const struct profile *p = NULL;

	fputs("firmware=NAME, which replaces every value but those marked *:\n",
	      out);
	while ((p = profile_next(p)))
		fprintf(out, "  %-18s %s\n", p->name, p->source);
	fputs("\nproperties:\n", out);
	property_list(out);
}
