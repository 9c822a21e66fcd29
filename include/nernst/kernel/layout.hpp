// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>
#include <nernst/kernel/instruction.hpp>

namespace nernst::kernel {

namespace detail {
/// Where something stands in a list, or `none`.
template <class T>
constexpr int position(ir::list<T> const& in, T const& what) {
  for (int i = 0; i < in.size(); ++i)
    if (in[i] == what) return i;
  return ir::none;
}
}  // namespace detail

/// Where the kernels of a model find its variables: one array per variable that varies between
/// elements, and the scalars, which are expressions of literals, shared variables, coefficients and
/// dt and cost nothing per element.
struct layout {
  ir::list<int> arrays;   ///< symbol of each array
  ir::list<int> scalars;  ///< node of each scalar
  ir::list<distribution> distributions;
  ir::list<char> elementwise;  ///< for each symbol, whether it is an array
  /// Symbols of what an integrator with steps of its own finds, in the order of its results.
  ir::list<int> adaptive_results;

  constexpr explicit layout(int symbols) : elementwise(symbols) {}

  constexpr void add_array(int symbol) {
    if (elementwise[symbol] != 0) return;
    elementwise[symbol] = 1;
    arrays.push_back(symbol);
  }
  /// The array of a variable, or `none`.
  constexpr int array(int symbol) const { return detail::position(arrays, symbol); }
  /// The scalar of a node, which is entered when it is new.
  constexpr int scalar(int node) {
    int const known = detail::position(scalars, node);
    if (known != ir::none) return known;
    scalars.push_back(node);
    return scalars.size() - 1;
  }
  /// The same of a distribution.
  constexpr int distribution_of(distribution const& d) {
    int const known = detail::position(distributions, d);
    if (known != ir::none) return known;
    distributions.push_back(d);
    return distributions.size() - 1;
  }
  /// How often the value of a variable has to be computed.
  constexpr ir::frequency frequency(int symbol, ir::role kind) const {
    bool const differs = symbol < elementwise.size() && elementwise[symbol] != 0;
    return differs ? ir::frequency::per_element : frequency_of(variation_of(kind));
  }
  /// How often a node has to be computed for its own sake, whatever its operands are.
  constexpr ir::frequency frequency(ir::model const& m, ir::node const& n) const {
    if (n.code == ir::op::symbol) return frequency(n.which, m.at(n.which).kind);
    if (ir::is_lookup(n.code)) return ir::frequency::per_step;
    return ir::is_random(n.code) ? ir::frequency::per_element : ir::frequency::per_run;
  }
};

}  // namespace nernst::kernel
