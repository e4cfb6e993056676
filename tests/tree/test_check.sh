#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# offload-check as its user sees it: exit codes, text, JSON, listing, and what
# the answer depends on. Needs no root.
. tests/tree/lib.sh
reject=$build/tests/reject
corpus=$build/tests/corpus

test_what_is_accepted_is_told_with_its_numbers() {
	expect 0 "$echo_hw" &&
	says 'echo_hw: accepted: firmware nic-firmware-2021, kernel 6.1, MTU 1500$' &&
	says '[0-9]+ of 2560 NFP instructions, stack [0-9]+ of 512 bytes, packet [0-9]+ of 1888 bytes, 2 of 128 maps, 1025 of 2048000 entries$' &&
	[ "$(wc -l <"$tmp/out")" -eq 2 ]
}

test_what_is_refused_is_told_with_line_words_and_advice() {
	expect 1 "$reject/A1.bpf.o" &&
	says 'program: refused: A1 at insn 6, .*tests/reject/A1\.bpf\.c:[0-9]+: .' &&
	says '^	code     .*\(r1 \+ 0\)' &&
	says '^	insn     r0 \*= 3$' &&
	says '^	says     "\[nfp\] multiplier is not within u32 value range" \(verifier log; EINVAL\)$' &&
	says '^	because  .' &&
	says '^	instead  .' &&
	expect 0 "$reject/A1.inside.bpf.o"
}

test_what_computes_wrongly_is_unsafe_and_refused() {
	expect 1 "$reject/U1.bpf.o" &&
	says 'program: unsafe: U1 at insn ' &&
	says '^	says     nothing: driver and kernel accept it$' &&
	expect 1 "$reject/U1.bpf.o" -j &&
	has '.verdict == "refused" and .findings[0].kind == "unsafe" and
		.findings[0].words == null and .findings[0].errno == null'
}

# There is more than may be explored here.
test_what_cannot_be_decided_is_said() {
	compile many <<-'END' &&
	__asm__(".section xdp,\"ax\",@progbits\n.globl many\n"
		".type many,@function\nmany:\n.rept 999998\nr0 = 2\n.endr\n"
		"r0 = 2\nexit\n.size many, . - many\n");
	END
	memory 1048576 3 "$tmp/many.o" &&
	says 'many: undecided: L4: ' &&
	! grep -qE 'says|E2BIG' "$tmp/out"
}

# Whose own struct ethhdr is another than the kernel's: libbpf looks for it.
test_what_the_kernel_s_types_decide_is_undecided() {
	for member in d_mac:3 h_proto:0; do
		compile core <<-END
		struct ethhdr {
			unsigned char h_dest[6], h_source[6];
			unsigned short ${member%:*};
		} __attribute__((preserve_access_index));
		__attribute__((section("xdp"))) int f(unsigned int *c)
		{
			struct ethhdr *eth = (void *)(long)c[0];

			if ((void *)(eth + 1) > (void *)(long)c[1])
				return 1;
			return eth->${member%:*} == 8 ? 2 : 1;
		}
		END
		expect "${member#*:}" "$tmp/core.o" || return 1
		[ "${member#*:}" -eq 0 ] || {
			says 'undecided: L5' &&
			says "^	depends  on the layout of the kernel's own ethhdr$" &&
			says '^	stack [?] of 512 bytes, packet [?] of 1888 bytes,' &&
			expect 3 "$tmp/core.o" -j &&
			has '.stack_bytes.used == null and .explored == null'
		} || return 1
	done
}

test_firmware_without_bpf_has_no_limits() {
	expect 1 "$echo_hw" -f nic-2.1 -j &&
	has '.stack_bytes == { used: null, limit: null } and
		.maps == { used: 2, limit: null } and .explored == null'
}

test_json_of_an_accepted_object_is_whole() {
	expect 0 "$echo_hw" --json &&
	[ "$(wc -l <"$tmp/out")" -eq 1 ] &&
	has '.program == "echo_hw" and .section == "xdp" and
		.verdict == "accepted" and .findings == [] and
		.firmware == "nic-firmware-2021" and .kernel == "6.1" and
		.mtu == 1500 and .explored > 1000' &&
	has 'all(.nfp_instructions, .stack_bytes, .packet_bytes, .maps,
			.map_entries; .used > 0 and .used <= .limit)' &&
	has 'all(.instructions[]; (.insn | type) == "number" and
			(.text | length) > 0 and
			(.line == null) == (.file == null) and
			(.line == null or .line > 0) and
			(.reached | type) == "boolean")'
}

test_json_of_a_refused_object_names_the_rule() {
	expect 1 "$reject/A1.bpf.o" -j &&
	has '.verdict == "refused" and .nfp_instructions.used == null and
		(.findings | length) == 1' &&
	has '.findings[0] | .rule == "A1" and .kind == "refused" and
		.insn == 6 and (.file | endswith("tests/reject/A1.bpf.c")) and
		.errno == "EINVAL" and .where == "verifier log" and
		all(.limit, .reason, .advice, .source; length > 0) and
		(.evidence == "read" or .evidence == "executed")'
}

# What a loader has to make before it can ask, in the order of the columns.
test_several_programs_are_judged_each() {
	compile two <<-'END' &&
	__attribute__((section("xdp"))) int good(void *c) { return 2; }
	__attribute__((section("xdp"))) int bad(unsigned int *c)
	{
		c[0] = 1;
		return 2;
	}
	END
	expect 1 "$tmp/two.o" -j &&
	has 'map(.program + " " + .verdict) ==
		["good accepted", "bad refused"]' &&
	expect 0 "$tmp/two.o" -s good &&
	expect 1 "$tmp/two.o" -s bad
}

# What each line costs comes to what all cost.
test_the_listing_adds_up() {
	for object in "$echo_hw" "$corpus/vlan_swap.bpf.o" \
		      "$corpus/subprogram_static.bpf.o"; do
		expect 0 "$object" -j &&
		has '([.instructions[].nfp_instructions // 0] | add) +
			.nfp_instructions_fixed == .nfp_instructions.used' &&
		sum=$(jq '.nfp_instructions.used - .nfp_instructions_fixed' \
			"$tmp/out") &&
		count=$(jq '.instructions | length' "$tmp/out") &&
		expect 0 "$object" -v &&
		awk -v sum="$sum" -v count="$count" '
			/  \[[0-9]+( of [0-9]+)?\]$/ {
				sub(/.*\[/, ""); heads += $1 + 0 }
			/^ +[0-9]+ +[0-9-]+  / { rows++; insns += $2 }
			END { exit heads != sum || insns != sum || rows != count }
			' "$tmp/out" || { echo "$object does not add up"; return 1; }
	done
}

test_the_firmware_decides() {
	expect 1 "$trace" &&
	says 'F25 .*' &&
	expect 0 "$trace" --firmware bpf-2.0.6 &&
	says 'of 2800 NFP instructions' &&
	expect 1 "$echo_hw" -f nic-2.1 &&
	says 'refused: L3'
}

test_the_kernel_decides() {
	expect 0 "$corpus/lb_seven.bpf.o" --kernel 6.1 &&
	expect 1 "$corpus/lb_seven.bpf.o" --kernel 6.12 &&
	says 'refused: A1 ' &&
	expect 1 "$corpus/lb_seven.bpf.o" --kernel 6.18 -j &&
	has '.kernel == "6.12" and .kernel_asked == "6.18" and
		.kernel_verdicts == { "6.12": "refused" }'
}

test_between_two_kernels_both_are_asked() {
	expect 3 "$corpus/lb_seven.bpf.o" --kernel 6.6 &&
	says 'lb_seven: with Linux 6\.12: refused: A1 at insn ' &&
	says 'lb_seven: undecided: .*, kernel 6\.6 \(between Linux 6\.1, which says accepted, and Linux 6\.12, which says refused\), MTU 1500$' &&
	expect 3 "$corpus/lb_seven.bpf.o" --kernel 6.6 -j &&
	has '.verdict == "undecided" and .kernel_asked == "6.6" and
		.kernel_verdicts == { "6.1": "accepted", "6.12": "refused" } and
		(.findings | map(.rule + " " + .kernel)) == ["A1 6.12"]' &&
	expect 0 "$echo_hw" --kernel 6.11 &&
	says 'accepted: .*, kernel 6\.11 \(judged as 6\.1 and 6\.12, which agree\),' &&
	[ "$(wc -l <"$tmp/out")" -eq 2 ] &&
	expect 1 "$reject/A1.bpf.o" --kernel 6.6 -j &&
	has '.verdict == "refused" and all(.findings[]; .kernel == "6.1")'
}

# By how much, and where it goes.
test_what_is_too_long_is_counted_to_its_end() {
	expect 1 "$reject/T3.bpf.o" &&
	says '^	2561 of 2560 NFP instructions, ' &&
	[ "$(grep -c ': refused: [A-Z]' "$tmp/out")" -eq 1 ] &&
	expect 1 "$corpus/unrolled_sum.bpf.o" -j &&
	has '.nfp_instructions.used > 3000 and
		([.instructions[].nfp_instructions // 0] | add) +
		.nfp_instructions_fixed == .nfp_instructions.used and
		(.findings | map(.rule)) == ["T3"]'
}

# One finding of 20 instructions, of which the last is come to first: 8 of them
# are named, with -v all.
test_every_instruction_of_a_finding_is_named_in_order() {
	compile stores <<-'END' &&
	__attribute__((section("xdp"))) int stores(void *c)
	{
		__asm__ volatile(".rept 20; if r1 == 0 goto +20; .endr;"
			"goto +20; .rept 20; *(u32 *)(r1 + 0) = r1; .endr"
			::: "r1");
		return 2;
	}
	END
	expect 1 "$tmp/stores.o" &&
	says ': refused: C2 at insn ([0-9]+, ){7}[0-9]+ and 12 more, ' &&
	expect 1 "$tmp/stores.o" -v &&
	says ': refused: C2 at insn ([0-9]+, ){19}[0-9]+, ' &&
	sed -n 's/.*: C2 at insn \([0-9, ]*\), .*/\1/p' "$tmp/out" |
		tr -d ' ' | tr , '\n' | sort -cn
}

# Who refuses does not accept what else is wrong.
test_beside_a_refusal_nobody_is_said_to_accept() {
	compile both <<-'END' &&
	__attribute__((section("xdp"))) int both(void *c)
	{
		__asm__ volatile("if r1 == 0 goto +1;"
			"*(u32 *)(r1 + 0) = r1" ::: "r1");
		return 77;
	}
	END
	expect 1 "$tmp/both.o" &&
	says ': refused: C2 ' && says ': unsafe: J7 ' &&
	says '^	says     nothing$' && ! grep -q accept "$tmp/out"
}

test_bytes_of_the_packet_are_counted_from_one() {
	for last in none 0 63; do
		bytes=0 body=
		[ $last = none ] || bytes=$((last + 1)) body="unsigned char *p =
			(void *)(long)c[0]; if (p + $bytes <=
			(unsigned char *)(long)c[1] && p[$last] == 7) return 1;"
		echo "__attribute__((section(\"xdp\")))
			int touch(unsigned int *c) { $body return 2; }" |
			compile touch && expect 0 "$tmp/touch.o" &&
		says ", packet $bytes of 1888 bytes, " || return 1
	done
}

test_the_mtu_decides() {
	expect 0 "$corpus/jumbo_reader.bpf.o" --mtu 1888 &&
	says "packet 2000 of 1888 bytes \(more than the card's packet window: refused where the MTU is above 1888\)," &&
	expect 1 "$corpus/jumbo_reader.bpf.o" --mtu 9000 &&
	says 'refused: H5' &&
	says '\(answer to attaching'
}

# A build whose program the card would not take stops, and says why.
test_the_build_stops_at_a_finding() {
	mkdir -p "$tmp/gate/bpf" &&
	cp -p "$build/offload-check" "$tmp/gate" &&
	cp -p "$reject/A1.bpf.o" "$tmp/gate/bpf/echo_hw.bpf.o" &&
	rc=0
	make --no-print-directory O="$tmp/gate" -o "$tmp/gate/offload-check" \
		-o "$tmp/gate/bpf/echo_hw.bpf.o" "$tmp/gate/bpf/echo_hw.checked" \
		>"$tmp/out" 2>&1 || rc=$?
	[ $rc -ne 0 ] && says 'program: refused: A1 at' &&
	[ ! -e "$tmp/gate/bpf/echo_hw.checked" ]
}

test_it_needs_no_rights_and_asks_nobody() {
	chmod 755 "$tmp"
	cp "$check" "$echo_hw" "$tmp" && chmod 755 "$tmp"/*
	if [ "$(id -u)" -eq 0 ]; then
		unshare -n setpriv --reuid 65534 --clear-groups \
			--no-new-privs --bounding-set=-all \
			"$tmp/offload-check" "$tmp/echo_hw.bpf.o"
	else
		"$tmp/offload-check" "$tmp/echo_hw.bpf.o"
	fi >"$tmp/out" && says 'echo_hw: accepted'
}

run_tests "${1:-}"
