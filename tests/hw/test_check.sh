#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The checker against the stock driver on the emulated card: see check.sh.
# What both kernels' drivers compile does what the programs do: machine_code.sh.
. tests/hw/both_kernels.sh

for kernel in 6.1 6.12; do
	mkdir "$keep/$kernel"
	start $kernel tests/hw/check.sh $kernel "$keep/$kernel"
done
end_all
tests/hw/machine_code.sh "$keep/6.1" "$keep/6.12" || failed=1
exit $failed
