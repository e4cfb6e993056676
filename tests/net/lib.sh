# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Sourced by the tests in this folder, which are run from the project's folder.
# A test is a function test_<behaviour>. Each is run with -eu in a subshell and
# on a link of its own, between the namespaces "server" and "client":
#
#	server eth0	02:00:00:00:00:01	192.0.2.1  2001:db8::1
#	client eth0	02:00:00:00:00:02	192.0.2.2  2001:db8::2
#
# The addresses are given with give_addresses, because without one every reply
# is the program's.
set -u
BUILD=${BUILD:-build}
load=$BUILD/offload-load
validate=$BUILD/offload-validate
tools=$BUILD/tests/net
export both=192.0.2.1,2001:db8::1

if [ "$(id -u)" -ne 0 ]; then
	echo "ok 1 - $0 # SKIP needs root"
	exit 0
fi

tmp=$(mktemp -d)
ns=echo$$
trap clean_up EXIT
trap 'exit 1' HUP INT PIPE TERM

# The namespaces are ours alone, and so is what runs in them.
drop_namespaces() {
	for name in $(ip netns list | awk -v ns="$ns-" 'index($1, ns) == 1 {
			print $1 }'); do
		ip netns pids "$name" | xargs -r kill -KILL 2>/dev/null
		ip netns del "$name"
	done
}

clean_up() {
	drop_namespaces
	rm -rf "$tmp"
}

fail() {
	echo "$*"
	exit 1
}

skip() {
	echo "$*"
	exit 77
}

# add_namespace NAME: quiet, so that what is counted comes from the test.
add_namespace() {
	ip netns add "$ns-$1"
	ip netns exec "$ns-$1" sh -c '
		cd /proc/sys/net/ipv6/conf
		echo 1 >default/addr_gen_mode
		echo 0 >default/accept_dad
		ip link set lo up'
}

# What hangs is a failure, and not for ever.
in_server() { timeout -k 5 60 ip netns exec "$ns-server" "$@"; }
in_client() { timeout -k 5 60 ip netns exec "$ns-client" "$@"; }

# start_in_client COMMAND...: in the background, as process $job.
# shellcheck disable=SC2034 # for those who wait
start_in_client() {
	timeout -k 5 60 ip netns exec "$ns-client" "$@" &
	job=$!
}

# What XDP sends back over a veth is taken in at the other end only if there is
# an XDP program, too.
add_link() {
	add_namespace server
	add_namespace client
	ip link add eth0 netns "$ns-server" address 02:00:00:00:00:01 \
		type veth peer name eth0 netns "$ns-client" \
		address 02:00:00:00:00:02
	ip -n "$ns-client" link set dev eth0 up
	ip -n "$ns-client" link set dev eth0 xdpdrv \
		obj "$tools/pass.bpf.o" sec xdp.frags
	ip -n "$ns-server" link set dev eth0 up
}

# Each end knows the other's MAC, so that nobody has to ask.
give_addresses() {
	for address in 192.0.2.1/24 2001:db8::1/64; do
		ip -n "$ns-server" address add "$address" dev eth0
	done
	for address in 192.0.2.2/24 2001:db8::2/64; do
		ip -n "$ns-client" address add "$address" dev eth0
		ip -n "$ns-server" neigh replace "${address%/*}" \
			lladdr 02:00:00:00:00:02 dev eth0
	done
	for address in 192.0.2.1 2001:db8::1; do
		ip -n "$ns-client" neigh replace "$address" \
			lladdr 02:00:00:00:00:01 dev eth0
	done
}

# foreign MODE: somebody else's program, put there by netlink.
foreign() {
	ip -n "$ns-server" link set dev eth0 "$1" \
		obj "$tools/pass.bpf.o" sec xdp.frags
}

# expect CODE COMMAND...: what it says is in $tmp/out and $tmp/err.
expect() {
	want=$1
	shift
	rc=0
	"$@" >"$tmp/out" 2>"$tmp/err" || rc=$?
	[ $rc -eq "$want" ] && return
	echo "ended with $rc, not $want: $*"
	cat "$tmp/out" "$tmp/err"
	exit 1
}

# says FILE PATTERN: is there a line that matches the extended expression?
says() {
	grep -qE -- "$2" "$tmp/$1" && return
	echo "no line matches $2 in $1:"
	cat "$tmp/$1"
	exit 1
}

# lacks FILE PATTERN: the opposite.
lacks() {
	grep -qE -- "$2" "$tmp/$1" || return 0
	echo "a line matches $2 in $1:"
	cat "$tmp/$1"
	exit 1
}

# has FILTER: does the JSON on stdout fulfil the jq filter?
has() {
	jq -e "$1" "$tmp/out" >/dev/null && return
	echo "JSON does not fulfil $1:"
	cat "$tmp/out"
	exit 1
}

# One sentence: one line on stderr, none on stdout.
one_sentence() {
	[ "$(wc -l <"$tmp/err")" -eq 1 ] && [ ! -s "$tmp/out" ] && return
	echo "not one sentence on stderr alone:"
	cat "$tmp/out" "$tmp/err"
	exit 1
}

# What must be as it was when nothing was to happen. The carrier may come late.
state() {
	in_server sh -c 'ip -j link | jq "map(del(.operstate) |
			.flags -= [\"NO-CARRIER\", \"LOWER_UP\"])"
		tc -j qdisc | jq .
		tc filter show dev eth0 ingress
		bpftool -j net | jq .'
}

keep_state() { state >"$tmp/before"; }
is_as_before() {
	state >"$tmp/after"
	diff "$tmp/before" "$tmp/after" || fail "something was changed"
}

# Echo requests that the server's kernel has seen.
in_echos() {
	in_server nstat -asz 'Icmp*InEchos' | awk '/InEchos/ { n += $2 }
		END { print n + 0 }'
}

# counter NAME: of the responder on the server's eth0.
counter() {
	in_server "$load" eth0 --stats -j | jq ".. | .$1? // empty"
}

# Program ids, by what the kernel says; "" without one.
attached() {
	ip -n "$ns-server" -j link show dev eth0 |
		jq -r '.[0].xdp | if . then (.attached[]?, .prog).id // empty
			else empty end' | sort -u | xargs
}

run_test() {
	number=$((number + 1))
	text=$(echo "$1" | sed 's/^test_//; y/_/ /')
	rm -f "$tmp"/*
	start=$(date +%s%N)
	(set -eu; add_link; "$1") >"$tmp/log" 2>&1
	rc=$?
	took=$((($(date +%s%N) - start) / 1000000))
	drop_namespaces
	if [ $rc -eq 77 ]; then
		echo "ok $number - $text # SKIP $(tail -n 1 "$tmp/log")"
	elif [ $rc -eq 0 ]; then
		echo "ok $number - $text"
		grep '^# ' "$tmp/log"
	else
		failed=1
		echo "not ok $number - $text"
		sed 's/^/# /' "$tmp/log"
	fi
	[ -z "${VERBOSE:-}" ] || echo "# $took ms"
}

# run_tests [PATTERN]: the tests of this file, in their order.
run_tests() {
	number=0 failed=0
	tests=$(sed -n "s/^\\(test_[a-z0-9_]*\\)().*/\\1/p" "$0" |
		grep -e "${1:-}")
	for name in $tests; do
		run_test "$name"
	done
	echo "1..$number"
	return $failed
}
