#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# offload-lab itself: what goes in and comes out, how it ends, what it leaves
# behind, and what it refuses. Run from the project's folder, as root. A test is
# a function test_<behaviour>, run with -eu in a subshell.
set -u
BUILD=${BUILD:-build}
lab=$(realpath "$BUILD")/offload-lab

if [ "$(id -u)" -ne 0 ]; then
	echo "ok 1 - $0 # SKIP needs root"
	exit 0
fi

tmp=$(mktemp -d)
ns=labtest$$
trap clean_up EXIT
trap 'exit 1' HUP INT PIPE TERM

clean_up() {
	ip netns del $ns 2>/dev/null
	rm -rf "$tmp"
}

fail() {
	echo "$*"
	exit 1
}

# What hangs is a failure, and not for ever.
offload_lab() { timeout -k 5 90 "$lab" "$@"; }

# expect CODE COMMAND...: what it says is in $tmp/out and $tmp/err.
expect() {
	want=$1
	shift
	rc=0
	"$@" >"$tmp/out" 2>"$tmp/err" || rc=$?
	[ $rc -eq "$want" ] && return
	echo "ended with $rc, not $want: $*"
	tail -n 20 "$tmp/out" "$tmp/err"
	exit 1
}

# says FILE PATTERN: is there a line that matches the extended expression?
says() {
	grep -qE -- "$2" "$tmp/$1" && return
	echo "no line matches $2 in $1:"
	cat "$tmp/$1"
	exit 1
}

# within SECONDS COMMAND...: try again until it succeeds.
within() {
	tries=$(($1 * 20))
	shift
	until "$@" >/dev/null 2>&1; do
		[ $((tries -= 1)) -gt 0 ] || fail "not in time: $*"
		sleep 0.05
	done
}

# Labs of others may run: only what a given one makes is looked at. It is known
# by its process: its folder is open there, and QEMU is its child.
folder_of() {
	find "/proc/$1/fd" -lname '/run/offload-lab.*' -printf '%l\n' | head -n 1
}

netns_of() { cat "$(folder_of "$1")/netns"; }
qemu_of() { pgrep -P "$1" -x qemu-system-x86; }
is_gone() { ! kill -0 "$1" 2>/dev/null; }

# remember PROCESS: what belongs to this lab, for left_nothing.
remember() {
	within 20 netns_of "$1"
	within 20 qemu_of "$1"
	folder=$(folder_of "$1")
	netns=$(netns_of "$1")
	qemu=$(qemu_of "$1")
}

# The name may be another lab's by now.
left_nothing() {
	within 5 is_gone "$qemu"
	[ ! -e "$folder" ] || fail "$folder is left"
	[ ! -e "/run/netns/$netns" ] ||
		grep -qsx "$netns" /run/offload-lab.*/netns ||
		fail "namespace $netns is left"
}

# start NAME ARGUMENT...: in the background, as process $job.
start() {
	name=$1
	shift
	"$lab" "$@" <"$tmp/never" >"$tmp/$name.out" 2>"$tmp/$name.err" &
	job=$!
}

# ended PROCESS CODE
ended() {
	rc=0
	wait "$1" || rc=$?
	[ $rc -eq "$2" ] || fail "ended with $rc, not $2: $(cat "$tmp"/*.err)"
}

test_streams_and_files_pass_unharmed_and_the_status_does() {
	head -c 1000000 /dev/urandom >"$tmp/blob"
	printf '\r\n\000\377no newline' >>"$tmp/blob"
	echo "of the host" >"$tmp/file"
	cd "$tmp"
	# shellcheck disable=SC2016 # the guest's
	expect 200 offload_lab -q -- sh -c 'cat
		cat file >&2
		echo "$1 $PWD $WORD" >&2
		echo spoilt >file
		echo spoilt >spoilt
		cat file spoilt >/dev/stderr
		sleep 1000 &
		exit 200' sh "two  'words' \$HOME" <"$tmp/blob"
	cmp out blob
	printf '%s\n' "of the host" "two  'words' \$HOME $tmp " spoilt spoilt \
		>want
	diff err want
	[ "$(cat file)" = "of the host" ] || fail "the host's file was changed"
	[ ! -e spoilt ] || fail "the guest's file is on the host"
}

test_a_panic_is_told_while_another_lab_goes_on() {
	ip netns add $ns
	# What is still on its way in the guest dies with it.
	start panic -- sh -c 'echo before; sleep 1
		echo c >/proc/sysrq-trigger; sleep 9'
	panic=$job
	# shellcheck disable=SC2016 # the guest's
	expect 0 offload_lab -k 6.12 --netns $ns --wire cable0 -- sh -c '
		uname -r; hostname; cat /sys/class/net/eth0/mtu
		modprobe -n sch_ingress; ls /sys/fs/bpf; test -d /sys/kernel/tracing/events'
	says out '^6\.12\.'
	says out '^lab$'
	says err "^offload-lab: cable0 is in namespace $ns: ip netns exec"
	ended $panic 124
	grep -q '^offload-lab: the guest.s kernel panicked' "$tmp/panic.err"
	grep -q '^guest: .*Kernel panic - not syncing: sysrq' "$tmp/panic.err"
	[ "$(cat "$tmp/panic.out")" = before ] || fail "output was lost"
	[ -z "$(ip -n $ns -br link show dev cable0 2>/dev/null)" ] ||
		fail "the wire is left"
	ip netns del $ns
}

# A jumbo frame and a flood go through, what the card itself answers too, and a
# port may be in another namespace of the guest.
test_a_cable_joins_both_ports() {
	# shellcheck disable=SC2016 # the guest's
	expect 0 offload_lab -k 6.12 --cable -- sh -euc '
		ip netns add peer
		ip link set dev eth1 netns peer
		ip link set dev eth0 mtu 9000
		ip -n peer address add 192.0.2.2/24 dev eth1
		ip -n peer link set dev eth1 mtu 9000 up
		from_peer() { ip netns exec peer "$@"; }
		from_peer ping -q -w 5 -c 1 192.0.2.1
		from_peer ping -q -c 3 -i 0.01 -s 8972 -M do 192.0.2.1
		offload-load eth0 --hw --only
		card clear
		from_peer ping -f -q -c 2000 192.0.2.1
		from_peer ping -q -c 3 -i 0.01 -s 1000 192.0.2.1
		card stats json | jq -c "[.ports[].verdicts.tx.frames]"
		offload-load eth0 --off
		offload-bench eth0 --peer eth1 --netns peer --modes hw \
			--sizes 64 --targets 1 --repeat 1 -j | jq -c ".rows[0] |
			[.verdict, .frames, .replies_per_s, (.emulated_card |
			.instructions_per_packet, .bound.card)]"'
	says err '^offload-lab: eth0 is joined to eth1$'
	grep -c ' 0% packet loss' "$tmp/out" | grep -qx 4 ||
		fail "lost: $(cat "$tmp/out")"
	says out '^eth0: hw mode'
	says out '^\[2003,0\]$'
	says out '^\["measured",null,null,164,"Agilio CX 2x10GbE"\]$'
}

# The first lab is interrupted, the second one runs out of time: on a busy machine
# before the first one is up.
test_two_labs_end_and_leave_nothing() {
	start one -- sh -c 'echo up; cat'
	one=$job
	remember $one
	what_is_ones="folder=$folder netns=$netns qemu=$qemu"
	start two -t --timeout 30 -- sleep 1000
	two=$job
	remember $two # after the wires
	[ "$(netns_of $one)" != "$netns" ] || fail "one namespace"
	ip -n "$netns" address show dev wire0 >"$tmp/out"
	says out 'inet 192.0.2.2/24'
	says out 'inet6 2001:db8::2/64'
	ended $two 124
	left_nothing
	grep -q '^offload-lab: the time is over' "$tmp/two.err"
	within 60 grep -q up "$tmp/one.out"
	eval "$what_is_ones"
	kill -INT $one
	ended $one 130
	left_nothing
}

test_a_shell_has_a_terminal_and_the_killed_labs_remains_go() {
	start killed -q -- true
	remember $job
	kill -KILL $job
	ended $job 137 2>/dev/null
	within 5 is_gone "$qemu"
	[ -z "$(ip -n "$netns" -br link show dev wire0 2>/dev/null)" ] ||
		[ ! -e "$folder" ] || fail "the tap is left"
	# shellcheck disable=SC2016 # for the other shell
	expect 7 env SHELL=/bin/sh timeout -k 5 90 sh -c '
		seen() { until grep -qE "$1" "$out"; do sleep 0.2; done; }
		lab=$1 out=$2
		{
			seen "# \$"
			printf "stty size; echo \$((6*7)) on \$(tty); sleep 99\r"
			seen "^42 on"
			sleep 1
			printf "\003"
			seen "^\^C"
			printf "exit 7\r"
			seen " icanon "
		} | script -qec "stty rows 33 cols 99
			$lab -q; rc=\$?; stty -a; exit \$rc" /dev/null
		' sh "$lab" "$tmp/out"
	says out '33 99'
	says out '42 on /dev/hvc0'
	says out ' icanon .* echo '
	[ ! -e "$folder" ] || fail "$folder is left"
	left_nothing
}

# refuses PATTERN ARGUMENT...: one sentence, 125, and nothing was started.
refuses() {
	pattern=$1
	shift
	expect 125 "$@"
	[ "$(wc -l <"$tmp/err")" -eq 1 ] && [ ! -s "$tmp/out" ] ||
		fail "not one sentence: $(cat "$tmp/out" "$tmp/err")"
	says err "^offload-lab: .*$pattern"
}

test_bad_options_are_refused() {
	refuses 'unknown .*option --nonsense' offload_lab --nonsense
	refuses 'unknown option -z' offload_lab -z
	refuses '--kernel needs a value' offload_lab --kernel
	refuses '--list takes no value' offload_lab --list=all
	refuses 'no kernel 5.10' offload_lab --kernel 5.10 true
	refuses 'no kernel 6.1.0-5:' offload_lab --kernel 6.1.0-5 true
	refuses 'no kernel ../6.1:' offload_lab --kernel ../6.1 true
	refuses 'a version is needed' offload_lab --kernel '' true
	for name in '' . .. a/b 'a b' sixteen-letters-; do
		refuses 'a name of 1 to 15' offload_lab --wire "$name" true
	done
	refuses 'both wires' offload_lab --wire a --wire a true
	refuses 'at most 2' offload_lab --wire a --wire b --wire c true
	refuses 'ports=2' offload_lab --wire a --wire b true
	refuses "not a namespace's name" offload_lab --netns a/b true
	refuses 'no namespace nosuch: No such' offload_lab --netns nosuch true
	refuses 'without --wire and --netns' offload_lab --cable --wire a true
	refuses 'without --wire and --netns' offload_lab -c --netns $ns true
	refuses 'needs two ports' offload_lab --cable --set ports=1 true
	for text in '' 0 -1 1s 99999999999; do
		refuses 'not a number of seconds' offload_lab --timeout "$text" true
	done
	refuses 'one property at a time' offload_lab --set 'ports=1;ports=2' true
	refuses nosuch offload_lab --set nosuch=1 true
	refuses ports offload_lab --set ports=3 true
	refuses nosuch offload_lab --firmware nosuch true
	refuses "name is empty" offload_lab ''
}

# A folder like the lab's, of which something lacks.
test_an_incomplete_lab_is_refused() {
	dir=$tmp/lab
	refuses "OFFLOAD_LAB_DIR: $dir: No such" \
		env OFFLOAD_LAB_DIR="$dir" "$lab" true
	mkdir "$dir"
	refuses 'no kernel is prepared' env OFFLOAD_LAB_DIR="$dir" "$lab" true
	mkdir -p "$dir/kernel/6.9.1"
	refuses 'kernel 6.9.1 is incomplete: it has no vmlinux' \
		env OFFLOAD_LAB_DIR="$dir" "$lab" true
	touch "$dir/kernel/6.9.1/vmlinux"
	refuses 'it has no initramfs' env OFFLOAD_LAB_DIR="$dir" "$lab" true
	touch "$dir/kernel/6.9.1/initramfs"
	refuses 'kernel 6.9.1 has no nfp.ko' \
		env OFFLOAD_LAB_DIR="$dir" "$lab" true
	rm -r "$dir/kernel"
	ln -s "${lab%/*}/lab/kernel" "$dir/kernel"
	refuses 'the card is not built' env OFFLOAD_LAB_DIR="$dir" "$lab" true
	cp "$lab" "$tmp"
	rm -r "$dir"
	refuses 'no folder "lab" beside' "$tmp/offload-lab" true
}

# A lab of its own, for a test that changes it. Links to folders would lead
# astray where the guest has no root yet.
make_lab() {
	lab_dir=$tmp/lab
	mkdir "$lab_dir"
	cp "${lab%/*}"/lab/[!k]* "$lab_dir"
	cp -rl "${lab%/*}/lab/kernel" "$lab_dir" 2>/dev/null ||
		cp -r "${lab%/*}/lab/kernel" "$lab_dir"
}

test_a_guest_that_never_comes_up_is_given_up() {
	make_lab
	echo 'while sleep 9; do :; done' >"$lab_dir/init"
	since=$(date +%s)
	expect 124 env OFFLOAD_LAB_DIR="$lab_dir" OFFLOAD_LAB_BOOT_SECONDS=3 \
		timeout -k 5 40 "$lab" -q true
	[ $(($(date +%s) - since)) -lt 20 ] || fail "that took long"
	says err '^offload-lab: the guest was not up in time'
	refuses 'OFFLOAD_LAB_BOOT_SECONDS=8s: not a number of seconds' \
		env OFFLOAD_LAB_BOOT_SECONDS=8s "$lab" true
}

test_a_card_that_cannot_be_loaded_is_refused() {
	make_lab
	echo "no object" >"$lab_dir/nfp-card.so"
	refuses 'the card cannot be loaded: object .*nfp-card.so' \
		env OFFLOAD_LAB_DIR="$lab_dir" "$lab" -q true
	head -c 100000 "${lab%/*}/lab/nfp-card.so" >"$lab_dir/nfp-card.so"
	refuses 'QEMU was ended by signal 7 before the guest was up' \
		env OFFLOAD_LAB_DIR="$lab_dir" "$lab" -q true
	cp "${lab%/*}/lab/nfp-card.so" "$lab_dir"
	rm "$lab_dir/kernel"/6.1.*/vmlinux
	echo "no kernel" >"$(echo "$lab_dir/kernel"/6.1.*)/vmlinux"
	refuses 'QEMU failed: qemu: .*kernel' \
		env OFFLOAD_LAB_DIR="$lab_dir" "$lab" -q true
}

# The name is recorded before it is there: it may be another's by the time.
test_what_a_killed_lab_recorded_is_not_taken_from_another() {
	start killed -q -- true
	remember $job
	kill -KILL $job
	ended $job 137 2>/dev/null
	ip netns del "$netns"
	ip netns add "$netns"
	refuses 'no namespace nosuch' offload_lab --netns nosuch true
	[ ! -e "$folder" ] || fail "$folder is left"
	ip netns del "$netns" || fail "another's namespace is gone"
}

test_an_unfit_host_is_refused() {
	refuses 'qemu-system-x86_64 is missing' env PATH=/nonexistent "$lab" true
	mkdir "$tmp/bin"
	printf '#!/bin/sh\necho "QEMU emulator version 9.9.9 (other)"\n' \
		>"$tmp/bin/qemu-system-x86_64"
	chmod 755 "$tmp/bin/qemu-system-x86_64"
	refuses 'is built for the QEMU of Debian .* that of other is installed' \
		env PATH="$tmp/bin:$PATH" "$lab" true
	refuses '/dev/net/tun: No such file' unshare -m sh -c '
		mount -t tmpfs none /dev/net && exec "$0" true' "$lab"
	cp "$lab" "$tmp/offload-lab"
	chmod 755 "$tmp" "$tmp/offload-lab"
	refuses 'root is needed' setpriv --reuid 65534 --clear-groups \
		"$tmp/offload-lab" true
	ip netns add $ns
	ip -n $ns link add taken type veth peer name other
	refuses 'taken cannot be made: an interface there has this name' \
		offload_lab --netns $ns --wire taken true
	ip netns del $ns
}

test_the_list_and_the_help_need_no_root() {
	chmod 755 "$tmp"
	cp "$lab" "$tmp/offload-lab"
	expect 0 env OFFLOAD_LAB_DIR="${lab%/*}/lab" "$lab" --list
	says out '^  6\.1\.'
	says out '^  6\.12\.'
	expect 0 setpriv --reuid 65534 --clear-groups "$tmp/offload-lab" --help
	says out '^Usage: offload-lab'
	[ "$(awk 'length > 80' "$tmp/out")" = "" ] || fail "a line is too long"
}

run_test() {
	number=$((number + 1))
	text=$(echo "$1" | sed 's/^test_//; y/_/ /')
	rm -rf "${tmp:?}"/*
	mkfifo "$tmp/never"
	exec 8<>"$tmp/never"
	start=$(date +%s%N)
	if (set -eu; "$1") >"$tmp/log" 2>&1; then
		echo "ok $number - $text"
	else
		failed=1
		echo "not ok $number - $text"
		sed 's/^/# /' "$tmp/log"
	fi
	ip netns del $ns 2>/dev/null
	[ -z "${VERBOSE:-}" ] ||
		echo "# $((($(date +%s%N) - start) / 1000000)) ms"
}

number=0 failed=0
for test in $(sed -n 's/^\(test_[a-z0-9_]*\)().*/\1/p' "$0" |
		grep -e "${1:-}"); do
	run_test "$test"
done
echo "1..$number"
exit $failed
