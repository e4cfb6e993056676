#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The checker against the stock driver on the emulated card: see check.sh.
. tests/hw/both_kernels.sh

for kernel in 6.1 6.12; do
	start $kernel tests/hw/check.sh $kernel
done
end_all
exit $failed
