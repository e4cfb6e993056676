/* SPDX-License-Identifier: GPL-2.0-only */
/* What surrounds a program: verdicts, the packet's buffer, the routines. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "card/map_memory.h"
#include "card/me.h"
#include "card/program.h"
#include "me_asm.h"

#define START	3072
#define DONE	1
#define BEGIN	200 /* of the frame in its buffer */
#define CODE	32
#define PASS	0x11
#define DROP	0x22
#define TX	0x44
#define ABORTED 0x82

struct bench {
	struct profile profile;
	struct maps *maps;
	struct program *program;
	struct program_host host;
	struct program_frame frame;
	struct program_cost cost;
	uint8_t data[8192];
	struct program_event event;
	uint8_t event_bytes[64];
	unsigned int events;
};

static void on_event(void *priv, const struct program_event *event)
{
	struct bench *b = priv;

	b->events++;
	b->event = *event;
	assert_in_range(event->packet_len + event->data_len, 0, 64);
	memcpy(b->event_bytes, event->packet, event->packet_len);
	memcpy(b->event_bytes + event->packet_len, event->data,
	       event->data_len);
}

static void set_frame(struct bench *b, uint32_t len)
{
	for (size_t i = 0; i < sizeof(b->data); i++)
		b->data[i] = i;
	b->frame = (struct program_frame){ .data = b->data,
					   .size = sizeof(b->data),
					   .offset = BEGIN,
					   .len = len,
					   .queue = 77 };
}

static void set_up(struct bench *b)
{
	memset(b, 0, sizeof(*b));
	b->profile = profile_published;
	b->profile.helpers = PROFILE_MAP_LOOKUP | PROFILE_MAP_UPDATE |
			     PROFILE_MAP_DELETE | PROFILE_EVENT_OUTPUT;
	b->host = (struct program_host){ on_event, b };
	b->maps = maps_new(&b->profile);
	assert_non_null(b->maps);
	b->program = program_new(&b->profile, b->maps, &b->host, START);
	assert_non_null(b->program);
	set_frame(b, 100);
}

static void tear_down(struct bench *b)
{
	program_free(b->program);
	maps_free(b->maps);
}

/* Up to the first 0. */
static uint32_t with_ecc(uint64_t *to, const uint64_t *code)
{
	uint32_t n = 0;

	for (; code[n]; n++)
		to[n] = me_with_ecc(code[n]);
	return n;
}

static void load(struct bench *b, const uint64_t *code)
{
	uint64_t image[CODE + 1] = { 0 };
	uint32_t n = with_ecc(image, code);

	assert_null(program_set_image(b->program, image, n));
}

static enum program_verdict run(struct bench *b, const uint64_t *code)
{
	load(b, code);
	return program_run(b->program, &b->frame, &b->cost);
}

static void expect(struct bench *b, const uint64_t *code,
		   enum program_verdict want)
{
	enum program_verdict got = run(b, code);

	assert_string_equal(program_stopped(b->program), "");
	assert_int_equal(got, want);
}

static void expect_stop(struct bench *b, const uint64_t *code, const char *why)
{
	assert_int_equal(run(b, code), PROGRAM_ABORTED);
	print_message("    %s\n", program_stopped(b->program));
	assert_non_null(strstr(program_stopped(b->program), why));
}

#define EXIT(verdict) immed(A(0), verdict, 2), br(BR, DONE, 0)
#define CALL(helper, at) \
	immed(B(0), START + (at) + 2, 0), br(BR, program_routine(helper), 0)
/* The packet's first word from transfer register 0; spoils A24. */
#define STORE \
	mov(A(24), LMEM(1, 2)), cmd(WRITE32, MODE_32, 0, A(24), IMM(0), 1, SWAP)
#define LOAD_AT(offset)                                  \
	immed(B(24), offset, 0), mov(A(24), LMEM(1, 2)), \
		cmd(READ32, MODE_32, 0, A(24), B(24), 1, SWAP)

static void verdicts_are_bits_of_a0(void **state)
{
	static const struct {
		uint32_t bits;
		enum program_verdict want;
		bool stops;
	} cases[] = {
		{ PASS, PROGRAM_PASS, false },
		{ DROP, PROGRAM_DROP, false },
		{ 0x02, PROGRAM_DROP, false },
		{ TX, PROGRAM_TX, false },
		{ ABORTED, PROGRAM_ABORTED, false },
		{ 0x00, PROGRAM_ABORTED, true },
		{ 0x33, PROGRAM_ABORTED, true },
	};
	struct bench b;

	(void)state;
	set_up(&b);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = { EXIT(cases[i].bits), 0 };

		assert_int_equal(run(&b, code), cases[i].want);
		assert_int_equal(*program_stopped(b.program) != 0,
				 cases[i].stops);
		assert_int_equal(b.cost.instructions, 2);
		assert_int_equal(b.cost.commands, 0);
		assert_int_equal(b.cost.calls, 0);
	}
	tear_down(&b);
}

static void a_frame_that_nobody_touches_stays(void **state)
{
	static const uint32_t lens[] = { 14, 60, 1888, 1889, 7000 };
	const uint64_t code[] = { EXIT(PASS), 0 };
	struct bench b;

	(void)state;
	set_up(&b);
	for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
		set_frame(&b, lens[i]);
		expect(&b, code, PROGRAM_PASS);
		assert_int_equal(b.frame.offset, BEGIN);
		assert_int_equal(b.frame.len, lens[i]);
		assert_int_equal(b.frame.queue, -1);
		for (size_t at = 0; at < sizeof(b.data); at++)
			assert_int_equal(b.data[at], at & 0xff);
	}
	tear_down(&b);
}

static void without_a_program_frames_pass(void **state)
{
	struct bench b;

	(void)state;
	set_up(&b);
	assert_false(program_loaded(b.program));
	assert_int_equal(program_run(b.program, &b.frame, &b.cost),
			 PROGRAM_PASS);
	assert_int_equal(b.cost.instructions, 0);
	tear_down(&b);
}

static void images_that_no_card_takes_are_refused(void **state)
{
	const uint64_t code[] = { EXIT(PASS), 0 };
	uint64_t image[3] = { 0 };
	uint32_t n = with_ecc(image, code);
	uint64_t older;
	struct bench b;

	(void)state;
	set_up(&b);
	load(&b, code);
	older = *program_image(b.program, &n);

	assert_non_null(program_set_image(b.program, image, 0));
	b.profile.max_insns = 1;
	assert_string_equal(program_set_image(b.program, image, 2),
			    "the image has 2 instructions, the limit is 1");
	b.profile.max_insns = 2;
	image[1] ^= 1;
	assert_non_null(strstr(program_set_image(b.program, image, 2),
			       "instruction 1"));

	assert_int_equal(*program_image(b.program, &n), older);
	assert_int_equal(n, 2);
	tear_down(&b);
}

static void only_the_visible_packet_is_in_reach(void **state)
{
	static const struct {
		const char *what;
		uint32_t len, offset;
		bool write, stops;
	} cases[] = {
		{ "first byte", 60, 0, false, false },
		{ "last byte, and three more", 60, 59, false, false },
		{ "behind", 60, 60, false, true },
		{ "the window's last byte", 4000, 1887, false, false },
		{ "behind the window", 4000, 1888, false, true },
		{ "write the last word", 60, 56, true, false },
		{ "write one byte too far", 60, 57, true, true },
		{ "write behind the window", 4000, 1885, true, true },
	};
	struct bench b;

	(void)state;
	set_up(&b);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const uint64_t code[] = {
			immed(B(24), cases[i].offset, 0),
			mov(A(24), LMEM(1, 2)),
			immed(XFER(0), 0, 0),
			cmd(cases[i].write ? WRITE32 : READ32, MODE_32, 0,
			    A(24), B(24), 1, SWAP),
			EXIT(PASS),
			0,
		};

		print_message("%s\n", cases[i].what);
		set_frame(&b, cases[i].len);
		if (cases[i].stops)
			expect_stop(&b, code, "outside of the visible packet");
		else
			expect(&b, code, PROGRAM_PASS);
		assert_int_equal(b.data[BEGIN + cases[i].offset],
				 cases[i].write && !cases[i].stops
					 ? 0
					 : (BEGIN + cases[i].offset) & 0xff);
		assert_int_equal(b.cost.commands, 1);
	}
	tear_down(&b);
}

static void behind_a_frame_nothing_is_known(void **state)
{
	const uint64_t last_byte[] = {
		LOAD_AT(59),
		ld_field_clr(A(5), 1, XFER(0), ROT, 0),
		alu(A(5), A(5), ADD, IMM(1)),
		EXIT(PASS),
		0,
	};
	const uint64_t next_byte[] = {
		LOAD_AT(59),
		ld_field_clr(A(5), 3, XFER(0), ROT, 0),
		alu(A(5), A(5), ADD, IMM(1)),
		EXIT(PASS),
		0,
	};
	struct bench b;

	(void)state;
	set_up(&b);
	expect(&b, last_byte, PROGRAM_PASS); /* a longer one before it */
	set_frame(&b, 60);
	expect(&b, last_byte, PROGRAM_PASS);
	expect_stop(&b, next_byte, "never written");
	tear_down(&b);
}

/* As the driver's inline code does it: address and length, by one delta. */
static void move_head(struct bench *b, int delta, bool stops)
{
	const uint64_t code[] = {
		immed(A(4), delta < 0 ? -delta : delta, 0),
		alu(LMEM(1, 2), LMEM(1, 2), delta < 0 ? SUB : ADD, A(4)),
		alu(LMEM(1, 0), LMEM(1, 0), delta < 0 ? ADD : SUB, A(4)),
		immed(XFER(0), 0xabcd, 0),
		STORE,
		EXIT(TX),
		0,
	};

	set_frame(b, 300);
	if (stops) {
		expect_stop(b, code, "out of its buffer");
		assert_int_equal(b->frame.offset, BEGIN);
		assert_int_equal(b->frame.len, 300);
		return;
	}
	expect(b, code, PROGRAM_TX);
	assert_int_equal(b->frame.offset, BEGIN + delta);
	assert_int_equal(b->frame.len, 300 - delta);
	assert_int_equal(b->data[BEGIN + delta], 0xcd);
	assert_int_equal(b->data[BEGIN + delta + 1], 0xab);
	assert_int_equal(b->data[BEGIN + 299], (BEGIN + 299) & 0xff);
}

static void the_head_moves_within_the_firmwares_bounds(void **state)
{
	struct bench b;

	(void)state;
	set_up(&b);
	move_head(&b, -84, false);
	move_head(&b, 248 - PROGRAM_HEADROOM, false);
	move_head(&b, 249 - PROGRAM_HEADROOM, true);
	move_head(&b, 44 - PROGRAM_HEADROOM, false);
	move_head(&b, 43 - PROGRAM_HEADROOM, true);
	tear_down(&b);
}

static void the_tail_can_be_cut(void **state)
{
	const uint64_t code[] = {
		alu(LMEM(1, 0), LMEM(1, 0), SUB, IMM(40)),
		EXIT(PASS),
		0,
	};
	const uint64_t looks_behind[] = {
		alu(LMEM(1, 0), LMEM(1, 0), SUB, IMM(40)),
		LOAD_AT(60),
		EXIT(PASS),
		0,
	};
	const uint64_t longer[] = {
		alu(LMEM(1, 0), LMEM(1, 0), ADD, IMM(1)),
		EXIT(PASS),
		0,
	};
	struct bench b;

	(void)state;
	set_up(&b);
	set_frame(&b, 4000);
	expect(&b, code, PROGRAM_PASS);
	assert_int_equal(b.frame.len, 3960);
	expect_stop(&b, longer, "out of its buffer");
	set_frame(&b, 101);
	expect(&b, looks_behind, PROGRAM_PASS);
	set_frame(&b, 100);
	expect_stop(&b, looks_behind, "outside of the visible packet");
	tear_down(&b);
}

static void a_program_chooses_the_ring(void **state)
{
	const uint64_t code[] = {
		shf(LMEM(1, 4), LMEM(1, 4), SHF_OR, IMM(1), SHL, 4),
		immed(B(4), 3, 0),
		ld_field(LMEM(1, 6), 1, B(4), ROT, 0),
		EXIT(PASS),
		0,
	};
	struct bench b;

	(void)state;
	set_up(&b);
	expect(&b, code, PROGRAM_PASS);
	assert_int_equal(b.frame.queue, 3);
	tear_down(&b);
}

static void the_vectors_other_bits_are_the_firmwares(void **state)
{
	const uint64_t code[] = {
		shf(LMEM(1, 0), LMEM(1, 0), SHF_OR, IMM(1), SHL, 14),
		shf(LMEM(1, 0), LMEM(1, 0), SHF_OR, IMM(1), SHL, 15),
		EXIT(PASS),
		0,
	};
	struct bench b;

	(void)state;
	set_up(&b);
	expect_stop(&b, code, "destroyed its packet vector");
	tear_down(&b);
}

static void random_numbers_are_the_same_in_each_run(void **state)
{
	const uint64_t code[] = { csr_rd(RANDOM), immed(XFER(0), 0, 0), STORE,
				  EXIT(PASS), 0 };
	uint32_t first[2], second[2];
	struct bench b;

	(void)state;
	for (int i = 0; i < 2; i++) {
		set_up(&b);
		expect(&b, code, PROGRAM_PASS);
		memcpy(&first[i], b.data + BEGIN, 4);
		expect(&b, code, PROGRAM_PASS);
		memcpy(&second[i], b.data + BEGIN, 4);
		tear_down(&b);
	}
	assert_int_equal(first[0], first[1]);
	assert_int_equal(second[0], second[1]);
	assert_int_not_equal(first[0], second[0]);
}

static uint32_t hash_map(struct bench *b)
{
	const struct maps_shape shape = { CARD_MAP_HASH, 4, 8, 2 };
	uint32_t tid;

	assert_int_equal(maps_alloc(b->maps, &shape, &tid), MAPS_OK);
	return tid;
}

#define KEY(k)	 immed(A(4), k, 0), mov(LMEM(0, 0), A(4))
#define TABLE(t) immed(A(0), t, 0)

static void lookup_gives_the_values_address(void **state)
{
	const uint64_t code[] = {
		KEY(7),
		TABLE(1),
		CALL(1, 3),
		cmd(READ32, MODE_40_BA, 0, A(0), B(1), 2, SWAP),
		mov(XFER(0), XFER(1)),
		STORE,
		EXIT(PASS),
		0,
	};
	const uint8_t key[4] = { 7 }, value[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct bench b;

	(void)state;
	set_up(&b);
	maps_update(b.maps, hash_map(&b), key, value, 0);
	expect(&b, code, PROGRAM_PASS);
	assert_memory_equal(b.data + BEGIN, value + 4, 4);
	assert_int_equal(b.cost.calls, 1);
	assert_int_equal(b.cost.commands, 2);
	assert_int_equal(b.cost.instructions, 11);
	tear_down(&b);
}

static void lookup_gives_zeros_without_an_entry(void **state)
{
	const uint64_t code[] = {
		KEY(8),
		TABLE(1),
		CALL(1, 3),
		alu(A(0), A(0), OR, B(1)),
		mov(XFER(0), A(0)),
		STORE,
		EXIT(PASS),
		0,
	};
	struct bench b;

	(void)state;
	set_up(&b);
	expect(&b, code, PROGRAM_PASS); /* no table */
	assert_memory_equal(b.data + BEGIN, "\0\0\0\0", 4);
	hash_map(&b);
	set_frame(&b, 60);
	expect(&b, code, PROGRAM_PASS);
	assert_memory_equal(b.data + BEGIN, "\0\0\0\0", 4);
	tear_down(&b);
}

static void a_routine_stops_what_would_go_wrong_on_a_card(void **state)
{
	const struct {
		const char *what;
		uint64_t code[CODE];
		const char *why;
	} cases[] = {
		{ "uses a register that the routine lost",
		  { KEY(8), TABLE(1), CALL(1, 3), alu(A(5), A(4), ADD, IMM(1)),
		    EXIT(PASS) },
		  "" },
		{ "uses a transfer register that the routine used",
		  { LOAD_AT(0), KEY(8), TABLE(1), CALL(1, 6),
		    alu(A(5), XFER(0), ADD, IMM(1)), EXIT(PASS) },
		  "never written" },
		{ "a key that nobody wrote",
		  { TABLE(1), CALL(1, 1), EXIT(PASS) },
		  "not initialized" },
		{ "no return address",
		  { KEY(8), TABLE(1), br(BR, program_routine(1), 0),
		    EXIT(PASS) },
		  "return address" },
		{ "a pointer that was just written",
		  { KEY(8), TABLE(1), immed(B(0), START + 7, 0),
		    br(BR, program_routine(1), 2), nop(), csr_wr(A(22), LM0),
		    EXIT(PASS) },
		  "settled" },
		{ "no routine there",
		  { KEY(8), TABLE(1), br(BR, 0x201, 0) },
		  "" },
		{ "writes to a map's value",
		  { KEY(7), TABLE(1), CALL(1, 3), immed(XFER(0), 0, 0),
		    cmd(WRITE32, MODE_40_BA, 0, A(0), B(1), 1, SWAP),
		    EXIT(PASS) },
		  "map's value" },
		{ "reads behind a map's value",
		  { KEY(7), TABLE(1), CALL(1, 3), alu(A(0), A(0), ADD, IMM(8)),
		    cmd(READ32, MODE_40_BA, 0, A(0), B(1), 1, SWAP),
		    EXIT(PASS) },
		  "map's value" },
	};
	const uint8_t key[4] = { 7 }, value[8] = { 0 };
	struct bench b;

	(void)state;
	set_up(&b);
	maps_update(b.maps, hash_map(&b), key, value, 0);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		print_message("%s\n", cases[i].what);
		expect_stop(&b, cases[i].code, cases[i].why);
	}
	tear_down(&b);
}

static void what_the_firmware_lacks_is_not_called(void **state)
{
	const uint64_t code[] = { KEY(8), TABLE(1), CALL(1, 3), EXIT(PASS), 0 };
	struct bench b;

	(void)state;
	set_up(&b);
	expect(&b, code, PROGRAM_PASS);
	b.profile.helpers &= ~PROFILE_MAP_LOOKUP;
	expect_stop(&b, code, "");
	tear_down(&b);
}

/* Key 7 and value 0x55, 0x66; the low half of the result goes out. */
static int call_map(struct bench *b, unsigned int helper, uint32_t key,
		    uint32_t flags, uint32_t tid)
{
	const uint64_t code[] = {
		KEY(key),
		immed(A(5), 0x55, 0),
		mov(LMEM(0, 1), A(5)),
		immed(A(5), 0x66, 0),
		mov(LMEM(0, 2), A(5)),
		alu(A(5), A(22), ADD, IMM(4)),
		csr_wr(A(5), LM2),
		nop(),
		nop(),
		immed(A(8), flags, 0),
		TABLE(tid),
		CALL(helper, 12),
		alu(A(1), A(1), XOR, B(0)), /* 0 if the sign is extended */
		mov(A(4), LMEM(1, 2)),
		mov(XFER(0), A(0)),
		mov(XFER(1), A(1)),
		cmd(WRITE32, MODE_32, 0, A(4), IMM(0), 2, SWAP),
		EXIT(PASS),
		0,
	};
	int32_t result[2];

	expect(b, code, PROGRAM_PASS);
	memcpy(result, b->data + BEGIN, sizeof(result));
	assert_int_equal(result[0] < 0, (result[0] ^ result[1]) == -1);
	return result[0];
}

static void update_and_delete_answer_as_in_bpf(void **state)
{
	static const struct {
		const char *what;
		unsigned int helper;
		uint32_t key, flags, tid;
		int want;
	} steps[] = {
		{ "nothing to delete", 3, 7, 0, 1, -ENOENT },
		{ "only if it exists", 2, 7, 2, 1, -ENOENT },
		{ "added", 2, 7, 1, 1, 0 },
		{ "only if it does not exist", 2, 7, 1, 1, -EEXIST },
		{ "changed", 2, 7, 0, 1, 0 },
		{ "another", 2, 8, 0, 1, 0 },
		{ "no room", 2, 9, 0, 1, -ENOMEM },
		{ "deleted", 3, 8, 0, 1, 0 },
		{ "room again", 2, 9, 0, 1, 0 },
		{ "no such flag", 2, 9, 3, 1, -EINVAL },
		{ "no such table", 2, 9, 0, 2, -EINVAL },
		{ "no such table to delete from", 3, 9, 0, 2, -EINVAL },
	};
	const uint8_t key[4] = { 7 };
	struct bench b;

	(void)state;
	set_up(&b);
	hash_map(&b);
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		print_message("%s\n", steps[i].what);
		assert_int_equal(call_map(&b, steps[i].helper, steps[i].key,
					  steps[i].flags, steps[i].tid),
				 steps[i].want);
	}
	assert_memory_equal(maps_lookup(b.maps, 1, key), "\x55\0\0\0\x66\0\0\0",
			    8);
	tear_down(&b);
}

/* What the driver makes of a counter's bytes for user space: each word's bytes
 * are swapped, and user space is little endian.
 */
static uint64_t as_user_space_sees(const uint8_t *value)
{
	uint64_t seen = 0;

	for (int i = 0; i < 8; i++)
		seen |= (uint64_t)value[i] << (8 * (i / 4 * 4 + 3 - i % 4));
	return seen;
}

static void reads_run_over_a_value_by_less_than_a_word(void **state)
{
	const uint8_t key[4] = { 7 }, value[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	uint8_t got[8];
	uint32_t defined = 4;
	uint64_t address;
	struct bench b;

	(void)state;
	set_up(&b);
	maps_update(b.maps, hash_map(&b), key, value, 0);
	address = maps_address(b.maps, 1, maps_lookup(b.maps, 1, key));
	assert_null(map_memory_read(b.maps, address + 7, got, 4, &defined));
	assert_int_equal(got[0], 8);
	assert_int_equal(defined, 1);
	assert_non_null(map_memory_read(b.maps, address + 7, got, 5, &defined));
	assert_non_null(map_memory_read(b.maps, address + 8, got, 1, &defined));
	assert_non_null(map_memory_read(b.maps, address + 8, got, 4, &defined));
	tear_down(&b);
}

static void counters_carry_into_the_high_word(void **state)
{
	const uint8_t key[4] = { 7 }, value[8] = { 0 };
	uint64_t address;
	struct bench b;

	(void)state;
	set_up(&b);
	maps_update(b.maps, hash_map(&b), key, value, 0);
	address = maps_address(b.maps, 1, maps_lookup(b.maps, 1, key));
	assert_null(map_memory_add(b.maps, address, 8, 0xfffffff0));
	assert_null(map_memory_add(b.maps, address, 8, 0x20));
	assert_int_equal(as_user_space_sees(maps_lookup(b.maps, 1, key)),
			 0x100000010);
	assert_null(map_memory_add(b.maps, address, 4, 0xfffffff0));
	assert_int_equal(as_user_space_sees(maps_lookup(b.maps, 1, key)),
			 0x100000000);
	assert_non_null(map_memory_add(b.maps, address + 4, 8, 1));
	assert_non_null(map_memory_add(b.maps, address + 2, 4, 1));
	tear_down(&b);
}

static void events_carry_packet_and_data(void **state)
{
	const uint64_t code[] = {
		immed(A(5), 0x1234, 0),
		mov(LMEM(0, 0), A(5)),
		immed(A(4), 42, 0), /* map */
		immed(A(5), 0, 0),
		immed(A(7), 16, 0), /* bytes of the packet */
		mov(B(8), A(22)),   /* data */
		mov(A(8), B(8)),
		immed(A(9), 0, 0),
		immed(A(10), 4, 0),
		immed(A(1), 6, 0), /* on the stack */
		CALL(25, 10),
		mov(XFER(0), A(0)),
		STORE,
		EXIT(PASS),
		0,
	};
	struct bench b;

	(void)state;
	set_up(&b);
	expect(&b, code, PROGRAM_PASS);
	assert_int_equal(b.events, 1);
	assert_int_equal(b.event.map, 42);
	assert_int_equal(b.event.packet_len, 16);
	assert_int_equal(b.event.data_len, 4);
	assert_memory_equal(b.event_bytes + 16, "\x34\x12\0\0", 4);
	for (int i = 0; i < 16; i++)
		assert_int_equal(b.event_bytes[i], BEGIN + i);
	assert_memory_equal(b.data + BEGIN, "\0\0\0\0", 4);

	set_frame(&b, 15); /* less than the event asks for */
	expect(&b, code, PROGRAM_PASS);
	assert_int_equal(b.events, 1);
	assert_memory_equal(b.data + BEGIN, "\xf2\xff\xff\xff", 4);
	tear_down(&b);
}

static void a_loop_does_not_hang_the_card(void **state)
{
	const uint64_t code[] = { br(BR, START, 0), 0 };
	struct bench b;

	(void)state;
	set_up(&b);
	expect_stop(&b, code, "");
	load(&b, code);
	assert_string_equal(program_stopped(b.program), "");
	tear_down(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_are_bits_of_a0),
		cmocka_unit_test(a_frame_that_nobody_touches_stays),
		cmocka_unit_test(without_a_program_frames_pass),
		cmocka_unit_test(images_that_no_card_takes_are_refused),
		cmocka_unit_test(only_the_visible_packet_is_in_reach),
		cmocka_unit_test(behind_a_frame_nothing_is_known),
		cmocka_unit_test(the_head_moves_within_the_firmwares_bounds),
		cmocka_unit_test(the_tail_can_be_cut),
		cmocka_unit_test(a_program_chooses_the_ring),
		cmocka_unit_test(the_vectors_other_bits_are_the_firmwares),
		cmocka_unit_test(random_numbers_are_the_same_in_each_run),
		cmocka_unit_test(lookup_gives_the_values_address),
		cmocka_unit_test(lookup_gives_zeros_without_an_entry),
		cmocka_unit_test(a_routine_stops_what_would_go_wrong_on_a_card),
		cmocka_unit_test(what_the_firmware_lacks_is_not_called),
		cmocka_unit_test(update_and_delete_answer_as_in_bpf),
		cmocka_unit_test(reads_run_over_a_value_by_less_than_a_word),
		cmocka_unit_test(counters_carry_into_the_high_word),
		cmocka_unit_test(events_carry_packet_and_data),
		cmocka_unit_test(a_loop_does_not_hang_the_card),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
