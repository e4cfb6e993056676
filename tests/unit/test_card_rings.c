/* SPDX-License-Identifier: GPL-2.0-only */
/* Descriptor rings, interrupts, and the control vNIC's messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "card/ctrl_vnic.h"
#include "card_bench.h"

#define END 0x80 /* of a frame, in offset_eop */

static struct bench bench;
static const uint8_t us[6] = BENCH_ADDRESS(0);

static void receive(struct bench *b, size_t len, uint8_t mark)
{
	uint8_t frame[CARD_FRAME_MAX];

	bench_frame(frame, len, us);
	frame[14] = mark;
	card_wire_receive(b->card, 0, frame, len);
}

static void unmask(struct bench *b, unsigned int vnic, unsigned int vector)
{
	bench_set_reg(b, vnic, VNIC_ICR + vector, 1, 0);
}

/* More frames than the ring has descriptors: each lands in the next one. */
static void receiving_goes_around_the_ring(void **state)
{
	struct bench *b = &bench;
	const uint8_t *frame;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	for (unsigned int i = 0; i < 3 * BENCH_RING; i++) {
		bench_give_buffers(b, 0, 0, 1);
		receive(b, 60 + i, i);
		assert_int_equal(bench_received(b, 0, 0, i % BENCH_RING,
						&frame),
				 60 + i);
		assert_int_equal(frame[14], i);
	}
	assert_int_equal(bench_queue_read(b, bench_rx_queue(0, 0)),
			 3 * BENCH_RING);
	bench_down(b);
}

static void a_frame_longer_than_a_buffer_is_an_error(void **state)
{
	struct bench *b = &bench;
	const uint8_t *frame;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	bench_give_buffers(b, 0, 0, 2);
	receive(b, BENCH_BUFFER + 1, 0);
	assert_int_equal(bench_reg(b, 0, VNIC_STATS + 8, 8), 1);
	assert_int_equal(bench_received(b, 0, 0, 0, &frame), 0);
	receive(b, BENCH_BUFFER, 0);
	assert_int_equal(bench_received(b, 0, 0, 0, &frame), BENCH_BUFFER);
	bench_down(b);
}

/* Frames that come all the same: with a program, the wire does not wait. */
static void a_frame_without_a_buffer_is_counted(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	receive(b, 60, 0);
	assert_int_equal(bench_reg(b, 0, VNIC_STATS, 8), 1);
	assert_int_equal(b->card->port[0].stats.no_room, 1);
	bench_down(b);
}

static void sending_gathers_and_goes_around_the_ring(void **state)
{
	struct bench *b = &bench;
	unsigned int n = 0;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	for (unsigned int i = 0; i < 2 * BENCH_RING; i++) {
		bench_describe(b, 0, 0, n++ % BENCH_RING, "abcdefgh", 8, 0);
		bench_describe(b, 0, 0, n++ % BENCH_RING, "ijklmnop", 8, 0);
		bench_describe(b, 0, 0, n++ % BENCH_RING, "qrst", 4, END);
		bench_queue_add(b, bench_tx_queue(0, 0), 3);
		assert_int_equal(b->sent[0], i + 1);
		assert_int_equal(b->last_len, 20);
		assert_memory_equal(b->last, "abcdefghijklmnopqrst", 20);
		assert_int_equal(bench_queue_read(b, bench_tx_queue(0, 0)), n);
	}
	bench_down(b);
}

static void half_a_frame_waits_for_its_end(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	bench_describe(b, 0, 0, 0, "0123456789abcdef", 16, 0);
	bench_queue_add(b, bench_tx_queue(0, 0), 1);
	assert_int_equal(b->sent[0], 0);
	assert_int_equal(bench_queue_read(b, bench_tx_queue(0, 0)), 0);
	bench_describe(b, 0, 0, 1, "ghij", 4, END);
	bench_queue_add(b, bench_tx_queue(0, 0), 1);
	assert_int_equal(b->last_len, 20);
	assert_int_equal(bench_queue_read(b, bench_tx_queue(0, 0)), 2);
	bench_down(b);
}

/* Metadata before a frame does not leave the card. */
static void metadata_is_left_out(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	bench_describe(b, 0, 0, 0, "metadataabcdefghijklmnop", 24, END | 8);
	bench_queue_add(b, bench_tx_queue(0, 0), 1);
	assert_int_equal(b->last_len, 16);
	assert_memory_equal(b->last, "abcd", 4);
	bench_down(b);
}

static void impossible_descriptors_are_skipped(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	for (unsigned int i = 0; i < 5; i++)
		bench_describe(b, 0, 0, i, NULL, 4000, i == 4 ? END : 0);
	bench_describe(b, 0, 0, 5, "x", 1, END | 8);
	bench_describe(b, 0, 0, 6, "abcdefghijklmnop", 16, END);
	bench_queue_add(b, bench_tx_queue(0, 0), 7);
	assert_int_equal(b->sent[0], 1);
	assert_int_equal(bench_reg(b, 0, VNIC_STATS + 0x50, 8), 2);
	assert_int_equal(bench_queue_read(b, bench_tx_queue(0, 0)), 7);
	bench_down(b);
}

/* A host gone wrong cannot make the card run around its ring for ever. */
static void no_more_is_taken_than_the_ring_holds(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	for (unsigned int i = 0; i < BENCH_RING; i++)
		bench_describe(b, 0, 0, i, "abcdefghijklmnop", 16, END);
	bench_queue_add(b, bench_tx_queue(0, 0), UINT32_MAX);
	assert_int_equal(b->sent[0], BENCH_RING);
	bench_queue_add(b, bench_tx_queue(0, 1), 5); /* a ring that is off */
	bench_queue_add(b, 255, 5);		     /* of no vNIC */
	assert_int_equal(b->sent[0], BENCH_RING);
	bench_down(b);
}

static void a_full_wire_drops_and_counts(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	b->wire_full = true;
	bench_describe(b, 0, 0, 0, "abcdefghijklmnop", 16, END);
	bench_queue_add(b, bench_tx_queue(0, 0), 1);
	assert_int_equal(bench_queue_read(b, bench_tx_queue(0, 0)), 1);
	assert_int_equal(bench_reg(b, 0, VNIC_STATS + 0x48, 8), 1);
	assert_int_equal(bench_reg(b, 0, VNIC_STATS + 0x78, 8), 0);
	bench_down(b);
}

static void a_masked_interrupt_comes_when_it_is_unmasked(void **state)
{
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	bench_give_buffers(b, 0, 0, 4);
	receive(b, 60, 0);
	assert_int_equal(b->interrupts[BENCH_RX_VECTOR], 1);
	assert_int_equal(bench_reg(b, 0, VNIC_ICR + BENCH_RX_VECTOR, 1), 1);
	receive(b, 60, 1);
	receive(b, 60, 2);
	assert_int_equal(b->interrupts[BENCH_RX_VECTOR], 1);
	unmask(b, 0, BENCH_RX_VECTOR);
	assert_int_equal(b->interrupts[BENCH_RX_VECTOR], 2);
	unmask(b, 0, BENCH_RX_VECTOR);
	assert_int_equal(b->interrupts[BENCH_RX_VECTOR], 2);
	receive(b, 60, 3);
	assert_int_equal(b->interrupts[BENCH_RX_VECTOR], 3);
	assert_int_equal(b->interrupts[BENCH_TX_VECTOR], 0);
	bench_down(b);
}

static void one_write_unmasks_several_interrupts(void **state)
{
	const unsigned int first = BENCH_RX_VECTOR - 2;
	struct bench *b = &bench;

	(void)state;
	bench_up(b, "");
	for (int i = 0; i < 2; i++) {
		vnic_interrupt(&b->card->vnic[0], BENCH_RX_VECTOR);
		vnic_interrupt(&b->card->vnic[0], BENCH_TX_VECTOR);
	}
	assert_int_equal(b->interrupts[BENCH_RX_VECTOR], 1);
	bench_set_reg(b, 0, VNIC_ICR + first, 4, 0);
	assert_int_equal(b->interrupts[BENCH_RX_VECTOR], 2);
	assert_int_equal(b->interrupts[BENCH_TX_VECTOR], 2);
	bench_down(b);
}

static void a_ring_begins_anew_when_it_is_enabled_again(void **state)
{
	struct bench *b = &bench;
	const uint8_t *frame;

	(void)state;
	bench_up(b, "");
	bench_open(b, 0, 1, 0);
	bench_give_buffers(b, 0, 0, 5);
	receive(b, 60, 0);
	bench_open(b, 0, 1, 0);
	assert_int_equal(bench_queue_read(b, bench_rx_queue(0, 0)), 0);
	assert_false(card_wire_can_receive(b->card, 0));
	bench_give_buffers(b, 0, 0, 1);
	receive(b, 61, 0);
	assert_int_equal(bench_received(b, 0, 0, 0, &frame), 61);
	/* Nor does a mask of before stay. */
	assert_int_equal(b->interrupts[BENCH_RX_VECTOR], 2);
	bench_down(b);
}

/* A request to make a table; numbers are big endian. */
/* clang-format off */
static const uint8_t alloc[24] = {
	1, 1, 0, 9,	/* what, version, tag */
	0, 0, 0, 4,	/* bytes of a key */
	0, 0, 0, 8,	/* of a value */
	0, 0, 0, 16,	/* entries */
	0, 0, 0, 2,	/* array */
};
/* clang-format on */

static void request(struct bench *b, unsigned int n)
{
	bench_describe(b, CARD_CTRL_VNIC, 0, n, alloc, sizeof(alloc), END);
	bench_queue_add(b, bench_tx_queue(CARD_CTRL_VNIC, 0), 1);
}

static void a_request_waits_for_room_for_its_reply(void **state)
{
	const unsigned int tx = bench_tx_queue(CARD_CTRL_VNIC, 0);
	struct bench *b = &bench;
	const uint8_t *reply;

	(void)state;
	bench_up(b, "");
	bench_open(b, CARD_CTRL_VNIC, 1, 0);
	request(b, 0);
	request(b, 1);
	assert_int_equal(bench_queue_read(b, tx), 0);
	bench_give_buffers(b, CARD_CTRL_VNIC, 0, 1);
	assert_int_equal(bench_queue_read(b, tx), 1);
	assert_true(bench_received(b, CARD_CTRL_VNIC, 0, 0, &reply) >= 12);
	assert_int_equal(reply[3], 9);
	bench_give_buffers(b, CARD_CTRL_VNIC, 0, 1);
	assert_int_equal(bench_queue_read(b, tx), 2);
	assert_true(bench_received(b, CARD_CTRL_VNIC, 0, 1, &reply) >= 12);
	bench_down(b);
}

static void with_the_ccm_fault_there_is_no_reply(void **state)
{
	struct bench *b = &bench;
	const uint8_t *reply;

	(void)state;
	bench_up(b, "fault=ccm");
	bench_open(b, CARD_CTRL_VNIC, 1, 0);
	bench_give_buffers(b, CARD_CTRL_VNIC, 0, 2);
	request(b, 0);
	assert_int_equal(bench_queue_read(b, bench_tx_queue(CARD_CTRL_VNIC, 0)),
			 1);
	assert_int_equal(bench_received(b, CARD_CTRL_VNIC, 0, 0, &reply), 0);
	b->card->config.fault = CARD_FAULT_NONE;
	request(b, 1);
	assert_true(bench_received(b, CARD_CTRL_VNIC, 0, 0, &reply) > 0);
	bench_down(b);
}

static void an_event_without_a_buffer_is_lost_and_counted(void **state)
{
	const struct program_event event = {
		.packet = us, .packet_len = 6, .data = us, .data_len = 4
	};
	struct bench *b = &bench;
	const uint8_t *message;

	(void)state;
	bench_up(b, "");
	bench_open(b, CARD_CTRL_VNIC, 1, 0);
	ctrl_vnic_event(b->card, &event);
	assert_int_equal(b->card->events_lost, 1);
	bench_give_buffers(b, CARD_CTRL_VNIC, 0, 1);
	ctrl_vnic_event(b->card, &event);
	assert_int_equal(b->card->events_lost, 1);
	assert_true(bench_received(b, CARD_CTRL_VNIC, 0, 0, &message) > 10);
	bench_down(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(receiving_goes_around_the_ring),
		cmocka_unit_test(a_frame_longer_than_a_buffer_is_an_error),
		cmocka_unit_test(a_frame_without_a_buffer_is_counted),
		cmocka_unit_test(sending_gathers_and_goes_around_the_ring),
		cmocka_unit_test(half_a_frame_waits_for_its_end),
		cmocka_unit_test(metadata_is_left_out),
		cmocka_unit_test(impossible_descriptors_are_skipped),
		cmocka_unit_test(no_more_is_taken_than_the_ring_holds),
		cmocka_unit_test(a_full_wire_drops_and_counts),
		cmocka_unit_test(a_masked_interrupt_comes_when_it_is_unmasked),
		cmocka_unit_test(one_write_unmasks_several_interrupts),
		cmocka_unit_test(a_ring_begins_anew_when_it_is_enabled_again),
		cmocka_unit_test(a_request_waits_for_room_for_its_reply),
		cmocka_unit_test(with_the_ccm_fault_there_is_no_reply),
		cmocka_unit_test(an_event_without_a_buffer_is_lost_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
