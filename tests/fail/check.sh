#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
#
# check.sh FILE COMPILER [FLAGS...]
# FILE does not compile with SHOULD_FAIL defined, and the compiler says so in one error of at most 60 lines, one of which has at
# most 300 characters and matches the extended regular expression of FILE's first line, "// EXPECT: regex".
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

output=$("$@" -fsyntax-only -DSHOULD_FAIL "$file" 2>&1) && fail "must not compile with SHOULD_FAIL"
output=${output//"$PWD/"/} # clang names what it has precompiled by its full path

matching=$(printf '%s\n' "$output" | grep -E -e "$expected") || fail "no line matches '$expected'"
printf '%s\n' "$matching" | grep -q -E '^.{1,300}$' || fail "every line that matches '$expected' is longer than 300 characters"
errors=$(printf '%s\n' "$output" | grep -c -E '(^|: )(fatal )?error: ')
[ "$errors" -eq 1 ] || fail "the compiler says it in $errors errors"
lines=$(printf '%s\n' "$output" | wc -l)
[ "$lines" -le 60 ] || fail "the compiler says it in $lines lines, more than 60"
printf '%s\n' "$matching" | head -n 1
