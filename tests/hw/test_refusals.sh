#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What the card may refuse, and how it may fail: see refusals.sh, most of which
# is waiting. What refuses is the driver, the same in both kernels: on the second
# one, what the kernel adds.
. tests/hw/both_kernels.sh

start 6.1 tests/hw/refusals.sh 6.1
start 6.12 tests/hw/refusals.sh 6.12 'firmware\|fault\|removed'
end_all
exit $failed
