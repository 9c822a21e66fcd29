// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "written.hpp"

using namespace written;

namespace {
constexpr auto stimulus = timed_array<"stimulus">(nA);
template <class... T>
concept Calls = requires(T... y) { stimulus(y...); };
}  // namespace

TEST_CASE("a timed array is read at a time, in a column", "[language]") {
  STATIC_REQUIRE(unit_of<decltype(stimulus(t))> == ir::units::ampere);
  CHECK(text(stimulus(t)) == "stimulus(t)");
  CHECK(text(stimulus(t - 2 * ms, i) + I) == "stimulus(t - 2*ms, i) + I");
  CHECK(text(stimulus(1 * second, 2)) == "stimulus(1*s, 2)");
  STATIC_REQUIRE(Calls<decltype(t), decltype(i)>);
  STATIC_REQUIRE(!Calls<>);
  STATIC_REQUIRE(!Calls<decltype(on)>);
}

TEST_CASE("a timed array is one symbol of its model", "[language]") {
  ir::model const m = lower(neuron(d(v) / dt = (stimulus(t) + stimulus(t, i)) * ohm / second,
                                   threshold(stimulus(t) > 1 * nA)));
  int const table = m.find("stimulus");
  REQUIRE(table != ir::none);
  CHECK(m.at(table).kind == ir::role::table);
  CHECK(m.at(table).unit == ir::units::ampere);
  int lookups = 0;
  for (int k = 0; k < m.nodes.size(); ++k)
    if (ir::is_lookup(m.nodes[k].code)) {
      CHECK(m.nodes[k].which == table);
      ++lookups;
    }
  CHECK(lookups == 2);
  CHECK(ir::check(m).ok());
}

TEST_CASE("two arrays are two, also where they are read alike", "[language]") {
  auto const other = timed_array<"other">(nA);
  CHECK(text(stimulus(t) - other(t)) == "stimulus(t) - other(t)");
}
