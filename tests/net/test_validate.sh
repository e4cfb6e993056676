#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# offload-validate: what is right is told to be right, in every mode and of a
# plain kernel; each kind of wrong is told by its name; bad input and bad ends.
. tests/net/lib.sh

responder() { expect 0 in_server "$load" eth0 --only -a "$both" "$@"; }

# From the interface of the responder; and from the other end, by address.
of_interface() {
	want=$1
	shift
	expect "$want" in_server "$validate" eth0 --peer eth0 \
		--netns "$ns-client" "$@"
}
of_address() {
	want=$1
	shift
	expect "$want" in_client "$validate" "$both" --peer eth0 "$@"
}

client_programs() { ip -n "$ns-client" -j link show dev eth0 | jq '.[0].xdp'; }

# All of it, while the kernel has the addresses, too; within 20 s, and nothing
# of it stays.
is_right() {
	give_addresses
	ip -n "$ns-client" link set dev eth0 xdp off
	responder "$@"
	keep_state
	start=$(date +%s%N)
	of_interface 0
	took=$((($(date +%s%N) - start) / 1000000))
	echo "# $(tail -n 1 "$tmp/out") in $took ms"
	[ $took -lt 20000 ] || fail "not within 20 s"
	is_as_before
	[ "$(client_programs)" = null ] || fail "a program stays at the peer"
	says out "^eth0: responder in $mode mode, program echo_"
	says out '^IPv4 checksums +65537 +65537( +-){8}$'
	says out '^IPv6 checksums +65536 +65536( +-){8}$'
	says out '^all right: [0-9]+ cases$'
	for group in tags headers lengths macs addresses targets protocols; do
		says out "^IPv4 $group "
		says out "^IPv6 $group "
	done
	# The host has answered what is left to it.
	says out '^IPv4 options +[0-9]+ +- +[0-9]+ +[0-9]+( +-){6}$'
	says out '^sizes from 1515 to 9000 bytes are left out'
}

test_all_is_right_in_driver_mode() { mode=driver is_right --driver; }
test_all_is_right_in_generic_mode() { mode=generic is_right --generic; }
test_all_is_right_in_tc_mode() { mode=tc is_right --tc; }

test_every_size_up_to_9000_bytes() {
	for side in server client; do
		ip -n "$ns-$side" link set dev eth0 mtu 9000
	done
	for mode in driver generic tc; do
		responder --$mode
		of_interface 0 -g sizes -j
		has '[.groups[].right] == [8941, 8939]'
		expect 0 in_server "$load" eth0 --off
	done
}

# Neither the client nor its kernel has an address: the kernel that is asked
# finds its way back by asking the port.
test_a_plain_kernel_differs_as_is_known() {
	ip -n "$ns-server" address add 192.0.2.1/24 dev eth0
	ip -n "$ns-server" address add 2001:db8::1/64 dev eth0
	of_interface 0
	says out '^eth0: a plain kernel$'
	for known in 'identification and flags' 'flow label' 'padding behind' \
		'checksum of a reply that is all zero' 'the VLAN is none' \
		'for another MAC address' 'no route to' 'neighbour table'; do
		says out "^known of a plain kernel: [0-9]+ times, .*$known"
	done
	of_address 0 --kernel -g payloads,tags,headers -j
	has '.kind == "kernel" and ([.groups[].known] | add > 2000)'
	# A kernel is no responder.
	of_address 2 -g payloads -j
	has '.result == "wrong" and ([.groups[].right] | add == 0)'
	has '.groups[0].faults[0].fault == "IPv4 header is changed"'
}

# wrong PROGRAM SENTENCE: is it told of?
wrong() {
	expect 0 in_server "$load" eth0 --driver --only --replace \
		--program "$tools/wrong.bpf.o:$1"
	of_interface 2 -4 --json -g "$2"
	has '.kind == "stranger" and .result == "wrong"'
	jq -r '.groups[].faults[].fault' "$tmp/out" >"$tmp/faults"
	says faults "^$3"
}

test_every_kind_of_wrong_is_told_by_name() {
	give_addresses
	wrong unchanged payloads 'ICMP checksum is unchanged$'
	wrong no_carry checksums 'ICMP checksum lacks the end-around carry$'
	wrong equation_3 payloads \
		'ICMP checksum is 0x0000 and not 0xffff .*equation 3'
	wrong ttl_kept headers 'TTL is kept'
	wrong group addresses 'reply from a group address$'
	wrong group macs 'reply from a group MAC address$'
	wrong group fragments 'answered, though its lengths do not fit$'
	wrong tag_lost tags 'a VLAN tag is lost$'
	wrong payload_cut sizes 'payload is cut$'
	expect 0 in_server "$load" eth0 --off --replace
	in_server tc qdisc add dev eth0 clsact
	in_server tc filter add dev eth0 ingress bpf da \
		obj "$tools/wrong.bpf.o" sec tc
	of_address 2 -4 -g payloads -j
	has '.groups[0] | .twice == .sent and .right == .sent and .wrong == 0'
	has '.groups[0].faults[0].fault == "answered more than once"'
}

# A port may filter what is for other MAC addresses, but then all of it.
test_a_filter_of_mac_addresses_is_told_from_a_responder() {
	for program in mac_byte:8:0 unchanged:0:0; do
		expect 0 in_server "$load" eth0 --driver --only --replace \
			--program "$tools/wrong.bpf.o:${program%%:*}"
		of_address 2 -4 -g macs --mac 02:00:00:00:00:01 -j
		has ".groups[0].missing == $(echo $program | cut -d: -f2)"
		has '.groups[0].filtered == 0'
	done
	expect 0 in_server "$load" eth0 --off --replace
	give_addresses
	of_address 2 -4 -g macs -j
	has '.groups[0] | .filtered == 47 and .missing == 0'
}

# A reply where there must be none: an address is dropped, and answered.
test_what_must_be_silent_is() {
	responder --driver
	of_address 0 -g protocols,targets --no-host --mac 02:00:00:00:00:01
	expect 0 in_client "$validate" 192.0.2.1 --dropped 192.0.2.9 \
		--peer eth0 --mac 02:00:00:00:00:01 -g targets -j
	has '.groups[0] | .silent == 37 and .left_out_dropped == 0'
	responder --driver --answer any
	expect 2 in_client "$validate" 192.0.2.9 --dropped 192.0.2.1 --any \
		--peer eth0 --mac 02:00:00:00:00:01 -g targets -j
	has '.groups[0].faults == [{
		fault: "answered, and must not be", count: 1 }]'
	of_interface 0 -g targets,payloads -j
	has '.any and .families[0].server == "192.0.2.2"'
	has '.groups[1].right == 6'
}

# Though the host has an address, and might answer for itself.
test_who_answers_for_addresses_that_nobody_has_is_wrong() {
	give_addresses
	wrong group targets 'answered, and must not be$'
	has '.groups[0].faults[0] == {
		fault: "answered, and must not be", count: 6 }'
	expect 0 in_server "$load" eth0 --off --replace
	expect 0 in_server "$load" eth0 --driver --only --answer any
	of_address 2 -g targets -j
	has '[.groups[].faults[] | [.fault, .count]] == [
		["answered, and must not be", 1],
		["answered, and must not be", 1]]'
}

# Reads of itself which requests are dropped, and which are answered.
test_dropping_is_read_of_the_interface() {
	give_addresses
	responder --driver --answer 192.0.2.1
	of_interface 0 -g targets -j
	has '.families[1] == { family: "IPv6", asked: false, answered: false,
		why: "the responder answers no such address" }'
	responder --driver --drop
	for options in '' '-g tags' '-6 -g options'; do
		# shellcheck disable=SC2086 # options
		of_interface 4 $options
		says err 'eth0: there is no address to ask: the responder'
	done
}

test_a_failure_is_shown_and_captured() {
	give_addresses
	expect 0 in_server "$load" eth0 --driver --only \
		--program "$tools/wrong.bpf.o:no_carry"
	of_interface 2 -4 -g checksums --verbose --pcap "$tmp/failed.pcap"
	says out '^IPv4, checksum 0xf8ff: ICMP checksum lacks the end-around'
	says out '^	0020  sent      02 01 08 00 f8 ff '
	says out '^	0020  expected  02 02 00 00 01 00 '
	says out '^	0020  received  02 02 00 00 00 00 '
	says out '^ *	 {28}\^\^$|^	 {28}\^\^$'
	[ "$(grep -c '^IPv4, checksum 0x' "$tmp/out")" -eq 8 ] ||
		fail "not every case is shown"
	lacks out "$(printf '\033')"
	says out '^8 times: ICMP checksum lacks'
	says out '^not all right: 8 of 65537 cases failed$'
	tcpdump -nr "$tmp/failed.pcap" 2>/dev/null >"$tmp/pcap"
	for kind in request reply; do
		[ "$(grep -c "echo $kind" "$tmp/pcap")" -eq 8 ] ||
			fail "not 8 of echo $kind: $(cat "$tmp/pcap")"
	done
}

test_bad_input_is_one_sentence() {
	give_addresses
	while read -r want text; do
		# shellcheck disable=SC2086 # words
		expect "$want" in_server "$validate" $text
		one_sentence
	done <<-end
		1 eth0
		1 --peer eth0
		1 eth0 eth1 --peer eth0
		1 eth0 --peer eth0
		1 eth0 --peer eth0 --netns $ns-client -4 -6
		1 eth0 --peer eth0 --netns $ns-client -g nothing
		1 eth0 --peer eth0 --netns $ns-client --any
		1 eth0 --peer eth0 --netns $ns-client --mtu 1
		1 eth0 --peer eth0 --netns $ns-client --timeout 0
		1 eth0 --peer eth0 --netns $ns-client -4 -g extensions
		1 eth0 --peer eth0 --netns $ns-client -4 -s 192.0.2.1
		1 eth0 --peer eth0 --netns $ns-client --pcap /nowhere/file
		1 192.0.2.2,192.0.2.3 --peer eth0
		1 224.0.0.1 --peer eth0
		1 192.0.2.2 --peer eth0 --mac 01:00:00:00:00:01
		1 192.0.2.2 --peer eth0 --tag 8100
		1 192.0.2.2 --peer eth0 --unknown
		3 eth1 --peer eth0 --netns $ns-client
		3 eth0 --peer eth1 --netns $ns-client
		3 eth0 --peer eth0 --netns $ns-nowhere
		3 eth0 --peer eth0 --netns /proc/self/ns/mnt
		3 lo --peer eth0 --netns $ns-client
		4 192.0.2.9 --peer eth0
	end
	says err '^offload-validate: 192.0.2.9: nobody on the wire of eth0'
	expect 3 in_server "$validate" eth0 --peer eth0 --netns /etc/passwd
	says err '^offload-validate: /etc/passwd: no such network namespace$'
	of_interface 1 --groups=nothing
	says err '"nothing" is no group'
	expect 3 in_server "$validate" lo --peer eth0 --netns "$ns-client"
	says err 'eth0 is not wired to lo'
	expect 1 in_server "$validate" eth0 --peer eth0
	says err 'this is the peer, too'
	expect 3 in_server setpriv --bounding-set=-all --inh-caps=-all \
		--reuid 1000 --regid 1000 --clear-groups \
		"$validate" 192.0.2.2 --peer eth0
	says err 'eth0: no permission: CAP_NET_RAW'
	ip -n "$ns-client" link set dev eth0 down
	of_interface 3
	says err 'the interface is down, or has no link'
}

# end_meanwhile COMMAND...: while requests are under way.
end_meanwhile() {
	: >"$tmp/out" # that of the run before
	in_server "$validate" eth0 --peer eth0 --netns "$ns-client" \
		>"$tmp/out" 2>"$tmp/err" &
	job=$!
	while ! grep -q '^IPv4 checksums' "$tmp/out"; do
		kill -0 $job 2>/dev/null || break
	done
	"$@"
	rc=0
	wait $job || rc=$?
}

interrupt() {
	for pid in $(ip netns pids "$ns-server"); do
		[ "$(cat "/proc/$pid/comm")" != offload-validat ] ||
			kill -"$1" "$pid"
	done
}

test_an_end_meanwhile_leaves_the_results_so_far() {
	give_addresses
	ip -n "$ns-client" link set dev eth0 xdp off
	responder --driver
	for signal in INT TERM USR1; do
		end_meanwhile interrupt $signal
		[ $rc -eq 5 ] || fail "$signal: ended with $rc"
		says err '^offload-validate: eth0: interrupted$'
		says out '^IPv4 checksums +65537 +65537'
		says out '^in part only: [0-9]+ cases, of which 0 failed$'
		[ "$(client_programs)" = null ] || fail "a program stays"
	done
	end_meanwhile ip -n "$ns-server" link set dev eth0 down
	[ $rc -eq 5 ] || fail "down: ended with $rc: $(cat "$tmp/err")"
	says err 'eth0: the interface went away or down meanwhile'
	says out '^in part only:'
	ip -n "$ns-server" link set dev eth0 up
	end_meanwhile ip -n "$ns-server" link del dev eth0
	[ $rc -eq 5 ] || fail "gone: ended with $rc: $(cat "$tmp/err")"
	says err 'eth0: the interface went away or down meanwhile'
}

# A veth with fewer queues than the other end sends by is refused XDP.
test_a_peer_that_xdp_cannot_come_back_to_is_told() {
	ip -n "$ns-server" link del eth0
	ip link add eth0 netns "$ns-server" numtxqueues 2 numrxqueues 2 \
		type veth peer name eth0 netns "$ns-client" \
		numtxqueues 1 numrxqueues 1
	for side in server client; do
		ip -n "$ns-$side" link set dev eth0 up
	done
	responder --driver
	of_interface 4
	says err 'no reply at all; eth0, a veth, .*: No space left on device$'
}

test_no_reply_any_more_is_told() {
	give_addresses
	responder --driver
	end_meanwhile in_server "$load" eth0 --drop --driver
	[ $rc -eq 4 ] || fail "ended with $rc"
	says err 'eth0: no reply any more$'
	says out '^in part only:'
	# One family is not the other.
	in_server sysctl -qw net.ipv4.icmp_echo_ignore_all=1
	expect 0 in_server "$load" eth0 --off
	of_interface 2 -g payloads
	says out '^IPv4: no reply at all$'
	says out '^IPv6 payloads +1499'
}

run_tests "$@"
