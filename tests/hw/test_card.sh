#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Hardware mode on the emulated card: see card.sh, which measures, and for which
# two cores are just enough.
. tests/hw/both_kernels.sh

for kernel in 6.1 6.12; do
	start $kernel tests/hw/card.sh $kernel
done
end_all
exit $failed
