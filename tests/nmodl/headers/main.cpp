// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What nernst_add_mechanisms makes of files.
#include <looked_up/tabled.hpp>
#include <mod/coupled.hpp>
#include <mod/pool.hpp>
#include <older/pool.hpp>
#include <test_channels/calcium.hpp>
#include <test_channels/noisy.hpp>

namespace ir = nernst::ir;

constexpr int equations_of(ir::model const& m) {
  return m.mistake.ok() ? m.equations.size() : -1;
}
static_assert(equations_of(lower(mod::coupled::model)) == 2);
static_assert(equations_of(lower(mod::pool::model)) == 2);
static_assert(mod::pool::model.file.name == "pool.mod");
static_assert(lower(looked_up::tabled::model).tabulations.size() == 7);

/// Whether a number stands in a model.
constexpr bool has_number(ir::model const& m, double x) {
  for (int k = 0; k < m.nodes.size(); ++k)
    if (m.nodes.is_literal(k, x)) return true;
  return false;
}
static_assert(has_number(lower(older::pool::model), 96485.3));
static_assert(!has_number(lower(mod::pool::model), 96485.3));

// Another file, which it includes, is found; what cannot be lowered is named.
static_assert(lower(test_channels::calcium::model).mistake.ok());
constexpr auto mistake = lower(test_channels::noisy::model).mistake;
static_assert(mistake.what == ir::mistake::not_supported);
static_assert(mistake.where.view().starts_with("noisy.mod:"));

// The compiler may also put a file into an array.
#ifdef __has_embed
#ifdef __clang__
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif
struct embedded {
  static constexpr char text[] = {
#embed "../mod/tabled.mod"
  };
  static constexpr char part[] = {
#embed "../files/constants.inc"
  };
  static constexpr auto model = nernst::nmodl::mechanism("tabled.mod", text);
  static constexpr nernst::nmodl::source included{"constants.inc", nernst::nmodl::text_of(part)};
};
static_assert(lower(embedded::model).tabulations.empty());
static_assert(equations_of(lower(embedded::model)) == 1);
static_assert(embedded::included.text.size() == sizeof embedded::part);
#endif

int main() {}
