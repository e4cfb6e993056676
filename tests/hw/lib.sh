# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Sourced by the tests on the emulated card. The server is a Debian kernel in
# the lab, its card's first port eth0; the client is a namespace of the host,
# where the wire of that port is eth0, too, so that the tools of tests/net work
# here as they do there:
#
#	server eth0	02:00:00:00:00:01	192.0.2.1  2001:db8::1
#	client eth0	02:00:00:00:00:02	192.0.2.2  2001:db8::2
#
# The second port is eth1 on both sides, 198.51.100.1 and .2. The lab boots
# once for a file of tests; each test puts back what it changes.
. tests/net/lib.sh

lab=$BUILD/offload-lab
vm=$(mktemp -d)
lab_job=

clean_up() {
	[ -z "$lab_job" ] || kill "$lab_job" 2>/dev/null
	[ -z "$lab_job" ] || wait "$lab_job" 2>/dev/null
	drop_all_namespaces
	rm -rf "$tmp" "$vm"
}

# The namespaces stay from test to test.
add_link() { :; }
drop_all_namespaces() {
	for name in $(ip netns list | awk -v ns="$ns-" 'index($1, ns) == 1 {
			print $1 }'); do
		ip netns pids "$name" | xargs -r kill -KILL 2>/dev/null
		ip netns del "$name"
	done
}
drop_namespaces() { :; }

# boot LAB_OPTION...: start the lab and wait until it takes commands, which is
# long on a machine that does other things as well.
boot() {
	add_namespace client
	mkfifo "$vm/in" "$vm/out"
	OFFLOAD_LAB_BOOT_SECONDS=180 "$lab" --netns "$ns-client" --wire eth0 \
		"$@" -- tests/hw/agent.sh \
		<"$vm/in" >"$vm/out" 2>"$vm/log" 7>&- 8>&- &
	lab_job=$!
	exec 7>"$vm/in" 8<"$vm/out"
	(in_server true) || { cat "$vm/log"; fail "the lab does not come up"; }
}

# guest_said BYTES: exactly that many of what the lab has said.
guest_said() { [ "$1" -eq 0 ] || head -c "$1" <&8; }

# in_server COMMAND...: in the lab; status, stdout and stderr are its own.
in_server() {
	asked=$(date +%N)$$
	request=
	for word in "$@"; do
		case $word in
		*"'"*) word=$(printf %s "$word" | sed "s/'/'\\\\''/g") ;;
		esac
		request="$request '$word'"
	done
	# A command may have several lines, a request is one.
	request=$(printf %s "$request" | base64 -w 0)
	echo "$asked $request" >&7 || fail "the lab is gone"
	read -r answered status said_out said_err <&8 || fail "the lab is gone"
	[ "$answered" = "$asked" ] || fail "the lab answers to $answered"
	guest_said "$said_out"
	guest_said "$said_err" >&2
	return "$status"
}

# The ends get the addresses that the tools expect.
set_ends() {
	in_server sh -c 'ip link set dev eth0 address 02:00:00:00:00:01
		for a in 192.0.2.2 2001:db8::2; do
			ip neigh replace $a lladdr 02:00:00:00:00:02 dev eth0
		done'
	ip -n "$ns-client" link set dev eth0 address 02:00:00:00:00:02
	for address in 192.0.2.1 2001:db8::1; do
		ip -n "$ns-client" neigh replace "$address" \
			lladdr 02:00:00:00:00:01 dev eth0
	done
}

# card WORD...: what the card itself says.
card() { in_server card "$@"; }

# probe_card PROPERTY=VALUE...: another card, which the driver finds anew.
# shellcheck disable=SC2016 # for the lab's shell
probe_card() {
	in_server sh -c 'rmmod nfp && for property; do
			card set "$property" || exit
		done && card reset && modprobe nfp' sh "$@"
}

# set_card PROPERTY=VALUE...: and its ports as they were before.
set_card() {
	probe_card "$@"
	in_server tests/hw/up.sh
	set_ends
}

# plain_card [PROPERTY=VALUE]...: as it was at first.
plain_card() {
	in_server card set fault=none
	set_card firmware=nic-firmware-2021 ports=2 "$@"
}

responder() { expect 0 in_server "$load" eth0 --hw --only --replace "$@"; }
off() { in_server "$load" eth0 --off --replace >/dev/null 2>&1 || true; }

# ethtool_counter NAME [INTERFACE]: as the driver shows the card's.
ethtool_counter() {
	in_server ethtool -S "${2:-eth0}" |
		awk -v name="$1:" '$1 == name { print $2 }'
}
