/* SPDX-License-Identifier: GPL-2.0-only */
/* What the emulated card's counters say of a row, and the bound. */
#ifndef BENCH_JSON_CARD_H
#define BENCH_JSON_CARD_H

#include <jansson.h>

#include "bench/bench.h"

/* Return: an object; null where the row has no such counts. */
json_t *bench_json_card(const struct bench *b, const struct bench_row *row);

#endif
