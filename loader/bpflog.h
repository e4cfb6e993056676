/* SPDX-License-Identifier: GPL-2.0-only */
/* libbpf's messages: kept instead of printed, as we say it in our own words. */
#ifndef BPFLOG_H
#define BPFLOG_H

#include <stdbool.h>

/* Take libbpf's messages. @verbose: print them on stderr as well. */
void bpflog_take(bool verbose);

/* Forget what was kept. */
void bpflog_clear(void);

/* The first warning since, without libbpf's prefix and full stop; or "". */
const char *bpflog_first(void);

/* The map that libbpf could not create since, or NULL; valid until cleared. */
const char *bpflog_refused_map(void);

#endif
