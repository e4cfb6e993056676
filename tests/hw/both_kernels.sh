# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Sourced by the tests on the emulated card that run on both kernels that Debian
# 12 carries, beside each other.
set -u
[ "$(id -u)" -eq 0 ] || { echo "ok 1 - $0 # SKIP needs root"; exit 0; }
keep=$(mktemp -d)
jobs='' failed=0
trap 'kill $jobs 2>/dev/null; wait; rm -rf "$keep"' EXIT
trap 'exit 130' HUP INT TERM

# start KERNEL COMMAND...: in the background, with what it says in a file.
start() {
	log=$1
	shift
	"$@" >"$keep/$log.log" 2>&1 &
	jobs="$jobs $!"
}

# end_all: and tell what they said, each with its kernel.
# shellcheck disable=SC2034 # failed is for who sources this
end_all() {
	for job in $jobs; do
		wait "$job" || failed=1
	done
	jobs=''
	for log in "$keep"/*.log; do
		kernel=$(basename "$log" .log)
		sed "s/^\(\(not \)\?ok .*\) - /\1 - Linux $kernel: /
			s/^# \([A-Z0-9]\)/# Linux $kernel: \1/" "$log"
	done
}
