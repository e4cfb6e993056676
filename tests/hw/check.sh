#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# check.sh KERNEL FOLDER [PATTERN]: the checker against the stock nfp driver of a Debian kernel,
# on the emulated card: over the pairs of tests/reject and the corpus, with what
# tests/reject/expect and tests/corpus/verdicts say of them, our own programs, and
# programs made at random, of fixed seeds. One boot; the card is another one where a row is about one. What
# machine_code.sh runs is left in the folder.
kernel=$1 keep=$2
shift 2
# shellcheck source=tests/hw/lib.sh
. tests/hw/lib.sh
judge=$BUILD/tests/judge
# Of seeds that make nothing that the kernel does not survive.
seed=5 count=700
helper_seed=6 helper_count=300
heard=$vm/heard said=$vm/said

# What a card is, in words of expect, by properties.
properties() {
	case $1 in
	most) echo nic-firmware-2021 helpers=lookup+update+delete+event \
		element=128 ;;
	least) echo nic-firmware-2021 helpers=none random=off queue-select=off \
		adjust-head=off adjust-tail=off map-array=off ;;
	meta) echo nic-firmware-2021 head-meta=on ;;
	*) echo "$1" ;;
	esac
}

# rows CARD MTU: of expect, and of the corpus's verdicts, for this kernel, which
# is to survive them.
rows() {
	sed '/^#/d; s|^\([^ ]*\)|../corpus/\1 nic-firmware-2021|' \
		tests/corpus/verdicts | cat tests/reject/expect - |
		awk -v card="$1" -v kernel="$kernel" -v mtu="$2" '
			$1 !~ /^#/ && $2 == card && $4 == mtu && $5 != "crash" &&
			($3 == "all" || $3 == kernel)'
}

# ask WORD...: the driver and the checker about the same programs. $checker: the
# card, for the one that cannot see it.
ask() {
	# shellcheck disable=SC2086 # options
	"$judge/judge_predict" -a -k "$kernel" -m "$mtu" $checker "$@" >>"$said"
	in_server ip link set dev eth0 mtu "$mtu" up
	in_server "$judge/judge_ask" -a "$@" >>"$heard"
}

# ask_rows CARD MTU: they go to $vm/rows, in the order of the answers. Not all at
# once, because what takes too long is taken to hang.
ask_rows() {
	mtu=$2
	rows "$1" "$mtu" | split -l 60 - "$vm/some."
	for some in "$vm"/some.*; do
		cat "$some" >>"$vm/rows"
		# shellcheck disable=SC2046 # objects
		ask $(awk -v build="$BUILD" \
			'{ print build "/tests/reject/" $1 }' "$some")
		rm "$some"
	done
}

# set_checker CARD: for the one that cannot see it.
set_checker() {
	checker='' firmware=$(properties "$1")
	for property in ${firmware#* }; do
		[ "$property" = "$firmware" ] || checker="$checker -S $property"
	done
	checker="-f ${firmware%% *}$checker"
}

# other_card CARD: and what expect says of it.
other_card() {
	set_checker "$1"
	# shellcheck disable=SC2086 # properties
	probe_card firmware=$firmware
	ask_rows "$1" 1500
}

# ask_generated WORD...: about what the generator makes of them. The guest does not
# see it when a file becomes another one.
ask_generated() {
	pack="$vm/pack.$#"
	"$judge/judge_generate" "$@" >"$pack"
	ask -p "$pack"
}

# The pairs come first: what each line is about is in the same line of rows.
ask_all() {
	checker=
	for mtu in 1500 1888 1889; do
		ask_rows nic-firmware-2021 $mtu
	done
	for card in most least meta nic-2.1 bpf-2.0.6; do
		other_card $card
	done
	ask "$BUILD"/bpf/echo_hw*.bpf.o
	checker='' mtu=1500
	probe_card firmware=nic-firmware-2021
	ask "$BUILD"/bpf/echo_hw*.bpf.o "$BUILD"/tests/hw/*.bpf.o
	ask_generated $seed $count
	set_checker most
	# shellcheck disable=SC2086 # properties
	probe_card firmware=$firmware
	ask_generated -e $helper_seed $helper_count
}

# Each line of rows, with the answers: what is not as it should be.
compare_rows() {
	jq -nr --rawfile rows "$vm/rows" --arg kernel "$kernel" \
		--slurpfile asked "$heard" --slurpfile said "$said" \
		-f tests/hw/check.jq
}

# have_rows FILE FOLDER: an object that has none is not asked about.
have_rows() {
	awk '{ print $1 }' "$1" | sort -u >"$tmp/rows"
	(cd "$BUILD/tests/$2" && ls -- *.bpf.o) | sort |
		comm -13 "$tmp/rows" - >"$tmp/out"
	[ ! -s "$tmp/out" ] || fail "no row: $(cat "$tmp/out")"
}

test_every_object_has_a_row() {
	have_rows tests/reject/expect reject
	have_rows tests/corpus/verdicts corpus
}

test_the_driver_and_the_checker_say_what_is_expected() {
	compare_rows >"$tmp/out" || fail "no comparison"
	[ ! -s "$tmp/out" ] || fail "$(cat "$tmp/out")"
	echo "# $(wc -l <"$vm/rows") rows, as the driver says live"
}

# These are not asked about: the kernel does not survive them.
test_what_takes_the_kernel_down_is_unsafe() {
	awk -v kernel="$kernel" '$1 !~ /^#/ && $5 == "crash" &&
		($3 == "all" || $3 == kernel) { print $1, $2 }' \
		tests/reject/expect >"$tmp/crash"
	[ -s "$tmp/crash" ] || fail "there is none"
	while read -r object card; do
		set_checker "$card"
		# shellcheck disable=SC2086 # options
		"$judge/judge_predict" -a -k "$kernel" $checker \
			"$BUILD/tests/reject/$object" >"$tmp/out"
		has ".crashes and (.log | contains(\"${object%%[-.]*}@\"))"
	done <"$tmp/crash"
}

# judge_compare holds the bounds: no false accept, no false refuse, 2 % that
# are undecided, 90 % of the lengths equal and none off by more than 5 %.
test_the_checker_says_what_the_driver_says() {
	"$judge/judge_compare" "$heard" "$said" >"$tmp/out" ||
		fail "$(cat "$tmp/out")"
	tail -n 4 "$tmp/out" | sed 's/^./# \U&/'
}

# keep_image OBJECT: the driver's machine code as the card was given it, and the
# tables that it names.
keep_image() {
	expect 0 in_server "$load" eth0 --hw --only --program "$1"
	name=$(basename "$1" .bpf.o)
	card image 0 >"$keep/$name.image"
	card maps >"$keep/$name.maps"
	[ -s "$keep/$name.image" ] || fail "no image of $name"
	in_server "$load" eth0 --off --replace
}

test_the_driver_compiles_every_program_that_is_compared() {
	set_card firmware=bpf-2.0.6 max-insns=5000
	for object in "$BUILD"/bpf/echo_hw.bpf.o "$BUILD"/bpf/echo_hw_trace.bpf.o \
		      "$BUILD"/tests/hw/*.bpf.o; do
		keep_image "$object"
	done
}

boot --kernel "$kernel"
(set -eu; ask_all) >"$tmp/log" 2>&1
rc=$?
if [ $rc -ne 0 ]; then
	echo "not ok 1 - all programs are asked about"
	tail -n 5 "$tmp/log" | sed 's/^/# /'
	exit 1
fi
run_tests "$@"
