#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What holds for the whole tree: format, licence lines, warnings of a second
# compiler, sanitizers, and a build that does no work twice. Needs no root.
set -u
build=${BUILD:-build}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
number=0 failed=0

sources() { find bpf offload loader tests -name '*.[ch]'; }
scripts() {
	grep -lE '^#!.*[/ ]sh$' .ci/run tests/* tests/*/*.sh offload/*/* \
		2>/dev/null
}
manuals() { ls loader/*.8 offload/lab/*.8 offload/check/*.1; }
quiet_make() { make --no-print-directory "$@" >"$tmp/log" 2>&1; }

test_c_files_are_formatted() {
	sources | xargs clang-format --dry-run -Werror
}

test_scripts_are_clean() {
	scripts | xargs shellcheck -x -S warning
}

test_every_file_names_its_licence() {
	none=$({ sources; scripts; manuals; find hwdocs README.md Makefile \
		-type f; } | xargs awk '
		FNR == 1 { seen[FILENAME] }
		FNR < 3 && /SPDX-License-Identifier: GPL-2.0-only/ {
			delete seen[FILENAME] }
		FNR == 3 { nextfile }
		END { for (file in seen) print file }')
	[ -z "$none" ] || { echo "$none"; return 1; }
}

# The programs and the unit tests are built once more, with sanitizers; BPF
# objects are as clang made them before.
clang_make() {
	quiet_make -j2 CC=clang SAN=1 CFLAGS="-O0 -g1" O="$tmp/clang" "$@"
}

# The fuzzers' objects of the checker have sanitizers, and are clang's.
take_objects() {
	mkdir "$tmp/clang" &&
	(cd "$build" && find .gitignore bpf tests \( -name '*.bpf.[od]' -o \
		-name '*.skel.h' -o -name .gitignore \) \
		-exec cp -p --parents -t "$tmp/clang" {} +) &&
	(cd "$build/fuzz" && find offload -name '*.[od]' \
		-exec cp -p --parents -t "$tmp/clang" {} +) &&
	find "$tmp/clang" -name '*.d' -exec \
		sed -i "s,^$build/\(fuzz/\)\?,$tmp/clang/," {} +
}

# What is left of the tests is only read.
test_clang_builds_without_a_warning() {
	take_objects && clang_make all unit &&
	find tests/prog tests/net tests/hw tests/judge -name '*.c' \
		! -name '*.bpf.c' ! -name '*.so.c' |
		sed "s,^,$tmp/clang/,; s,c\$,o," >"$tmp/rest" &&
	xargs make --no-print-directory -j2 CC=clang CFLAGS=-fsyntax-only \
		O="$tmp/clang" <"$tmp/rest" >"$tmp/log" 2>&1
}

test_unit_tests_pass_under_sanitizers() {
	passed=0
	for test in "$tmp"/clang/tests/unit/test_*; do
		case $test in *.[od]) continue ;; esac
		BUILD=$build "$test" >"$tmp/log" 2>&1 || {
			echo "${test##*/} ended with $?"
			return 1
		}
		passed=$((passed + 1))
	done
	[ "$passed" -eq "$(ls tests/unit/test_*.c | wc -l)" ]
}

test_a_second_make_does_nothing() {
	clang_make all && grep -q 'Nothing to be done' "$tmp/log"
}

# The header is only made to look newer to this one make.
test_a_changed_header_rebuilds_what_uses_it() {
	clang_make -n -W bpf/echo.h all || return 1
	for used in 'BPF bpf/echo_hw.bpf.o' 'CC loader/counters.o'; do
		grep -q "$used" "$tmp/log" || return 1
	done
	! grep -q 'CC loader/kmsg.o' "$tmp/log"
}

test_a_missing_tool_is_named_with_its_package() {
	! make CLANG=no-such-clang all >"$tmp/log" 2>&1 &&
	grep -q 'no-such-clang is missing: apt-get install clang' "$tmp/log"
}

test_install_puts_everything_under_its_prefix() {
	clang_make DESTDIR="$tmp/root" PREFIX=/opt install &&
	[ "$("$tmp/root/opt/sbin/offload-load" --version)" = \
	  "offload-load $(sed -n 's/^VERSION := //p' Makefile)" ] &&
	[ -f "$tmp/root/opt/share/man/man8/offload-load.8" ] &&
	"$tmp/root/opt/bin/offload-check" --version &&
	[ -f "$tmp/root/opt/share/man/man1/offload-check.1" ]
}

test_man_pages_are_clean() {
	manuals | xargs mandoc -T lint -W warning
}

for test in $(sed -n 's/^\(test_[a-z_]*\)() {$/\1/p' "$0"); do
	number=$((number + 1))
	name=$(echo "${test#test_}" | tr _ ' ')
	: >"$tmp/log"
	if "$test" >"$tmp/said" 2>&1; then
		echo "ok $number - $name"
	else
		tail -n 20 "$tmp/said" "$tmp/log"
		echo "not ok $number - $name"
		failed=1
	fi
done
exit $failed
