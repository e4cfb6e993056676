#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# compile.sh KERNEL FOLDER: have the stock nfp driver of a Debian kernel compile
# every program that is compared, and leave its machine code in the folder.
kernel=$1 keep=$2
# shellcheck source=tests/hw/lib.sh
. tests/hw/lib.sh

# keep_image OBJECT: the driver's machine code as the card was given it, and the
# tables that it names, for machine_code.sh.
keep_image() {
	expect 0 in_server "$load" eth0 --hw --only --program "$1"
	name=$(basename "$1" .bpf.o)
	card image 0 >"$keep/$name.image"
	card maps >"$keep/$name.maps"
	[ -s "$keep/$name.image" ] || fail "no image of $name"
	in_server "$load" eth0 --off --replace
}

test_the_driver_compiles_every_program_that_is_compared() {
	for object in "$BUILD"/bpf/echo_hw.bpf.o "$BUILD"/bpf/echo_hw_trace.bpf.o \
		      "$BUILD"/tests/hw/*.bpf.o; do
		keep_image "$object"
	done
}

boot --kernel "$kernel" --firmware bpf-2.0.6 --set max-insns=5000
run_tests
