// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/exponential_step.hpp>
#include <nernst/integrate/system.hpp>

namespace nernst::integrate {

/// The exponential Euler method (Rush and Larsen 1978), of order 1: each equation is solved exactly
/// with all other states held at the start of the step, and with them what functions make of the
/// state itself (as Brian 2 does): A and B may depend on exp(v).
///
/// In dv/dt = A v + B it sets v to v + dt (A v + B) exprel(A dt), which is the same as the usual
/// (v + B/A) exp(A dt) - B/A but also holds where A becomes zero; to v exp(A dt) where B is
/// structurally zero and to v + dt B where A is.
struct exponential_euler {
  static constexpr ir::method_id id = ir::method_id::exponential_euler;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr ir::string_view wants = "dx/dt linear in x itself";

  static constexpr verdict accepts(system& f) {
    verdict v = deterministic(f);
    if (!v.ok) return v;
    for (int i = 0; i < f.size(); ++i) {
      if (forms_of(f, i).is_linear(f.equation(i).rhs)) continue;
      v = refusal(f.model(), f.equations()[i], " is not linear in ");
      v.reason += f.model().at(f.equation(i).symbol).id;
      return v;
    }
    v.reason = "each equation is linear in its own variable";
    return v;
  }
  static constexpr plan advance(system& f) {
    ir::model& m = f.model();
    stage next = f.state();
    for (int i = 0; i < f.size(); ++i) {
      auto const& e = f.equation(i);
      ir::linear_forms forms = forms_of(f, i);
      int culprit = ir::none;
      int const roots[] = {e.rhs};
      forms.find(roots, culprit);
      int& x = next.nodes[i];
      int const moved =
          exponential_step(m.nodes, x, rate(m, x, e.rhs, forms), forms, 0, f.dt().node);
      x = e.unless_refractory ? m.nodes.select(m.not_refractory(), moved, x) : moved;
    }
    return next;
  }

 private:
  static constexpr int only_column[] = {0};

  /// A x + B, as it is written, or, where A has to be computed for each element anyway, so.
  static constexpr int rate(ir::model& m, int x, int written, ir::linear_forms const& forms) {
    auto const terms = forms.terms(0);
    if (terms.empty() || forms.offset(0) == ir::none) return written;
    int const slope = terms[0].coefficient;
    bool const varies = changes(variation_of(m, slope), ir::variation::by_state);
    return varies ? m.nodes.add(m.nodes.multiply(slope, x), forms.offset(0)) : written;
  }

  static constexpr ir::linear_forms forms_of(system& f, int i) {
    using ir::linear_forms;
    return {f.model().nodes, only_column, f.equation(i).symbol, linear_forms::draws::refused,
            linear_forms::functions::constant};
  }
};

}  // namespace nernst::integrate
