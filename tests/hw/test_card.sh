#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Everything on the emulated card, on both kernels that Debian 12 carries: first
# card.sh, which measures, and for which two cores are just enough; then, beside
# each other, refusals.sh and what both drivers compiled.
set -u
[ "$(id -u)" -eq 0 ] || { echo "ok 1 - $0 # SKIP needs root"; exit 0; }
keep=$(mktemp -d)
jobs='' failed=0
trap 'kill $jobs 2>/dev/null; wait; rm -rf "$keep"' EXIT
trap 'exit 130' HUP INT TERM

# start LOG COMMAND...: in the background, with what it says in a file.
start() {
	log=$1
	shift
	"$@" >"$keep/$log.log" 2>&1 &
	jobs="$jobs $!"
}

end_all() {
	for job in $jobs; do
		wait "$job" || failed=1
	done
	jobs=''
}

# say KERNEL LOG
say() { sed "/^\(not \)\?ok /s/ - / - Linux $1: /" "$keep/$2.log"; }

for kernel in 6.1 6.12; do
	mkdir "$keep/$kernel"
	KEEP=$keep/$kernel start "$kernel" tests/hw/card.sh "$kernel"
done
end_all
start code tests/hw/machine_code.sh "$keep/6.1" "$keep/6.12"
start refusals-6.1 tests/hw/refusals.sh 6.1
# What refuses is the driver, the same in both: here, what the kernel adds.
start refusals-6.12 tests/hw/refusals.sh 6.12 'firmware\|fault\|removed'
end_all
for kernel in 6.1 6.12; do
	say $kernel $kernel
	say $kernel refusals-$kernel
done
cat "$keep/code.log"
exit $failed
