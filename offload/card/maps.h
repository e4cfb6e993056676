/* SPDX-License-Identifier: GPL-2.0-only */
/* The card's map tables: made by control messages, read by programs through
 * the lookup routine and then through memory commands on the value's address.
 * Bytes lie in memory as the host sent them. Types are those of <linux/bpf.h>:
 * 1 hash, 2 array.
 */
#ifndef CARD_MAPS_H
#define CARD_MAPS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "profile.h"

#define CARD_MAP_HASH  1
#define CARD_MAP_ARRAY 2

/* Why an operation failed: the codes of the control messages (fw.h of the nfp
 * driver's bpf folder), CMSG_RC_*.
 */
enum maps_error {
	MAPS_OK,
	MAPS_NO_TABLE,
	MAPS_NO_ENTRY,
	MAPS_ERROR,
	MAPS_PARSE,
	MAPS_EXISTS,
	MAPS_NO_MEMORY,
	MAPS_FULL,
};

struct maps;

struct maps_shape {
	uint32_t type;
	uint32_t key_size;   /* bytes */
	uint32_t value_size; /* bytes */
	uint32_t max_entries;
};

/* @profile is kept, not copied: its limits may change later. NULL: no memory. */
struct maps *maps_new(const struct profile *profile);
void maps_free(struct maps *maps);
/* Frees every table, as a reset of the card does. */
void maps_reset(struct maps *maps);

/* Table ids start with 1 and are given in ascending order, freed ones again.
 * MAPS_ERROR: no such map on this firmware; MAPS_NO_MEMORY: too many.
 */
enum maps_error maps_alloc(struct maps *maps, const struct maps_shape *shape,
			   uint32_t *tid);
enum maps_error maps_release(struct maps *maps, uint32_t tid);
/* NULL if there is no such table. */
const struct maps_shape *maps_shape(const struct maps *maps, uint32_t tid);

/* The value in place, NULL if there is none; valid until it is deleted. */
uint8_t *maps_lookup(struct maps *maps, uint32_t tid, const void *key);
/* @flags: 0 BPF_ANY, 1 BPF_NOEXIST, 2 BPF_EXIST. MAPS_FULL: no entry left, or
 * an index past the end of an array.
 */
enum maps_error maps_update(struct maps *maps, uint32_t tid, const void *key,
			    const void *value, uint64_t flags);
/* MAPS_ERROR for an array, whose entries always exist. */
enum maps_error maps_delete(struct maps *maps, uint32_t tid, const void *key);
/**
 * maps_next() - the entry after @key
 * @key: NULL, or one that is not there: the first entry
 * @entry: the found key, valid until the next call; *@value: its value, in place
 *
 * The order does not change unless entries are added. MAPS_NO_ENTRY: @key was
 * the last one.
 */
enum maps_error maps_next(struct maps *maps, uint32_t tid, const void *key,
			  const uint8_t **entry, const uint8_t **value);

/* Values as programs address them: 40 bits, a multiple of 8; 0 is no address.
 * The upper 8 bits are the table's id, so that the 32 lower ones can be added
 * to without a carry (nfp driver, jit.c addr40_offset(): the carry would count
 * 256 bytes).
 * maps_memory() gives @len bytes at an address within one value, or NULL.
 */
uint64_t maps_address(struct maps *maps, uint32_t tid, const uint8_t *value);
uint8_t *maps_memory(struct maps *maps, uint64_t address, size_t len);

/* Every table, keys and values in hexadecimal, TYPE hash or array; of more than
 * MAPS_PRINT_MAX entries the first ones, and how many are left out:
 *	map TID type TYPE key BYTES value BYTES max_entries N
 *	TID KEY VALUE
 *	TID ... N more
 */
#define MAPS_PRINT_MAX 4096
void maps_print(struct maps *maps, FILE *out);

#endif
