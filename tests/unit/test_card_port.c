/* SPDX-License-Identifier: GPL-2.0-only */
/* The way of a frame from the wire: filter, program, ring, host. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "card/rss.h"
#include "card_bench.h"

static struct bench bench;
static const uint8_t us[6] = BENCH_ADDRESS(0);

static void receive(struct bench *b, unsigned int port, const uint8_t dst[6])
{
	uint8_t frame[60];

	bench_frame(frame, sizeof(frame), dst);
	card_wire_receive(b->card, port, frame, sizeof(frame));
}

static uint64_t host_frames(struct bench *b, unsigned int port)
{
	return bench_reg(b, port, VNIC_STATS + 0x30, 8);
}

static const struct {
	const char *what;
	uint32_t ctrl;
	uint8_t dst[6];
	bool passes;
} filter[] = {
	{ "ours", 0, BENCH_ADDRESS(0), true },
	{ "another's", 0, BENCH_ADDRESS(1), false },
	{ "another's, promiscuous", CTRL_PROMISC, BENCH_ADDRESS(1), true },
	{ "broadcast", CTRL_L2BC, { 255, 255, 255, 255, 255, 255 }, true },
	{ "broadcast, not wanted",
	  CTRL_L2MC,
	  { 255, 255, 255, 255, 255, 255 },
	  false },
	{ "multicast", CTRL_L2MC, { 0x33, 0x33, 0, 0, 0, 1 }, true },
	{ "multicast, not wanted", CTRL_L2BC, { 1, 0, 0x5e, 0, 0, 1 }, false },
	{ "multicast, promiscuous",
	  CTRL_PROMISC,
	  { 1, 0, 0x5e, 0, 0, 1 },
	  true },
};

static void frames_for_others_are_filtered(void **state)
{
	struct bench *b = &bench;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(filter); i++) {
		print_message("%s\n", filter[i].what);
		bench_up(b, "");
		bench_open(b, 0, 1, filter[i].ctrl);
		bench_give_buffers(b, 0, 0, 2);
		receive(b, 0, filter[i].dst);
		assert_int_equal(host_frames(b, 0), filter[i].passes);
		assert_int_equal(b->card->port[0].stats.filtered,
				 !filter[i].passes);
		bench_down(b);
	}
}

static const struct {
	const char *what;
	uint16_t code;
	enum program_verdict verdict;
	unsigned int counter; /* bpf_pass, bpf_app1, bpf_app2, bpf_app3 */
	unsigned int host, wire;
} verdicts[] = {
	{ "pass", BENCH_PASS, PROGRAM_PASS, 0x90, 1, 0 },
	{ "drop", BENCH_DROP, PROGRAM_DROP, 0xa0, 0, 0 },
	{ "tx", BENCH_TX, PROGRAM_TX, 0xb0, 0, 1 },
	{ "aborted", BENCH_ABORTED, PROGRAM_ABORTED, 0xc0, 0, 0 },
};

static void a_verdict_is_carried_out_and_counted(void **state)
{
	struct bench *b = &bench;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++) {
		const struct stats_row *row;

		print_message("%s\n", verdicts[i].what);
		bench_up(b, "");
		assert_int_equal(bench_load(b, 0, verdicts[i].code), 0);
		bench_open(b, 0, 1, CTRL_BPF);
		bench_give_buffers(b, 0, 0, 2);
		receive(b, 0, us);
		assert_int_equal(host_frames(b, 0), verdicts[i].host);
		assert_int_equal(b->sent[0], verdicts[i].wire);
		assert_int_equal(bench_reg(b, 0,
					   VNIC_STATS + verdicts[i].counter, 8),
				 1);
		assert_int_equal(bench_reg(b, 0,
					   VNIC_STATS + verdicts[i].counter + 8,
					   8),
				 60);
		row = &b->card->port[0].stats.verdict[verdicts[i].verdict];
		assert_int_equal(row->frames, 1);
		assert_int_equal(row->bytes, 60);
		bench_down(b);
	}
}

static void the_filter_comes_before_the_program(void **state)
{
	struct bench *b = &bench;
	const uint8_t other[6] = BENCH_ADDRESS(7);

	(void)state;
	bench_up(b, "");
	assert_int_equal(bench_load(b, 0, BENCH_TX), 0);
	bench_open(b, 0, 1, CTRL_BPF);
	receive(b, 0, other);
	assert_int_equal(b->sent[0], 0);
	assert_int_equal(b->card->port[0].stats.verdict[PROGRAM_TX].frames, 0);
	bench_down(b);
}

static void what_the_host_sends_meets_no_program(void **state)
{
	struct bench *b = &bench;
	uint8_t frame[60];

	(void)state;
	bench_up(b, "");
	assert_int_equal(bench_load(b, 0, BENCH_DROP), 0);
	bench_open(b, 0, 1, CTRL_BPF);
	bench_frame(frame, sizeof(frame), us);
	bench_describe(b, 0, 0, 0, frame, sizeof(frame), 0x80);
	bench_queue_add(b, bench_tx_queue(0, 0), 1);
	assert_int_equal(b->sent[0], 1);
	bench_down(b);
}

static void two_ports_are_kept_apart(void **state)
{
	const uint8_t second[6] = BENCH_ADDRESS(1);
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "ports=2");
	assert_int_equal(bench_load(b, 1, BENCH_TX), 0);
	bench_open(b, 0, 1, 0);
	bench_open(b, 1, 1, CTRL_BPF);
	bench_give_buffers(b, 0, 0, 2);
	receive(b, 0, us);
	receive(b, 1, second);
	receive(b, 1, us);
	assert_int_equal(host_frames(b, 0), 1);
	assert_int_equal(host_frames(b, 1), 0);
	assert_int_equal(b->sent[0], 0);
	assert_int_equal(b->sent[1], 1);
	assert_false(program_loaded(b->card->port[0].program));
	assert_int_equal(b->card->port[0].stats.filtered, 0);
	assert_int_equal(b->card->port[1].stats.filtered, 1);
	bench_down(b);
}

static void a_vnic_that_is_off_takes_nothing(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	assert_true(card_wire_can_receive(b->card, 0));
	receive(b, 0, us);
	assert_int_equal(bench_reg(b, 0, VNIC_STATS, 8), 0);
	assert_int_equal(b->card->port[0].stats.no_room, 0);
	bench_down(b);
}

static void the_wire_waits_for_buffers_only_without_a_program(void **state)
{
	struct bench *b = &bench;
	unsigned int before;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	assert_false(card_wire_can_receive(b->card, 0));
	before = b->ready[0];
	bench_give_buffers(b, 0, 0, 1);
	assert_true(card_wire_can_receive(b->card, 0));
	assert_int_equal(b->ready[0], before + 1);
	receive(b, 0, us);
	assert_false(card_wire_can_receive(b->card, 0));
	b->card->config.fault = CARD_FAULT_GONE;
	assert_true(card_wire_can_receive(b->card, 0));
	receive(b, 0, us);
	b->card->config.fault = CARD_FAULT_NONE;
	assert_int_equal(bench_load(b, 0, BENCH_TX), 0);
	before = b->ready[0];
	bench_set_reg(b, 0, VNIC_CTRL, 4, CTRL_ENABLE | CTRL_BPF);
	assert_int_equal(bench_reconfig(b, 0, UPDATE_GEN), 0);
	assert_true(card_wire_can_receive(b->card, 0));
	assert_int_equal(b->ready[0], before + 1);
	assert_int_equal(b->card->port[0].stats.no_room, 0);
	bench_down(b);
}

/* Microsoft's test vectors for its key. */
static const uint8_t known_key[RSS_KEY_LEN] = {
	0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67,
	0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
	0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
	0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa
};

static void the_hash_is_toeplitz(void **state)
{
	/* 66.9.149.187:2794 to 161.142.100.80:1766 */
	static const uint8_t input[12] = { 66,	9,  149,  187,	161,  142,
					   100, 80, 0x0a, 0xea, 0x06, 0xe6 };

	(void)state;
	assert_int_equal(rss_toeplitz(known_key, input, 8), 0x323e8fc2);
	assert_int_equal(rss_toeplitz(known_key, input, 12), 0x51ccc178);
}

static void set_rss(struct bench *b)
{
	for (unsigned int i = 0; i < RSS_KEY_LEN; i++)
		bench_set_reg(b, 0, VNIC_RSS_KEY + i, 1, known_key[i]);
	for (unsigned int i = 0; i < RSS_ENTRIES; i++)
		bench_set_reg(b, 0, VNIC_RSS_ITBL + i, 1, i % 4);
	bench_set_reg(b, 0, VNIC_RSS_CTRL, 4,
		      RSS_TOEPLITZ | RSS_IPV4_TCP | RSS_MASK);
}

/* Frames of one connection stay on one ring; 64 of them use all four. */
static void connections_are_spread_over_the_rings(void **state)
{
	static const uint8_t ip[] = { 0x45, 0, 0,   40, 0, 0, 0,   0, 64, 6,
				      0,    0, 192, 0,	2, 1, 192, 0, 2,  2 };
	struct bench *b = &bench;
	uint8_t frame[60];

	(void)state;
	bench_up(b, "rings=4");
	set_rss(b);
	bench_open(b, 0, 4, CTRL_RSS2);
	bench_frame(frame, sizeof(frame), us);
	frame[12] = 0x08;
	frame[13] = 0x00;
	memcpy(frame + 14, ip, sizeof(ip));
	for (unsigned int port = 0; port < 64; port++) {
		for (unsigned int i = 0; i < 4; i++)
			bench_give_buffers(b, 0, i, 2);
		frame[35] = port;
		card_wire_receive(b->card, 0, frame, sizeof(frame));
		card_wire_receive(b->card, 0, frame, sizeof(frame));
	}
	assert_int_equal(host_frames(b, 0), 128);
	for (unsigned int i = 0; i < 4; i++) {
		uint64_t frames = bench_reg(b, 0, VNIC_RXR_STATS + i * 16, 8);

		assert_in_range(frames, 8, 80);
		assert_int_equal(frames % 2, 0);
	}
	bench_down(b);
}

static void short_and_huge_frames_are_not_taken(void **state)
{
	struct bench *b = &bench;
	static uint8_t frame[CARD_FRAME_MAX + 1];

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, CTRL_PROMISC);
	bench_give_buffers(b, 0, 0, 2);
	card_wire_receive(b->card, 0, frame, 13);
	card_wire_receive(b->card, 0, frame, 0);
	card_wire_receive(b->card, 0, frame, CARD_FRAME_MAX + 1);
	assert_int_equal(host_frames(b, 0), 0);
	card_wire_receive(b->card, 0, frame, 14);
	assert_int_equal(host_frames(b, 0), 1);
	bench_down(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_for_others_are_filtered),
		cmocka_unit_test(a_verdict_is_carried_out_and_counted),
		cmocka_unit_test(the_filter_comes_before_the_program),
		cmocka_unit_test(what_the_host_sends_meets_no_program),
		cmocka_unit_test(two_ports_are_kept_apart),
		cmocka_unit_test(a_vnic_that_is_off_takes_nothing),
		cmocka_unit_test(
			the_wire_waits_for_buffers_only_without_a_program),
		cmocka_unit_test(the_hash_is_toeplitz),
		cmocka_unit_test(connections_are_spread_over_the_rings),
		cmocka_unit_test(short_and_huge_frames_are_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
