/* SPDX-License-Identifier: GPL-2.0-only */
/* The values of maps as a microengine's memory commands reach them. */
#ifndef CARD_MAP_MEMORY_H
#define CARD_MAP_MEMORY_H

#include <stdint.h>

#include "card/maps.h"

/* As in struct me_ops. A read may run past a value's end by less than a word,
 * since the driver's code reads whole words (nfp driver, jit.c
 * data_ld_host_order(), nfp_cpp_memcpy()); what is there is not defined.
 */
const char *map_memory_read(struct maps *maps, uint64_t addr, void *data,
			    uint32_t len, uint32_t *defined);
const char *map_memory_add(struct maps *maps, uint64_t addr, uint32_t width,
			   uint64_t addend);

#endif
