#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Everything in card.sh on both kernels that Debian 12 carries, at the same time,
# and then the machine code that both drivers made.
set -u
[ "$(id -u)" -eq 0 ] || { echo "ok 1 - $0 # SKIP needs root"; exit 0; }
kernels='6.1 6.12'
keep=$(mktemp -d)
jobs='' failed=0
trap 'kill $jobs 2>/dev/null; wait; rm -rf "$keep"' EXIT
trap 'exit 130' HUP INT TERM

for kernel in $kernels; do
	mkdir "$keep/$kernel"
	KEEP=$keep/$kernel tests/hw/card.sh "$kernel" "$@" \
		>"$keep/$kernel.log" 2>&1 &
	jobs="$jobs $!"
done
for job in $jobs; do
	wait "$job" || failed=1
done
jobs=
for kernel in $kernels; do
	sed "/^\(not \)\?ok /s/ - / - Linux $kernel: /" "$keep/$kernel.log"
done
[ -n "$*" ] || tests/hw/machine_code.sh "$keep/6.1" "$keep/6.12" || failed=1
exit $failed
