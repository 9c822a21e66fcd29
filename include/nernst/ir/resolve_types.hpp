// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>
#include <nernst/ir/roots.hpp>
#include <nernst/ir/typing.hpp>

namespace nernst::ir {

/// Replaces what depends on types by plain operations. `types` has checked the expressions and
/// found nothing.
///
/// * `clip` becomes minimum and maximum; the result of clipping an integer is truncated, as in
///   Brian 2.
/// * An integer to an integer power is rounded: kernels compute powers to some digits only.
/// * What is assigned to an integer variable is truncated (Brian 2: a C cast).
/// * A whole number is not truncated again.
class type_resolver {
 public:
  constexpr type_resolver(model& m, typing const& types)
      : m_(m), types_(types), checked_(m.nodes.size()) {}

  /// Whether anything in the model depends on types.
  constexpr bool is_needed() const {
    for (symbol const& s : m_.symbols)
      if (s.type == value_type::integer || s.kind == role::index || s.kind == role::count)
        return true;
    for (int i = 0; i < m_.nodes.size(); ++i)
      if (m_.nodes[i].code == op::clip || m_.nodes[i].code == op::trunc) return true;
    return false;
  }
  /// An expression as the value of a variable of some type.
  constexpr int as(value_type type, int value) {
    bool const whole = type != value_type::integer || has_no_fraction(value);
    return whole ? value : m_.nodes.make(op::trunc, value);
  }
  /// The expressions in plain operations.
  constexpr list<int> resolve(span<int const> roots) {
    return rebuild(m_.nodes, roots, [this](int i, node const& n) { return plain(i, n); });
  }

 private:
  constexpr bool is_number(int i) const {
    return types_.kind(i) == value_kind::integer || types_.kind(i) == value_kind::bit;
  }
  constexpr bool has_no_fraction(int i) const {
    return is_number(i) || types_.kind(i) == value_kind::truth;
  }
  constexpr int plain(int i, node const& n) {
    graph& g = m_.nodes;
    if (n.code == op::clip) {
      int const limited = g.make(op::minimum, g.make(op::maximum, n.a, n.b), n.c);
      return has_no_fraction(i) ? g.make(op::trunc, limited) : limited;
    }
    if (n.code == op::power && has_no_fraction(i) && !g.is_literal(n.b)) {
      int const power = g.make(n);
      int const rounded = g.make(op::floor, g.add(power, g.literal(0.5)));
      return g.select(g.make(op::greater_equal, n.b, g.literal(0)), rounded, power);
    }
    if (n.code == op::trunc && i < checked_ && is_number(g[i].a)) return n.a;
    return operands(n.code) == 0 ? i : g.make(n);
  }

  model& m_;
  typing const& types_;
  int checked_;
};

/// Does so with all expressions of a model.
constexpr void resolve_types(model& m, typing const& types) {
  type_resolver resolver(m, types);
  if (!resolver.is_needed()) return;
  auto const assign = [&](auto& s) { s.value = resolver.as(m.at(s.symbol).type, s.value); };
  for (auto& s : m.subexpressions) assign(s);
  for_each_block(m, [&assign](auto& block) {
    for (auto& s : block) assign(s);
  });
  replace_roots(m, resolver.resolve(roots(m)));
}

}  // namespace nernst::ir
