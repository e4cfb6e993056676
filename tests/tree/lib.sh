# SPDX-License-Identifier: GPL-2.0-only
#
# Sourced by the tests of offload-check as its user sees it.
# shellcheck shell=sh
set -u
build=${BUILD:-build}
check=$build/offload-check
# shellcheck disable=SC2034 # for those who source this
echo_hw=$build/bpf/echo_hw.bpf.o trace=$build/bpf/echo_hw_trace.bpf.o
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

# expect CODE ARGUMENT...: what it says is in $tmp/out; nothing on stderr.
expect() {
	want=$1
	shift
	rc=0
	timeout -k 1 20 "$check" "$@" >"$tmp/out" 2>"$tmp/err" || rc=$?
	[ $rc -eq "$want" ] && [ ! -s "$tmp/err" ] && return
	echo "ended with $rc, not $want: $*"
	head -n 20 "$tmp/out" "$tmp/err"
	return 1
}

says() {
	grep -qE -- "$1" "$tmp/out" && return
	echo "no line matches $1:"
	head -n 20 "$tmp/out"
	return 1
}

has() {
	jq -e "$1" "$tmp/out" >/dev/null && return
	echo "the JSON does not fulfil $1"
	return 1
}

# compile NAME: standard input to $tmp/NAME.o.
compile() {
	clang -O2 -g -target bpf -mcpu=v3 -x c -c -o "$tmp/$1.o" -
}

# memory KIB CODE ARGUMENT...: in so much of address space.
memory() {
	kib=$1
	shift
	# shellcheck disable=SC3045 # dash has it
	(ulimit -v "$kib" && expect "$@")
}

# run_tests [PATTERN]: every function test_...
run_tests() {
	number=0 failed=0
	for test in $(sed -n 's/^\(test_[a-z0-9_]*\)() {$/\1/p' "$0" |
			grep -e "${1:-}"); do
		number=$((number + 1))
		name=$(echo "${test#test_}" | tr _ ' ')
		if "$test" >"$tmp/said" 2>&1; then
			echo "ok $number - $name"
			cat "$tmp/note" 2>/dev/null && rm "$tmp/note"
		else
			cat "$tmp/said"
			echo "not ok $number - $name"
			failed=1
		fi
	done
	exit $failed
}
