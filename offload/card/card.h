/* SPDX-License-Identifier: GPL-2.0-only */
/* The emulated Agilio CX as a machine sees it: three PCI windows, DMA,
 * interrupts and a wire per port. Knows nothing of QEMU, so tests drive it.
 */
#ifndef CARD_H
#define CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "card/config.h"

#define CARD_BARS    3
#define CARD_VECTORS 32 /* MSI-X */

/* Bytes of each PCI window: 16, 128 and 128 MiB. */
extern const uint64_t card_bar_size[CARD_BARS];

struct card_host {
	void (*dma_read)(void *priv, uint64_t addr, void *to, size_t len);
	void (*dma_write)(void *priv, uint64_t addr, const void *from,
			  size_t len);
	void (*interrupt)(void *priv, unsigned int vector);
	/* False: the wire has no room, and the frame is lost. */
	bool (*wire_send)(void *priv, unsigned int port, const void *frame,
			  size_t len);
	/* A port that was full can take frames again. */
	void (*wire_ready)(void *priv, unsigned int port);
	/* One sentence for the log, without a newline. */
	void (*log)(void *priv, const char *sentence);
	void *priv;
};

struct card;

/**
 * card_new() - a card that was just powered on
 * @mac: of the first port; the next port's is one higher
 *
 * Return: NULL without memory.
 */
struct card *card_new(const struct card_config *config,
		      const struct card_host *host, const uint8_t mac[6]);
void card_free(struct card *card);

/* As after power on, with the configuration as it is now. */
void card_reset(struct card *card);

/* @size: 1, 2, 4 or 8 bytes, little endian. */
uint64_t card_read(struct card *card, unsigned int bar, uint64_t offset,
		   unsigned int size);
void card_write(struct card *card, unsigned int bar, uint64_t offset,
		unsigned int size, uint64_t value);

bool card_wire_can_receive(struct card *card, unsigned int port);
void card_wire_receive(struct card *card, unsigned int port,
		       const uint8_t *frame, size_t len);

/**
 * card_command() - one line of the control channel
 *
 * stats [json] | clear | maps | image PORT | set NAME=VALUE | reset | help
 *
 * Writes the reply to @out: lines, and a last one that is only ".". A refused
 * command's reply is "error: " and one sentence. What "set" changes takes
 * effect at once for limits and faults; what the driver reads when it probes,
 * with its next probe: then a card whose configuration has changed is reset.
 */
void card_command(struct card *card, const char *line, FILE *out);

#endif
