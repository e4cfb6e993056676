/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>

#include "args.h"
#include "array.h"
#include "validate/groups.h"
#include "validate/options.h"

#define TIMEOUT_MS 300

static struct validate_options *out_of(const struct args *args)
{
	return args->out;
}

#define SETTER(field) \
	ARGS_SETTER(set_##field, struct validate_options, to, to->field = true)
SETTER(ip4)
SETTER(ip6)
SETTER(any)
SETTER(kernel)
SETTER(no_host)
SETTER(json)
SETTER(verbose)
ARGS_SETTER(set_peer, struct validate_options, to, to->peer = arg)
ARGS_SETTER(set_help, struct validate_options, to, to->command = VALIDATE_HELP)
ARGS_SETTER(set_version, struct validate_options, to,
	    to->command = VALIDATE_VERSION)

static int set_netns(struct args *args, const char *name, const char *arg)
{
	if (!*arg)
		return args_fail(args, "--%s needs a name", name);
	out_of(args)->netns = arg;
	return 0;
}

static int set_capture(struct args *args, const char *name, const char *arg)
{
	if (!*arg)
		return args_fail(args, "--%s needs a file", name);
	out_of(args)->capture = arg;
	return 0;
}

static int set_mac(struct args *args, const char *name, const char *arg)
{
	struct validate_options *o = out_of(args);
	unsigned int b[ETH_ALEN];
	int end = 0;

	if (sscanf(arg, "%2x:%2x:%2x:%2x:%2x:%2x%n", &b[0], &b[1], &b[2], &b[3],
		   &b[4], &b[5], &end) != ETH_ALEN ||
	    arg[end] || b[0] & 1)
		return args_fail(args,
				 "--%s=%s: not the MAC address of an "
				 "interface, as 02:00:00:00:00:01",
				 name, arg);
	for (int i = 0; i < ETH_ALEN; i++)
		o->mac[i] = b[i];
	o->mac_given = true;
	return 0;
}

/* At most one address of a family. */
static int set_addresses(struct args *args, const char *name, const char *arg,
			 struct targets *out)
{
	int seen[2] = {}, err;
	char why[128];

	targets_free(out);
	err = targets_parse(arg, out, why, sizeof(why));
	if (err == -EINVAL)
		return args_fail(args, "%s: %s", name, why);
	for (size_t i = 0; !err && i < out->count; i++)
		if (seen[address_is_ip4(&out->addr[i])]++)
			return args_fail(args,
					 "%s: one IPv4 and one IPv6 address at "
					 "most",
					 name);
	return err;
}

static int set_source(struct args *args, const char *name, const char *arg)
{
	(void)name;
	return set_addresses(args, "--source", arg, &out_of(args)->source);
}

static int set_dropped(struct args *args, const char *name, const char *arg)
{
	(void)name;
	return set_addresses(args, "--dropped", arg, &out_of(args)->dropped);
}

/* TPID:VID, as 8100:5; further ones are further inside. */
static int set_tag(struct args *args, const char *name, const char *arg)
{
	struct validate_options *o = out_of(args);
	unsigned int tpid, vid;
	int end = 0;

	if (o->n_tags == 2)
		return args_fail(args, "--%s: two tags at most", name);
	if (sscanf(arg, "%4x:%4u%n", &tpid, &vid, &end) != 2 || arg[end] ||
	    (tpid != ETH_P_8021Q && tpid != ETH_P_8021AD) || vid > 4095)
		return args_fail(args, "--%s=%s: not 8100:VLAN or 88a8:VLAN",
				 name, arg);
	o->tag[o->n_tags++] = (struct frame_tag){ tpid, vid };
	return 0;
}

static int set_groups(struct args *args, const char *name, const char *arg)
{
	struct validate_options *o = out_of(args);
	char *copy = strdup(arg), *rest = copy, *word;
	int err = copy ? 0 : -ENOMEM;

	while (!err && (word = strsep(&rest, ","))) {
		int group = group_find(word);

		if (group < 0)
			err = args_fail(args,
					"--%s: \"%s\" is no group; they are "
					"listed by --help",
					name, word);
		else
			o->groups |= 1u << group;
	}
	free(copy);
	return err;
}

static int set_mtu(struct args *args, const char *name, const char *arg)
{
	return args_number(args, name, arg, 68, 65535, "an MTU",
			   &out_of(args)->mtu);
}

static int set_timeout(struct args *args, const char *name, const char *arg)
{
	return args_number(args, name, arg, 1, 60000,
			   "a number of milliseconds up to 60000",
			   &out_of(args)->timeout);
}

static const struct args_row rows[] = {
	{ "peer", 'p', set_peer, "=IFACE", "send from here; must be given", 0 },
	{ "netns", 'n', set_netns, "=NS", "namespace that the peer is in", 0 },
	{ "ipv4", '4', set_ip4, "", "IPv4 only", 0 },
	{ "ipv6", '6', set_ip6, "", "IPv6 only", 0 },
	{ "groups", 'g', set_groups, "=GROUP[,GROUP...]",
	  "only these groups of cases", 0 },
	{ "tag", 't', set_tag, "=TPID:VLAN",
	  "all behind this tag, 8100 or 88a8; twice for two", 0 },
	{ "source", 's', set_source, "=ADDR[,ADDR]",
	  "send from these addresses, one IPv4, one IPv6", 0 },
	{ "mac", 'm', set_mac, "=MAC", "of ADDRESS, which is not asked for",
	  0 },
	{ "any", 'a', set_any, "", "ADDRESS answers for every address", 0 },
	{ "dropped", 'd', set_dropped, "=ADDR[,ADDR]",
	  "addresses that ADDRESS drops requests to", 0 },
	{ "no-host", 0, set_no_host, "",
	  "no kernel answers what a responder leaves to it", 0 },
	{ "kernel", 'k', set_kernel, "",
	  "a plain kernel answers: its known differences are no failures", 0 },
	{ "mtu", 0, set_mtu, "=BYTES", "MTU at the other end of the wire", 0 },
	{ "timeout", 0, set_timeout, "=MS",
	  "a reply may take so long; 300 without it", 0 },
	{ "pcap", 'w', set_capture, "=FILE",
	  "write what was sent and received in cases that failed", 0 },
	{ "json", 'j', set_json, "", "JSON on standard output", 0 },
	{ "verbose", 'v', set_verbose, "", "show every case that failed", 0 },
	{ "help", 'h', set_help, "", "this", 0 },
	{ "version", 'V', set_version, "", "the version", 0 },
};

/* Only a machine that cannot be looked at needs to be told about. */
static int check_address(const struct args *args)
{
	const struct validate_options *o = out_of(args);

	if (!o->ifname)
		return 0;
	if (o->mac_given || o->dropped.count || o->any || o->no_host)
		return args_fail(args,
				 "--mac, --any, --dropped and --no-host go "
				 "with an ADDRESS: of an interface it is read");
	return 0;
}

static int check(const struct args *args)
{
	const struct validate_options *o = out_of(args);

	if (!o->peer || !*o->peer)
		return args_fail(args, "--peer is missing: the interface at "
				       "this end of the wire");
	if (o->ip4 && o->ip6)
		return args_fail(args, "-4 and -6 exclude each other: both are "
				       "asked without them");
	if (o->kernel && (o->any || o->dropped.count || o->no_host))
		return args_fail(args, "--any, --dropped and --no-host do not "
				       "go with --kernel");
	return check_address(args);
}

/* A name, or addresses. */
static int take_words(struct args *args, int count, char **words)
{
	struct validate_options *o = out_of(args);
	__u8 addr[16];

	if (count != 1 || !*words[0])
		return args_fail(args,
				 count > 1 ? "one IFACE, or ADDRESS[,ADDRESS], "
					     "at a time"
					   : "which IFACE or ADDRESS?");
	if (!strchr(words[0], ',') && inet_pton(AF_INET, words[0], addr) != 1 &&
	    inet_pton(AF_INET6, words[0], addr) != 1) {
		o->ifname = words[0];
		return 0;
	}
	return set_addresses(args, "ADDRESS", words[0], &o->addresses);
}

int validate_options_parse(int argc, char **argv, struct validate_options *out,
			   char *why, size_t room)
{
	struct args args = ARGS(rows, out, why, room);
	int first;

	memset(out, 0, sizeof(*out));
	out->timeout = TIMEOUT_MS;
	first = args_parse(&args, argc, argv);
	if (first < 0)
		return first;
	if (out->command != VALIDATE_RUN)
		return 0;
	return take_words(&args, argc - first, argv + first) ?: check(&args);
}

void validate_options_free(struct validate_options *options)
{
	targets_free(&options->addresses);
	targets_free(&options->source);
	targets_free(&options->dropped);
}

void validate_options_help(FILE *to)
{
	fputs("Usage: offload-validate IFACE|ADDRESS[,ADDRESS] --peer IFACE "
	      "[OPTION]...\n"
	      "Send every kind of frame to whoever answers pings at the other "
	      "end of the\npeer's wire, and judge each reply byte by byte.\n\n",
	      to);
	args_help(to, rows, ARRAY_SIZE(rows));
	fputs("\nGroups:", to);
	for (int i = 0; i < GROUP_COUNT; i++)
		fprintf(to, " %s", group_name(i));
	fputs("\nExit status: 0 all right, 1 usage, 2 something was not, "
	      "3 no device or permission,\nor not wired, 4 no reply at all, "
	      "5 ended early; see offload-validate(8).\n",
	      to);
}
