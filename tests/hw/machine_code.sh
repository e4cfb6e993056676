#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# machine_code.sh FOLDER...: what the driver compiled, as card.sh has left it in
# a folder for each kernel, run on the host against the same objects in the
# host's kernel. Code that several kernels' drivers made alike is run once.
set -u
BUILD=${BUILD:-build}
tool=$BUILD/tests/hw
first=$1
said=$(mktemp -d)
number=0 failed=0 jobs=''
trap 'kill $jobs 2>/dev/null; rm -rf "$said"' EXIT
trap 'exit 1' HUP INT TERM

object() {
	case $1 in
	echo_*) echo "$BUILD/bpf/$1.bpf.o" ;;
	*) echo "$tool/$1.bpf.o" ;;
	esac
}

# start NAME TOOL ARGUMENT...: in the background.
start() {
	out=$said/$1
	shift
	("$@" >"$out" 2>&1; echo $? >"$out.rc") &
	jobs="$jobs $!"
}

# result NAME TEXT: of what was started.
result() {
	number=$((number + 1))
	not='not '
	[ "$(cat "$said/$1.rc")" = 0 ] && not= || failed=1
	echo "${not}ok $number - $2"
	sed 's/^/# /' "$said/$1"
}

# Name and folder of every image, alike ones once.
images() {
	for folder; do
		for image in "$folder"/*.image; do
			name=$(basename "$image" .image)
			[ "$folder" != "$first" ] &&
			cmp -s "$image" "$first/$name.image" &&
			cmp -s "${image%image}maps" "$first/$name.maps" ||
			echo "$name $folder"
		done
	done
}

all=$(images "$@")
frames() { case $1 in echo_*) echo 1000000 ;; *) echo 300000 ;; esac; }

# Two at a time, as there are two cores at least.
echo "$all" | {
	while read -r name folder; do
		start "$name$(basename "$folder")" "$tool/differ" \
			"$folder/$name.image" "$folder/$name.maps" \
			"$(object "$name")" "$(frames "$name")"
		case $jobs in *' '*' '*) wait; jobs= ;; esac
	done
	start flip "$tool/flip" "$first/echo_hw.image" "$first/echo_hw.maps" \
		"$(object echo_hw)"
	wait
}
while read -r name folder; do
	result "$name$(basename "$folder")" \
		"$(basename "$folder"): the machine code of $name does what it does"
done <<END
$all
END
result flip "a changed bit of echo_hw's machine code is noticed"
exit $failed
