#!/run/offload/busybox sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
#
# Runs in the lab, for lib.sh: each line of stdin is a name and a command in
# base64; the reply is a line "NAME STATUS OUT_BYTES ERR_BYTES" and then what it
# said. What hangs is ended. A command's output goes to files first, so that a
# reply is one piece.
dir=$(mktemp -d) || exit 1
while read -r name command; do
	timeout -k 5 60 /bin/sh -c "$(echo "$command" | base64 -d)" </dev/null \
		>"$dir/out" 2>"$dir/err"
	status=$?
	# shellcheck disable=SC2046 # two numbers
	echo "$name $status" $(stat -c %s "$dir/out" "$dir/err")
	cat "$dir/out" "$dir/err"
done
