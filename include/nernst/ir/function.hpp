// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dimension.hpp>
#include <nernst/ir/short_string.hpp>

namespace nernst::ir {

/// A function that the user adds to the language. Its place in `model::functions` is `which` of
/// the nodes that call it.
struct function {
  static constexpr int most_arguments = 3;

  identifier id;
  int arity = 1;
  dimension argument[most_arguments] = {};
  dimension result;
  /// For each argument the place of the function that gives the partial derivative by it, or -1.
  int derivative[most_arguments] = {-1, -1, -1};
  /// Evaluates in SI units, on the host.
  double (*evaluate)(double const* arguments) = nullptr;
};

}  // namespace nernst::ir
