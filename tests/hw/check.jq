# SPDX-License-Identifier: GPL-2.0-only
#
# Of each row of tests/reject/expect and tests/corpus/verdicts, what the driver
# or the checker says otherwise. $rows: text; $asked, $said: their answers, in the order of the rows.

def columns: capture("^(?<object>\\S+)\\s+(?<card>\\S+)\\s+\\S+\\s+(?<mtu>\\S+)" +
	"\\s+(?<verdict>\\S+)\\s+(?<errno>\\S+)\\s+(?<words>.*)$");

def lines: gsub("; "; "\n");

# Is it a line of the verifier's, or a record of the kernel's log?
def says($words): if $words == "-" or $words == "" then .words == "" else
	"\n\(.log)\n\(.words)\n" | lines | contains("\n\($words)\n" | lines)
end;

def rules: [.log | split(" ")[] | split("@")[0]];

# The rules that an object may break: that of its name, but division with sign,
# which an older kernel does not know.
def expected: (.object | sub("[-.].*"; "")) as $rule |
	if $rule == "O8" and $kernel == "6.1" then ["V7"] else [$rule] end;

def agrees($row; $words): if $row.verdict == "refused"
	then .errno == $row.errno and $words else .stage == "ok" end;

def driver_agrees($row): agrees($row; says($row.words));

# Who refuses often says more than one thing.
def checker_agrees($row; $driver): .words as $words |
	agrees($row; $driver | says($words)) and
	if $row.object | startswith("../corpus/")
	then $row.verdict == "refused" or
		.unsafe == ($row.verdict == "unsafe")
	elif $row.verdict == "accepted" then rules == []
	else (rules - (rules - ($row | expected))) != [] and
		.unsafe == ($row.verdict == "unsafe") end;

def different($who; $answer): "\(.object), card \(.card), MTU \(.mtu): " +
	"not as expected, the \($who) says: " + ($answer |
	"\(.stage) \(.errno) \(.words) [\(.log[:200])]");

($rows | rtrimstr("\n") | split("\n") | map(columns)) as $rows |
if ($asked | length) < ($rows | length) or
	($said | length) != ($asked | length)
then "there are \($rows | length) rows, \($asked | length) answers of the " +
	"driver and \($said | length) of the checker" else
	range($rows | length) | $rows[.] as $row | $asked[.] as $driver |
	$said[.] as $checker |
	(select($driver | driver_agrees($row) | not) |
		$row | different("driver"; $driver)),
	(select($checker | checker_agrees($row; $driver) | not) |
		$row | different("checker"; $checker))
end
