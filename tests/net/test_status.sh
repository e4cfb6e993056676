#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# --status, --stats and --off; and whose addresses are answered.
. tests/net/lib.sh

load_ok() { expect 0 in_server "$load" eth0 "$@"; }

test_status_tells_what_is_attached() {
	load_ok --status
	says out '^eth0: .*veth.*MTU 1500'
	says out '^eth0: no program attached$'
	for mode in driver generic tc; do
		load_ok --$mode -a "$both"
		load_ok --status
		says out "^eth0: $mode mode, program echo_"
		says out 'answers 192\.0\.2\.1$'
		says out 'answers 2001:db8::1$'
		load_ok --off
	done
	foreign xdpgeneric
	load_ok --status
	says out '^eth0: generic mode, program pass .*not a responder'
}

test_status_in_json() {
	load_ok --status --json
	has '.ifname == "eth0" and .driver == "veth" and .mode == null'
	has '.prog == null and .others == [] and .attach_mode == 0'
	load_ok --driver --drop -a 192.0.2.1,192.0.2.7
	load_ok --status --json
	has ".mode == \"driver\" and .prog.id == $(attached)"
	has '.attach_mode == 1 and .prog.name == "echo_xdp"'
	has '[.targets[].address] | sort == ["192.0.2.1", "192.0.2.7"]'
	has 'all(.targets[]; .action == "drop")'
	load_ok --off
	load_ok --tc -a any
	load_ok --status --json
	has '.mode == "tc" and .prog.name == "echo_tc"'
	has '.targets | length == 1'
	foreign xdpdrv
	load_ok --status --json
	has '.mode == "tc" and (.others | length == 1)'
	has '.others[0].name == "pass" and .others[0].mode == "driver"'
}

# The counters are those of the kernel's map, and of what was sent.
test_stats_count_what_was_sent() {
	for mode in driver generic tc; do
		load_ok --$mode -a "$both"
		expect 0 in_client "$tools/flood" -n 1024 -w 64 eth0 4
		expect 0 in_client "$tools/flood" -n 512 -w 64 eth0 6
		in_client "$tools/ask" -d 192.0.2.9 eth0 4 || :
		in_client "$tools/ask" -k options eth0 4 || :
		load_ok --stats
		says out "^eth0: $mode mode, "
		says out 'replied_ipv4 +1024$'
		says out 'replied_ipv6 +512$'
		says out 'not_ours +1$'
		says out 'left_to_host +1$'
		load_ok --stats --json
		has '.packets == { "replied_ipv4": 1024, "replied_ipv6": 512,
			"dropped": 0, "not_ours": 1, "malformed": 0,
			"left_to_host": 1 }'
		load_ok --off
	done
}

test_stats_repeat_with_rates() {
	load_ok --driver -a "$both"
	in_server timeout -s INT 3.5 "$load" eth0 --stats=1 --json \
		>"$tmp/out" &
	for _ in $(seq 50); do
		[ -s "$tmp/out" ] && break
		sleep 0.02
	done
	flood_says=$(in_client "$tools/flood" -n 20000 eth0 4)
	wait
	[ "$(wc -l <"$tmp/out")" -ge 3 ] || fail "not three: $(cat "$tmp/out")"
	sed -n 2p "$tmp/out" >"$tmp/second"
	sent=${flood_says#sent }
	jq -e --argjson sent "${sent%% *}" '.packets.replied_ipv4 == $sent and
		(.packets_per_s.replied_ipv4 - $sent | fabs) < $sent / 10' \
		"$tmp/second" >/dev/null || fail "$(cat "$tmp/out")"
}

test_off_takes_off_in_every_mode() {
	keep_state
	for mode in driver generic tc; do
		load_ok --"$mode" -a any
		load_ok --off
		says out "^eth0: $mode mode off, program echo_"
		is_as_before
	done
	load_ok --off
	says out '^eth0: no program attached$'
	load_ok --off --json
	has '.removed == []'
	load_ok --driver -a any
	id=$(attached)
	load_ok --off --json
	has ".removed[0] | .id == $id and .mode == \"driver\""
	is_as_before
}

# A clsact that somebody else uses stays.
test_off_leaves_the_filters_of_others() {
	in_server tc qdisc add dev eth0 clsact
	in_server tc filter add dev eth0 egress bpf direct-action \
		object-file "$tools/twice.bpf.o" section tc
	keep_state
	load_ok --tc -a any
	load_ok --off
	is_as_before
}

# The program of the other end is not ours to touch.
# The older of the two, which may hold filters on one side only.
test_an_ingress_qdisc_will_do() {
	in_server tc qdisc add dev eth0 ingress
	keep_state
	load_ok --tc -a any
	expect 0 in_client "$tools/ask" eth0 4
	load_ok --status
	says out '^eth0: tc mode, program echo_tc'
	load_ok --off
	is_as_before
}

test_off_says_whose_program_stays() {
	foreign xdpgeneric
	load_ok --tc -a any
	load_ok --off
	says out '^eth0: tc mode off'
	[ -n "$(attached)" ] || fail "the other program is gone"
	expect 0 in_server "$load" eth0 --off --replace
	[ -z "$(attached)" ] || fail "the other program stays"
}

# answers ADDRESS... : exactly these are targets of the server's $device.
answers() {
	in_server "$load" "$device" --status --json >"$tmp/out"
	want=$(printf '%s\n' "$@" | sort | xargs)
	found=$(jq -r '.targets[].address' "$tmp/out" | sort | xargs)
	[ "$found" = "$want" ] || fail "answers $found, not $want"
}

test_auto_answers_for_the_addresses_of_the_interface() {
	device=eth0
	ip -n "$ns-server" address add 192.0.2.1/24 dev eth0
	ip -n "$ns-server" address add 192.0.2.5/32 dev eth0
	ip -n "$ns-server" address add 2001:db8::1/64 dev eth0
	ip -n "$ns-server" address add 198.51.100.1/24 dev lo
	for mode in driver generic tc; do
		load_ok --"$mode"
		answers 192.0.2.1 192.0.2.5 2001:db8::1
	done
	ip -n "$ns-server" address del 192.0.2.5/32 dev eth0
	load_ok --driver
	answers 192.0.2.1 2001:db8::1
}

test_auto_answers_for_what_is_stacked_on_the_interface() {
	device=eth0
	ip -n "$ns-server" link add br0 type bridge
	ip -n "$ns-server" link set dev eth0 master br0
	ip -n "$ns-server" address add 192.0.2.1/24 dev br0
	ip -n "$ns-server" link add mv0 link br0 type macvlan
	ip -n "$ns-server" address add 2001:db8::1/64 dev mv0
	ip -n "$ns-server" link add br1 type bridge
	ip -n "$ns-server" address add 198.51.100.1/24 dev br1
	load_ok --driver
	answers 192.0.2.1 2001:db8::1
	expect 0 in_client "$tools/ask" eth0 4
	ip -n "$ns-server" link set dev eth0 nomaster
	ip -n "$ns-server" address add 192.0.2.6/24 dev eth0
	load_ok --driver
	answers 192.0.2.6
}

run_tests "$@"
