// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/lost_equation.hpp>
#include <nernst/ir/list.hpp>

#include <cmath>

namespace nernst::engine {

/// Follows values that are not finite through a kernel: sums, products and numerators keep them.
class lost_values {
 public:
  lost_values(kernel::compiled_model const& model, ir::span<double const> scalars,
              kernel::scheduled_kernel const& k)
      : model_(model), scalars_(scalars), places_(model.scalars_of_step(k)),
        of_step_(follow(model.prologue(k))), of_element_(follow(model.code(k))) {}

  /// 0 where an instruction of the kernel has a finite value, or may have one.
  double operator[](int instruction) const { return of_element_[instruction]; }

 private:
  using code_view = ir::span<kernel::instruction const>;

  ir::list<double> follow(code_view code) const {
    ir::list<double> lost(code.size());
    for (int k = 0; k < code.size(); ++k) lost[k] = value(code, lost, code[k]);
    return lost;
  }
  double value(code_view code, ir::list<double> const& lost, kernel::instruction const& s) const {
    using enum ir::op;
    if (s.from == kernel::origin::scalar) return std::isfinite(scalars_[s.a]) ? 0 : scalars_[s.a];
    if (s.from == kernel::origin::step_scalar) return of_step_[places_[s.a]];
    if (s.from != kernel::origin::computed) return 0;
    switch (s.code) {
    case negate:
      return lost[s.a];
    case add:
    case subtract:
    case multiply:
      return lost[s.a] != 0 ? lost[s.a] : lost[s.b];
    case divide:
      return lost[s.a] != 0 || !is_zero(code[s.b]) ? lost[s.a] : INFINITY;
    case select:
      return is_refractoriness(code[s.a]) || lost[s.c] != 0 ? lost[s.b] : 0;
    default:
      return 0;
    }
  }
  bool is_zero(kernel::instruction const& s) const {
    return s.from == kernel::origin::scalar && scalars_[s.a] == 0;
  }
  /// Whether a condition says that an element is not refractory.
  bool is_refractoriness(kernel::instruction const& s) const {
    return s.from == kernel::origin::open ||
           (s.from == kernel::origin::array && s.a == model_.flag);
  }

  kernel::compiled_model const& model_;
  ir::span<double const> scalars_;
  ir::span<int const> places_;
  ir::list<double> of_step_, of_element_;
};

NERNST_INLINE lost_equation find_lost_equation(kernel::compiled_model const& model,
                                               ir::span<double const> scalars) {
  for (kernel::scheduled_kernel const& k : model.kernels) {
    bool const integrates =
        k.when_executed == kernel::trigger::update || k.when_executed == kernel::trigger::advance;
    if (!integrates) continue;
    lost_values const lost(model, scalars, k);
    for (kernel::output const& o : model.stores(k))
      for (kernel::integrated_state const& e : model.equations) {
        bool const is_it = !o.on_spike && o.array == model.variables[e.symbol].array;
        if (is_it && lost[o.value] != 0) return {e.symbol, e.method, lost[o.value]};
      }
  }
  return {};
}

}  // namespace nernst::engine
