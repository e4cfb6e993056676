#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What is answered on the wire, in every mode and by every variant, and who
# answers it.
. tests/net/lib.sh

responder() { expect 0 in_server "$load" eth0 --only -a "$both" "$@"; }
sweep() {
	expect 0 in_client "$validate" "$both" --mac 02:00:00:00:00:01 \
		--peer eth0 -j "$@"
	has '.result == "right"'
}

# All 65,537 ICMPv4 requests, all 65,536 ICMPv6 ones, and behind tags again.
sweep_all() {
	sweep -g checksums
	has '[.groups[].right] == [65537, 65536]'
	sweep -g checksums -t 88a8:5 -t 8100:7
	has '[.groups[].right] == [65537, 65536]'
	for family in 4 6; do
		expect 0 in_client "$tools/ask" -t 8100:4094 eth0 "$family"
		expect 0 in_client "$tools/ask" -t 88a8:1 eth0 "$family"
		expect 0 in_client "$tools/ask" -t 8100:1 -t 8100:2 \
			eth0 "$family"
	done
	expect 1 in_client "$tools/ask" -t 88a8:1 -t 8100:2 -t 8100:3 eth0 4
}

# The kernel has the addresses, too, but sees none of the requests.
answers_alone() {
	give_addresses
	expect 1 in_client "$tools/ask" -d 192.0.2.9 eth0 4
	responder "$@"
	before=$(in_echos)
	sweep_all
	expect 0 in_client ping -q -c 20 -i 0.002 192.0.2.1
	expect 0 in_client ping -q -c 20 -i 0.002 2001:db8::1
	[ "$(in_echos)" = "$before" ] || fail "the kernel saw requests"
	expect 0 in_server "$load" eth0 --off
	expect 0 in_client ping -q -c 20 -i 0.002 192.0.2.1
	[ "$(in_echos)" = $((before + 20)) ] ||
		fail "the kernel does not count what it answers"
}

test_nothing_answers_without_a_responder() {
	for family in 4 6; do
		expect 4 in_client "$validate" "$both" "-$family" \
			--mac 02:00:00:00:00:01 --peer eth0
		says err 'no reply at all'
		says out "^IPv$family: no reply at all"
	done
}

test_the_sweep_finds_wrong_checksum_rules() {
	for rule in unchanged:65537 no_carry:8 equation_3:1; do
		expect 0 in_server "$load" eth0 --driver --only --replace \
			--program "$tools/wrong.bpf.o:${rule%:*}"
		expect 2 in_client "$validate" 192.0.2.1 -g checksums -j \
			--mac 02:00:00:00:00:01 --peer eth0
		has ".groups[0].wrong == ${rule#*:} and
			.groups[0].right == 65537 - ${rule#*:}"
	done
}

test_driver_mode_answers_every_checksum() {
	answers_alone --driver
}

test_driver_mode_answers_every_checksum_restricted() {
	answers_alone --driver --restricted
}

test_generic_mode_answers_every_checksum() {
	answers_alone --generic
}

test_generic_mode_answers_every_checksum_restricted() {
	answers_alone --generic --restricted
}

test_tc_mode_answers_every_checksum() {
	answers_alone --tc
}

# map NAME: id of the responder's map, by what the kernel says of the program.
map() {
	id=$(in_server "$load" eth0 --status -j | jq .prog.id)
	for map in $(bpftool -j prog show id "$id" | jq '.map_ids[]'); do
		bpftool -j map show id "$map" |
			jq "select(.name == \"$1\").id"
	done
}

# The counters must tell of exactly the frames that were sent, and as nobody has
# an address, nothing may be answered that is not the responder's.
conforms() {
	responder "$@"
	drop='value hex 01 00 00 00 00 00 00 00'
	map=$(map echo_targets)
	# shellcheck disable=SC2086 # a list of words
	bpftool map update id "$map" key hex 00 00 00 00 00 00 00 00 \
		00 00 ff ff c0 00 02 03 $drop
	# shellcheck disable=SC2086
	bpftool map update id "$map" key hex 20 01 0d b8 00 00 00 00 \
		00 00 00 00 00 00 00 03 $drop
	expect 0 in_server "$validate" eth0 --peer eth0 --netns "$ns-client" -j
	has '.kind == "responder" and .result == "right" and .strays == 0'
	has '[.families[].host] == [false, false]'
	has '[.groups[] | .host, .left_out_short, .left_out_long,
		.left_out_dropped, .filtered] | add == 0'
	has '[.groups[].sent] | add > 142000'
	jq -S .requests "$tmp/out" >"$tmp/sent"
	in_server "$load" eth0 --stats -j | jq -S .packets >"$tmp/counted"
	diff "$tmp/sent" "$tmp/counted" || fail "counted otherwise than sent"
}

test_driver_mode_conforms() { conforms --driver; }
test_driver_mode_conforms_restricted() { conforms --driver --restricted; }
test_generic_mode_conforms() { conforms --generic; }
test_generic_mode_conforms_restricted() { conforms --generic --restricted; }
test_tc_mode_conforms() { conforms --tc; }

jumbo() {
	for side in server client; do
		ip -n "$ns-$side" link set dev eth0 mtu 9000
	done
	give_addresses
	responder "$@"
	for family in 4 6; do
		expect 0 in_client "$tools/flood" -n 5000 -w 64 -l 8192 \
			eth0 "$family"
		expect 0 in_client "$tools/flood" -n 5000 -w 64 -l 3000 \
			-t 88a8:5 -t 8100:7 eth0 "$family"
	done
	expect 0 in_client ping -q -c 50 -i 0.002 -M "do" -s 8192 192.0.2.1
	expect 0 in_client ping -q -c 50 -i 0.002 -M "do" -s 8192 2001:db8::1
	[ "$(in_echos)" = 0 ] || fail "the kernel saw requests"
}

test_jumbo_frames_are_answered_in_driver_mode() { jumbo --driver; }
test_jumbo_frames_are_answered_in_generic_mode() { jumbo --generic; }
test_jumbo_frames_are_answered_in_tc_mode() { jumbo --tc; }

replies() {
	in_server "$load" eth0 --stats -j |
		jq ".packets | .replied_ipv4 + .replied_ipv6"
}

# host_answers COMMAND...: is it the kernel, and not the program?
host_answers() {
	seen=$(in_echos) own=$(replies)
	expect 0 in_client "$@"
	[ "$(in_echos)" -gt "$seen" ] || fail "not seen by the host: $*"
	[ "$(replies)" = "$own" ] || fail "the program answered: $*"
}

reaches_host() {
	give_addresses
	ip -n "$ns-server" address add 192.0.2.8/24 dev eth0
	ip -n "$ns-server" address add 2001:db8::8/64 dev eth0
	in_server sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0
	responder "$@"
	# What the program answers is not seen by the host.
	before=$(in_echos)
	expect 0 in_client "$tools/ask" eth0 4
	expect 0 in_client "$tools/ask" eth0 6
	[ "$(in_echos)" = "$before" ] || fail "the kernel saw requests"
	host_answers ping -q -c 1 -W 1 -s 4000 192.0.2.1
	host_answers ping -q -c 1 -W 1 -s 4000 2001:db8::1
	host_answers ping -q -c 1 -W 1 -b 192.0.2.255
	host_answers ping -q -c 1 -W 1 -I eth0 224.0.0.1
	host_answers ping -q -c 1 -W 1 ff02::1%eth0
	host_answers ping -q -c 1 -W 1 192.0.2.8
	host_answers ping -q -c 1 -W 1 2001:db8::8
	for kind in options group-mac code; do
		host_answers "$tools/ask" -k "$kind" eth0 4
	done
	for kind in code hop-by-hop destination atomic-fragment; do
		host_answers "$tools/ask" -k "$kind" eth0 6
	done
}

test_the_host_gets_what_is_its_own_in_driver_mode() { reaches_host --driver; }
test_the_host_gets_what_is_its_own_in_generic_mode() { reaches_host --generic; }
test_the_host_gets_what_is_its_own_in_tc_mode() { reaches_host --tc; }

add_far_host() {
	add_namespace far
	ip link add eth1 netns "$ns-server" type veth \
		peer name eth0 netns "$ns-far"
	ip -n "$ns-server" address add 198.51.100.1/24 dev eth1
	ip -n "$ns-far" address add 198.51.100.2/24 dev eth0
	ip -n "$ns-server" link set dev eth1 up
	ip -n "$ns-far" link set dev eth0 up
	ip -n "$ns-far" route add default via 198.51.100.1
	ip -n "$ns-client" route add default via 192.0.2.1
	in_server sysctl -qw net.ipv4.ip_forward=1
}

far_echos() {
	ip netns exec "$ns-far" nstat -asz IcmpInEchos |
		awk '/InEchos/ { print $2 }'
}

test_a_forwarding_host_passes_pings_to_others() {
	give_addresses
	add_far_host
	for mode in driver generic tc; do
		expect 0 in_server "$load" eth0 --"$mode" --only
		before=$(far_echos) passed=$(counter not_ours)
		expect 0 in_client ping -q -c 5 -i 0.01 198.51.100.2
		[ "$(far_echos)" = $((before + 5)) ] ||
			fail "$mode: not answered by the far host"
		[ "$(counter not_ours)" = $((passed + 5)) ] ||
			fail "$mode: not counted as not ours"
	done
	# And with "any" they are answered here, as was asked for.
	before=$(far_echos)
	expect 0 in_server "$load" eth0 --driver --answer any
	expect 0 in_client ping -q -c 5 -i 0.01 198.51.100.2
	[ "$(far_echos)" = "$before" ] || fail "any: answered by the far host"
}

test_drop_drops_and_any_answers_everything() {
	give_addresses
	for mode in driver generic tc; do
		expect 0 in_server "$load" eth0 --"$mode" --drop
		expect 1 in_client ping -q -c 3 -i 0.01 -W 0.1 192.0.2.1
		[ "$(counter dropped)" -ge 3 ] || fail "$mode: none dropped"
		expect 0 in_server "$load" eth0 --"$mode" --answer any
		expect 0 in_client "$tools/ask" -d 203.0.113.9 eth0 4
		expect 0 in_client "$tools/ask" -d 2001:db8:9::9 eth0 6
	done
	expect 0 in_server "$load" eth0 --tc
	expect 1 in_client "$tools/ask" -d 203.0.113.9 eth0 4
}

run_tests "$@"
