#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# card.sh KERNEL [PATTERN]: hardware mode on the emulated card, under the stock
# nfp driver of a Debian kernel.
kernel=$1
shift
# shellcheck source=tests/hw/lib.sh
. tests/hw/lib.sh

# validate OPTION...: all of both families, from the other end of the wire.
validate() {
	expect 0 in_client "$validate" "$both" --peer eth0 -j "$@"
	has '.result == "right" and .strays == 0'
}
card_stats() { card stats json >"$tmp/out"; }

# What Debian's kernel itself says is that there is no file with a firmware.
test_the_driver_has_nothing_to_complain_about() {
	in_server dmesg -l emerg,alert,crit,err,warn >"$tmp/log.nfp"
	grep nfp "$tmp/log.nfp" | grep -v 'firmware: failed to load' &&
		fail "the driver complains"
	in_server dmesg | grep -q 'nfp .*CAP: .* BPF' || fail "no BPF capability"
}

test_hw_mode_took_as_the_kernel_says() {
	expect 0 in_server "$load" eth0 --hw
	says out '^eth0: hw mode \(asked hw\), program echo_hw id [0-9]+ tag [0-9a-f]{16}, [0-9]+ NFP instructions$'
	lacks err refused
	expect 0 in_server ip link show dev eth0
	says out 'xdpoffload'
	says out 'prog/xdp id [0-9]+'
	expect 0 in_server bpftool prog show
	says out 'name echo_hw .*offloaded_to eth0'
	expect 0 in_server bpftool map show
	says out 'name echo_targets .*offloaded_to eth0'
	expect 0 in_server "$load" eth0 --hw -j
	has '.mode == "hw" and .requested == "hw" and .attach_mode == 3'
	has '.driver == "nfp" and (.firmware | test("ebpf"))'
	has '.prog.name == "echo_hw" and .attempts == []'
	expect 0 in_server "$load" eth0 --status
	says out '^eth0: hw mode, program echo_hw'
	says out 'answers 192.0.2.1'
	expect 0 in_server "$load" eth0 --status -j
	has '.mode == "hw" and (.targets | length) >= 2'
	off
}

# All 65,537 ICMPv4 requests and all 65,536 ICMPv6 ones, and everything else;
# the card filters what is for another MAC address.
test_all_is_right_within_20_seconds() {
	responder
	start=$(date +%s%N)
	validate
	took=$((($(date +%s%N) - start) / 1000000))
	echo "# $(jq '[.groups[].sent] | add' "$tmp/out") cases in $took ms," \
		"emulated"
	has '[.groups[] | select(.group == "checksums").right] ==
		[65537, 65536]'
	has '[.groups[].filtered] | add == 94'
	[ $took -lt 20000 ] || fail "not within 20 s"
	off
}

# Nobody but the card has seen any of the requests. Behind tags they are for one
# kernel: both compile the same code (machine_code.sh).
test_every_checksum_is_answered_by_the_card() {
	responder
	before=$(in_echos)
	[ "$kernel" != 6.1 ] || validate -g checksums -t 88a8:5 -t 8100:7
	validate -g payloads,headers
	for family in 4 6; do
		expect 0 in_client "$tools/ask" -t 8100:4094 eth0 "$family"
		expect 0 in_client "$tools/ask" -t 88a8:1 -t 8100:2 \
			eth0 "$family"
	done
	expect 1 in_client "$tools/ask" -t 88a8:1 -t 8100:2 -t 8100:3 eth0 4
	[ "$(in_echos)" = "$before" ] || fail "the kernel saw requests"
	off
}

test_the_kernel_differs_as_is_known() {
	validate --kernel -g payloads,tags,headers,options,extensions
	has '.kind == "kernel" and ([.groups[].known] | add > 4000)'
}

# map_id NAME: by what the driver's kernel says of the program's maps.
map_id() {
	prog=$(in_server "$load" eth0 --status -j | jq .prog.id)
	maps=$(in_server bpftool -j prog show id "$prog" | jq -c .map_ids)
	in_server bpftool -j map show |
		jq ".[] | select(.name == \"$1\" and (.id | IN(${maps}[]))).id"
}

# drop_in_map ID BYTE...: the address of these bytes is dropped from now on.
drop_in_map() {
	map=$1
	shift
	in_server bpftool map update id "$map" key hex "$@" \
		value hex 01 00 00 00 00 00 00 00
}

counted() { in_server "$load" eth0 --stats -j | jq ".packets.$1"; }

# Every row of the table. The port is promiscuous, because some are for another
# MAC address, and has no address, so that the replies are the card's. The
# responder's and the card's counters tell of exactly what was sent; what was
# passed on has come to the kernel, all of it.
test_every_row_of_the_table_conforms() {
	in_server ip link set dev eth0 promisc on
	in_server ip address flush dev eth0
	responder -a "$both"
	map=$(map_id echo_targets)
	drop_in_map "$map" 00 00 00 00 00 00 00 00 00 00 ff ff c0 00 02 03
	drop_in_map "$map" 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 03
	card clear
	passed=$(ethtool_counter bpf_pass_pkts)
	received=$(in_server cat /sys/class/net/eth0/statistics/rx_packets)
	# The two large groups are done above.
	groups=$("$validate" --help |
		sed -n 's/^Groups: checksums sizes //p' | tr ' ' ,)
	validate --mac 02:00:00:00:00:01 --no-host -g "$groups" \
		--dropped 192.0.2.3,2001:db8::3
	has '[.groups[] | .host, .left_out_short, .left_out_long,
		.left_out_dropped, .filtered] | add == 0'
	jq -S .requests "$tmp/out" >"$tmp/sent"
	in_server "$load" eth0 --stats -j | jq -S '.packets |
		with_entries(select(.key | startswith("card_") | not))' \
		>"$tmp/counted"
	diff "$tmp/sent" "$tmp/counted" || fail "counted otherwise than sent"
	passed=$(($(ethtool_counter bpf_pass_pkts) - passed))
	received=$(($(in_server cat \
		/sys/class/net/eth0/statistics/rx_packets) - received))
	[ "$passed" -gt 1000 ] || fail "passed only $passed"
	[ "$passed" -eq "$received" ] ||
		fail "passed $passed, but the kernel got $received"
	card_stats
	has ".ports[0].verdicts.pass.frames == $passed"
	has ".ports[0].verdicts.tx.frames ==
		$(jq '.replied_ipv4 + .replied_ipv6' "$tmp/sent")"
	has ".ports[0].verdicts.drop.frames == $(jq .dropped "$tmp/sent")"
	has '.ports[0].verdicts.aborted.frames == 0 and .ports[0].stopped == null'
	off
	in_server ip link set dev eth0 promisc off
	in_server tests/hw/up.sh
}

# Each is answered, though by the kernel: the card has answered none.
test_the_host_gets_what_is_its_own() {
	in_server sh -c 'ip address add 192.0.2.8/24 dev eth0
		sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0'
	responder -a "$both"
	before=$(in_echos)
	for size in 4000 8000; do
		expect 0 in_client ping -q -c 1 -W 1 -s $size 192.0.2.1
		expect 0 in_client ping -q -c 1 -W 1 -s $size 2001:db8::1
	done
	expect 0 in_client ping -q -c 1 -W 1 -b 192.0.2.255
	expect 0 in_client ping -q -c 1 -W 1 -I eth0 224.0.0.1
	expect 0 in_client ping -q -c 1 -W 1 ff02::1%eth0
	expect 0 in_client ping -q -c 1 -W 1 192.0.2.8
	for kind in options group-mac code; do
		expect 0 in_client "$tools/ask" -k "$kind" eth0 4
	done
	for kind in code hop-by-hop destination atomic-fragment; do
		expect 0 in_client "$tools/ask" -k "$kind" eth0 6
	done
	[ "$(counted 'replied_ipv4 + .packets.replied_ipv6')" -eq 0 ] ||
		fail "the card has answered"
	[ $(($(in_echos) - before)) -ge 15 ] || fail "not seen by the kernel"
	in_server ip address del 192.0.2.8/24 dev eth0
	off
}

test_any_answers_everything_and_drop_drops() {
	responder -a any
	before=$(in_echos)
	expect 0 in_client "$tools/ask" -d 203.0.113.9 eth0 4
	expect 0 in_client "$tools/ask" -d 2001:db8:9::9 eth0 6
	[ "$(in_echos)" = "$before" ] || fail "the kernel saw requests"
	responder --drop
	expect 1 in_client ping -q -c 3 -i 0.01 -W 0.2 192.0.2.1
	[ "$(counted dropped)" -eq 3 ] || fail "not three dropped"
	off
	expect 1 in_client "$tools/ask" -d 203.0.113.9 eth0 4
}

# treated OUTCOME NETEM_WORD...: that is told, and nothing else.
treated() {
	outcome=$1
	shift
	expect 2 in_server tests/hw/netem.sh "$BUILD" validate "$@"
	has ".result == \"wrong\" and ([.groups[].$outcome] | add >= 20)"
	has "([.groups[] | .wrong, .missing, .lost, .twice, .reordered] | add)
		== ([.groups[].$outcome] | add)"
}

# In the lab, as its kernels have netem; on one of them.
test_loss_duplication_and_reordering_are_told_as_such() {
	[ "$kernel" = 6.12 ] || return 0
	treated lost loss 3%
	treated twice duplicate 3%
	treated reordered delay 1ms reorder 20% gap 3
	expect 0 in_server tests/hw/netem.sh "$BUILD" bench \
		loss 3% duplicate 3% delay 1ms reorder 20% gap 3
	has '.rows[0].frames | .wrong == 0 and .reordered > .right / 20 and
		([1 - .right / .sent, .duplicated / .right] |
			all(. > 0.015 and . < 0.045))'
}

# The MAC filter is before the program: it sees nothing that is for others.
test_frames_for_another_mac_do_not_reach_the_program() {
	responder -a any
	card clear
	ip -n "$ns-client" neigh replace 192.0.2.1 dev eth0 \
		lladdr 02:00:00:00:00:99
	expect 1 in_client ping -q -c 3 -i 0.01 -W 0.3 192.0.2.1
	card_stats
	has '.ports[0].filtered == 3 and .ports[0].verdicts.tx.frames == 0'
	in_server ip link set dev eth0 promisc on
	expect 0 in_client ping -q -c 3 -i 0.01 -W 0.3 192.0.2.1
	in_server ip link set dev eth0 promisc off
	set_ends
	off
}

test_stats_show_what_the_card_counts() {
	responder
	expect 0 in_client ping -q -c 10 -i 0.002 192.0.2.1
	expect 0 in_client ping -q -c 7 -i 0.002 2001:db8::1
	expect 0 in_server "$load" eth0 --stats
	says out 'replied_ipv4 +10$'
	says out 'replied_ipv6 +7$'
	says out 'card_sent +[0-9]+  \(bpf_app2_pkts\)$'
	expect 0 in_server "$load" eth0 --stats -j
	has '.packets.replied_ipv4 == 10 and .packets.replied_ipv6 == 7'
	has ".packets.card_sent == $(ethtool_counter bpf_app2_pkts)"
	expect 0 in_server bpftool map dump id "$(map_id echo_stats)"
	says out '0a 00 00 00 00 00 00 00 +07 00 00 00 00 00 00 00'
	off
}

test_what_a_reply_costs() {
	responder
	card clear
	expect 0 in_client "$tools/flood" -n 2048 eth0 4
	card_stats
	has '.ports[0].verdicts.tx.frames == 2048'
	has '.ports[0].verdicts.tx.instructions.max <= 170'
	jq -r '.ports[0].verdicts.tx | "# IPv4 echo reply: \(
		.instructions.max) NFP instructions executed, \(
		.memory_commands.max) memory commands"' "$tmp/out"
	card clear
	in_client bash -c 'for i in {1..20}; do
		echo x >/dev/udp/192.0.2.1/9; done'
	card_stats
	has '.ports[0].verdicts.pass.frames >= 20'
	has '.ports[0].verdicts.pass.instructions.max <= 45'
	jq -r '.ports[0].verdicts.pass | "# UDP frame passed: \(
		.instructions.max) NFP instructions executed"' "$tmp/out"
	off
}

# emulated WORD...: what the programs see that measure.
emulated() { in_server "$BUILD/tests/hw/emulated" "$@"; }

test_the_card_is_known_as_emulated_and_tells_what_it_counts() {
	expect 0 emulated lo
	has '.is == 0'
	expect 0 emulated eth1
	has '.is == 1 and .port == 1'
	responder
	card clear
	expect 0 in_client ping -q -c 10 -i 0.002 192.0.2.1
	card stats json | jq -S '.ports[0].verdicts.tx' >"$tmp/said"
	expect 0 emulated eth0
	has '.is == 1 and .port == 0 and .board == "AMDA0096-0001"'
	has '.verdicts.tx.frames == 10'
	jq -S '.verdicts.tx' "$tmp/out" | diff "$tmp/said" - ||
		fail "not what the card counts"
	expect 0 emulated eth0 60
	says out 'bound, not measured: [0-9.]+ Mpps on Agilio CX 2x10GbE, .*, 164 instr'
	off
}

# The frames are as long as those of the published figure. All servers are in
# the map, so that each frame finds its own at once.
# shellcheck disable=SC2016 # for other shells
test_the_published_load_balancers_shape_costs_what_the_bound_takes() {
	expect 0 in_server "$load" eth0 --hw --only \
		--program "$BUILD/tests/corpus/lb_counted.bpf.o"
	map=$(in_server bpftool -j map show |
		jq '.[] | select(.name == "servers").id')
	in_server bash -c 'for i in {0..511}; do
			printf "map update id %d key %d %d 0 0 value hex " \
				$1 $((i % 256)) $((i / 256))
			echo c0 00 02 09 0a 00 00 01 0{,,,,,,,,,,,,,,,} \
				02 00 00 00 00 99 0 0
		done | bpftool batch file -' bash "$map" >"$tmp/log.map"
	card clear
	in_client bash -c 'for i in {1..20}; do
		printf %082d 0 >/dev/udp/192.0.2.1/$((1000 + i)); done'
	card_stats
	has '.ports[0].verdicts.tx.frames == 20 and
		.ports[0].verdicts.tx.bytes == 20 * 124'
	has '.ports[0].verdicts.tx.instructions | .min == .max'
	has '.ports[0].verdicts.tx.routine_calls.max == 1'
	cost=$(jq '.ports[0].verdicts.tx.instructions.max' "$tmp/out")
	grep -q "\.instructions = $cost,\$" offload/profile.c ||
		fail "$cost instructions, which offload/profile.c does not say"
	jq -r '.ports[0].verdicts.tx | "# Load balancer: \(
		.instructions.max) NFP instructions executed, \(
		.memory_commands.max) memory commands"' "$tmp/out"
	in_server bpftool -j map dump id "$map" >"$tmp/out"
	has 'def hex: ltrimstr("0x") | explode | map(if . > 57 then . - 87
			else . - 48 end) | .[0] * 16 + .[1];
		[.[].value | [.[8], .[9], .[16]] | map(hex)] |
		(map(.[0] + 256 * .[1]) | add) == 20 * 144 and
		(map(.[2]) | add) == 20'
	off
}

# What else the machine does takes from it: the best of three will do.
test_at_least_20000_replies_a_second() {
	responder
	before=$(in_echos)
	for _ in 1 2 3; do
		expect 0 in_client "$tools/flood" -n 100000 -w 256 eth0 4
		rate=$(sed -n 's/.*, \([0-9]*\)\/s$/\1/p' "$tmp/out")
		[ "$rate" -lt 20000 ] || break
	done
	[ "$(in_echos)" = "$before" ] || fail "the kernel saw requests"
	echo "# $rate replies a second, emulated"
	[ "$rate" -ge 20000 ] || fail "only $rate replies a second"
	off
}

test_the_program_is_replaced_without_losing_a_ping() {
	responder
	expect 0 in_client ping -q -c 5 -i 0.002 192.0.2.1
	start_in_client "$tools/flood" -f -n 1000 -w 128 -r 8000 eth0 4 \
		>"$tmp/flood"
	for _ in $(seq 10); do
		expect 0 in_server "$load" eth0 --hw --only
	done
	ip netns pids "$ns-client" | while read -r pid; do
		[ "$(cat "/proc/$pid/comm")" != flood ] || kill -TERM "$pid"
	done
	wait "$job" || fail "$(cat "$tmp/flood")"
	off
}

test_without_live_reload_replacing_is_refused() {
	set_card live-reload=off
	responder
	id=$(in_server "$load" eth0 --status -j | jq .prog.id)
	expect 2 in_server "$load" eth0 --hw --only
	says err 'hw refused at attach: EBUSY: .*FW does not support live reload'
	[ "$(in_server "$load" eth0 --status -j | jq .prog.id)" = "$id" ] ||
		fail "another program is there now"
	expect 0 in_client ping -q -c 3 -i 0.01 192.0.2.1
	off
	responder
	off
	set_card live-reload=on
}

test_trace_needs_the_event_helper() {
	expect 2 in_server "$load" eth0 --hw --only --trace
	says err 'hw refused at load: .*\[nfp\] event_output: not supported by FW'
	set_card firmware=bpf-2.0.6
	in_server sh -c "setsid '$load' eth0 --hw --only --trace \
		>/tmp/trace 2>/tmp/trace.err & echo \$! >/tmp/trace.pid; sleep 1"
	expect 0 in_client ping -q -c 5 -i 0.05 192.0.2.1
	expect 0 in_server sh -c 'pid=$(cat /tmp/trace.pid); kill -INT $pid
		while kill -0 $pid 2>/dev/null; do sleep 0.1; done
		cat /tmp/trace; cat /tmp/trace.err >&2'
	[ "$(grep -c 'id .* seq .*: replied$' "$tmp/out")" -eq 5 ] ||
		fail "not five lines: $(cat "$tmp/out" "$tmp/err")"
	says err '5 echo requests traced, 0 lost'
	off
	plain_card
}

test_detached_the_kernel_answers_again() {
	responder
	expect 0 in_server "$load" eth0 --off
	says out '^eth0: hw mode off'
	before=$(in_echos)
	expect 0 in_client ping -q -c 5 -i 0.01 192.0.2.1
	[ "$(in_echos)" = $((before + 5)) ] || fail "not answered by the kernel"
	expect 0 in_server ip link show dev eth0
	lacks out xdp
	expect 0 in_server bpftool prog show
	lacks out echo_hw
	expect 0 card maps
	[ ! -s "$tmp/out" ] || fail "maps are left on the card"
}

test_two_ports_have_programs_and_counters_of_their_own() {
	responder
	expect 0 in_server "$load" eth1 --hw --only
	card clear
	expect 0 in_client ping -q -c 5 -i 0.01 192.0.2.1
	expect 0 in_client ping -q -c 9 -i 0.01 198.51.100.1
	expect 0 in_server "$load" eth0 --stats -j
	has '.packets.replied_ipv4 == 5'
	expect 0 in_server "$load" eth1 --stats -j
	has '.packets.replied_ipv4 == 9'
	card_stats
	has '.ports[0].verdicts.tx.frames == 5 and
		.ports[1].verdicts.tx.frames == 9'
	sent=$(ethtool_counter bpf_app2_pkts eth1)
	expect 0 in_server "$load" eth0 --off
	expect 0 in_client ping -q -c 2 -i 0.01 198.51.100.1
	expect 0 in_server "$load" eth1 --stats -j
	has '.packets.replied_ipv4 == 11'
	[ "$(ethtool_counter bpf_app2_pkts eth1)" -eq $((sent + 2)) ] ||
		fail "the second port's own counter is not two higher"
	expect 0 in_server "$load" eth1 --off
}

began=$(date +%s%N)
boot --kernel "$kernel" --wire eth1 --set ports=2
expect 0 in_server "$load" eth0 --hw
took=$((($(date +%s%N) - began) / 1000000))
echo "# power-on to attached in hw mode: $took ms"
[ $took -le 10000 ] || echo "not ok - attached in hw mode within 10 s"
off
set_ends
run_tests "$@"
