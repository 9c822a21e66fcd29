// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian/line.hpp>

#include "catch.hpp"
#include "read.hpp"
#include <string>

using namespace reading;
using namespace nernst::brian::detail;

// Flags are sets.
static_assert(!equation_line{}.has(constant_flag) &&
              equation_line{.flags = constant_flag | shared_flag}.has(shared_flag));
constexpr bool bits_differ() {
  unsigned all = 0;
  for (known_flag const& f : known_flags) {
    if ((all & f.bit) != 0) return false;
    all |= f.bit;
  }
  return true;
}
static_assert(bits_differ());

namespace {
std::string line_of(line_kind kind, std::string_view flag) {
  std::string line;
  if (kind == differential) line = "dx/dt = 1/second : 1 (";
  if (kind == definition) line = "x = 1 : 1 (";
  if (kind == parameter) line = "x : 1 (";
  return line + std::string(flag) + ")";
}
}  // namespace

TEST_CASE("a flag stands where its row says", "[brian][line]") {
  for (known_flag const& f : known_flags)
    for (line_kind const kind : {differential, definition, parameter}) {
      std::string const line = line_of(kind, f.name);
      INFO(line);
      bool const in_neuron = mistake_of(line, refractory("1*ms")).what != mistake::unknown_flag;
      CHECK(in_neuron == ((f.in_neurons & kind) != 0));
      ir::model const between = lower(synapse(line), {}, {});
      CHECK((between.mistake.what != mistake::unknown_flag) == ((f.in_synapses & kind) != 0));
    }
}
