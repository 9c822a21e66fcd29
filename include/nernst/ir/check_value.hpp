// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/typing.hpp>

namespace nernst::ir {

/// Checks single expressions of a model, up to the first mistake.
class value_checker {
 public:
  using place = typing::place;

  /// Works on `types`, which knows more afterwards.
  constexpr value_checker(model const& m, typing& types) : m_(m), types_(types) {}

  /// The value of a variable.
  constexpr void fit(place const& where, int root, symbol const& target, int origin) {
    if (target.type == value_type::boolean)
      condition(where, root, origin);
    else
      value(where, root, target.unit, origin);
  }
  constexpr void value(place const& where, int root, dimension expected, int origin = none) {
    types_.infer(where, root, origin);
    types_.need(expected, root);
  }
  constexpr void condition(place const& where, int root, int origin) {
    types_.infer(where, root, origin);
    if (ok()) types_.need_condition(root);
    forbid_noise(root);
  }
  constexpr void forbid_noise(int root, string_view instead = {}) {
    if (!ok() || !types_.has_noise()) return;
    if (reads(m_, root, [](symbol const& s) { return s.kind == role::noise; }))
      types_.report(mistake::misplaced_noise, types_.where(), instead);
  }

 protected:
  constexpr bool ok() const { return types_.found().ok(); }

  model const& m_;
  typing& types_;
};

}  // namespace nernst::ir
