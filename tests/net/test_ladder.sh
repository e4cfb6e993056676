#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Which mode is taken, what is said of those that were refused, and the codes
# that the loader ends with.
. tests/net/lib.sh

loads() {
	code=$1
	shift
	expect "$code" in_server "$load" "$@"
}

# The kernel's word for what the loader claims.
kernel_has() {
	in_server ip -j link show dev "$1" >"$tmp/out"
	has ".[0].xdp.mode == $2 and .[0].xdp.prog.id == $3"
}

test_veth_refuses_hw_and_takes_driver() {
	loads 0 eth0 --answer any
	says out '^eth0: driver mode \(asked hw\), program echo_xdp id [0-9]+ '\
'tag [0-9a-f]{16}$'
	says err '^eth0: hw refused at load: EINVAL: driver veth does not '
	[ "$(grep -c refused "$tmp/err")" -eq 1 ] || fail "not one refusal"
	id=$(sed 's/.* id \([0-9]*\) .*/\1/' "$tmp/out")
	kernel_has eth0 1 "$id"
}

test_a_bridge_refuses_hw_and_driver_and_takes_generic() {
	ip -n "$ns-server" link add br0 type bridge
	loads 0 br0 --answer any
	says out '^br0: generic mode \(asked hw\), program echo_xdp '
	says err '^br0: hw refused at load: EOPNOTSUPP: .*bridge'
	says err '^br0: driver refused at attach: EOPNOTSUPP: .*native'
	[ "$(grep -c refused "$tmp/err")" -eq 2 ] || fail "not two refusals"
	id=$(sed 's/.* id \([0-9]*\) .*/\1/' "$tmp/out")
	kernel_has br0 2 "$id"
}

test_every_device_takes_what_it_can() {
	ip -n "$ns-server" link add br0 type bridge
	ip -n "$ns-server" link add mv0 link eth0 type macvlan
	in_server ip tuntap add tap0 mode tap
	for row in eth0:driver tap0:driver lo:generic br0:generic \
		   mv0:generic; do
		loads 0 "${row%:*}" --answer any
		says out "^${row%:*}: ${row#*:} mode \\(asked hw\\)"
		loads 0 "${row%:*}" --off
	done
}

test_only_does_not_fall_back() {
	ip -n "$ns-server" link add br0 type bridge
	keep_state
	loads 2 eth0 --hw --only --answer any
	says err '^eth0: hw refused at load: EINVAL: '
	one_sentence
	loads 2 br0 --hw --only --answer any
	one_sentence
	loads 2 br0 --driver --only --answer any
	says err '^br0: driver refused at attach: EOPNOTSUPP: '
	one_sentence
	is_as_before
	loads 0 eth0 --driver --only --answer any
	lacks err refused
	loads 0 br0 --generic --only --answer any
	loads 0 eth0 --tc --only --answer any
	says out '^eth0: tc mode \(asked tc\), program echo_tc id '
}

test_asking_for_less_tries_no_better_mode() {
	loads 0 eth0 --generic --answer any
	says out '^eth0: generic mode \(asked generic\), '
	lacks err refused
	loads 0 eth0 --driver --answer any
	says out '^eth0: driver mode \(asked driver\), '
}

test_a_better_mode_takes_over_from_a_lower_one() {
	loads 0 eth0 --generic --answer any
	loads 0 eth0 --driver --answer any
	kernel_has eth0 1 "$(attached)"
	loads 0 eth0 --tc --answer any
	loads 0 eth0 --driver --answer any
	kernel_has eth0 1 "$(attached)"
	in_server tc filter show dev eth0 ingress | grep -q . &&
		fail "the tc filter is still there"
	loads 0 eth0 --generic --only --answer any
	kernel_has eth0 2 "$(attached)"
}

# The restricted variant takes no frame that is in several buffers.
test_an_mtu_that_driver_mode_cannot_take_is_refused_there() {
	for side in server client; do
		ip -n "$ns-$side" link set dev eth0 mtu 9000
	done
	loads 0 eth0 --driver --restricted --answer any
	says out '^eth0: generic mode \(asked driver\), program echo_hw id '
	says err '^eth0: driver refused at attach: ERANGE: .*MTU'
	loads 0 eth0 --driver --answer any
	says out '^eth0: driver mode \(asked driver\), program echo_xdp id '
}

test_modes_have_the_names_that_peers_give_them() {
	for name in drv native xdpdrv driver; do
		loads 0 eth0 --"$name" --answer any
		says out '^eth0: driver mode \(asked driver\)'
	done
	for name in skb xdpgeneric generic; do
		loads 0 eth0 --"$name" --answer any
		says out '^eth0: generic mode \(asked generic\)'
	done
	for name in hw offload xdpoffload; do
		loads 0 eth0 --"$name" --answer any
		says out '^eth0: driver mode \(asked hw\)'
	done
}

# Every key that is documented, with its type, and no other top-level key.
report_is_complete() {
	has '.ifname | type == "string"'
	has '.ifindex | type == "number" and . > 0'
	has '.driver | type == "string"'
	has '.firmware == null or (.firmware | type == "string")'
	has '.requested | IN("hw", "driver", "generic", "tc")'
	has '.attach_mode | type == "number"'
	has '.others | type == "array"'
	has '.attempts | type == "array"'
	has 'all(.attempts[]; (.mode | IN("hw", "driver", "generic", "tc")) and
		(.stage | IN("open", "load", "attach", "read-back")) and
		(.errno | test("^E[A-Z0-9]+$")) and
		(.reason | length > 10) and (.source | length > 3))'
}

test_json_tells_of_a_fallback() {
	loads 0 eth0 --answer any --json
	report_is_complete
	id=$(attached)
	has '.ifname == "eth0" and .driver == "veth" and .requested == "hw"'
	has ".mode == \"driver\" and .attach_mode == 1"
	has ".prog.id == $id and .prog.name == \"echo_xdp\""
	tag=$(bpftool -j prog show id "$id" | jq -r .tag)
	has ".prog.tag == \"$tag\""
	has '.others == [] and (.attempts | length == 1)'
	has '.attempts[0] | .mode == "hw" and .stage == "load" and
		.errno == "EINVAL"'
	index=$(in_server cat /sys/class/net/eth0/ifindex)
	has ".ifindex == $index"
	ip -n "$ns-server" link add br0 type bridge
	loads 0 br0 --answer any --json
	report_is_complete
	has '.mode == "generic" and .attach_mode == 2'
	has '[.attempts[] | [.mode, .stage, .errno]] ==
		[["hw", "load", "EOPNOTSUPP"],
		["driver", "attach", "EOPNOTSUPP"]]'
	loads 0 br0 --tc --answer any --json
	report_is_complete
	has '.mode == "tc" and .prog.name == "echo_tc"'
}

test_json_tells_of_a_refusal() {
	loads 2 eth0 --hw --only --answer any --json
	report_is_complete
	has '.mode == null and .prog == null and (.attempts | length == 1)'
	foreign xdpgeneric
	loads 4 eth0 --generic --answer any --json
	report_is_complete
	has ".mode == null and .others[0].id == $(attached)"
	has '.others[0].name == "pass" and .others[0].mode == "generic"'
	has '.attempts[0] | .mode == "generic" and .stage == "attach"'
}

test_several_interfaces_are_reported_one_by_one() {
	ip -n "$ns-server" link add br0 type bridge
	loads 0 eth0 br0 --answer any
	says out '^eth0: driver mode'
	says out '^br0: generic mode'
	loads 3 eth0 nosuch br0 --answer any --json
	has 'map(.ifname) == ["eth0", "nosuch", "br0"]'
	has 'map(.mode) == ["driver", null, "generic"]'
	loads 0 eth0 br0 --off --json
	has 'map(.ifname) == ["eth0", "br0"]'
	has 'map(.removed[].mode) == ["driver", "generic"]'
	foreign xdpdrv
	loads 4 eth0 br0 --answer any
	says out '^br0: generic mode'
	says err '^eth0: .*another program'
}

test_a_program_of_ones_own_takes_the_same_ladder() {
	loads 0 eth0 --program "$tools/pass.bpf.o"
	says out '^eth0: driver mode \(asked hw\), program pass id '
	says err '^eth0: hw refused at '
	loads 0 eth0 --off --replace
	loads 0 eth0 --generic --program "$tools/two.bpf.o:second"
	says out '^eth0: generic mode \(asked generic\), program second id '
}

test_help_and_version_end_with_0() {
	loads 0 --help
	says out '--restricted'
	loads 0 --version
	says out '^offload-load [0-9]+\.[0-9]+'
}

run_tests "$@"
