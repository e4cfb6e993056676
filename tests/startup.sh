#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/startup.sh [RUNS [ROUNDS]]: is offload-load, from its start to its
# exit, no slower than ip is with the same object? Both in generic mode, which
# every device has, by hyperfine: the ratio of the medians, of which the median
# of ROUNDS (5) is taken, as the machine may be slow for a while. Ends with 1
# where it is more than 1.00.
#
# Both spend most of their time in the kernel, half of it in grace periods that
# end with a tick, so that the medians are often equal to a few microseconds:
# more digits than two would tell nothing.
# shellcheck source=tests/net/lib.sh
. tests/net/lib.sh

set -e
runs=${1:-30}
rounds=${2:-5}
ours="$load eth0 --generic --only -a any"
theirs="ip link set dev eth0 xdpgeneric obj $BUILD/bpf/echo_xdp.bpf.o \
sec xdp.frags"

# One round a line: the ratio, and both medians in milliseconds.
measure() {
	in_server hyperfine -N --style none --warmup 3 --runs "$runs" \
		--prepare 'ip link set dev eth0 xdpgeneric off' \
		--export-json "$tmp/times" "$ours" "$theirs" >/dev/null 2>&1
	jq -r '.results | map(.median) |
		"\(.[0] / .[1]) \(.[0] * 1e3) \(.[1] * 1e3)"' "$tmp/times"
}

add_link
for _ in $(seq "$rounds"); do
	measure
done | sort -g | sed -n "$(((rounds + 1) / 2))p" >"$tmp/median"
read -r ratio our_ms their_ms <"$tmp/median"
echo "Linux $(uname -r); $rounds rounds of $runs runs"
printf '%6.2f ms  %s\n' "$our_ms" "$ours" "$their_ms" "$theirs"
met=$(awk -v ratio="$ratio" \
	'BEGIN { print(ratio < 1.005 ? "met" : "NOT MET") }')
printf 'ratio %.2f, demanded 1.00 at most: %s\n' "$ratio" "$met"
[ "$met" = met ]
