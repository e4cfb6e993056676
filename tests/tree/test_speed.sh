#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What offload-check costs: time and memory. Runs alone. Needs no root.
. tests/tree/lib.sh

# spin NAME TRIPS: a loop that is followed round by round, 5 instructions each.
spin() {
	compile "$1" <<-END
	__attribute__((section("xdp"))) int spin(void *c)
	{
		int n;

		__asm__ volatile("%0 = 0; again: %0 += 1; r1 = %0; r1 &= 7;"
			"r1 += 3; if %0 < $2 goto again;" : "=r"(n) :: "r1");
		return 2;
	}
	END
}

# hold NAME TRIPS: the same loop with 60 words of stack to be remembered, of which
# each round changes some.
hold() {
	words=$(seq -s , 8 8 480)
	compile "$1" <<-END
	__attribute__((section("xdp"))) int hold(void *c)
	{
		int n;

		__asm__ volatile("%0 = 0; .irp at,$words;"
			"*(u64 *)(r10 - \\\\at) = %0; .endr;"
			"again: %0 += 1; r1 = %0; r1 &= 7;"
			".irp at,8,16,24,32; *(u64 *)(r10 - \\\\at) = %0; .endr;"
			"if %0 < $2 goto again;" : "=r"(n) :: "r1");
		return 2;
	}
	END
}

# What is measured goes before all else that runs.
fast=
[ "$(id -u)" -ne 0 ] || fast='chrt --fifo 1'

# least FIELD COMMAND...: of its runs, in milliseconds. What else the machine
# does only adds to it.
least() {
	field=$1
	shift
	$fast hyperfine -N -i --style none --warmup 1 --runs "${runs:-20}" \
		--export-json "$tmp/times" "$@" >/dev/null 2>"$tmp/err" ||
		{ cat "$tmp/err"; return 1; }
	jq ".results[0] | $field * 1000" "$tmp/times"
}

# These machines are slow for minutes, for all programs alike: then an empty one
# takes more than the 1.2 ms that it takes otherwise, and ours as much more.
empty_ms=1.2

test_echo_hw_takes_10_ms_and_50_mib() {
	echo 'int main(void) { return 0; }' >"$tmp/empty.c" &&
	cc -static -o "$tmp/empty" "$tmp/empty.c" || return 1
	for _ in 1 2 3 4 5; do
		took=$(least .min "$check $echo_hw") &&
		empty=$(least .min "$tmp/empty") || return 1
		slow=$(echo "$empty $empty_ms" |
			awk '{ print($1 > $2 ? $1 / $2 : 1) }')
		in_time=$(echo "$took $slow" | awk '{ print($1 < 10 * $2) }')
		[ "$in_time" -eq 0 ] || break
		sleep 2
	done
	echo "# offload-check echo_hw.bpf.o: $took ms from start to exit, on a" \
		"machine that is $slow times as slow as it can be" >"$tmp/note"
	[ "$in_time" -eq 1 ] || { cat "$tmp/note"; return 1; }
	memory 51200 0 "$echo_hw" && memory 51200 0 "$trace" -f bpf-2.0.6 -v
}

# Twice the instructions, twice the time: of a quarter, a half and all.
test_time_is_linear_in_explored_instructions() {
	for trips in 25000 50000 100000; do
		spin $trips $trips && expect 0 "$tmp/$trips.o" -j &&
		has ".explored >= 5 * $trips and .explored < 5.1 * $trips" ||
			return 1
	done
	for _ in 1 2 3; do
		times=
		for trips in 25000 50000 100000; do
			times="$times $(runs=5 least '(.user + .system)' \
				"$check $tmp/$trips.o")" || return 1
		done
		echo "$times" | awk '{ exit $2 > 2.5 * $1 || $3 > 2.5 * $2 }' &&
			return
	done
	echo "milliseconds: $times"
	return 1
}

test_a_million_explored_instructions_take_2_s_and_50_mib() {
	spin endless 2000000000 &&
	memory 61440 1 "$tmp/endless.o" &&
	says 'refused: V8 ' &&
	took=$(runs=3 least '(.user + .system)' "$check $tmp/endless.o") &&
	[ "${took%.*}" -lt 2000 ] || { echo "$took ms"; return 1; }
}

# More states than it may hold, in address space that has 10 MiB for libraries: it says so, and does not take more.
test_memory_is_bounded() {
	hold heavy 2000000000 &&
	memory 61440 3 "$tmp/heavy.o" &&
	says 'hold: undecided: V8 ' &&
	says '^	depends  on states of which 42 MiB are not enough$' &&
	hold light 100 && expect 0 "$tmp/light.o"
}

run_tests "${1:-}"
