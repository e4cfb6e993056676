#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/rate.sh [REPEATS [SECONDS]]: what a responder is worth. offload-bench
# measures on one veth pair, REPEATS times (15) for so long (0.2), with frames
# of 64 bytes,
#
#	driver	 the responder in driver mode
#	generic	 the responder in generic mode
#	stack	 the kernel, without a responder
#	baseline a program that only swaps the MACs and sends the frame back
#
# turn about. A ratio is the median of the repeats' ratios, so that what slows
# the machine down for a while slows both sides of one. Ends with 1 where a
# demand is not met. DRIVER_MODE=generic puts another mode in driver's place, to
# see that.
#
# One CPU makes the requests, answers them and takes the replies in, so that all
# of it is in the time of a reply.
#
# What a bare program does not do is half the lookup of the target, half parsing,
# rewriting and counting (found by leaving out one after the other), and
# placement in memory moves each figure by as much from load to load.
# LEAST_OF_BARE demands another ratio than 0.95.
# shellcheck source=tests/net/lib.sh
. tests/net/lib.sh

set -e
repeats=${1:-15}
seconds=${2:-0.2}

# What the kernel does with a burst of requests is the kernel's own limit, but
# not one that is for errors.
measure() {
	ip -n "$ns-client" link set dev eth0 xdpdrv off
	in_server sysctl -qw net.ipv4.icmp_ratelimit=0 \
		net.ipv4.icmp_msgs_per_sec=1000000000
	timeout -k 5 300 ip netns exec "$ns-server" "$BUILD/offload-bench" \
		eth0 --peer eth0 --netns "$ns-client" --json --sizes 64 \
		--targets 1 --modes driver,generic,stack,baseline \
		--repeat "$repeats" --seconds "$seconds" >"$tmp/json"
}

# rates MODE: one a line, in order.
rates() {
	jq -r --arg mode "$1" '.rows[] | select(.mode == $mode) |
		.replies_per_s.repeats[]' "$tmp/json" >"$tmp/$1"
}

# One repeat a line: driver, generic, stack, baseline.
all_rates() {
	for mode in driver generic stack baseline; do
		rates $mode
	done
	paste "$tmp/${DRIVER_MODE:-driver}" "$tmp/generic" "$tmp/stack" \
		"$tmp/baseline" >"$tmp/rates"
}

# median EXPRESSION: of what it comes to in each repeat.
median() {
	awk "{ driver = \$1; generic = \$2; stack = \$3; baseline = \$4
		print $1 }" "$tmp/rates" | sort -g |
		awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'
}

show() {
	printf '%-8s %8.0f/s %6.0f ns\n' "$1" "$(median "$1")" \
		"$(median "1e9 / $1")"
}

# demand RATIO LEAST
demand() {
	ratio=$(median "$1")
	met=$(awk -v ratio="$ratio" -v least="$2" \
		'BEGIN { print(ratio >= least ? "met" : "NOT MET") }')
	printf '%-18s %5.2f, demanded %.2f: %s\n' "$1" "$ratio" "$2" "$met"
	[ "$met" = met ] || unmet=1
}

add_link
give_addresses
measure || fail "not measured"
all_rates
echo "Linux $(uname -r), $(nproc) CPUs; $repeats repeats of $seconds s"
for mode in driver generic stack baseline; do
	show "$mode"
done
unmet=0
demand "driver / baseline" "${LEAST_OF_BARE:-0.95}"
demand "driver / stack" 4
demand "generic / stack" 2
[ $unmet -eq 0 ]
