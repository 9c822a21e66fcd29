// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/construct.hpp>
#include <nernst/nmodl/syntax.hpp>
#include <nernst/nmodl/unit_table.hpp>

namespace nernst::nmodl {

/// What a file describes.
enum class mechanism_kind : char {
  density,     ///< SUFFIX: per area of membrane
  point,       ///< POINT_PROCESS: at a place
  artificial,  ///< ARTIFICIAL_CELL: without a membrane
  functions,   ///< SUFFIX nothing: functions for others
};
constexpr ir::string_view to_text(mechanism_kind k) {
  constexpr ir::string_view names[] = {"density", "point", "artificial", "functions"};
  return names[static_cast<int>(k)];
}

/// What a file has beyond the core, and where it is first.
struct use {
  construct what = construct::none;
  int at = 0;
};

/// What was found out about a file that could be read.
struct contents {
  mechanism_kind kind = mechanism_kind::density;
  stage needs = stage::core;
  bool has_net_receive = false;
  unit_table units;  ///< with those of the file
  ir::list<use> uses;
  ir::list<finding> findings;  ///< without file, line and column
  ir::list<int> fixed;         ///< PARAMETERs that bound loops, which are constants: names

  constexpr bool uses_construct(construct c) const {
    for (use const& u : uses)
      if (u.what == c) return true;
    return false;
  }
  /// The first finding of this weight, or null.
  constexpr finding const* first(grade weight) const {
    for (finding const& f : findings)
      if (f.weight == weight) return &f;
    return nullptr;
  }
  constexpr bool is_fixed(int name) const {
    for (int const f : fixed)
      if (f == name) return true;
    return false;
  }
  constexpr bool has_mistake() const { return first(grade::mistake) != nullptr; }
};

}  // namespace nernst::nmodl
