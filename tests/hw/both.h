/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One program in two places: its machine code, as the nfp driver produced it,
 * in the card's microengine, and the object that it was made from in this
 * kernel, through BPF_PROG_TEST_RUN. Both get the same frames and the same map
 * entries; whatever they do otherwise than the other is a difference.
 *
 * Arrays are counters: their words are only added to, so that the card keeps
 * them in its own byte order. Hash maps are only looked up.
 */
#ifndef HW_BOTH_H
#define HW_BOTH_H

#include <stddef.h>
#include <stdint.h>
#include <linux/types.h>
#include <bpf/libbpf.h>

#include "card/program.h"
#include "wire/frame.h"

#define BOTH_MAPS_MAX  8
#define BOTH_FRAME_MAX 1024
#define BOTH_CODE_MAX  8192 /* instructions */

struct both_map {
	int fd;	   /* in the kernel */
	__u32 tid; /* on the card */
	__u32 type, key_size, value_size;
};

struct both {
	struct bpf_object *obj;
	int prog;
	struct maps *maps;
	struct program *program;
	struct profile profile;
	struct both_map map[BOTH_MAPS_MAX];
	unsigned int n_maps;
	uint64_t code[BOTH_CODE_MAX];
	__u32 code_len;
	__u32 action; /* XDP action of the last frame, in the kernel */
	struct program_cost cost; /* of the last frame, on the card */
	char fault[256];
};

/**
 * both_open() - load the program in both places
 * @image:  file of one hexadecimal instruction per line, as the card prints it
 * @tables: file of the card's tables, as it prints them
 * @object: the BPF object
 *
 * Exits with a sentence if anything is not as it should be.
 */
void both_open(struct both *b, const char *image, const char *tables,
	       const char *object);

/* Put an entry into the @n-th map of the object, in both places. */
void both_update(struct both *b, unsigned int n, const void *key,
		 const void *value);

/* The targets of wire_documentation_hosts, in the map of a responder. */
void both_set_targets(struct both *b);

/* Return: the map of that type and key size; exits if there is none. */
unsigned int both_find_map(const struct both *b, __u32 type, __u32 key_size);

/**
 * both_run() - one frame in both places
 *
 * Return: NULL, or the difference.
 */
const char *both_run(struct both *b, const __u8 *frame, size_t len);

/**
 * both_run_card() - one frame on the card alone
 * @out: the frame as the card left it, at *@out_len bytes
 *
 * Return: the XDP action, or -1 if the microengine stopped: see fault.
 */
int both_run_card(struct both *b, const __u8 *frame, size_t len,
		  const __u8 **out, size_t *out_len);

/* Compare every value of every map. Return: NULL, or the difference. */
const char *both_compare_maps(struct both *b);

#endif
