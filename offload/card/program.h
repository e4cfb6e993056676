/* SPDX-License-Identifier: GPL-2.0-only */
/* One port's program: its image in the code store, and what running it on one
 * frame does. What surrounds a program on the card is here too: the packet
 * vector, the packet buffer in CTM, the routines that the firmware exports.
 */
#ifndef CARD_PROGRAM_H
#define CARD_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card/maps.h"
#include "profile.h"

enum program_verdict {
	PROGRAM_PASS,
	PROGRAM_DROP,
	PROGRAM_TX,
	PROGRAM_ABORTED, /* dropped, and counted as an error */
	PROGRAM_VERDICTS
};

/* Names as in the loader's counters: pass, drop, tx, aborted. */
extern const char *const program_verdict_name[PROGRAM_VERDICTS];

/* Offset of a frame in its CTM buffer, and the bytes of the largest such buffer
 * (Netronome/nic-firmware, pv.uc pv_init_nbi(): PKT_NBI_OFFSET, which is 128,
 * and 8 MAC_PREPEND_BYTES; smaller buffers, for short frames, are left out).
 */
#define PROGRAM_HEADROOM 136
#define PROGRAM_BUFFER	 2048

/* A frame before and after; the data is data[offset..offset + len). Of a frame
 * longer than the profile's window a program sees only the beginning; all of
 * it goes on.
 */
struct program_frame {
	uint8_t *data;	 /* at least PROGRAM_HEADROOM before the frame */
	size_t size;	 /* bytes of data[] */
	uint32_t offset; /* where the frame begins */
	uint32_t len;	 /* bytes of the whole frame */
	int queue; /* RX ring that the program chose, 0..255, or -1: none */
};

struct program_cost {
	uint32_t instructions; /* the program's own, executed */
	uint32_t commands;     /* memory commands issued */
	uint32_t calls;	       /* firmware routines called */
};

struct program_event {
	uint64_t map; /* the host's id of it, as the program carries it */
	uint32_t cpu; /* which core the host shall say it was */
	const uint8_t *packet;
	uint32_t packet_len;
	const uint8_t *data;
	uint32_t data_len;
};

struct program_host {
	void (*event)(void *priv, const struct program_event *event);
	void *priv;
};

struct program;

/* All are kept, not copied; @host may be NULL. Limits and exported routines may
 * change later, where programs leave to is as it was now. NULL: no memory.
 */
struct program *program_new(const struct profile *profile, struct maps *maps,
			    const struct program_host *host, uint32_t start);
void program_free(struct program *program);

/* Addresses of the routines, as the capabilities tell the driver; 0: none. */
uint32_t program_routine(uint32_t helper_id);

/**
 * program_set_image() - take an image in place of the older one
 * @code: as the driver lays it out for DMA, in the host's byte order
 *
 * Return: NULL, or a sentence why the card cannot run it; the older image is
 * kept then.
 */
const char *program_set_image(struct program *program, const uint64_t *code,
			      uint32_t len);
void program_unload(struct program *program);
bool program_loaded(const struct program *program);
const uint64_t *program_image(const struct program *program, uint32_t *len);

/**
 * program_run() - run it on one frame
 * @cost: filled in any case
 *
 * A microengine that stops on something undefined gives PROGRAM_ABORTED, and
 * program_stopped() says why; the frame is as it was then. Without a program
 * every frame passes.
 */
enum program_verdict program_run(struct program *program,
				 struct program_frame *frame,
				 struct program_cost *cost);
/* From now on set seen[i] whenever instruction i of the image is executed; as
 * many bytes as the image has instructions, or NULL to stop that.
 */
void program_watch(struct program *program, uint8_t *seen);
/* The sentence of the newest stop, "" if there was none since it was loaded. */
const char *program_stopped(const struct program *program);

#endif
