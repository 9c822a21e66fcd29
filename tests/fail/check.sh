#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
#
# check.sh FILE COMPILER [FLAGS...]
# FILE does not compile with SHOULD_FAIL defined, and the compiler says so in one error of at most 30 lines (clang++: 60). A line of
# it has at most 300 characters and matches the extended regular expression of FILE's first line, "// EXPECT: regex". If lines of
# FILE end with "// mistake", one of them is the first that the compiler names. "// ERRORS: several" in the second line is for what the
# compiler says itself, in more than one error: the first one is as above.
set -u
export LC_ALL=C

file=$1
shift

fail() {
  printf '%s: %s\n' "$file" "$1" >&2
  printf '%s\n' "$output" | head -n 80 >&2
  exit 1
}

output=$(head -n 1 "$file")
expected=$(sed -n '1s|^// EXPECT: *||p' "$file")
[ -n "$expected" ] || fail "the first line is not '// EXPECT: regex'"
most_lines=30
case $1 in *clang*) most_lines=60 ;; esac

output=$("$@" -fsyntax-only -DSHOULD_FAIL "$file" 2>&1) && fail "must not compile with SHOULD_FAIL"
output=${output//"$PWD/"/} # clang names what it has precompiled by its full path

lines=$(printf '%s\n' "$output" | wc -l)
[ "$lines" -le "$most_lines" ] || fail "the compiler says it in $lines lines, more than $most_lines"
is_error='(^|: )(fatal )?error: '
errors=$(printf '%s\n' "$output" | grep -c -E "$is_error")
[ "$errors" -eq 1 ] || sed -n 2p "$file" | grep -q '^// ERRORS: several' || fail "the compiler says it in $errors errors"

first=$(printf '%s\n' "$output" | awk -v error="$is_error" '$0 ~ error && ++n == 2 { exit } { print }')
matching=$(printf '%s\n' "$first" | grep -E -e "$expected") || fail "no line of the first error matches '$expected'"
printf '%s\n' "$matching" | grep -q -E '^.{1,300}$' || fail "every line that matches '$expected' is longer than 300 characters"
mistake=$(grep -n '// mistake$' "$file" | cut -d : -f 1)
if [ -n "$mistake" ]; then
  place=$(printf '%s\n' "$output" | grep -o -E "^$file:[0-9]+" | head -n 1 | sed 's/.*://')
  printf '%s\n' "$mistake" | grep -q -x -e "$place" || fail "the compiler names line $place first, and not line $mistake"
fi
printf '%s\n' "$matching" | head -n 1
