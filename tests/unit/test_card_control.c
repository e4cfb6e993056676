/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "array.h"
#include "card/card_state.h"
#include "card/me.h"
#include "me_asm.h"

static void log_nothing(void *priv, const char *sentence)
{
	(void)priv;
	(void)sentence;
}

static void ready(void *priv, unsigned int port)
{
	(void)priv;
	(void)port;
}

static struct card *new_card(void)
{
	static const struct card_host host = { .log = log_nothing,
					       .wire_ready = ready };
	static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 1 };
	struct card_config config;
	struct card *card;

	card_config_init(&config);
	config.ports = 2;
	card = card_new(&config, &host, mac);
	assert_non_null(card);
	return card;
}

/* The reply without its last line; to be freed. */
static char *ask(struct card *card, const char *line)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	card_command(card, line, out);
	fclose(out);
	assert_true(len >= 2);
	assert_string_equal(text + len - 2, ".\n");
	assert_true(len == 2 || text[len - 3] == '\n');
	text[len - 2] = '\0';
	return text;
}

/* Faults come at once; all else is the driver's to notice. */
#define PROBE "the driver reads this when it probes: rmmod nfp; modprobe nfp\n"

static void expect(struct card *card, const char *line, const char *want)
{
	char *got = ask(card, line);

	print_message("%s\n", line);
	assert_string_equal(got, want);
	free(got);
}

static void load(struct card *card, unsigned int port)
{
	const uint64_t code[] = { me_with_ecc(immed(A(0), 0x11, 2)),
				  me_with_ecc(br(BR, 1, 0)) };

	assert_null(program_set_image(card->port[port].program, code, 2));
}

static void commands_that_make_no_sense_are_refused(void **state)
{
	static const char *const lines[] = {
		"",	   " ",	       "nothing",   "stat",    "image",
		"image 2", "image -1", "image 00",  "image x", "image 0",
		"set",	   "set a=b",  "stats xml",
	};
	struct card *card = new_card();

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		char *got = ask(card, lines[i]);

		print_message("%s: %s", lines[i], got);
		assert_int_equal(strncmp(got, "error: ", 7), 0);
		assert_ptr_equal(strchr(got, '\n'), got + strlen(got) - 1);
		free(got);
	}
	card_free(card);
}

static void an_image_is_shown_as_loaded(void **state)
{
	struct card *card = new_card();
	char want[64];

	(void)state;
	load(card, 1);
	snprintf(want, sizeof(want), "%016llx\n%016llx\n",
		 (unsigned long long)me_with_ecc(immed(A(0), 0x11, 2)),
		 (unsigned long long)me_with_ecc(br(BR, 1, 0)));
	expect(card, "image 1", want);
	expect(card, "  image\t1 \r\n", want);
	expect(card, "reset", "");
	expect(card, "image 1", "error: port 1 has no program\n");
	card_free(card);
}

static void maps_are_shown_until_the_reset(void **state)
{
	const struct maps_shape shape = { CARD_MAP_ARRAY, 4, 2, 1 };
	struct card *card = new_card();
	uint32_t tid;

	(void)state;
	expect(card, "maps", "");
	maps_alloc(card->maps, &shape, &tid);
	expect(card, "maps",
	       "map 1 type array key 4 value 2 max_entries 1\n"
	       "1 00000000 0000\n");
	expect(card, "reset", "");
	expect(card, "maps", "");
	card_free(card);
}

static void settings_hold_at_once(void **state)
{
	const struct maps_shape shape = { CARD_MAP_ARRAY, 4, 2, 2 };
	struct card *card = new_card();
	uint32_t tid;

	(void)state;
	expect(card, "set entries=1", PROBE);
	assert_int_equal(maps_alloc(card->maps, &shape, &tid), MAPS_NO_MEMORY);
	expect(card, "set entries=2", PROBE);
	assert_int_equal(maps_alloc(card->maps, &shape, &tid), MAPS_OK);
	expect(card, "set fault=ccm", "");
	assert_int_equal(card->config.fault, CARD_FAULT_CCM);
	expect(card, "set stack=1",
	       "error: stack takes 64..1024 by 64, not \"1\"\n");
	card_free(card);
}

static json_int_t passed(struct card *card, size_t port, size_t *ports)
{
	char *text = ask(card, "stats json");
	json_t *json = json_loads(text, 0, NULL), *list, *one;
	json_int_t frames;

	assert_non_null(json);
	assert_int_equal(strcspn(text, "\n"), strlen(text) - 1);
	list = json_object_get(json, "ports");
	*ports = json_array_size(list);
	one = json_array_get(list, port);
	assert_int_equal(json_integer_value(json_object_get(one, "port")),
			 port);
	one = json_object_get(json_object_get(one, "verdicts"), "pass");
	frames = json_integer_value(json_object_get(one, "frames"));
	json_decref(json);
	free(text);
	return frames;
}

static void stats_are_of_every_port_and_can_be_cleared(void **state)
{
	struct card *card = new_card();
	size_t ports;
	char *text;

	(void)state;
	stats_count(&card->port[1].stats, PROGRAM_PASS, 60,
		    &(struct program_cost){ 1, 2, 3 });
	assert_int_equal(passed(card, 0, &ports), 0);
	assert_int_equal(passed(card, 1, &ports), 1);
	assert_int_equal(ports, 2);
	text = ask(card, "stats");
	assert_non_null(strstr(text, "port 0"));
	assert_non_null(strstr(text, "port 1"));
	free(text);
	expect(card, "clear", "");
	assert_int_equal(passed(card, 1, &ports), 0);
	card_free(card);
}

static void lost_events_are_shown(void **state)
{
	struct card *card = new_card();
	char *text, *json;

	(void)state;
	card->events_lost = 3;
	text = ask(card, "stats");
	json = ask(card, "stats json");
	assert_non_null(strstr(text, "\nevents lost 3\n"));
	assert_non_null(strstr(json, "],\"events_lost\":3}\n"));
	free(text);
	free(json);
	expect(card, "clear", "");
	assert_int_equal(card->events_lost, 0);
	card_free(card);
}

static void help_names_every_command_and_property(void **state)
{
	static const char *const words[] = { "stats [json]",   "clear",
					     "maps",	       "image PORT",
					     "set NAME=VALUE", "reset",
					     "help",	       "max-insns" };
	struct card *card = new_card();
	char *text = ask(card, "help");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		assert_non_null(strstr(text, words[i]));
	free(text);
	card_free(card);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_that_make_no_sense_are_refused),
		cmocka_unit_test(an_image_is_shown_as_loaded),
		cmocka_unit_test(maps_are_shown_until_the_reset),
		cmocka_unit_test(settings_hold_at_once),
		cmocka_unit_test(stats_are_of_every_port_and_can_be_cleared),
		cmocka_unit_test(lost_events_are_shown),
		cmocka_unit_test(help_names_every_command_and_property),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
