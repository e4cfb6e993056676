#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What the documents promise of themselves: no fact without its source, nothing
# left to be filled in, no link that leads nowhere.
set -u
number=0 failed=0

# Rows of tables whose last column is headed "source", with nothing in it.
test_every_fact_has_a_source() {
	[ "$(grep -c 'source |$' hwdocs/cards.md)" -ge 5 ] &&
	awk -F'|' '
		!/^\|/ { sourced = 0; next }
		$(NF - 1) ~ /^ *source *$/ { sourced = 1; columns = NF; next }
		/^[-|]*$/ { next }
		sourced && (NF != columns || $(NF - 1) !~ /[a-z0-9]/) {
			print FILENAME ":" FNR ": " $0
			bad = 1
		}
		END { exit bad }' hwdocs/*.md
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
