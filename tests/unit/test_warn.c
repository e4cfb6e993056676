/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "array.h"
#include "warn.h"

static struct echo_addr any, one = { .half = { 1, 1 } };
static struct targets none, all = { &any, 1, false }, some = { &one, 1, false };
static struct targets with_vlans = { &one, 1, true };

static const struct device veth = { .name = "eth0", .driver = "veth" };
static const struct device nic = { .name = "eth0", .driver = "ixgbe" };
static const struct device stripping = {
	.name = "eth0",
	.driver = "ixgbe",
	.strips_vlan_tags = true,
};
static const struct device card = {
	.name = "eth0",
	.driver = "nfp",
	.mtu = 1888,
};
static const struct device jumbo_card = {
	.name = "eth0",
	.driver = "nfp",
	.mtu = 1889,
	.flags = IFF_PROMISC,
};

static const struct options responder;
static char file[] = "x.o";
static const struct options other = { .program = file };

/* clang-format off */
static const struct {
	const char *what;
	const struct options *options;
	const struct device *dev;
	enum xdp_mode mode;
	const struct targets *targets, *found;
	const char *warning; /* a part of it; NULL: none at all */
} cases[] = {
	{ "nothing to warn of", &responder, &nic, MODE_DRIVER, &some, &some,
	  NULL },
	{ "no address", &responder, &nic, MODE_GENERIC, &none, &none,
	  "nothing is answered" },
	{ "no address, another program", &other, &nic, MODE_GENERIC, &none,
	  &none, NULL },
	{ "tags are stripped, driver", &responder, &stripping, MODE_DRIVER,
	  &some, &with_vlans, "VLAN tags are stripped" },
	{ "tags are stripped, generic", &responder, &stripping, MODE_GENERIC,
	  &some, &with_vlans, "VLAN tags are stripped" },
	{ "tags are stripped after the card", &responder, &stripping, MODE_HW,
	  &some, &with_vlans, NULL },
	{ "tc puts tags back", &responder, &stripping, MODE_TC, &some,
	  &with_vlans, NULL },
	{ "no VLANs", &responder, &stripping, MODE_DRIVER, &some, &some, NULL },
	{ "VLANs, and tags stay", &responder, &nic, MODE_DRIVER, &some,
	  &with_vlans, NULL },
	{ "veth in driver mode", &responder, &veth, MODE_DRIVER, &some, &some,
	  "replies over veth" },
	{ "veth in generic mode", &responder, &veth, MODE_GENERIC, &some, &some,
	  NULL },
	{ "veth with another program", &other, &veth, MODE_DRIVER, &some, &some,
	  NULL },
	{ "any address behind a MAC filter", &responder, &card, MODE_HW, &all,
	  &some, "for other MAC addresses" },
	{ "a program behind a MAC filter", &other, &card, MODE_HW, &none, &none,
	  "for other MAC addresses" },
	{ "own addresses behind a MAC filter", &responder, &card, MODE_HW,
	  &some, &some, NULL },
	{ "the host's driver of a card", &responder, &card, MODE_DRIVER, &all,
	  &some, NULL },
	{ "a program and a jumbo MTU", &other, &jumbo_card, MODE_HW, &none,
	  &none, "beyond the card's packet window" },
	{ "the responder and a jumbo MTU", &responder, &jumbo_card, MODE_HW,
	  &some, &some, NULL },
};
/* clang-format on */

/* What is said on standard error meanwhile, in @said of @room bytes. */
static void listen_to(size_t i, char *said, size_t room)
{
	FILE *heard = tmpfile();
	int stderr_was = dup(STDERR_FILENO);
	size_t len;

	assert_non_null(heard);
	dup2(fileno(heard), STDERR_FILENO);
	warn_of_surprises(cases[i].options, cases[i].dev, cases[i].mode,
			  cases[i].targets, cases[i].found);
	dup2(stderr_was, STDERR_FILENO);
	close(stderr_was);
	rewind(heard);
	len = fread(said, 1, room - 1, heard);
	said[len] = '\0';
	fclose(heard);
}

static void warns_of_what_applies_and_nothing_else(void **state)
{
	char said[512];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		print_message("# %s\n", cases[i].what);
		listen_to(i, said, sizeof(said));
		if (!cases[i].warning) {
			assert_string_equal(said, "");
			continue;
		}
		assert_non_null(strstr(said, cases[i].warning));
		assert_int_equal(strncmp(said, "eth0: warning: ", 15), 0);
		assert_ptr_equal(strchr(said, '\n') + 1, said + strlen(said));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(warns_of_what_applies_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
