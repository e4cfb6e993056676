/* SPDX-License-Identifier: GPL-2.0-only */
/* The card's inner bus (CPP) as the host reaches it: three PCI windows of
 * eight slices each, and one register per slice that says which target and
 * address of the card is seen there.
 * Source: nfp driver, nfpcore/nfp6000_pcie.c compute_bar(), enable_bars();
 * nfpcore/nfp_cpp.h and nfp6000.h for targets and actions.
 */
#ifndef CARD_CPP_H
#define CARD_CPP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card/card.h"

#define CPP_SLICES	8 /* per window */
#define CPP_REGIONS_MAX 24

enum cpp_target {
	CPP_PCIE = 0, /* of the card's own PCI unit: the queue controller */
	CPP_MU = 7,   /* memories */
	CPP_XPB = 14, /* configuration of the card's islands */
};

/* A piece of a target: memory, or registers if @bytes is NULL. What is outside
 * of every piece reads as zero and ignores writes.
 */
struct cpp_region {
	enum cpp_target target;
	uint64_t address, size;
	uint8_t *bytes;
	/* Of registers only. */
	uint64_t (*read)(void *priv, uint64_t offset);
	/* Memory: called after @value is there. May be NULL. */
	void (*written)(void *priv, uint64_t offset, unsigned int size,
			uint64_t value);
	void *priv;
};

struct cpp {
	uint32_t slice[CARD_BARS * CPP_SLICES]; /* the expansion registers */
	struct cpp_region region[CPP_REGIONS_MAX];
	unsigned int regions;
	/* A driver begins its probe, before it sees anything. May be NULL. */
	void (*probe)(void *priv);
	void *priv;
};

/* Puts @region on the bus; there is room for CPP_REGIONS_MAX. */
void cpp_add(struct cpp *cpp, const struct cpp_region *region);

/* @bar, @offset and @size as the host accesses them, see card.h. */
uint64_t cpp_read(struct cpp *cpp, unsigned int bar, uint64_t offset,
		  unsigned int size);
void cpp_write(struct cpp *cpp, unsigned int bar, uint64_t offset,
	       unsigned int size, uint64_t value);

#endif
