/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card/map_memory.h"
#include "card/program_state.h"
#include "card/routines.h"

/* The stack: local memory pointer 0 and A22 are its address, to which the
 * driver's code adds (nfp driver, bpf/main.h STATIC_REG_STACK; Netronome/
 * nic-firmware, ebpf.uc ebpf_call()).
 */
#define STACK	       0xc00
#define STACK_REGISTER 22

/* More than any program that the kernel's verifier lets through needs. */
#define STEPS_MAX 1000000

/* Netronome/nic-firmware, global.uc. */
#define RANDOM_SEED 42

const char *const program_verdict_name[PROGRAM_VERDICTS] = {
	[PROGRAM_PASS] = "pass",
	[PROGRAM_DROP] = "drop",
	[PROGRAM_TX] = "tx",
	[PROGRAM_ABORTED] = "aborted",
};

static const char *read_memory(void *priv, enum me_space space, uint64_t addr,
			       void *data, uint32_t len, uint32_t *defined)
{
	struct program *program = priv;

	if (space == ME_CTM)
		return packet_read(&program->packet, &program->me, addr, data,
				   len, defined);
	return map_memory_read(program->maps, addr, data, len, defined);
}

static const char *write_memory(void *priv, enum me_space space, uint64_t addr,
				const void *data, uint32_t len)
{
	struct program *program = priv;

	if (space == ME_CTM)
		return packet_write(&program->packet, &program->me, addr, data,
				    len);
	return "write to a map's value, which the driver never generates";
}

static const char *add_memory(void *priv, uint64_t addr, uint32_t width,
			      uint64_t addend)
{
	struct program *program = priv;

	return map_memory_add(program->maps, addr, width, addend);
}

static const char *call(void *priv, struct me *me, uint32_t pc, bool *known)
{
	return routines_call(priv, me, pc, known);
}

/* The hardware's sequence is not known: xorshift32. */
static uint32_t random_number(void *priv)
{
	struct program *program = priv;
	uint32_t x = program->random;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	program->random = x;
	return x;
}

static const struct me_ops ops = {
	.read = read_memory,
	.write = write_memory,
	.add = add_memory,
	.call = call,
	.random = random_number,
};

struct program *program_new(const struct profile *profile, struct maps *maps,
			    const struct program_host *host, uint32_t start)
{
	struct program *program = calloc(1, sizeof(*program));

	if (!program)
		return NULL;
	program->profile = profile;
	program->maps = maps;
	program->host = host;
	program->start = start;
	program->done = profile->done;
	program->random = RANDOM_SEED;
	return program;
}

void program_free(struct program *program)
{
	if (!program)
		return;
	program_unload(program);
	free(program);
}

static const char *refuse(struct program *program, const uint64_t *code,
			  uint32_t len)
{
	size_t room = sizeof(program->refusal);
	uint32_t bad = 0;
	const char *why;

	if (!len)
		return "the image is empty";
	if (len > program->profile->max_insns) {
		snprintf(program->refusal, room,
			 "the image has %u instructions, the limit is %u", len,
			 program->profile->max_insns);
		return program->refusal;
	}
	why = me_check_image(code, len, &bad);
	if (!why)
		return NULL;
	snprintf(program->refusal, room, "instruction %u of the image: %s", bad,
		 why);
	return program->refusal;
}

const char *program_set_image(struct program *program, const uint64_t *code,
			      uint32_t len)
{
	const char *why = refuse(program, code, len);
	uint64_t *copy;

	if (why)
		return why;
	copy = malloc(len * sizeof(*copy));
	if (!copy)
		return "out of memory";
	memcpy(copy, code, len * sizeof(*copy));
	program_unload(program);
	program->code = copy;
	program->len = len;
	program->stopped[0] = '\0';
	return NULL;
}

void program_unload(struct program *program)
{
	free(program->code);
	program->code = NULL;
	program->len = 0;
}

bool program_loaded(const struct program *program)
{
	return program->code;
}

const uint64_t *program_image(const struct program *program, uint32_t *len)
{
	*len = program->len;
	return program->code;
}

void program_watch(struct program *program, uint8_t *seen)
{
	program->seen = seen;
}

const char *program_stopped(const struct program *program)
{
	return program->stopped;
}

/* Bits 16..23 of A0: pass, drop and redirect, then the statistics to count in
 * (Netronome/nic-firmware, ebpf.uc EBPF_RET_*; nfp driver, jit.c
 * nfp_outro_xdp(), and nfp_outro_tc_da() for the drop that is not counted).
 */
static bool get_verdict(const struct me *me, enum program_verdict *verdict)
{
	uint32_t a0;

	if (!me_get_gpr_a(me, 0, &a0))
		return false;
	switch (a0 >> 16 & 0xff) {
	case 0x11:
		*verdict = PROGRAM_PASS;
		return true;
	case 0x02:
	case 0x22:
		*verdict = PROGRAM_DROP;
		return true;
	case 0x44:
		*verdict = PROGRAM_TX;
		return true;
	case 0x82:
		*verdict = PROGRAM_ABORTED;
		return true;
	}
	return false;
}

static void start(struct program *program)
{
	struct me_image image = {
		.code = program->code,
		.start = program->start,
		.len = program->len,
		.done = program->done,
		.seen = program->seen,
	};
	struct me *me = &program->me;

	me_reset(me, &image, &ops, program);
	me_set_lm_addr(me, 0, STACK);
	me_set_gpr_a(me, STACK_REGISTER, STACK);
}

static enum program_verdict stop(struct program *program, const char *why)
{
	snprintf(program->stopped, sizeof(program->stopped), "%s", why);
	return PROGRAM_ABORTED;
}

enum program_verdict program_run(struct program *program,
				 struct program_frame *frame,
				 struct program_cost *cost)
{
	enum program_verdict verdict = PROGRAM_PASS;
	struct me *me = &program->me;
	char text[160];
	const char *why;

	*cost = (struct program_cost){ 0 };
	frame->queue = -1;
	if (!program->code)
		return verdict;
	start(program);
	why = packet_enter(&program->packet, me, frame, program->profile);
	if (!why && me_run(me, STEPS_MAX) != ME_DONE)
		why = me_why(me, text, sizeof(text));
	else if (!why && !get_verdict(me, &verdict))
		why = "the program has left without a verdict in A0";
	else if (!why)
		why = packet_leave(&program->packet, me);
	cost->instructions = me->steps;
	cost->commands = me->commands;
	cost->calls = me->calls;
	return why ? stop(program, why) : verdict;
}
