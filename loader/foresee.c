/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "foresee.h"
#include "profile.h"

/* The profile whose firmware the card says it runs; the published one where
 * none is known by that name.
 */
static const struct profile *profile_of(const struct device *dev, bool *known)
{
	const struct profile *p = NULL;
	char image[sizeof(dev->firmware)];

	device_firmware_image(dev, image, sizeof(image));
	*known = true;
	while ((p = profile_next(p)))
		if (p->app == PROFILE_APP_BPF && !strcmp(p->app_version, image))
			return p;
	*known = false;
	return &profile_published;
}

static void choose(const struct device *dev, struct check_options *options,
		   struct foresight *out)
{
	bool profile_known, kernel_known;
	struct utsname host;

	memset(options, 0, sizeof(*options));
	options->profile = profile_of(dev, &profile_known);
	options->mtu = dev->mtu;
	uname(&host);
	kernel_known = !check_kernel_find(host.release, &options->kernel);
	if (!profile_known || !kernel_known)
		snprintf(out->instead, sizeof(out->instead),
			 "Linux %s, firmware %s",
			 check_kernel_name(options->kernel),
			 options->profile->name);
}

/* Return: whether there is a card to ask for. */
static bool start(const struct device *dev, struct check_options *options,
		  struct foresight *out)
{
	memset(out, 0, sizeof(*out));
	if (!device_is_nfp(dev) || !device_has_bpf_firmware(dev))
		return false;
	choose(dev, options, out);
	return true;
}

void foresee_file(const struct device *dev, const char *path, const char *name,
		  struct foresight *out)
{
	struct check_options options;
	char why[256];

	if (start(dev, &options, out) &&
	    check_file(path, name, &options, &out->reports, &out->count, why,
		       sizeof(why)))
		out->count = 0;
}

void foresee_memory(const struct device *dev, const void *elf, size_t size,
		    struct foresight *out)
{
	struct check_options options;
	char why[256];

	if (start(dev, &options, out) &&
	    check_memory(elf, size, NULL, &options, &out->reports, &out->count,
			 why, sizeof(why)))
		out->count = 0;
}

void foresee_end(struct foresight *f)
{
	check_free(f->reports, f->count);
	memset(f, 0, sizeof(*f));
}

static const struct check_report *only_report(const struct foresight *f)
{
	return f->count == 1 ? f->reports : NULL;
}

/* "M8 at drop.bpf.c:31 (st->count++;), map counters" */
static void put_place(const struct check_finding *finding, char *out,
		      size_t room)
{
	const char *source = finding->source ?: "";
	char map[80] = "", where[400] = "";

	if (finding->map)
		snprintf(map, sizeof(map), ", map %s", finding->map);
	if (finding->file)
		snprintf(where, sizeof(where), " at %s:%u%s%s%s", finding->file,
			 finding->line, *source ? " (" : "", source,
			 *source ? ")" : "");
	else if (finding->insn >= 0)
		snprintf(where, sizeof(where), " at instruction %d",
			 finding->insn);
	snprintf(out, room, "%s%s%s", finding->rule->id, where, map);
}

/* The first finding is what happens; but what crashes does so before the card
 * computes a thing.
 */
static enum foresight_kind kind_of(const struct check_finding *finding)
{
	if (rule_crashes(finding->rule))
		return FORESIGHT_CRASH;
	return finding->rule->kind == RULE_UNSAFE ? FORESIGHT_UNSAFE
						  : FORESIGHT_REFUSED;
}

/* What could not be decided is no reason to warn. */
static const struct check_finding *first_certain(const struct check_report *r)
{
	for (size_t i = 0; i < r->finding_count; i++)
		if (!r->findings[i].undecided)
			return &r->findings[i];
	return NULL;
}

enum foresight_kind foresee_warning(const struct foresight *f, char *out,
				    size_t room)
{
	static const char *const words[] = {
		[FORESIGHT_REFUSED] = "refuse it",
		[FORESIGHT_UNSAFE] = "compute wrongly",
		[FORESIGHT_CRASH] = "crash this kernel",
	};
	const struct check_report *r = only_report(f);
	const struct check_finding *first;
	enum foresight_kind kind;
	char place[512];

	*out = '\0';
	if (!r || r->verdict != CHECK_REFUSED)
		return FORESIGHT_NOTHING;
	first = first_certain(r);
	if (!first)
		return FORESIGHT_NOTHING;
	kind = kind_of(first);
	put_place(first, place, sizeof(place));
	snprintf(out, room, "hw mode %s %s%s%s%s: %s: %s",
		 *f->instead ? "may" : "will", words[kind],
		 *f->instead ? " (judged for " : "", f->instead,
		 *f->instead ? ")" : "", place,
		 kind == FORESIGHT_REFUSED && *first->words
			 ? first->words
			 : first->rule->limit);
	return kind;
}

/* The driver's words without what is put before them. */
static const char *bare(const char *words)
{
	static const char *const prefixes[] = { "[nfp] ",
						"NFP net bpf: ", "nfp: " };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (!strncmp(words, prefixes[i], strlen(prefixes[i])))
			return words + strlen(prefixes[i]);
	return words;
}

/* Where nobody says a word, all there is to compare is the errno. */
static bool says_the_same(const struct check_finding *finding,
			  const struct attempt *why)
{
	if (finding->rule->kind == RULE_UNSAFE || finding->undecided)
		return false;
	if (*finding->words)
		return strstr(why->reason, bare(finding->words));
	return finding->err == -why->err;
}

void foresee_explain(const struct foresight *f, struct attempt *why)
{
	const struct check_report *r = only_report(f);
	char place[512];

	for (size_t i = 0; r && i < r->finding_count; i++) {
		const struct check_finding *finding = &r->findings[i];

		if (!says_the_same(finding, why))
			continue;
		put_place(finding, place, sizeof(place));
		snprintf(why->finding, sizeof(why->finding), "%s: %s", place,
			 finding->rule->advice);
		return;
	}
}
