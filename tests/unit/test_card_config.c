/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "card/config.h"

static void a_new_one_is_the_published_firmware(void **state)
{
	struct card_config c;

	(void)state;
	card_config_init(&c);
	assert_string_equal(c.profile.name, profile_published.name);
	assert_int_equal(c.ports, 1);
	assert_in_range(c.rings, 2, CARD_RINGS_MAX);
	assert_int_equal(c.fault, CARD_FAULT_NONE);
}

/* clang-format off */
static const struct {
	const char *assignment;
	const char *why; /* what its sentence contains, NULL: it is allowed */
} cases[] = {
	{ "max-insns=100", NULL },
	{ "max-insns=5120", NULL },
	{ "max-insns=5121", "code store of 8192" },
	{ "max-insns=0", "1..8192" },
	{ "max-insns=", "1..8192" },
	{ "max-insns=-1", "1..8192" },
	{ "max-insns= 5", "1..8192" },
	{ "max-insns=0x10", "1..8192" },
	{ "max-insns=4294967297", "1..8192" },
	{ "max-insns=99999999999999999999", "1..8192" },
	{ "start=1024", NULL },
	{ "start=1023", "1024..8192" },
	{ "start=8000", "code store of 8192" },
	{ "done=0", "1..511" },
	{ "stack=1024", NULL },
	{ "stack=100", "64..1024 by 64" },
	{ "stack=1088", "64..1024" },
	{ "inline-mtu=128", NULL },
	{ "inline-mtu=1984", "64..1920" },
	{ "helpers=none", NULL },
	{ "helpers=lookup+event", NULL },
	{ "helpers=lookup+", "lookup+update+delete+event|none" },
	{ "helpers=+lookup", "lookup+update" },
	{ "helpers=lookup,event", "lookup+update" },
	{ "helpers=none+lookup", "lookup+update" },
	{ "live-reload=off", NULL },
	{ "live-reload=yes", "on|off" },
	{ "live-reload=", "on|off" },
	{ "maps=255", NULL },
	{ "maps=256", "1..255" },
	{ "entries=67108864", NULL },
	{ "entries=67108865", "1..67108864" },
	{ "key=64", NULL },
	{ "key=65", "1..64" },
	{ "value=0", "1..64" },
	{ "element=20", "16..128 by 8" },
	{ "ports=2", NULL },
	{ "ports=3", "1..2" },
	{ "rings=8", NULL },
	{ "rings=9", "1..8" },
	{ "fault=load", NULL },
	{ "fault=gone", NULL },
	{ "fault=", "none|load" },
	{ "fault=loa", "none|load" },
	{ "fault=loads", "none|load" },
	{ "app=nic", NULL },
	{ "app=flower", "nic|bpf" },
	{ "version=123456789012345", NULL },
	{ "version=1234567890123456", "1..15 characters" },
	{ "version=", "1..15 characters" },
	{ "version=two words", "1..15 characters" },
	{ "firmware=bpf-2.0.6", NULL },
	{ "firmware=nic-2.1", NULL },
	{ "firmware=", "no firmware" },
	{ "no-such=1", "no property \"no-such\"" },
	{ "=1", "no property" },
	{ "max-insns", "not NAME=VALUE" },
	{ "", "not NAME=VALUE" },
	{ "a-name-that-is-much-longer-than-any-property=1", "not NAME=VALUE" },
};
/* clang-format on */

static void what_cannot_be_is_refused_and_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct card_config c, before;
		char why[256] = "";
		int err;

		memset(&c, 0, sizeof(c));
		card_config_init(&c);
		memcpy(&before, &c, sizeof(c));
		err = card_config_set(&c, cases[i].assignment, why,
				      sizeof(why));
		print_message("%s: %s\n", cases[i].assignment, why);
		assert_int_equal(err, cases[i].why ? -EINVAL : 0);
		assert_int_equal(memcmp(&before, &c, sizeof(c)) != 0,
				 !cases[i].why);
		if (!cases[i].why)
			continue;
		assert_non_null(strstr(why, cases[i].why));
		assert_null(strchr(why, '\n'));
	}
}

static void values_land_where_they_belong(void **state)
{
	struct card_config c;
	char why[256];

	(void)state;
	card_config_init(&c);
	assert_int_equal(
		card_config_set_all(&c,
				    "max-insns=100;start=2000;done=2;stack=256;"
				    "inline-mtu=640;helpers=delete+event;"
				    "live-reload=off;random=off;"
				    "queue-select=off;adjust-head=off;"
				    "adjust-tail=off;map-array=off;"
				    "map-hash=off;maps=3;entries=4;key=5;"
				    "value=6;element=24;ports=2;rings=7;"
				    "fault=ccm;app=nic;version=my-own;",
				    why, sizeof(why)),
		0);
	assert_int_equal(c.profile.max_insns, 100);
	assert_int_equal(c.profile.start, 2000);
	assert_int_equal(c.profile.done, 2);
	assert_int_equal(c.profile.stack, 256);
	assert_int_equal(c.profile.inline_mtu, 640);
	assert_int_equal(c.profile.packet_window, 608);
	assert_int_equal(c.profile.helpers,
			 PROFILE_MAP_DELETE | PROFILE_EVENT_OUTPUT);
	assert_false(c.profile.live_reload || c.profile.random ||
		     c.profile.queue_select || c.profile.adjust_head ||
		     c.profile.adjust_tail || c.profile.map_array ||
		     c.profile.map_hash);
	assert_int_equal(c.profile.max_maps, 3);
	assert_int_equal(c.profile.max_entries, 4);
	assert_int_equal(c.profile.max_key, 5);
	assert_int_equal(c.profile.max_value, 6);
	assert_int_equal(c.profile.max_element, 24);
	assert_int_equal(c.ports, 2);
	assert_int_equal(c.rings, 7);
	assert_int_equal(c.fault, CARD_FAULT_CCM);
	assert_int_equal(c.profile.app, PROFILE_APP_NIC);
	assert_string_equal(c.profile.app_version, "my-own");
}

static void several_are_all_or_none(void **state)
{
	struct card_config c;
	char why[256] = "";

	(void)state;
	card_config_init(&c);
	assert_int_equal(card_config_set_all(&c, "key=8;value=99;rings=1", why,
					     sizeof(why)),
			 -EINVAL);
	assert_non_null(strstr(why, "value"));
	assert_int_equal(c.profile.max_key, profile_published.max_key);
	assert_int_equal(card_config_set_all(&c, "", why, sizeof(why)), 0);
}

static void a_firmware_replaces_values_but_not_the_card(void **state)
{
	struct card_config c;
	char why[256];

	(void)state;
	card_config_init(&c);
	assert_int_equal(card_config_set_all(&c,
					     "ports=2;fault=load;max-insns=50;"
					     "firmware=bpf-2.0.6;key=9",
					     why, sizeof(why)),
			 0);
	assert_int_equal(c.profile.max_insns, 2800);
	assert_int_equal(c.profile.max_entries, 3072000);
	assert_int_equal(c.profile.max_key, 9);
	assert_int_equal(c.ports, 2);
	assert_int_equal(c.fault, CARD_FAULT_LOAD);
}

static void every_firmware_fits_its_card(void **state)
{
	const struct profile *p = NULL;
	int seen = 0;

	(void)state;
	assert_ptr_equal(profile_next(NULL), &profile_published);
	for (; (p = profile_next(p)); seen++) {
		struct card_config c;
		char set[64], why[256];

		card_config_init(&c);
		snprintf(set, sizeof(set), "ports=2;firmware=%s", p->name);
		assert_int_equal(card_config_set_all(&c, set, why, sizeof(why)),
				 0);
		assert_ptr_equal(profile_find(p->name), p);
		assert_int_equal(p->inline_mtu % 64, 0);
		assert_int_equal(p->packet_window,
				 p->inline_mtu ? p->inline_mtu - 32 : 0);
		assert_in_range(strlen(p->app_version), 1, 15);
	}
	assert_int_equal(seen, 3);
	assert_null(profile_find("none"));
}

static void the_list_names_everything(void **state)
{
	char text[8192] = "", name[40];
	FILE *out = fmemopen(text, sizeof(text), "w");

	(void)state;
	card_config_list(out);
	fclose(out);
	assert_non_null(strstr(text, "nic-firmware-2021"));
	assert_non_null(strstr(text, "bpf-2.0.6"));
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (cases[i].why)
			continue;
		snprintf(name, sizeof(name),
			 "%.*s=", (int)strcspn(cases[i].assignment, "="),
			 cases[i].assignment);
		assert_non_null(strstr(text, name));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_one_is_the_published_firmware),
		cmocka_unit_test(what_cannot_be_is_refused_and_changes_nothing),
		cmocka_unit_test(values_land_where_they_belong),
		cmocka_unit_test(several_are_all_or_none),
		cmocka_unit_test(a_firmware_replaces_values_but_not_the_card),
		cmocka_unit_test(every_firmware_fits_its_card),
		cmocka_unit_test(the_list_names_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
