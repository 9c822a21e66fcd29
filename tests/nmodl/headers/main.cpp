// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What nernst_add_mechanisms makes of files.
#include <looked_up/tabled.hpp>
#include <mod/coupled.hpp>
#include <mod/pool.hpp>
#include <test_channels/calcium.hpp>

namespace ir = nernst::ir;

constexpr int equations_of(ir::model const& m) {
  return m.mistake.ok() ? m.equations.size() : -1;
}
static_assert(equations_of(lower(mod::coupled::model)) == 2);
static_assert(equations_of(lower(mod::pool::model)) == 2);
static_assert(mod::pool::model.file.name == "pool.mod");
static_assert(lower(looked_up::tabled::model).tabulations.size() == 7);

// Another file, which it includes, is found; what cannot be lowered is named.
constexpr auto mistake = lower(test_channels::calcium::model).mistake;
static_assert(mistake.what == ir::mistake::not_supported);
static_assert(mistake.where.view().starts_with("calcium.mod:"));

int main() {}
