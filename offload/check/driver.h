/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The card's driver: what it asks of maps, of each instruction as the verifier
 * comes by, of the whole program, and when it is attached. Laid out like the
 * driver's own bpf/verifier.c and bpf/offload.c, so that the two can be read
 * side by side.
 */
#ifndef CHECK_DRIVER_H
#define CHECK_DRIVER_H

#include "fact.h"
#include "report.h"

/* Instructions that the driver can number, in 16 bits (bpf/main.h struct
 * nfp_insn_meta): nothing can be told of more (L4).
 */
#define DRIVER_INSNS_MAX 65536

/* How words of maps' values are used by this program. Others that are loaded
 * with the same maps are not seen: each is judged as if it came alone, which is
 * how offload-load loads it.
 */
struct driver_maps;

struct driver {
	struct checking *c;
	struct facts *facts;
	struct driver_maps *maps; /* allocated by driver_start() */
	/* Follow numbers that the kernel takes for irrelevant, too. */
	bool all_values;
};

/* Return: 0 or -ENOMEM; ended with driver_end(). */
int driver_start(struct driver *d, struct checking *c, struct facts *facts);
void driver_end(struct driver *d);

/* Maps as BPF_MAP_CREATE meets them (P0-P8, P13, P14). Where one is refused, no
 * program is ever loaded.
 */
void driver_check_maps(struct checking *c);

/* The program before the verifier (L1, L2, L4). */
void driver_check_load(struct checking *c);

/**
 * driver_check_insn() - one visit of one instruction (O, M, C, X, A, J, F)
 * @s: as it is before the instruction
 *
 * Fills @d->facts->insns[@insn] as well, and warns of J7 and O8.
 *
 * Return: 0; -1: the driver refuses, findings were added.
 */
int driver_check_insn(struct driver *d, const struct state *s,
		      unsigned int insn);

/**
 * driver_check_ranges() - values that the driver is not shown (U8, J7)
 *
 * Explores once more, where not all paths were followed for all values. Nothing
 * may be refused yet.
 *
 * Return: 0 or -ENOMEM.
 */
int driver_check_ranges(const struct driver *d);

/**
 * driver_check_results() - results that the card takes for no action (J7)
 * @facts: of one exploration, which need not be @d's
 */
void driver_check_results(const struct driver *d, const struct facts *facts);

/* When all paths are explored (S1, U9). */
void driver_check_finalize(struct driver *d);

/* What attaching to a port asks (H5, H6, H7). */
void driver_check_attach(struct driver *d, unsigned int words);

/* Bytes of the card's stack that the program needs, of all frames. */
unsigned int driver_stack(const struct driver *d);

#endif
