# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Sourced by the tests in this folder. fuzz NAME: fuzz_NAME for a minute, from
# the seeds in the folder NAME; no crash, no hang, no leak. FUZZ_SECONDS: for
# longer. FUZZ_RUNS: so many executions, however long they take. What it found
# goes to a folder of its own, and is lost but for what shows a failure.
set -u
BUILD=${BUILD:-build}

# A smaller quarantine that is kept: most of the time went into giving memory
# back to the kernel. Three times as many executions.
export ASAN_OPTIONS=quarantine_size_mb=16:allocator_release_to_os_interval_ms=-1

fuzz() {
	tmp=$(mktemp -d)
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 130' INT TERM
	mkdir "$tmp/found"
	limit=-max_total_time=${FUZZ_SECONDS:-60}
	[ -z "${FUZZ_RUNS:-}" ] || limit=-runs=$FUZZ_RUNS
	if "$BUILD/tests/fuzz/fuzz_$1" "$limit" -timeout=5 \
		-rss_limit_mb=512 -print_final_stats=1 \
		-artifact_prefix="$tmp/artifact-" "$tmp/found" \
		"tests/fuzz/$1" >"$tmp/log" 2>&1
	then
		echo "ok 1 - fuzz_$1 finds nothing"
		sed -n 's/^stat::number_of_executed_units: */# Executions: /p' \
			"$tmp/log"
		return
	fi
	echo "not ok 1 - fuzz_$1 finds nothing"
	grep -vE '^#[0-9]+|^INFO' "$tmp/log" | tail -n 40 | sed 's/^/# /'
	for artifact in "$tmp"/artifact-*; do
		[ ! -e "$artifact" ] || {
			echo "# ${artifact##*/}, in base64:"
			base64 "$artifact" | sed 's/^/# /'
		}
	done
	return 1
}
