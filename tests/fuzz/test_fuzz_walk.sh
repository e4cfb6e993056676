#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
. tests/fuzz/fuzz.sh
fuzz walk
