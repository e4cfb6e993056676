/* SPDX-License-Identifier: GPL-2.0-only */
/* Strings that come from an object, which may hold any bytes. */
#ifndef TEXT_H
#define TEXT_H

#include <jansson.h>
#include <stdio.h>

/* On what may be a terminal: what could steer it is '?'. */
void text_put(FILE *to, const char *text);

/* As JSON, whose strings are UTF-8: other bytes are '?'. Null for NULL and "". */
json_t *text_json(const char *text);

#endif
