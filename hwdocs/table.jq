# SPDX-License-Identifier: GPL-2.0-only
#
# jq -rf hwdocs/table.jq bench.json: what offload-bench -j has measured, as a
# table like those of results.md. Counts of an emulated card are no rates, and
# have no row here.

# 1234567 as 1,234,567
def grouped: round | tostring |
	until(test("^-?[0-9]{1,3}(,|$)");
		sub("(?<a>[0-9])(?<b>[0-9]{3})(?<c>,|$)"; "\(.a),\(.b)\(.c)"));
def number: if . == null then "" else grouped end;
def to($parts): if . == null then "" else . * $parts | round / $parts end;
def percent: if . == null then "" else "\(. * 100 | to(1)) %" end;

# Nanoseconds as microseconds; "-" where too few replies were beyond.
def us: if . == null then "-" else .median / 1000 | to(10) end;
def times(names): if . == null then "" else [.[names] | us] | join(" / ") end;

def columns: [
	["mode", .mode],
	["frame, bytes", .frame_bytes],
	["addresses", .targets],
	["replies per second", (.replies_per_s.median | number)],
	["spread", (.replies_per_s.spread_ratio | percent)],
	["without loss", (.loss_free_per_s.median? | number) +
		if .sender_is_the_limit then " s" else "" end],
	["of driver mode", (.ratio_to_driver | to(100))],
	["over the baseline, ns", if .mode == "baseline" then ""
		else .over_baseline_ns_per_reply | to(1) end],
	["round trip 50 / 90 / 99 / 99.9 %, µs", (.round_trip_at_low_rate |
		times("p50_ns", "p90_ns", "p99_ns", "p99_9_ns"))],
	["at half load 50 / 99 %, µs",
		(.round_trip_at_half_rate | times("p50_ns", "p99_ns"))],
	["CPU, of it softirq, ns", "\(.cpu_ns_per_reply.mean | to(1)), " +
		"\(.softirq_ns_per_reply.mean | to(1))"],
	["program, ns", (.program_ns_per_frame.median? | to(10))]
];
def line: "| \(map(tostring) | join(" | ")) |";

[.rows[] | select(.replies_per_s) | columns] |
	(.[0] // empty | map(.[0]) | line, (map("---") | line)),
	(.[] | map(.[1]) | line)
