#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Two loaders at once, and loaders that are killed.
. tests/net/lib.sh

# Every program on eth0, one id a line.
programs() {
	in_server sh -c "ip link show dev eth0
		tc filter show dev eth0 ingress" |
		sed -n "s/.* id \([0-9]*\) .*/\1/p"
}

# race MODE MODE: two loads at once; codes and output in $tmp/1* and $tmp/2*.
race() {
	# shellcheck disable=SC2016 # expanded there
	in_server sh -c '
		tmp=$1
		shift
		one() {
			"$2" eth0 -a any "$3" >"$tmp/$1out" 2>"$tmp/$1err"
			echo $? >"$tmp/$1rc"
		}
		one 1 "$1" "$2" &
		one 2 "$1" "$3"
		wait' sh "$tmp" "$load" "$@"
}

# The only other end is that the program was already replaced, and by whom.
lost_the_race() {
	read -r code <"$tmp/$1rc"
	[ "$code" -eq 5 ] || return
	[ "$(grep -c 'refused at read-back: ESTALE' "$tmp/$1err")" -eq 1 ]
}

# What came of one race; those that both won are counted in $ties.
judge_race() {
	read -r first <"$tmp/1rc"
	read -r second <"$tmp/2rc"
	case $first$second in
	00) ties=$((ties + 1)) ;;
	05) lost_the_race 2 || fail "5 for another reason" ;;
	50) lost_the_race 1 || fail "5 for another reason" ;;
	*) fail "ended with $first and $second: $(cat "$tmp"/[12]err)" ;;
	esac
	now=$(programs)
	[ "$(echo "$now" | wc -w)" -eq 1 ] || fail "attached: $now"
	grep -q "^eth0: .* id $now tag" "$tmp/1out" "$tmp/2out" ||
		fail "nobody says that $now is attached"
}

# races COUNT MODE MODE: half of them on a bare interface.
races() {
	count=$1 ties=0
	shift
	for i in $(seq "$count"); do
		[ $((i % 2)) -eq 0 ] || expect 0 in_server "$load" eth0 --off
		race "$@"
		judge_race
	done
	expect 0 in_client "$tools/ask" eth0 4
	echo "# $count races, $((count - ties)) with a loser"
}

test_one_of_two_loaders_wins_in_driver_mode() { races 40 --driver --driver; }
test_one_of_two_loaders_wins_in_generic_mode() { races 30 --generic --generic; }
test_one_of_two_loaders_wins_in_tc_mode() { races 30 --tc --tc; }

# Whichever mode was asked for last: there is one responder to an interface.
test_one_of_two_modes_wins() {
	races 20 --driver --generic
	races 20 --generic --tc
	races 20 --driver --tc
}

# What was left is nothing, or a responder that answers.
nothing_half_done() {
	now=$(programs)
	case $(echo "$now" | wc -w) in
	0) none=$((none + 1)) ;;
	1) expect 0 in_client "$tools/ask" eth0 4 ;;
	*) fail "attached: $now" ;;
	esac
}

# killed COUNT OPTION...: at moments all over the time that a load takes.
killed() {
	count=$1 none=0 kills=0 tries=0
	shift
	before=$(date +%s%N)
	for _ in 1 2 3 4 5; do
		expect 0 in_server "$load" eth0 -a any "$@"
	done
	took=$((($(date +%s%N) - before) / 5000))
	while [ $kills -lt "$count" ] && [ $tries -lt $((3 * count)) ]; do
		tries=$((tries + 1))
		moment=$((took * (tries * 37 % 100) / 100))
		expect 0 in_server "$load" eth0 --off
		rc=0
		in_server timeout -s KILL "$(printf '0.%06d' $moment)" \
			"$load" eth0 -a any "$@" >"$tmp/out" 2>"$tmp/err" ||
			rc=$?
		[ $rc -eq 137 ] || continue
		kills=$((kills + 1))
		nothing_half_done
		expect 0 in_server "$load" eth0 -a any "$@"
		[ "$(programs | wc -w)" -eq 1 ] || fail "attached: $(programs)"
	done
	echo "# $kills of $tries killed, $none of them before the attachment"
	[ $kills -eq "$count" ] || fail "too few killed in time"
	[ $none -gt 0 ] || fail "none killed before the attachment"
}

test_a_killed_load_leaves_nothing_half_done_in_driver_mode() {
	killed 40 --driver --only
}

test_a_killed_load_leaves_nothing_half_done_in_generic_mode() {
	killed 30 --generic --only
}

test_a_killed_load_leaves_nothing_half_done_in_tc_mode() {
	killed 30 --tc
}

# A killed exchange leaves the old program or the new one.
test_a_killed_replacement_leaves_a_responder() {
	expect 0 in_server "$load" eth0 -a any --driver --only
	start_in_client "$tools/flood" -f -n 1000 eth0 4 >"$tmp/flood" 2>&1
	kills=0 changes=0 old=$(programs)
	for i in $(seq 40); do
		rc=0
		in_server timeout -s KILL "$(printf '0.0%02d' "$i")" "$load" \
			eth0 -a any --driver --only >"$tmp/out" 2>&1 || rc=$?
		now=$(programs)
		[ "$(echo "$now" | wc -w)" -eq 1 ] || fail "attached: $now"
		[ $rc -ne 137 ] || kills=$((kills + 1))
		[ "$now" = "$old" ] || changes=$((changes + 1))
		old=$now
	done
	echo "# of 40, $kills killed, $changes in place"
	[ $kills -gt 0 ] && [ $changes -gt 0 ] || fail "nothing to see"
	kill -TERM "$job"
	wait "$job" || fail "$(cat "$tmp/flood")"
}

run_tests "$@"
