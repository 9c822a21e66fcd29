// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check_value.hpp>

#include "notation.hpp"

using namespace notation;
using ir::mistake;
namespace units = ir::units;

namespace {

struct with_v : maker {
  expression v = variable("v", units::volt), xi = variable("xi", {}, ir::role::noise);
};
/// What is found in the value of a variable w.
template <class Value>
constexpr ir::diagnosis check(Value value, ir::symbol const& w) {
  with_v m;
  int const root = value(m).node;
  ir::typing types(m.model);
  ir::value_checker checker(m.model, types);
  checker.fit("w", root, w, ir::none);
  checker.forbid_noise(root);
  return types.found();
}
constexpr ir::symbol voltage{.unit = units::volt};
constexpr ir::symbol flag{.type = ir::value_type::boolean};

static_assert(check([](with_v& m) { return -m.v; }, voltage).ok());
static_assert(check([](with_v& m) { return m.v * m.v; }, voltage).what ==
              mistake::dimension_mismatch);
static_assert(check([](with_v& m) { return m.v * m.xi; }, voltage).what ==
              mistake::misplaced_noise);
static_assert(check([](with_v& m) { return m.v > m.number(0, units::volt); }, flag).ok());
static_assert(check([](with_v& m) { return m.v; }, flag).what == mistake::not_a_condition);

}  // namespace
