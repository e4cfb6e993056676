/* SPDX-License-Identifier: GPL-2.0-only */
/* What the driver finds by following pointers, from the resource table on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "card/crc32_posix.h"
#include "card/le.h"
#include "card_bench.h"

static struct bench bench;

struct resource {
	uint64_t address, size;
};

static struct resource find_resource(struct bench *b, const char *name)
{
	char padded[8] = { 0 };
	uint8_t entry[32];

	memcpy(padded, name, strlen(name));
	for (unsigned int i = 1; i < 4096 / 32; i++) {
		bench_read_bytes(b, MEMORY_RESOURCES_AT + i * 32, entry, 32);
		if (le_get(entry + 4, 4) != crc32_posix(padded, 8))
			continue;
		assert_memory_equal(entry + 8, padded, 8);
		assert_int_equal(entry[21], 32);
		assert_int_equal(entry[22], 0);
		assert_int_equal(entry[23], CPP_MU);
		return (struct resource){ le_get(entry + 24, 4) << 8,
					  le_get(entry + 28, 4) << 8 };
	}
	fail_msg("no resource %s", name);
	return (struct resource){ 0 };
}

/* The value of `cksum` for the same bytes. */
static void crc_is_that_of_posix(void **state)
{
	static const struct {
		const char *text;
		uint32_t crc;
	} cases[] = {
		{ "", 4294967295u },
		{ "a", 1220704766u },
		{ "123456789", 930766865u },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(crc32_posix(cases[i].text,
					     strlen(cases[i].text)),
				 cases[i].crc);
}

static void hwinfo_is_whole(void **state)
{
	struct bench *b = &bench;
	struct resource at;
	uint8_t table[1024];
	uint32_t size;

	(void)state;
	bench_up(b, "ports=2");
	at = find_resource(b, "nfp.info");
	assert_int_equal(at.size, sizeof(table));
	bench_read_bytes(b, at.address, table, sizeof(table));
	assert_int_equal(le_get(table, 4), 'H' << 24 | 'I' << 16 | 2 << 8);
	size = le_get(table + 4, 4);
	assert_in_range(size, 64, sizeof(table));
	assert_int_equal(le_get(table + size - 4, 4),
			 crc32_posix(table, size - 4));
	assert_non_null(memmem(table, size,
			       "board.state\0"
			       "15",
			       15));
	assert_non_null(
		memmem(table, size, "eth1.mac\00000:15:4d:00:00:11", 27));
	bench_down(b);
}

struct symbol {
	uint64_t address;
	uint32_t size; /* 0: there is none */
};

/* nfp.nffw says where the MIP is, the MIP where the tables are. */
static struct symbol find_symbol(struct bench *b, const char *name)
{
	struct resource nffw = find_resource(b, "nfp.nffw");
	uint8_t info[12], mip[96], entry[16];
	uint64_t symbols, strings;
	char found[64];

	bench_read_bytes(b, nffw.address + 8 + 200 * 4, info, sizeof(info));
	assert_true(info[3] & 0x80);
	bench_read_bytes(b,
			 (le_get(info, 4) & 0xff) << 32 | le_get(info + 8, 4),
			 mip, sizeof(mip));
	assert_memory_equal(mip, "MIP", 4);
	symbols = MEMORY_EMEM0 + le_get(mip + 32, 4);
	strings = MEMORY_EMEM0 + le_get(mip + 40, 4);
	for (uint32_t i = 0; i < le_get(mip + 36, 4); i += 16) {
		bench_read_bytes(b, symbols + i, entry, sizeof(entry));
		bench_read_bytes(b, strings + le_get(entry + 8, 2), found,
				 sizeof(found));
		if (!strcmp(found, name))
			return (struct symbol){ ((uint64_t)entry[2] << 32) +
							le_get(entry + 4, 4),
						le_get(entry + 12, 4) };
	}
	return (struct symbol){ 0 };
}

static uint64_t number(struct bench *b, const char *name)
{
	struct symbol symbol = find_symbol(b, name);

	assert_int_equal(symbol.size, 8);
	return bench_read(b, CPP_MU, symbol.address, 8);
}

static void symbols_tell_the_application_and_its_vnics(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "ports=2");
	assert_int_equal(number(b, "_pf0_net_app_id"), 2);
	assert_int_equal(number(b, "nfd_cfg_pf0_num_ports"), 2);
	assert_int_equal(find_symbol(b, "_pf0_net_bar0").size, 2 * 32768);
	assert_int_equal(find_symbol(b, "_mac_stats").size, 2 * 0x200);
	assert_int_equal(find_symbol(b, "_pf0_net_ctrl_bar").size, 32768);
	assert_int_equal(find_symbol(b, "no_such_symbol").size, 0);
	bench_down(b);
}

static void a_plain_nic_has_nothing_for_programs(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "app=nic");
	assert_int_equal(number(b, "_pf0_net_app_id"), 1);
	assert_int_equal(find_symbol(b, "_pf0_net_ctrl_bar").size, 0);
	assert_int_equal(find_symbol(b, "_abi_bpf_capabilities").size, 0);
	assert_false(bench_reg(b, 0, VNIC_CAP, 4) & CTRL_BPF);
	assert_int_equal(bench_reg(b, 0, VNIC_BPF_ABI, 1), 0);
	bench_down(b);
}

/* Length of capability @type, -1 if it is not there; the list ends exactly. */
static int capability(struct bench *b, uint32_t type, uint32_t *words)
{
	struct symbol list = find_symbol(b, "_abi_bpf_capabilities");
	uint8_t bytes[512];
	uint32_t at = 0;
	int found = -1;

	assert_in_range(list.size, 8, sizeof(bytes));
	bench_read_bytes(b, list.address, bytes, list.size);
	while (at < list.size) {
		uint32_t len = le_get(bytes + at + 4, 4);

		if (le_get(bytes + at, 4) == type) {
			found = len;
			for (uint32_t i = 0; i < len / 4; i++)
				words[i] = le_get(bytes + at + 8 + i * 4, 4);
		}
		at += 8 + len;
	}
	assert_int_equal(at, list.size);
	return found;
}

static void capabilities_are_those_of_the_profile(void **state)
{
	struct bench *b = &bench;
	const struct profile *p;
	uint32_t words[8];

	(void)state;
	bench_up(b, "");
	p = &b->card->config.profile;
	assert_int_equal(capability(b, 3, words), 24);
	assert_int_equal(words[0], 1 << 1 | 1 << 2);
	assert_int_equal(words[1], p->max_maps);
	assert_int_equal(words[2], p->max_entries);
	assert_int_equal(words[5], p->max_element);
	assert_int_equal(capability(b, 1, words), 8);
	assert_int_equal(words[0], 1);
	assert_int_equal(words[1], program_routine(1));
	assert_int_equal(capability(b, 2, words), 20);
	assert_int_equal(words[0], 1);
	assert_int_equal(words[1], p->head_min);
	assert_int_equal(capability(b, 4, words), 0);
	bench_down(b);
	bench_up(b, "head-meta=on");
	assert_int_equal(capability(b, 2, words), 20);
	assert_int_equal(words[0], 0);
	bench_down(b);
	bench_up(b, "helpers=none;adjust-head=off;random=off;map-hash=off");
	assert_int_equal(capability(b, 1, words), -1);
	assert_int_equal(capability(b, 2, words), -1);
	assert_int_equal(capability(b, 4, words), -1);
	assert_int_equal(capability(b, 3, words), 24);
	assert_int_equal(words[0], 1 << 2);
	bench_down(b);
}

static void each_port_has_its_part_of_the_code_store(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "ports=2;start=2048;max-insns=1000;done=7;stack=128;"
		    "live-reload=off");
	for (unsigned int i = 0; i < 2; i++) {
		assert_int_equal(bench_reg(b, i, VNIC_BPF_START, 2),
				 2048 + i * 1000);
		assert_int_equal(bench_reg(b, i, VNIC_BPF_MAX_LEN, 2), 1000);
		assert_int_equal(bench_reg(b, i, VNIC_BPF_DONE, 2), 7);
		assert_int_equal(bench_reg(b, i, VNIC_BPF_STACK_SZ, 1), 2);
		assert_int_equal(bench_reg(b, i, VNIC_BPF_CAP, 1), 0);
	}
	bench_down(b);
}

/* Native XDP needs as many TX rings more as there are RX rings. */
static void there_are_enough_tx_rings_for_native_xdp(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "rings=3");
	assert_int_equal(bench_reg(b, 0, VNIC_MAX_RXRINGS, 4), 3);
	assert_int_equal(bench_reg(b, 0, VNIC_MAX_TXRINGS, 4),
			 3 + CARD_RINGS_MAX);
	bench_down(b);
}

static void a_change_shows_when_the_driver_probes_again(void **state)
{
	struct bench *b = &bench;
	char why[128];

	(void)state;
	bench_up(b, "");
	assert_int_equal(card_config_set(&b->card->config, "ports=2", why,
					 sizeof(why)),
			 0);
	assert_int_equal(number(b, "nfd_cfg_pf0_num_ports"), 1);
	card_write(b->card, 0, 0x30004, 4, 0x27000000);
	assert_int_equal(number(b, "nfd_cfg_pf0_num_ports"), 2);
	assert_int_equal(find_symbol(b, "_mac_stats").size, 2 * 0x200);
	bench_down(b);
}

/* Without a change, a second probe finds the card as the first one left it. */
static void a_second_probe_keeps_what_is_there(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_write(b, CPP_MU, MEMORY_NSP_BUFFER_AT, 4, 77);
	card_write(b->card, 0, 0x30004, 4, 0x27000000);
	assert_int_equal(bench_read(b, CPP_MU, MEMORY_NSP_BUFFER_AT, 4), 77);
	card_reset(b->card);
	assert_int_equal(bench_read(b, CPP_MU, MEMORY_NSP_BUFFER_AT, 4), 0);
	bench_down(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crc_is_that_of_posix),
		cmocka_unit_test(hwinfo_is_whole),
		cmocka_unit_test(symbols_tell_the_application_and_its_vnics),
		cmocka_unit_test(a_plain_nic_has_nothing_for_programs),
		cmocka_unit_test(capabilities_are_those_of_the_profile),
		cmocka_unit_test(each_port_has_its_part_of_the_code_store),
		cmocka_unit_test(there_are_enough_tx_rings_for_native_xdp),
		cmocka_unit_test(a_change_shows_when_the_driver_probes_again),
		cmocka_unit_test(a_second_probe_keeps_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
