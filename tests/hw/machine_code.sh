#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# machine_code.sh FOLDER FOLDER: what the drivers of two kernels compiled, as
# check.sh has left it in a folder for each, run on the host against the same
# objects in the host's kernel. Code that both made alike is run once.
set -u
BUILD=${BUILD:-build}
tool=$BUILD/tests/hw
first=$1 second=$2
said=$(mktemp -d)
number=1 failed=0 jobs=''
trap 'kill $jobs 2>/dev/null; rm -rf "$said"' EXIT
trap 'exit 1' HUP INT TERM

names() { basename -a -s .image "$first"/*.image; }

alike() {
	cmp -s "$first/$1.image" "$second/$1.image" &&
	cmp -s "$first/$1.maps" "$second/$1.maps"
}

# run_on TOOL FOLDER NAME [FRAMES]: in the background, on that code.
run_on() {
	object=$tool/$3.bpf.o
	[ -e "$object" ] || object=$BUILD/bpf/$3.bpf.o
	"$tool/$1" "$2/$3.image" "$2/$3.maps" "$object" ${4:+"$4"} \
		>"$said/out$number" 2>&1 &
	jobs=$!
}

# result STATUS TEXT
result() {
	not='not '
	[ "$1" = 0 ] && not='' || failed=1
	echo "${not}ok $number - $2"
	[ ! -e "$said/out$number" ] || sed 's/^/# /' "$said/out$number"
	number=$((number + 1))
}

# end TEXT: of what runs.
end() {
	wait "$jobs"
	result $? "$1"
	jobs=''
}

for name in $(names); do
	frames=100000
	case $name in echo_hw) frames=1000000 ;; esac
	run_on differ "$first" "$name" $frames
	end "the machine code of $name does what the program does"
	if alike "$name"; then
		result 0 "both kernels' drivers make the same code of $name"
	else
		run_on differ "$second" "$name" $frames
		end "and so does what the second kernel's driver made of it"
	fi
done
run_on flip "$first" echo_hw
end "a changed bit of echo_hw's machine code is noticed"
exit $failed
