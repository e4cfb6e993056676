/* SPDX-License-Identifier: GPL-2.0-only */
/* One function for each thing that offload-load does; each in its own file. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "options.h"

/* All return the exit code, the worst one of several interfaces. */
int load_main(const struct options *options);
int status_main(const struct options *options);
int stats_main(const struct options *options);
int off_main(const struct options *options);

#endif
