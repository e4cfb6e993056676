#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What cannot be done: one clear sentence on stderr, the documented code, and
# the interface as it was before.
. tests/net/lib.sh

# refuses CODE PATTERN ARGUMENT...: and PATTERN is in the sentence.
refuses() {
	code=$1 pattern=$2
	shift 2
	expect "$code" in_server "$load" "$@"
	one_sentence
	says err "$pattern"
}

test_an_unknown_interface_ends_with_3() {
	keep_state
	for command in --driver --tc --status --stats --off; do
		refuses 3 '^nosuch: no such interface' nosuch "$command"
	done
	refuses 3 '^eth0:0: no such interface' eth0:0
	refuses 3 '^averylongnameforaninterface: no such' \
		averylongnameforaninterface
	is_as_before
}

# lacks_cap CAPABILITIES PATTERN ARGUMENT...: without them the load fails.
lacks_cap() {
	dropped=$1 pattern=$2
	shift 2
	expect 3 in_server setpriv --bounding-set "$dropped" \
		--inh-caps "$dropped" "$load" eth0 "$@"
	one_sentence
	says err "$pattern"
}

# Not the load's fault, but nobody saw what it said.
test_output_that_cannot_be_written_is_an_error() {
	for command in '--driver -a any' '--status -j' --stats --off; do
		rc=0
		# shellcheck disable=SC2086 # words
		in_server "$load" eth0 $command >/dev/full 2>"$tmp/err" || rc=$?
		[ $rc -eq 1 ] || fail "$command ended with $rc"
		says err 'standard output cannot be written: No space left'
	done
	for program in bench:1 validate:1 check:2 lab:125; do
		for option in --help --version; do
			rc=0
			"$BUILD/offload-${program%:*}" $option >/dev/full \
				2>"$tmp/err" || rc=$?
			[ $rc -eq "${program#*:}" ] ||
				fail "$program $option ended with $rc"
			says err "^offload-${program%:*}: standard output cannot be written: No space left"
		done
	done
}

test_a_section_of_two_programs_is_not_enough() {
	keep_state
	refuses 1 'has no single program xdp' --program "$tools/two.bpf.o:xdp" \
		eth0
	is_as_before
}

test_each_missing_capability_is_named() {
	keep_state
	lacks_cap -net_admin ' CAP_NET_ADMIN missing' --driver -a any
	lacks_cap -net_admin ' CAP_NET_ADMIN missing' --generic -a any
	lacks_cap -net_admin ' CAP_NET_ADMIN missing' --tc -a any
	lacks_cap -bpf,-sys_admin ' CAP_BPF missing' --driver -a any
	lacks_cap -perfmon,-sys_admin ' CAP_PERFMON missing' --tc -a any
	lacks_cap -perfmon,-sys_admin ' CAP_PERFMON missing' --driver -a any
	lacks_cap -sys_admin ' CAP_SYS_ADMIN missing' --hw --only -a any
	lacks_cap -all ' CAP_NET_ADMIN, CAP_BPF, CAP_PERFMON missing' \
		--driver -a any
	is_as_before
}

test_enough_capabilities_are_enough() {
	caps=-all,+net_admin,+bpf,+perfmon
	for mode in --driver --generic --tc; do
		expect 0 in_server setpriv --bounding-set $caps \
			--inh-caps $caps "$load" eth0 "$mode" -a any
		expect 0 in_client "$tools/ask" eth0 4
		expect 0 in_server "$load" eth0 --off
	done
}

test_commands_without_capabilities_end_with_3() {
	expect 0 in_server "$load" eth0 --driver -a any
	keep_state
	lacks_cap -sys_admin CAP_SYS_ADMIN --stats
	lacks_cap -sys_admin CAP_SYS_ADMIN --off
	lacks_cap -net_admin CAP_NET_ADMIN --off
	lacks_cap -sys_admin CAP_SYS_ADMIN --driver -a any
	is_as_before
}

test_objects_that_cannot_be_used_end_with_1() {
	keep_state
	echo "not an object" >"$tmp/text.o"
	: >"$tmp/empty.o"
	head -c 300 "$tools/pass.bpf.o" >"$tmp/cut.o"
	for object in "$tmp/text.o" "$tmp/empty.o" "$tmp/cut.o" "$tmp/none.o" \
		      "$tmp"; do
		refuses 1 "$object" eth0 --driver --program "$object"
	done
	refuses 1 'no XDP program|not for an XDP hook' eth0 --driver \
		--program "$BUILD/bpf/echo_tc.bpf.o"
	refuses 1 'first.*second' eth0 --driver --program "$tools/two.bpf.o"
	refuses 1 'third' eth0 --driver --program "$tools/two.bpf.o:third"
	is_as_before
}

test_a_program_that_the_verifier_refuses_ends_with_2() {
	for mode in --hw --driver --generic; do
		keep_state
		expect 2 in_server "$load" eth0 "$mode" \
			--program "$tools/unchecked.bpf.o"
		says err '^eth0: .* refused at load: EACCES: '
		says err 'invalid access to packet'
		[ ! -s "$tmp/out" ] || fail "something on stdout"
		is_as_before
	done
}

test_answer_takes_unicast_addresses_only() {
	keep_state
	for text in 192.0.2 192.0.2.256 2001:db8:::1 nonsense '' "," \
		    "192.0.2.1," 192.0.2.1,,192.0.2.2 192.0.2.1/24 \
		    "192.0.2.1 "; do
		refuses 1 'is not an|address' eth0 --driver --answer "$text"
	done
	for text in 224.0.0.1 239.1.2.3 255.255.255.255 0.0.0.0 127.0.0.1 \
		    240.0.0.1 ff02::1 :: ::1 192.0.2.1,ff0e::5; do
		refuses 1 "${text#*,}" eth0 --driver --answer "$text"
	done
	is_as_before
}

test_contradictions_end_with_1() {
	keep_state
	refuses 1 'interface'
	refuses 1 'exclude each other' eth0 --hw --driver
	refuses 1 'exclude each other' eth0 --tc --generic
	refuses 1 'exclude each other' eth0 --status --off
	refuses 1 'does not go with' eth0 --off --drop
	refuses 1 'does not go with' eth0 --stats --trace
	refuses 1 'does not go with' eth0 --status --driver
	refuses 1 'does not go with' eth0 --status --replace
	refuses 1 'do not go with' eth0 --answer any \
		--program "$tools/pass.bpf.o"
	refuses 1 'do not go with' eth0 --drop --program "$tools/pass.bpf.o"
	refuses 1 'go with --tc' eth0 --tc --program "$tools/pass.bpf.o"
	refuses 1 'go with --tc' eth0 --tc --restricted
	refuses 1 'exclude each other' eth0 --restricted \
		--program "$tools/pass.bpf.o"
	refuses 1 'seconds' eth0 --stats=0
	refuses 1 'seconds' eth0 --stats=soon
	refuses 1 'unknown .*option --nonsense' eth0 --nonsense
	refuses 1 'needs a value' eth0 --answer
	is_as_before
}

test_stats_without_a_responder_end_with_2() {
	keep_state
	refuses 2 '^eth0: no responder attached' eth0 --stats
	refuses 2 '^eth0: no responder attached' eth0 --stats=1
	is_as_before
}

# in_the_way MODE: what is there stays, whichever mode is asked for.
in_the_way() {
	keep_state
	refuses 4 "^eth0: $1 refused at attach: .*pass id $(attached)" \
		eth0 "--$1" --only -a any
	refuses 4 "pass id $(attached), is not a responder" eth0 --off
	refuses 4 "pass id $(attached), is not a responder" eth0 --stats
	expect 4 in_server "$load" eth0 -a any
	says err "pass id $(attached)"
	is_as_before
}

test_another_program_stays_until_it_is_replaced() {
	for mode in driver generic; do
		case $mode in
		driver) foreign xdpdrv; other=generic ;;
		generic) foreign xdpgeneric; other=driver ;;
		esac
		in_the_way $mode
		keep_state
		refuses 4 "pass id $(attached)" eth0 "--$other" --only -a any
		is_as_before
		other=$(attached)
		expect 0 in_server "$load" eth0 --$mode --replace -a any
		[ "$(attached)" != "$other" ] || fail "not replaced"
		expect 0 in_client "$tools/ask" eth0 4
		expect 0 in_server "$load" eth0 --off
	done
}

test_a_program_that_a_bpf_link_holds_stays() {
	for mode in driver generic; do
		expect 0 in_server "$tools/xdp_link" eth0 $mode \
			"$tools/pass.bpf.o"
		in_the_way $mode
		keep_state
		refuses 4 bpf_link eth0 --$mode --only --replace -a any
		refuses 4 bpf_link eth0 --off --replace
		is_as_before
		ip netns pids "$ns-server" | xargs kill
		while [ -n "$(attached)" ]; do sleep 0.02; done
		expect 0 in_server "$load" eth0 --$mode -a any
		expect 0 in_server "$load" eth0 --off
	done
}

# Somebody else's filter in our place, and beside it.
test_a_filter_in_the_way_stays() {
	in_server tc qdisc add dev eth0 clsact
	in_server tc filter add dev eth0 ingress prio 100 handle 1 bpf \
		direct-action object-file "$tools/twice.bpf.o" section tc
	keep_state
	refuses 4 '^eth0: tc refused at attach: .*twice' eth0 --tc -a any
	refuses 4 'not a responder' eth0 --off
	is_as_before
	expect 0 in_server "$load" eth0 --tc -a any --replace
	expect 0 in_client "$tools/ask" eth0 4
}

# changed MODE COMMAND: COMMAND runs between attach and read-back.
changed() {
	asked=$1
	shift
	# A sanitizer's library need not be the first one here.
	expect 5 in_server env AFTER_ATTACH="$*" \
		LD_PRELOAD="$tools/after_attach.so" \
		ASAN_OPTIONS=verify_asan_link_order=0 \
		"$load" eth0 "--$asked" --only -a any
	one_sentence
	says err "^eth0: $asked refused at read-back: E[A-Z]+: "
}

test_an_interface_that_goes_away_ends_with_5() {
	for mode in driver generic tc; do
		changed $mode ip link del eth0
		says err 'the interface is gone'
		ip netns del "$ns-server"
		ip netns del "$ns-client"
		add_link
	done
}

test_a_program_that_is_changed_behind_our_back_ends_with_5() {
	for mode in driver:xdpdrv generic:xdpgeneric; do
		changed ${mode%:*} ip -force link set dev eth0 ${mode#*:} \
			obj "$tools/pass.bpf.o" sec xdp.frags
		# Theirs is there, and ours is not.
		in_server ip -d link show dev eth0 >"$tmp/out"
		says out 'prog/xdp id [0-9]+ name pass'
		ip -n "$ns-server" link set dev eth0 ${mode#*:} off
		changed ${mode%:*} ip link set dev eth0 ${mode#*:} off
		[ -z "$(attached)" ] || fail "something is left"
	done
}

test_a_filter_that_is_changed_behind_our_back_ends_with_5() {
	changed tc tc filter replace dev eth0 ingress prio 100 handle 1 bpf \
		direct-action object-file "$tools/twice.bpf.o" section tc
	in_server tc filter show dev eth0 ingress >"$tmp/out"
	says out twice
}

run_tests "$@"
