// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>
#include <nernst/ir/roots.hpp>
#include <nernst/ir/typing.hpp>

namespace nernst::ir {

namespace detail {
/// Whether anything in a model depends on types.
constexpr bool mixes_types(model const& m) {
  for (symbol const& s : m.symbols)
    if (s.type == value_type::integer || s.kind == role::index || s.kind == role::count)
      return true;
  for (int i = 0; i < m.nodes.size(); ++i)
    if (m.nodes[i].code == op::clip || m.nodes[i].code == op::trunc) return true;
  return false;
}
}  // namespace detail

/// Replaces what depends on types by plain operations. `types` has checked the model and found
/// nothing.
///
/// * `clip` becomes minimum and maximum; the result of clipping an integer is truncated, as in
///   Brian 2.
/// * An integer to an integer power is rounded: kernels compute powers to some digits only.
/// * What is assigned to an integer variable is truncated (Brian 2: a C cast).
/// * A whole number is not truncated again.
constexpr void resolve_types(model& m, typing const& types) {
  if (!detail::mixes_types(m)) return;
  graph& g = m.nodes;
  int const checked = g.size();
  auto is_number = [&types](int i) {
    return types.kind(i) == value_kind::integer || types.kind(i) == value_kind::bit;
  };
  auto has_no_fraction = [&](int i) { return is_number(i) || types.kind(i) == value_kind::truth; };
  auto assign = [&](auto& s) {
    if (m.at(s.symbol).type == value_type::integer && !has_no_fraction(s.value))
      s.value = g.make(op::trunc, s.value);
  };
  for (auto& s : m.subexpressions) assign(s);
  for_each_block(m, [&assign](auto& block) {
    for (auto& s : block) assign(s);
  });

  replace_roots(m, rebuild(g, roots(m), [&](int i, node const& n) {
                  if (n.code == op::clip) {
                    int const limited = g.make(op::minimum, g.make(op::maximum, n.a, n.b), n.c);
                    return has_no_fraction(i) ? g.make(op::trunc, limited) : limited;
                  }
                  if (n.code == op::power && has_no_fraction(i) && !g.is_literal(n.b)) {
                    int const power = g.make(n);
                    int const rounded = g.make(op::floor, g.add(power, g.literal(0.5)));
                    return g.select(g.make(op::greater_equal, n.b, g.literal(0)), rounded, power);
                  }
                  if (n.code == op::trunc && i < checked && is_number(g[i].a)) return n.a;
                  return operands(n.code) == 0 ? i : g.make(n);
                }));
}

}  // namespace nernst::ir
