#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What the documents promise of themselves: no fact without its source, nothing
# left to be filled in, no link that leads nowhere.
set -u
number=0 failed=0

# A page's own rule: each fact says how it was had, and from which source of the
# list at the page's end. fact_fault() gives what is wrong with one, or "".
facts='
	function fact_fault(text, way, i, n, part, word) {
		n = split(text, part, /[;,] */)
		for (i = 1; i <= n; i++) {
			if (part[i] ~ /^ *inferred/)
				return ""
			if (part[i] ~ /^ *emulated *$/)
				continue
			if (split(part[i], word, " ") == 2)
				way = word[1]
			if (way !~ /^(read|executed|measured)$/)
				return "not read, executed or measured"
			if (!(word[split(part[i], word, " ")] in source))
				return "no such source"
		}
		return ""
	}
	function tell(text, fault) {
		print FILENAME ":" FNR ": " fault ": " text
		bad = 1
	}
	FNR == 1 { pass[FILENAME]++; listing = 0; part = marks = "" }
	pass[FILENAME] == 1 {
		if (/^## Sources/)
			listing = 1
		if (listing && sub(/\. .*/, ""))
			source[$0]
		next
	}
	END { exit bad }'

# Rows of tables whose last column is headed "source".
test_every_fact_in_a_table_says_how_it_was_had() {
	[ "$(grep -c 'source |$' hwdocs/cards.md)" -ge 5 ] || return
	for page in hwdocs/cards.md hwdocs/firmware.md; do
		awk -F'|' "$facts"'
			!/^\|/ { sourced = 0; next }
			$(NF - 1) ~ /^ *source *$/ { sourced = NF; next }
			sourced && !/^[-|]*$/ {
				fault = NF == sourced ? \
					fact_fault($(NF - 1)) : "columns"
				if (fault)
					tell($0, fault)
			}' "$page" "$page" || return
	done
}

# Between *[ and ]*; where a paragraph only leads over to what is below, or is a
# list of what the one before says, it needs none.
test_every_statement_says_how_it_was_had() {
	awk "$facts"'
		function end_of_paragraph(rest, fault) {
			marks = 0
			rest = text
			while (match(rest, /\*\[[^]]*\]\*/)) {
				fault = fact_fault(substr(rest, RSTART + 2,
						RLENGTH - 4))
				if (fault)
					tell(text, fault)
				marks++
				rest = substr(rest, RSTART + RLENGTH)
			}
			if (text && !marks && text !~ /: *$/)
				tell(text, "without a mark")
			text = ""
		}
		/^## Which firmware/ { begun = 1 }
		/^## Sources/ { begun = 0 }
		!begun || /^#/ || /^    / || /^\|/ || /^[0-9]\./ { next }
		/^$/ { end_of_paragraph(); next }
		{ text = text $0 " " }' hwdocs/firmware.md hwdocs/firmware.md
}

# In the page that is generated: of each rule.
test_every_rule_says_how_it_was_had() {
	awk 'function end_of_rule() {
			if (rule && !ways) {
				print FILENAME ": " rule
				bad = 1
			}
			ways = 0
		}
		/^### / { end_of_rule(); rule = $0 }
		/^\* \*(Executed|Read):\* ./ { ways++ }
		END { end_of_rule(); exit bad || !rule }' hwdocs/limits.md
}

test_nothing_is_left_to_be_filled_in() {
	! grep -n -E 'TODO|FIXME|XXX' README.md hwdocs/*.md
}

# What GitHub makes of a heading.
anchors() {
	sed -n 's/^##* //p' "$1" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9\n_-'
}

test_links_lead_somewhere() {
	for page in README.md hwdocs/*.md; do
		grep -o '](\([^):]*\))' "$page" | tr -d '()]' | sort -u |
		while IFS='#' read -r file anchor; do
			[ -n "$file" ] && file=$(dirname "$page")/$file ||
				file=$page
			[ -e "$file" ] || { echo "$page: $file"; continue; }
			[ -z "$anchor" ] || anchors "$file" |
				grep -qx -e "$anchor" ||
				echo "$page: $file#$anchor"
		done
	done | grep . && return 1
	return 0
}

for test in $(sed -n 's/^\(test_[a-z_]*\)() {$/\1/p' "$0"); do
	number=$((number + 1))
	name=$(echo "${test#test_}" | tr _ ' ')
	if said=$("$test" 2>&1); then
		echo "ok $number - $name"
	else
		echo "$said"
		echo "not ok $number - $name"
		failed=1
	fi
done
exit $failed
