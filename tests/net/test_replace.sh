#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Replacing our own program while requests fly: none lost, none doubled.
. tests/net/lib.sh

# At a rate that leaves the loader time, so that it takes seconds, not a minute.
start_flood() {
	start_in_client "$tools/flood" -f -n "$1" -r 50000 eth0 4 \
		>"$tmp/flood" 2>&1
}

# Ends as the flood does.
stop_flood() {
	kill -TERM "$job"
	wait "$job"
}

# load_often COUNT OPTION...: with other targets each time.
load_often() {
	count=$1
	shift
	# shellcheck disable=SC2016 # expanded there
	expect 0 in_server sh -c '
		count=$1
		shift
		for i in $(seq "$count"); do
			"$@" -a "$both" && "$@" -a any || exit
		done' sh "$((count / 2))" "$load" eth0 "$@"
}

# replace_under_load OPTION...: 210 times, while 200,000 requests or more fly.
replace_under_load() {
	expect 0 in_server "$load" eth0 -a any "$@"
	start_flood 200000
	load_often 210 "$@"
	stop_flood || fail "$(cat "$tmp/flood")"
	[ "$(sed 's/.* id \([0-9]*\) .*/\1/' "$tmp/out" | sort -u |
		wc -l)" -eq 210 ] || fail "not as many programs as loads"
	read -r sent <"$tmp/flood"
	echo "# 210 replacements: $sent"
	sent=${sent#sent }
	sent=${sent%% *}
	[ "$sent" -ge 200000 ] || fail "too few requests"
	[ "$(counter replied_ipv4)" = "$sent" ] ||
		fail "counted otherwise: $(counter replied_ipv4)"
}

test_replacing_in_driver_mode_loses_nothing() {
	replace_under_load --driver --only
}

test_replacing_in_generic_mode_loses_nothing() {
	replace_under_load --generic --only
}

test_replacing_in_tc_mode_loses_nothing() {
	replace_under_load --tc
}

test_changing_the_variant_loses_nothing() {
	expect 0 in_server "$load" eth0 -a any --driver --only
	start_flood 20000
	for variant in --restricted '' --restricted ''; do
		# shellcheck disable=SC2086 # one word or none
		expect 0 in_server "$load" eth0 -a any --driver --only $variant
	done
	stop_flood || fail "$(cat "$tmp/flood")"
}

# A bridge has no native XDP: to find that out, nothing must make way.
test_loading_again_by_default_loses_nothing() {
	in_server ip link add br0 address 02:00:00:00:00:01 type bridge
	in_server ip link set dev eth0 master br0
	in_server ip link set dev br0 up
	expect 0 in_server "$load" br0 -a any
	start_flood 20000
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		expect 0 in_server "$load" br0 -a any
	done
	stop_flood || fail "$(cat "$tmp/flood")"
	says err '^br0: driver refused at attach: EOPNOTSUPP'
	says out '^br0: generic mode \(asked hw\)'
}

# The higher place answers first: whichever goes, the other is there, and there
# is no gap, which would lose hundreds. A single frame is lost in one run of
# some forty, in the kernel's own change of a hook: so much is not promised.
test_changing_between_generic_and_tc_leaves_no_gap() {
	expect 0 in_server "$load" eth0 -a any --tc
	start_flood 20000
	for mode in --generic --tc --generic --tc; do
		expect 0 in_server "$load" eth0 -a any $mode
	done
	stop_flood || grep -q ' lost [0-3] doubled 0 wrong 0 ' "$tmp/flood" ||
		fail "$(cat "$tmp/flood")"
	sed 's/^/# /' "$tmp/flood"
}

test_the_flood_sees_what_is_lost() {
	expect 0 in_server "$load" eth0 -a any --driver --only
	start_flood 20000
	expect 0 in_server "$load" eth0 --off
	expect 0 in_server "$load" eth0 -a any --driver --only
	stop_flood && fail "off for a while, and nothing is lost"
	grep -q 'lost [1-9]' "$tmp/flood" || fail "$(cat "$tmp/flood")"
}

test_the_flood_sees_what_is_doubled() {
	expect 0 in_server "$load" eth0 -a any --driver --only
	in_client tc qdisc add dev eth0 clsact
	in_client tc filter add dev eth0 egress bpf direct-action \
		object-file "$tools/twice.bpf.o" section tc
	expect 1 in_client "$tools/flood" -n 1000 -w 64 eth0 4
	says out 'lost 0 doubled 1024 wrong 0 '
}

run_tests "$@"
