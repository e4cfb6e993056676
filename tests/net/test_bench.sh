#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# offload-bench, from the server's namespace with the client's eth0 as peer.
# These ask whether figures are there and agree, not how high they are.
. tests/net/lib.sh

bench=$BUILD/offload-bench
short="--seconds 0.05 --repeat 2 --sizes 64 --targets 1"

# Both ends as a user has them: addresses, and nothing attached.
plain_ends() {
	give_addresses
	ip -n "$ns-client" link set dev eth0 xdpdrv off
}

# bench OPTION...: of the server's eth0.
run_bench() { in_server "$bench" eth0 --peer eth0 --netns "$ns-client" "$@"; }

# What a run may change, and must put back; GRO is off, as a veth's is.
all_state() {
	state
	in_server ethtool -k eth0 | grep generic-receive
	in_server ip neigh show dev eth0
	ip -n "$ns-client" -j link show dev eth0 | jq 'map(del(.operstate))'
}

keep_all() { all_state >"$tmp/before"; }
all_as_before() {
	all_state >"$tmp/after"
	diff "$tmp/before" "$tmp/after" || fail "something was changed"
}

# row MODE FILTER: does every row of the mode fulfil it?
row() {
	has "[.rows[] | select(.mode == \"$1\")] | length > 0 and all($2)"
}

is_measured='.verdict == "measured" and .frames.wrong == 0 and
	.frames.sampled > .frames.right / 1200 and
	.frames.sampled_wrong == 0 and
	.replies_per_s.median > 1000 and
	.replies_per_s.min <= .replies_per_s.median and
	.replies_per_s.median <= .replies_per_s.max and
	.cpu_ns_per_reply.median >= .softirq_ns_per_reply.median and
	(.cores | length > 0) and
	(.round_trip_at_low_rate | .p50_ns.median > 0 and
		.p50_ns.median <= .p90_ns.median and
		.rate_per_s > 0 and .rate_per_s < 1.05 * .asked_per_s) and
	.loss_free_per_s.median > 0'

test_every_mode_is_measured_on_veth() {
	plain_ends
	knock 192.0.2.1 &
	# shellcheck disable=SC2086 # options
	expect 0 run_bench $short -j
	for mode in driver generic tc stack baseline; do
		row $mode "$is_measured"
	done
	for mode in driver generic tc; do
		row $mode ".attached_in_mode == \"$mode\" and
			.program_ns_per_frame.median > 0 and
			.program_reason == null and .ratio_to_driver > 0"
	done
	row hw '.verdict == "unmeasured" and (.reason |
		test("refused at load: EINVAL: driver veth does not offload"))'
	row stack '.program_ns_per_frame == null'
	has '.sender == "live" and .interrupted == false and .repeats == 2 and
		.ended_early == null and .emulated == false'
	jq -rf hwdocs/table.jq "$tmp/out" >"$tmp/table"
	[ "$(grep -cE '^\| (driver|generic|tc|stack|baseline) \| 64 \| 1 \| [0-9,]+ \| [0-9.]+ % \|' \
		"$tmp/table")" -eq 5 ] || fail "$(cat "$tmp/table")"
}

test_tables_say_what_was_not_measured() {
	plain_ends
	# shellcheck disable=SC2086 # options
	expect 0 run_bench $short --modes hw,stack,driver --targets 1,2
	says out '^driver +64 +1 +[0-9]+ .* 1\.00 '
	says out '^driver +64 +2 +[0-9]+ '
	says out '^stack +64 +1 +[0-9]+ '
	lacks out '^stack +64 +2 '
	says out '^stack, 64 bytes, 2 targets: the kernel answers for the one'
	says out '^hw: refused at load: EINVAL: driver veth does not offload'
	says out 'the sender is the limit'
}

# What the ends' kernels say to each other meanwhile is no reply: where it is,
# and that nobody is at home.
knock() {
	while in_client bash -c "echo >/dev/udp/$1/9" 2>/dev/null; do
		ip -n "$ns-client" neigh flush dev eth0
		sleep 0.05
	done
}

test_ipv6_is_measured_too() {
	plain_ends
	knock 2001:db8::1 &
	# shellcheck disable=SC2086 # options
	expect 0 run_bench $short -6 --modes driver,stack -j
	row driver "$is_measured"
	row stack "$is_measured"
	has '.source == "2001:db8::2" and .first_target == "2001:db8::1"'
}

test_an_interface_without_addresses_has_all_but_the_stack() {
	ip -n "$ns-client" link set dev eth0 xdpdrv off
	# shellcheck disable=SC2086 # options
	expect 0 run_bench $short --modes driver,stack -j
	row driver "$is_measured"
	row stack '.reason | test("no IPv4 address")'
	has '.first_target == "198.18.0.1"'
}

packets() {
	ip -n "$ns-client" -s -j link show dev eth0 |
		jq ".[0].stats64.$1.packets"
}

# By its own count of a repeat, and by ours of the whole run.
test_rates_agree_with_the_interfaces_counters() {
	plain_ends
	for try in 1 2 3; do
		sent=$(packets tx) came=$(packets rx)
		# shellcheck disable=SC2086 # options
		expect 0 run_bench $short --seconds 0.2 --modes driver -j
		sent=$(($(packets tx) - sent)) came=$(($(packets rx) - came))
		has ".frames_in_all | (.sent / $sent - 1 | fabs < 0.01) and
			(.right / $came - 1 | fabs < 0.01)"
		jq -e '.rows[0] | .interface_frames_in_per_s /
			(.replies_per_s.repeats | add / length) - 1 |
			fabs < 0.01' "$tmp/out" && return
	done
	fail "the interface's counters say something else in $try runs"
}

test_sizes_beyond_the_mtu_are_told() {
	plain_ends
	# shellcheck disable=SC2086 # options
	expect 0 run_bench $short --modes driver --sizes 1514,1515 -j
	has '.rows[0].verdict == "measured" and
		(.rows[1].reason | test("1515 bytes does not fit an MTU of 1500"))'
}

test_it_draws() {
	command -v gnuplot >/dev/null || skip "no gnuplot"
	plain_ends
	# shellcheck disable=SC2086 # options
	expect 0 run_bench $short --modes driver --plot "$tmp/a.svg"
	grep -q '</svg>' "$tmp/a.svg" || fail "no drawing"
	# shellcheck disable=SC2086 # options
	expect 1 run_bench $short --modes driver --plot "$tmp/no/a.svg"
	says err 'No such file'
	expect 3 run_bench --peer eth9 --plot "$tmp/b.svg"
	[ ! -e "$tmp/b.svg" ] || fail "an empty drawing is left"
}

test_everything_is_put_back() {
	plain_ends
	in_server ethtool -K eth0 gro off
	in_server tc qdisc add dev eth0 clsact
	in_server ip neigh replace 192.0.2.2 lladdr 02:00:00:00:00:99 \
		nud stale dev eth0
	keep_all
	# shellcheck disable=SC2086 # options
	expect 0 run_bench $short --modes driver,tc,stack,baseline -j
	row tc "$is_measured"
	row stack "$is_measured"
	all_as_before
}

# The kernel answers while nothing is attached.
test_no_end_learns_the_other() {
	plain_ends
	in_server ip neigh flush dev eth0 nud permanent
	ip -n "$ns-client" neigh flush dev eth0 nud permanent
	# shellcheck disable=SC2086 # options
	expect 0 run_bench $short --modes driver
	left=$(in_server ip -4 neigh; ip -n "$ns-client" -4 neigh)
	[ -z "$left" ] || fail "left: $left"
}

# interrupted SIGNAL: in the middle of a long run.
interrupted() {
	# In the background a shell has these two ignored.
	ip netns exec "$ns-server" env --default-signal=INT,QUIT \
		"$bench" eth0 --peer eth0 \
		--netns "$ns-client" --seconds 0.3 --modes driver,generic -v \
		>"$tmp/out" 2>"$tmp/err" &
	job=$!
	for _ in $(seq 100); do
		! grep -q 'driver.*replies a second' "$tmp/err" || break
		sleep 0.1
	done
	sleep 0.2
	kill -"$1" $job
	rc=0
	wait $job || rc=$?
	[ $rc -eq 5 ] || fail "ended with $rc: $(cat "$tmp/err")"
	says err '^offload-bench: interrupted$'
	says out '^driver .* unfinished'
	says out '^interrupted: [0-9]+ rows? (is|are) unfinished, [0-9]+ not'
}

test_an_interrupt_leaves_partial_results_and_nothing_else() {
	plain_ends
	keep_all
	for signal in TERM INT QUIT; do
		interrupted $signal
		all_as_before
	done
}

test_an_interface_that_goes_away_ends_the_run() {
	plain_ends
	(sleep 2; ip -n "$ns-client" link del eth0) &
	# shellcheck disable=SC2086 # options
	expect 5 run_bench --seconds 0.2 --modes driver,stack
	says err '^offload-bench: .*lost or went down'
	says out 'lost or went down: [0-9]+ rows? (is|are) unfinished, [0-9]+ n'
	[ "$(wc -l <"$tmp/err")" -eq 1 ] || fail "$(cat "$tmp/err")"
}

# lost COMMAND...: in the middle of one long repeat, the last one.
lost() {
	(sleep 1; "$@") &
	start=$(date +%s)
	# shellcheck disable=SC2086 # options
	expect 5 run_bench $short --repeat 1 --seconds 15 --modes stack
	[ $(($(date +%s) - start)) -lt 10 ] || fail "noticed at the end"
	says err '^offload-bench: the interface was lost or went down$'
	[ "$(wc -l <"$tmp/err")" -eq 1 ] || fail "$(cat "$tmp/err")"
}

test_a_link_that_goes_down_is_noticed_at_once() {
	plain_ends
	lost ip -n "$ns-server" link set eth0 down
	ip -n "$ns-server" link set eth0 up
	lost ip -n "$ns-client" link set eth0 down
	ip -n "$ns-client" link set eth0 up
	lost ip -n "$ns-client" link del eth0
}

# Moments that are too short to be met by waiting: when the responder is
# attached, and when it is taken off.
test_an_interface_that_goes_away_while_attaching_is_no_refusal() {
	plain_ends
	cp "$bench" "$tmp/offload-bench"
	for answer in '{"attempts":[{"stage":"attach","errno":"ENODEV",
			"reason":"No such device"}]}' \
			'{"mode":"driver","prog":{"id":4000000000}}'; do
		cat >"$tmp/offload-load" <<-END
			#!/bin/sh
			ip link del eth0
			echo '$answer'
			case '$answer' in *attempts*) exit 2 ;; esac
		END
		chmod +x "$tmp/offload-load"
		# shellcheck disable=SC2086 # options
		expect 5 in_server "$tmp/offload-bench" eth0 --peer eth0 \
			--netns "$ns-client" $short --modes driver
		says err '^offload-bench: the interface was lost or went down$'
		drop_namespaces
		add_link
		plain_ends
	done
}

# One processor for who sends and who is to stop it.
test_a_real_time_run_on_one_cpu_ends() {
	plain_ends
	chrt -f 1 true || skip "no real-time scheduling here"
	# shellcheck disable=SC2086 # options
	expect 0 in_server timeout -k 1 20 taskset -c 0 chrt -f 1 \
		"$bench" eth0 --peer eth0 --netns "$ns-client" \
		$short --repeat 1 --modes driver
}

# A responder that is wrong now and then: beside a copy of the program stands
# a loader that loads it.
test_a_wrong_responder_is_refused() {
	plain_ends
	cp "$bench" "$tmp/offload-bench"
	for wrong in unchanged no_carry; do
		cat >"$tmp/offload-load" <<-END
			#!/bin/sh
			exec "$PWD/$load" eth0 --driver --only -j \
				--program "$PWD/$tools/wrong.bpf.o:$wrong"
		END
		chmod +x "$tmp/offload-load"
		# shellcheck disable=SC2086 # options
		expect 2 in_server "$tmp/offload-bench" eth0 --peer eth0 \
			--netns "$ns-client" $short --modes driver -j
		row driver '.verdict == "refused" and
			(.replies_per_s == null) and
			(.reason | test("were wrong"))'
		says err '1 row was refused'
	done
}

# A kernel may have reasons; what is attached in its place has none.
test_no_reply_at_all_is_told() {
	plain_ends
	cp "$bench" "$tmp/offload-bench"
	cat >"$tmp/offload-load" <<-END
		#!/bin/sh
		exec "$PWD/$load" eth0 --driver --only -j \
			--program "$PWD/$tools/pass.bpf.o"
	END
	chmod +x "$tmp/offload-load"
	ip -n "$ns-server" address flush dev eth0
	# shellcheck disable=SC2086 # options
	expect 2 in_server "$tmp/offload-bench" eth0 --peer eth0 \
		--netns "$ns-client" $short --repeat 1 --modes driver -j
	row driver '.verdict == "refused" and
		(.reason | test("no reply came back to [0-9]+ requests"))'
	says err '1 row was refused: .* or none came'
	ip -n "$ns-server" address add 192.0.2.1/24 dev eth0
	in_server sysctl -qw net.ipv4.icmp_echo_ignore_all=1
	# shellcheck disable=SC2086 # options
	expect 2 run_bench $short --modes stack
	says err '^offload-bench: nothing could be measured$'
	says out '^stack: no reply came back to [0-9]+ requests'
}

# refused CODE PATTERN COMMAND...: one sentence.
refused() {
	want_code=$1 pattern=$2
	shift 2
	expect "$want_code" "$@"
	one_sentence
	says err "$pattern"
}

test_bad_input_is_one_sentence() {
	plain_ends
	with="--peer eth0 --netns $ns-client"
	keep_all
	# shellcheck disable=SC2086 # options
	{
		refused 1 'which interface' in_server "$bench" $with
		refused 1 'peer is missing' in_server "$bench" eth0
		refused 3 'eth9: no such interface' in_server "$bench" eth9 $with
		refused 3 'eth9 in [^ ]*: no such interface' \
			run_bench --peer eth9
		refused 3 'nowhere: no such network namespace' \
			run_bench --netns nowhere
		refused 3 '/tmp: no such network namespace' \
			run_bench --netns /tmp
		refused 1 'must be another interface' \
			in_server "$bench" eth0 --peer eth0
		refused 1 'CPU 9999 is not there' run_bench --cpu 9999
		refused 3 'root is needed' in_server \
			setpriv --reuid 65534 --clear-groups \
			"$bench" eth0 $with
	}
	all_as_before
}

test_ends_that_cannot_be_used_are_told() {
	plain_ends
	ip link add other netns "$ns-client" type veth peer name other \
		netns "$ns-server"
	ip -n "$ns-client" link set other up
	refused 3 'other in [^ ]*: there is no link' run_bench --peer other
	ip -n "$ns-server" link set other up
	refused 3 'other in [^ ]* and eth0 are not wired' run_bench --peer other
	ip -n "$ns-client" link set other down
	refused 3 'other in [^ ]*: the interface is down' run_bench --peer other
	ip -n "$ns-server" link set eth0 down
	refused 3 'eth0: the interface is down' run_bench
}

test_programs_of_others_are_left_alone() {
	plain_ends
	foreign xdpdrv
	keep_all
	refused 4 'eth0: program pass id [0-9]+ is attached in driver mode' \
		run_bench
	all_as_before
	ip -n "$ns-server" link set dev eth0 xdpdrv off
	ip -n "$ns-client" link set dev eth0 xdpgeneric \
		obj "$tools/pass.bpf.o" sec xdp.frags
	refused 4 'program pass id [0-9]+ is attached in generic mode' run_bench
	ip -n "$ns-client" link set dev eth0 xdpgeneric off
	in_server tc qdisc add dev eth0 clsact
	in_server tc filter add dev eth0 ingress bpf direct-action \
		obj "$BUILD/bpf/echo_tc.bpf.o" sec tc
	refused 4 'eth0: 1 tc filter is there' run_bench
}

run_tests "$@"
