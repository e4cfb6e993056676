/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of properties behind card/config.h. */
#ifndef CARD_PROPERTY_H
#define CARD_PROPERTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct card_config;
struct property;

/* NULL if there is none. */
const struct property *property_find(const char *name);

/* False, with @config as it was, if @value is not allowed. */
bool property_set(const struct property *p, struct card_config *config,
		  const char *value);

/* The allowed values in words. */
void property_allowed(const struct property *p, char *text, size_t len);

/* A line for each: name, allowed values, help. */
void property_list(FILE *out);

#endif
