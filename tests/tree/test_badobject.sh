#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Whatever offload-check is given: one sentence on stderr, exit code 2, and an
# end. Needs no root.
set -u
build=${BUILD:-build}
check=$build/offload-check
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
number=0 failed=0

# refuses PATTERN ARGUMENT...: PATTERN is in the sentence.
refuses() {
	pattern=$1
	shift
	rc=0
	timeout -k 1 20 "$check" "$@" >"$tmp/out" 2>"$tmp/err" || rc=$?
	if [ $rc -eq 2 ] && [ ! -s "$tmp/out" ] &&
	   [ "$(wc -l <"$tmp/err")" -eq 1 ] &&
	   grep -q '^offload-check: ' "$tmp/err" &&
	   grep -q -e "$pattern" "$tmp/err"; then
		return 0
	fi
	echo "ended with $rc: $*"
	cat "$tmp/out" "$tmp/err"
	return 1
}

# compile NAME [FLAG...]: standard input to $tmp/NAME.o.
compile() {
	object=$1
	shift
	clang -O2 -g -target bpf -mcpu=v3 \
		-idirafter "/usr/include/$(cc -print-multiarch)" "$@" \
		-x c -c -o "$tmp/$object.o" -
}

# poke FILE OFFSET BYTES: as printf has them.
poke() {
	printf '%b' "$3" |
		dd of="$1" bs=1 seek="$2" conv=notrunc 2>"$tmp/dd"
}

test_usage_is_told() {
	refuses 'which object' &&
	refuses 'unknown or ambiguous option --nonsense' --nonsense &&
	refuses 'there are: nic-firmware-2021, ' x.o --firmware none &&
	refuses 'not known; there are: 6.1' x.o --kernel 5.10 &&
	refuses 'one object at a time' x.o y.o
}

test_what_is_no_file_is_refused() {
	mkfifo "$tmp/fifo"
	refuses 'nosuch.o: No such file' "$tmp/nosuch.o" &&
	refuses 'folder' "$tmp" &&
	refuses 'no regular file' /dev/zero &&
	refuses 'no regular file' /dev/null &&
	refuses 'no regular file' "$tmp/fifo"
}

test_a_file_that_may_not_be_read_is_refused() {
	: >"$tmp/secret"
	chmod 0 "$tmp/secret"
	if [ "$(id -u)" -eq 0 ]; then
		chmod 711 "$tmp"
		cp "$check" "$tmp/copy"
		chmod 755 "$tmp/copy"
		! setpriv --reuid 65534 --clear-groups "$tmp/copy" \
			"$tmp/secret" 2>"$tmp/err" &&
			grep -q 'secret: Permission denied' "$tmp/err"
	else
		refuses 'Permission denied' "$tmp/secret"
	fi
}

test_what_is_no_object_is_refused() {
	: >"$tmp/empty"
	echo 'int main(void);' >"$tmp/text"
	printf '\177ELF' >"$tmp/four"
	truncate -s 300M "$tmp/large"
	refuses 'empty' "$tmp/empty" &&
	refuses 'not an ELF' "$tmp/text" &&
	refuses 'not an ELF' Makefile &&
	refuses 'cut off' "$tmp/four" &&
	refuses 'another machine' "$check" &&
	refuses 'larger than 256 MiB' "$tmp/large"
}

test_every_cut_is_refused() {
	size=$(stat -c %s "$build/bpf/echo_hw.bpf.o")
	for part in 1 2 3 5 8 13 21 34 55 89 95 99; do
		head -c $((size * part / 100)) "$build/bpf/echo_hw.bpf.o" \
			>"$tmp/cut.o"
		refuses 'cut off' "$tmp/cut.o" || return 1
	done
}

test_another_byte_order_is_refused() {
	echo 'int x;' | clang -target bpfeb -x c -c -o "$tmp/eb.o" - &&
	refuses 'other byte order' "$tmp/eb.o"
}

test_broken_btf_is_refused() {
	for section in .BTF .BTF.ext; do
		cp "$build/bpf/echo_hw.bpf.o" "$tmp/btf.o"
		at=$(place_of "$tmp/btf.o" $section)
		poke "$tmp/btf.o" $((at + 30)) '\377\377\377\177'
		refuses 'broken BTF' "$tmp/btf.o" || return 1
	done
}

# Where a section begins in a file, and a number of 4 bytes there.
place_of() {
	echo $((0x$(readelf -SW "$1" | sed 's/^ *\[ *[0-9]*\] *//' |
		awk -v s="$2" '$1 == s { print $4 }')))
}

number_at() {
	od -An -tu4 -j "$2" -N 4 "$1" | tr -d ' '
}

# The first record of functions, and of lines, is about another instruction, or
# the second line about the first one.
test_records_that_the_kernel_refuses_are_broken_btf() {
	object=$build/bpf/echo_hw.bpf.o
	at=$(place_of "$object" .BTF.ext)
	records=$((at + $(number_at "$object" $((at + 4)))))
	first=$((records + $(number_at "$object" $((at + 8))) + 12))
	line=$((records + $(number_at "$object" $((at + 16))) + 12))
	cp "$object" "$tmp/ext.o"
	poke "$tmp/ext.o" $first '\10' &&
	refuses 'functions lack the function at instruction 0' "$tmp/ext.o" &&
	cp "$object" "$tmp/ext.o" &&
	poke "$tmp/ext.o" $line '\10' &&
	refuses 'broken BTF.ext: lines ' "$tmp/ext.o" &&
	cp "$object" "$tmp/ext.o" &&
	poke "$tmp/ext.o" $((line + 16)) '\0\0' &&
	refuses 'lines are out of order at instruction 0' "$tmp/ext.o"
}

test_no_program_is_told() {
	echo 'int x = 1;' | compile none &&
	refuses 'no program in it' "$tmp/none.o" &&
	echo '__attribute__((section("kprobe/x"))) int f(void *c) { return 0; }' |
		compile other &&
	refuses 'no XDP program in it; it has: f (kprobe/x)' "$tmp/other.o" &&
	refuses 'is for tc' "$build/bpf/echo_tc.bpf.o"
}

test_an_unknown_section_is_told() {
	echo '__attribute__((section("prog"))) int f(void *c) { return 2; }' |
		compile prog &&
	refuses 'if it is for XDP: --section prog' "$tmp/prog.o" &&
	refuses 'it has: f (prog)' "$tmp/prog.o" --section nosuch &&
	"$check" "$tmp/prog.o" --section prog >"$tmp/out"
}

test_maps_without_definition_are_refused() {
	compile nomap <<-'EOF' &&
	extern int map;
	static long (*lookup)(void *, void *) = (void *)1;
	__attribute__((section("xdp"))) int f(void *c)
	{
		int key = 0;
		return lookup(&map, &key) ? 1 : 2;
	}
	EOF
	refuses 'map' "$tmp/nomap.o" &&
	compile oldmap <<-'EOF' &&
	struct { int type, key, value, max; } map
		__attribute__((section("maps"))) = { 1, 4, 4, 1 };
	static long (*lookup)(void *, void *) = (void *)1;
	__attribute__((section("xdp"))) int f(void *c)
	{
		int key = 0;
		return lookup(&map, &key) ? 1 : 2;
	}
	EOF
	refuses 'SEC(".maps")' "$tmp/oldmap.o"
}

# many COUNT: a program of that many instructions.
many() {
	compile many <<-EOF
	__asm__(".section xdp,\"ax\",@progbits\n.globl f\n.type f,@function\n"
		"f:\n.rept $1 - 2\nr0 = 2\n.endr\nr0 = 2\nexit\n"
		".size f, . - f\n");
	EOF
}

test_a_million_instructions_come_to_an_end() {
	many 1000000 || return 1
	rc=0
	timeout 60 "$check" "$tmp/many.o" >"$tmp/out" 2>"$tmp/err" || rc=$?
	[ $rc -eq 1 ] || [ $rc -eq 3 ] || { echo "ended with $rc"; return 1; }
	many 1100000 &&
	refuses 'at most 1048576 are read' "$tmp/many.o"
}

test_an_endless_loop_comes_to_an_end() {
	compile loop <<-'EOF' || return 1
	__attribute__((section("xdp"))) int f(void *c)
	{
		for (;;)
			__asm__ volatile("");
		return 2;
	}
	EOF
	rc=0
	timeout 60 "$check" "$tmp/loop.o" >"$tmp/out" 2>"$tmp/err" || rc=$?
	[ $rc -eq 1 ] || [ $rc -eq 3 ] || { echo "ended with $rc"; return 1; }
}

test_a_name_cannot_steer_the_terminal() {
	echo '__attribute__((section("xdp"))) int hidden(void *c) { return 2; }' |
		compile escape
	sed -i "s/hidden/hid$(printf '\033')en/" "$tmp/escape.o"
	"$check" -v "$tmp/escape.o" >"$tmp/out" &&
	grep -q 'hid?en: accepted' "$tmp/out" &&
	! grep -q "$(printf '\033')" "$tmp/out"
}

test_output_that_cannot_be_written_is_an_error() {
	for flag in -v -j --help; do
		rc=0
		"$check" "$build/bpf/echo_hw.bpf.o" $flag >/dev/full \
			2>"$tmp/err" || rc=$?
		[ $rc -eq 2 ] && grep -q 'cannot be written' "$tmp/err" ||
			{ echo "$flag ended with $rc"; return 1; }
	done
}

for test in $(sed -n 's/^\(test_[a-z_]*\)() {$/\1/p' "$0"); do
	number=$((number + 1))
	name=$(echo "${test#test_}" | tr _ ' ')
	if "$test" >"$tmp/said" 2>&1; then
		echo "ok $number - $name"
	else
		cat "$tmp/said"
		echo "not ok $number - $name"
		failed=1
	fi
done
exit $failed
