/* SPDX-License-Identifier: GPL-2.0-only */
/* What would surprise somebody whose program did attach. */
#ifndef WARN_H
#define WARN_H

#include "device.h"
#include "options.h"

/**
 * warn_of_surprises() - one line on standard error for each surprise
 * @targets: that are answered
 * @found:   addresses of the interface, and whether VLANs are on it
 */
void warn_of_surprises(const struct options *options, const struct device *dev,
		       enum xdp_mode mode, const struct targets *targets,
		       const struct targets *found);

#endif
