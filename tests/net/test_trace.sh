#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# --trace: a line for each echo request; what is lost on the way is said.
. tests/net/lib.sh

# start_trace OPTION...: returns when the tracing program is attached.
start_trace() {
	timeout -k 5 60 ip netns exec "$ns-server" "$load" eth0 -a "$both" \
		--trace "$@" >"$tmp/out" 2>"$tmp/err" &
	tracer=$!
	for i in $(seq 100); do
		! grep -q mode "$tmp/out" || return 0
		sleep 0.05
	done
	fail "not attached after $i tries: $(cat "$tmp/out" "$tmp/err")"
}

# Ends the tracing; it has to end well.
stop_trace() {
	sleep 0.1
	kill -INT "$tracer"
	rc=0
	wait "$tracer" || rc=$?
	[ $rc -eq 0 ] || fail "tracing ended with $rc: $(cat "$tmp/err")"
}

records() { grep -cE "$1" "$tmp/out" || :; }

# said NAME: the number before NAME in what it says at the end.
said() { sed -n "s/.* \\([0-9]*\\) $1.*/\\1/p" "$tmp/err"; }

# lines_tell MODE...: what was asked, and of whom, is in the lines. In tc mode
# the kernel has taken the outer tag off, so that one is seen.
lines_tell() {
	start_trace "$@"
	expect_quiet in_client "$tools/ask" eth0 4
	expect_quiet in_client "$tools/ask" -t 88a8:5 -t 8100:7 eth0 6
	in_client "$tools/ask" -d 192.0.2.9 eth0 4 && fail "not ours, answered"
	in_client "$tools/ask" -k options eth0 4 && fail "options, answered"
	stop_trace
	says out '192\.0\.2\.2 > 192\.0\.2\.1 .*: replied$'
	says out '2001:db8::2 > 2001:db8::1 .* tags 2: replied$'
	says out '192\.0\.2\.2 > 192\.0\.2\.9 .*: not_ours$'
	says out '192\.0\.2\.2 > 192\.0\.2\.1 .*: left_to_host$'
	says err ' 4 echo requests traced, 0 lost'
	[ "$(records ' > ')" -eq 4 ] || fail "not four lines: $(cat "$tmp/out")"
}

# Does not overwrite what is being traced.
expect_quiet() { "$@" || fail "ended with $?: $*"; }

test_every_verdict_is_traced_in_driver_mode() { lines_tell --driver; }
test_every_verdict_is_traced_in_generic_mode() { lines_tell --generic; }
test_every_verdict_is_traced_in_tc_mode() { lines_tell --tc; }
test_every_verdict_is_traced_restricted() {
	lines_tell --driver --restricted
}

# flood_traced OPTION...: printed and lost add up to what was asked.
flood_traced() {
	start_trace --driver "$@"
	in_client "$tools/flood" -n 100000 eth0 4 >"$tmp/flood" ||
		fail "$(cat "$tmp/flood")"
	stop_trace
	read -r sent <"$tmp/flood"
	sent=${sent#sent }
	sent=${sent%% *}
	printed=$(records "$line")
	lost=$(said lost)
	echo "# $sent requests, $printed printed, $lost lost"
	[ "$printed" -eq "$(said 'echo requests traced')" ] ||
		fail "not as many lines as it says"
	[ $((printed + lost)) -eq "$sent" ] || fail "losses that it hides"
}

test_a_flood_is_traced_or_said_to_be_lost() {
	line=' > .*: replied$'
	flood_traced
}

test_a_flood_is_traced_in_json() {
	line='"verdict":"replied"'
	flood_traced --json
	sed 1d "$tmp/out" | jq -es --argjson printed "$printed" \
		--argjson lost "$lost" '(.[:-1] | all(.verdict == "replied" or
		.records_lost > 0)) and .[-1].traced == $printed and
		.[-1].lost == $lost' >/dev/null || fail "not one object a line"
}

# While the listener sleeps, records must be lost, and be told of.
test_losses_are_counted() {
	start_trace --driver
	kill -STOP "$(ip netns pids "$ns-server" | head -n 1)"
	in_client "$tools/flood" -n 100000 eth0 4 >"$tmp/flood" ||
		fail "$(cat "$tmp/flood")"
	kill -CONT "$(ip netns pids "$ns-server" | head -n 1)"
	stop_trace
	read -r sent <"$tmp/flood"
	sent=${sent#sent }
	lost=$(said lost)
	[ "$lost" -gt 0 ] || fail "none lost"
	[ $((lost + $(records ': replied$'))) -eq "${sent%% *}" ] ||
		fail "losses that it hides"
	echo "# $lost of ${sent%% *} lost, and said"
}

test_after_tracing_the_silent_program_answers_on() {
	start_trace --driver
	traced=$(attached)
	start_in_client "$tools/flood" -f -n 20000 eth0 4 >"$tmp/flood" 2>&1
	stop_trace
	kill -TERM "$job"
	wait "$job" || fail "$(cat "$tmp/flood")"
	[ "$(attached)" != "$traced" ] || fail "the tracing program stays"
	expect 0 in_server "$load" eth0 --status --json
	has '.mode == "driver" and .tracing == false'
	has '[.targets[].address] == ["192.0.2.1", "2001:db8::1"] or
		[.targets[].address] == ["2001:db8::1", "192.0.2.1"]'
	expect 0 in_client "$tools/ask" eth0 4
}

test_a_trace_ends_with_its_program() {
	start_trace --driver
	expect 0 in_server "$load" eth0 --off
	rc=0
	wait "$tracer" || rc=$?
	[ $rc -eq 5 ] || fail "ended with $rc"
	says err '^eth0: the tracing program is gone$'
	[ -z "$(attached)" ] || fail "attached: $(attached)"
}

run_tests "$@"
