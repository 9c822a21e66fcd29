#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
#
# nernst_run.sh NERNST-RUN FOLDER
# From a file to spikes: what nernst-run compiles, what it does not compile again, and what it says when it cannot.
set -euo pipefail

run=$1
folder=$2
export NERNST_CACHE=$folder/cache OMP_NUM_THREADS=2
rm -rf "$folder/work" "$NERNST_CACHE"/*/programs
mkdir -p "$folder/work"
cd "$folder/work"

fail() {
  echo "nernst_run.sh: $*" >&2
  exit 1
}
expect() { # WHAT EXPECTED FOUND
  [ "$2" = "$3" ] || fail "$1: expected '$2', found '$3'"
}

cat >cell.hpp <<'END'
#pragma once
#include <nernst/nernst.hpp>
using namespace nernst::dsl;
struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = (-40 * mV - v) / (10 * ms), threshold(v > -50 * mV), reset(v = -60 * mV));
};
END
cat >'two cells.cpp' <<'END'
#include "cell.hpp"
#include <cstdio>
int main(int argc, char** argv) {
  nernst::runtime runtime(argc, argv);
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(2);
  cells[cell::v] = -60 * mV;
  auto spikes = net.record_spikes(cells);
  net.run(100 * ms);
  std::printf("%s %d\n", argc > 1 ? argv[1] : "no argument", static_cast<int>(spikes.count()));
}
END

expect "the first run" "no argument 28" "$("$run" 'two cells.cpp' 2>first.txt)"
program=$(find "$NERNST_CACHE" -name 'two cells' -type f)
[ -x "$program" ] || fail "expected a program in the cache"
made=$(stat -c %Y.%s "$program")
expect "the second run, with an argument" "a b 28" "$("$run" 'two cells.cpp' 'a b' 2>second.txt)"
expect "what is said when nothing is compiled" "" "$(cat second.txt)"
expect "the program after the second run" "$made" "$(stat -c %Y.%s "$program")"

sleep 1
sed -i 's/10 \* ms), threshold/20 * ms), threshold/' cell.hpp
expect "the run after a change of a header" "no argument 14" "$("$run" 'two cells.cpp')"

sleep 1
sed -i 's/"no argument"/"nothing"/' 'two cells.cpp'
expect "the run after a change of the file" "nothing 14" "$("$run" 'two cells.cpp')"

echo 'int main() { return 3 }' >wrong.cpp
status=0
"$run" wrong.cpp 2>error.txt || status=$?
expect "the exit status after a mistake" 1 "$status"
grep -q "wrong.cpp:1:.*error" error.txt || fail "expected the compiler's message, found '$(cat error.txt)'"

echo 'int main() { return 3; }' >three.cpp
status=0
"$run" three.cpp || status=$?
expect "the program's exit status" 3 "$status"

status=0
message=$("$run" missing.cpp 2>&1) || status=$?
expect "the exit status without a file" 2 "$status"
expect "what is said without a file" "nernst-run: expected a C++ file, found no file 'missing.cpp'" "$message"
status=0
message=$(CXX=no-such-compiler "$run" three.cpp 2>&1) || status=$?
expect "what is said without a compiler" "nernst-run: expected a C++ compiler, found no program 'no-such-compiler'" "$message"
