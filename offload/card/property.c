/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "card/config.h"
#include "card/property.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum kind {
	NUMBER, /* unsigned int */
	SWITCH, /* bool */
	CHOICE, /* an enum: one of words[] */
	LIST,	/* uint32_t: words[] by bit */
	TEXT,	/* an array of char */
};

struct word {
	const char *text;
	uint32_t value;
};

struct property {
	const char *name;
	enum kind kind;
	size_t at, size; /* within struct card_config */
	uint32_t min, max, step;
	const struct word *words; /* ends with one without text */
	const char *help;
};

static const struct word apps[] = {
	{ "nic", PROFILE_APP_NIC },
	{ "bpf", PROFILE_APP_BPF },
	{ NULL, 0 },
};

static const struct word helpers[] = {
	{ "lookup", PROFILE_MAP_LOOKUP },
	{ "update", PROFILE_MAP_UPDATE },
	{ "delete", PROFILE_MAP_DELETE },
	{ "event", PROFILE_EVENT_OUTPUT },
	{ NULL, 0 },
};

static const struct word faults[] = {
	{ "none", CARD_FAULT_NONE },
	{ "load", CARD_FAULT_LOAD },
	{ "enable", CARD_FAULT_ENABLE },
	{ "timeout", CARD_FAULT_TIMEOUT },
	{ "ccm", CARD_FAULT_CCM },
	{ "gone", CARD_FAULT_GONE },
	{ NULL, 0 },
};

/* clang-format off */
#define AT(field) \
	.at = offsetof(struct card_config, field), \
	.size = sizeof(((struct card_config *)NULL)->field)
#define NUM(field, least, most, by) \
	.kind = NUMBER, AT(field), .min = least, .max = most, .step = by
#define ON_OFF(field)	     .kind = SWITCH, AT(field)
#define ONE_OF(field, which) .kind = CHOICE, AT(field), .words = which
#define SOME(field, which)   .kind = LIST, AT(field), .words = which

/* Bounds: what the vNIC's registers can say (nfp driver, nfp_net_ctrl.h: 16
 * bits of instructions and addresses, 8 bits of 64-byte units), and within that
 * what the emulated card has room for: local memory for the stack, a CTM buffer
 * of 2 KiB, fields of 64 bytes in map messages, 255 tables of 4 GiB in an
 * address of 40 bits. Routines of the firmware lie below address 1024.
 */
static const struct property properties[] = {
	{ "app", ONE_OF(profile.app, apps),
	  .help = "what the firmware does; only bpf takes programs" },
	{ "version", .kind = TEXT, AT(profile.app_version),
	  .help = "the firmware's name in ethtool -i" },
	{ "max-insns", NUM(profile.max_insns, 1, PROFILE_CODE_STORE, 1),
	  .help = "machine instructions of a port's program" },
	{ "start", NUM(profile.start, 1024, PROFILE_CODE_STORE, 1),
	  .help = "code address of the first port's program" },
	{ "done", NUM(profile.done, 1, 511, 1),
	  .help = "code address that a program leaves to" },
	{ "stack", NUM(profile.stack, 64, 1024, 64),
	  .help = "bytes of a program's stack" },
	{ "inline-mtu", NUM(profile.inline_mtu, 64, 1920, 64),
	  .help = "bytes of a frame in reach; a program sees 32 less" },
	{ "helpers", SOME(profile.helpers, helpers),
	  .help = "routines that the firmware exports" },
	{ "live-reload", ON_OFF(profile.live_reload),
	  .help = "a program may replace a running one" },
	{ "random", ON_OFF(profile.random),
	  .help = "bpf_get_prandom_u32()" },
	{ "queue-select", ON_OFF(profile.queue_select),
	  .help = "programs may choose the RX ring" },
	{ "adjust-head", ON_OFF(profile.adjust_head),
	  .help = "bpf_xdp_adjust_head()" },
	{ "head-meta", ON_OFF(profile.head_meta),
	  .help = "it has to move metadata, which the driver does not" },
	{ "adjust-tail", ON_OFF(profile.adjust_tail),
	  .help = "bpf_xdp_adjust_tail()" },
	{ "map-array", ON_OFF(profile.map_array),
	  .help = "maps of type array" },
	{ "map-hash", ON_OFF(profile.map_hash),
	  .help = "maps of type hash" },
	{ "maps", NUM(profile.max_maps, 1, 255, 1),
	  .help = "maps on the card" },
	{ "entries", NUM(profile.max_entries, 1, 1 << 26, 1),
	  .help = "entries of all maps together" },
	{ "key", NUM(profile.max_key, 1, 64, 1),
	  .help = "bytes of a map's key" },
	{ "value", NUM(profile.max_value, 1, 64, 1),
	  .help = "bytes of a map's value" },
	{ "element", NUM(profile.max_element, 16, 128, 8),
	  .help = "bytes of key and value, each rounded up to 8" },
	{ "ports", NUM(ports, 1, CARD_PORTS_MAX, 1),
	  .help = "* ports of the card" },
	{ "rings", NUM(rings, 1, CARD_RINGS_MAX, 1),
	  .help = "* rings of a port, for each direction" },
	{ "fault", ONE_OF(fault, faults),
	  .help = "* what goes wrong: refused load, refused enable, no answer "
		  "to either, no answer about maps, a dead card" },
};
/* clang-format on */

const struct property *property_find(const char *name)
{
	for (size_t i = 0; i < COUNT(properties); i++)
		if (!strcmp(properties[i].name, name))
			return &properties[i];
	return NULL;
}

static bool find_word(const struct word *words, const char *text, size_t len,
		      uint32_t *value)
{
	for (; words->text; words++) {
		if (strlen(words->text) != len ||
		    memcmp(words->text, text, len))
			continue;
		*value = words->value;
		return true;
	}
	return false;
}

static bool set_number(const struct property *p, void *field, const char *text)
{
	uint32_t number;
	size_t digits = strspn(text, "0123456789");

	if (!digits || digits > 9 || text[digits])
		return false;
	number = strtoul(text, NULL, 10);
	if (number < p->min || number > p->max || number % p->step)
		return false;
	memcpy(field, &number, sizeof(number));
	return true;
}

static bool set_switch(bool *field, const char *text)
{
	if (strcmp(text, "on") && strcmp(text, "off"))
		return false;
	*field = !strcmp(text, "on");
	return true;
}

static bool set_choice(const struct property *p, void *field, const char *text)
{
	uint32_t value;

	if (!find_word(p->words, text, strlen(text), &value))
		return false;
	memcpy(field, &value, sizeof(value));
	return true;
}

static bool set_list(const struct property *p, uint32_t *field,
		     const char *text)
{
	uint32_t all = 0, bit;
	size_t len;

	for (bool more = strcmp(text, "none"); more; text += len + 1) {
		len = strcspn(text, "+");
		if (!find_word(p->words, text, len, &bit))
			return false;
		all |= bit;
		more = text[len];
	}
	*field = all;
	return true;
}

/* It is one word of a line that tools take apart. */
static bool set_text(const struct property *p, char *field, const char *text)
{
	size_t len = strlen(text);

	if (!len || len >= p->size)
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	memset(field, 0, p->size);
	memcpy(field, text, len);
	return true;
}

bool property_set(const struct property *p, struct card_config *config,
		  const char *value)
{
	void *field = (char *)config + p->at;

	switch (p->kind) {
	case NUMBER:
		return set_number(p, field, value);
	case SWITCH:
		return set_switch(field, value);
	case CHOICE:
		return set_choice(p, field, value);
	case LIST:
		return set_list(p, field, value);
	case TEXT:
		return set_text(p, field, value);
	}
	return false;
}

static void join_words(const struct property *p, const char *between, FILE *out)
{
	for (const struct word *w = p->words; w->text; w++)
		fprintf(out, "%s%s", w == p->words ? "" : between, w->text);
}

static void print_allowed(const struct property *p, FILE *out)
{
	switch (p->kind) {
	case NUMBER:
		fprintf(out, "%u..%u", p->min, p->max);
		if (p->step > 1)
			fprintf(out, " by %u", p->step);
		break;
	case SWITCH:
		fputs("on|off", out);
		break;
	case CHOICE:
		join_words(p, "|", out);
		break;
	case LIST:
		join_words(p, "+", out);
		fputs("|none", out);
		break;
	case TEXT:
		fprintf(out, "1..%zu characters", p->size - 1);
		break;
	}
}

void property_allowed(const struct property *p, char *text, size_t len)
{
	FILE *out = fmemopen(text, len, "w");

	text[0] = '\0';
	if (!out)
		return;
	print_allowed(p, out);
	fclose(out);
	text[len - 1] = '\0';
}

void property_list(FILE *out)
{
	char allowed[128], left[160];

	for (size_t i = 0; i < COUNT(properties); i++) {
		property_allowed(&properties[i], allowed, sizeof(allowed));
		snprintf(left, sizeof(left), "%s=%s", properties[i].name,
			 allowed);
		fprintf(out, "  %-37s %s\n", left, properties[i].help);
	}
}
