// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/model.hpp>

#include "catch.hpp"

using namespace nernst::ir;

namespace {

static_assert(find_builtin("t")->kind == role::time && find_builtin("t")->unit == units::second);
static_assert(find_builtin("dt")->kind == role::time_step &&
              find_builtin("dt")->unit == units::second);
static_assert(find_builtin("t_in_timesteps")->kind == role::step &&
              find_builtin("t_in_timesteps")->type == value_type::integer);
static_assert(find_builtin("i")->kind == role::index &&
              find_builtin("i")->type == value_type::integer);
static_assert(find_builtin("N")->kind == role::count &&
              find_builtin("N")->type == value_type::integer);
static_assert(find_builtin("xi")->kind == role::noise &&
              find_builtin("xi")->unit == power(units::second, {-1, 2}));
static_assert(find_builtin("not_refractory")->type == value_type::boolean);
static_assert(find_builtin("lastspike")->unit == units::second);
static_assert(find_builtin("v") == nullptr && find_builtin("") == nullptr &&
              find_builtin("T") == nullptr);

constexpr bool is_found_both_ways() {
  for (symbol const& s : builtins)
    if (find_builtin(s.id) != &s || &builtin(s.kind) != &s || s.owner != side::here) return false;
  return true;
}
static_assert(is_found_both_ways());

}  // namespace

TEST_CASE("a model takes in what every model has when it is read", "[ir][builtin]") {
  model m;
  for (symbol const& s : builtins) {
    int const node = m.read(s.kind);
    CHECK(m.at(m.nodes[node].which) == s);
    CHECK(m.read(s.kind) == node);
    CHECK(m.find(s.kind) == m.nodes[node].which);
  }
  CHECK(m.symbols.size() == static_cast<int>(std::size(builtins)));
}
