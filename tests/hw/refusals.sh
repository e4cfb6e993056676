#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# refusals.sh KERNEL [PATTERN]: what a card may refuse, how it may fail and how
# it may go, and that the loader says so and goes on to the next mode.
kernel=$1
shift
# shellcheck source=tests/hw/lib.sh
. tests/hw/lib.sh

# falls_back PATTERN: hw is refused with these words, and driver mode takes it
# and works.
falls_back() {
	expect 0 in_server "$load" eth0 --hw
	says err "$1"
	says out '^eth0: driver mode \(asked hw\), program echo_xdp'
	before=$(in_echos)
	expect 0 in_client ping -q -c 5 -i 0.01 -W 1 192.0.2.1
	expect 0 in_client ping -q -c 5 -i 0.01 -W 1 2001:db8::1
	[ "$(in_echos)" = "$before" ] || fail "the kernel saw requests"
	off
}

# refused PATTERN: the same, and where hw alone is allowed nothing is attached.
refused() {
	expect 2 in_server "$load" eth0 --hw --only
	says err "$1"
	falls_back "$1"
}

test_wrong_firmware_gives_driver_mode_and_says_why() {
	set_card firmware=nic-2.1
	refused 'hw refused at load: EINVAL: nfp runs firmware "nic-2.1.*"; XDP offload needs the bpf firmware \(hwdocs/firmware.md\)'
	expect 0 in_server "$load" eth0 --generic --only
	expect 0 in_client ping -q -c 5 -i 0.01 192.0.2.1
	off
	plain_card
}

test_generic_mode_follows_where_the_driver_refuses() {
	in_server ip link set dev eth0 mtu 9000
	expect 0 in_server "$load" eth0 --driver --restricted
	says err 'driver refused at attach: '
	says out 'generic mode'
	off
	in_server ip link set dev eth0 mtu 1500
}

# One for each way that the words come: a message of the translation, of the
# attachment, of the verifier, and of the making of a map. check.sh asks for all.
test_each_limit_refuses_with_the_drivers_words() {
	while read -r property words; do
		probe_card firmware=nic-firmware-2021 ports=2 "$property"
		expect 2 in_server "$load" eth0 --hw --only
		says err "$words"
	done <<-'END'
		max-insns=200 instruction limit reached
		inline-mtu=256 packet access beyond HW packet split boundary
		helpers=none map_lookup: not supported by FW
		entries=100 map with too many elements
	END
	plain_card
}

test_the_card_has_as_many_rings_as_it_is_told() {
	for rings in 1 3; do
		probe_card rings=$rings
		in_server sh -c 'dmesg | grep -o "RxQs=[0-9/]*" | tail -n 1' \
			>"$tmp/out"
		says out "RxQs=1/$rings"
	done
	plain_card rings=4
}

test_each_fault_is_told_and_driver_mode_follows() {
	card set fault=load
	refused 'hw refused at attach: EIO: nfp: FW command error while loading BPF \(.*Reconfig error'
	card set fault=enable
	refused 'hw refused at attach: EIO: nfp: FW command error while enabling BPF \(.*Reconfig error'
	card set fault=timeout
	falls_back 'hw refused at attach: EIO: nfp: FW command error while loading BPF \(.*Reconfig timeout'
	card set fault=ccm
	falls_back 'hw refused at load: ETIMEDOUT: .*timeout waiting for response'
	plain_card
	responder
	expect 0 in_client ping -q -c 3 -i 0.01 192.0.2.1
	off
}

# The driver's kernel still has the program, and nobody can take it off.
test_a_card_that_dies_while_attached_is_told() {
	responder
	card set fault=gone
	expect 1 in_client ping -q -c 1 -W 0.5 192.0.2.1
	expect 3 in_server "$load" eth0 --stats
	says err 'eth0: counters cannot be read: Connection timed out'
	expect 0 in_server "$load" eth0 --status
	says out 'hw mode, program echo_hw'
	expect 2 in_server "$load" eth0 --off
	says err 'eth0: hw mode not off: EINVAL'
	expect 0 in_server "$load" eth0 --hw
	says err 'hw refused at load: ETIMEDOUT: '
	says err 'driver refused at attach: EIO: '
	says out 'eth0: generic mode \(asked hw\)'
	plain_card
	responder
	expect 0 in_client ping -q -c 3 -i 0.01 192.0.2.1
	off
}

test_a_card_that_is_removed_while_attached_ends_cleanly() {
	responder
	device=$(in_server sh -c 'readlink -f /sys/class/net/eth0/device')
	in_server sh -c "echo 1 >$device/remove"
	for command in --stats --status --off --hw; do
		expect 3 in_server "$load" eth0 $command
		says err 'eth0: no such interface'
	done
	expect 0 in_server bpftool prog show
	lacks out echo_hw
	in_server sh -c 'echo 1 >/sys/bus/pci/rescan'
	in_server tests/hw/up.sh
	set_ends
	responder
	expect 0 in_client ping -q -c 3 -i 0.01 192.0.2.1
	off
}

# foreign RULE: an object that breaks this rule, card or nothing.
foreign() {
	in_server "$load" eth0 --hw --only --program "$BUILD/tests/reject/$1.bpf.o"
}

test_a_refusal_of_a_foreign_program_comes_with_its_line() {
	expect 2 foreign M8
	says err '^eth0: warning: hw mode will refuse it: M8 at .*/M8.bpf.c:[0-9]* .*: \[nfp\] map writes not supported$'
	says err '^eth0: hw refused at load: EOPNOTSUPP: \[nfp\] map writes'
	says err '^	offload-check M8 at .*/M8.bpf.c:[0-9]* .*: Count with '
	expect 2 in_server "$load" eth0 --hw --only -j \
		--program "$BUILD/tests/reject/P5.bpf.o"
	has '.attempts[0].finding | test("^P5, map ")'
}

test_a_program_that_would_compute_wrongly_is_warned_of() {
	expect 0 foreign J7
	says err '^eth0: warning: hw mode will compute wrongly: J7 at '
	off
	expect 0 foreign J7.inside
	lacks err 'J7'
	off
}

test_a_program_that_would_crash_the_kernel_is_not_tried() {
	expect 2 foreign U4
	says err '^eth0: hw refused at load: ECANCELED: not tried: hw mode will crash this kernel: U4 at '
	expect 0 in_server "$load" eth0 --hw \
		--program "$BUILD/tests/reject/U4.bpf.o"
	says out '^eth0: driver mode'
	off
}

boot --kernel "$kernel" --wire eth1 --set ports=2
set_ends
run_tests "$@"
