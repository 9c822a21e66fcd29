// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>

namespace nernst::integrate {

/// The embedded Runge-Kutta pair of orders 5 and 4 of Dormand and Prince (J. Comput. Appl. Math. 6,
/// 1980), with the value of order 5. Each element covers a step by substeps of its own, so short
/// that the error of each state x in a substep of length h is at most absolute + relative (|x| + |h
/// f|): `equation::absolute_tolerance` and `model::relative_tolerance`. The latter alone is enough,
/// whatever the scale of a variable is, as a state that passes zero is measured by its change. A
/// substep never reaches beyond its step.
struct rk45 {
  static constexpr ir::method_id id = ir::method_id::rk45;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr ir::string_view wants = "equations without random numbers";

  static constexpr verdict accepts(system& f) {
    verdict v = deterministic(f);
    if (v.ok) v.reason = "accepts everything deterministic";
    return v;
  }
  static constexpr plan advance(system& f) {
    if (f.size() == 0) return {};
    auto const x = f.state();
    auto const h = variable(f, "_substep", ir::role::adaptive_step);
    auto const t = f.t() + variable(f, "_elapsed", ir::role::elapsed);
    auto const k_1 = h * f(x, t);
    auto const k_2 = h * f(x + k_1 / 5, t + h / 5);
    auto const k_3 = h * f(x + (3 * k_1 + 9 * k_2) / 40, t + 3 * h / 10);
    auto const k_4 = h * f(x + (44 * k_1 - 168 * k_2 + 160 * k_3) / 45, t + 4 * h / 5);
    auto const k_5 =
        h * f(x + (19372 * k_1 - 76080 * k_2 + 64448 * k_3 - 1908 * k_4) / 6561, t + 8 * h / 9);
    auto const k_6 = h * f(x + 9017.0 / 3168 * k_1 - 355.0 / 33 * k_2 + 46732.0 / 5247 * k_3 +
                               49.0 / 176 * k_4 - 5103.0 / 18656 * k_5,
                           t + h);
    auto const end = x + 35.0 / 384 * k_1 + 500.0 / 1113 * k_3 + 125.0 / 192 * k_4 -
                     2187.0 / 6784 * k_5 + 11.0 / 84 * k_6;
    auto const k_7 = h * f(end, t + h);
    auto const error = 71.0 / 57600 * k_1 - 71.0 / 16695 * k_3 + 71.0 / 1920 * k_4 -
                       17253.0 / 339200 * k_5 + 22.0 / 525 * k_6 - k_7 / 40;
    return substepping(f, end, size_of(f, error, k_1));
  }

 private:
  /// Keeps the quotient of error and tolerance finite where both are zero; far below every quantity
  /// in SI units.
  static constexpr double least_tolerance = 1e-30;

  static constexpr scalar variable(system& f, ir::string_view called, ir::role kind) {
    ir::model& m = f.model();
    return {&m, m.nodes.symbol(declare(m, called, kind, ir::units::second))};
  }

  /// The norm of error / tolerance over the states. It is no less than the largest of them, and
  /// becomes NaN where one does.
  static constexpr int size_of(system& f, stage const& error, stage const& change) {
    ir::model& m = f.model();
    ir::graph& g = m.nodes;
    int sum = ir::none;
    for (int i = 0; i < f.size(); ++i) {
      double const absolute = f.equation(i).absolute_tolerance;
      int const scale =
          g.add(g.make(ir::op::abs, f.state().nodes[i]), g.make(ir::op::abs, change.nodes[i]));
      int const tolerance =
          g.add(g.multiply(g.literal(m.relative_tolerance), scale),
                g.literal(absolute > least_tolerance ? absolute : least_tolerance));
      int const part = g.divide(error.nodes[i], tolerance), square = g.multiply(part, part);
      sum = sum == ir::none ? square : g.add(sum, square);
    }
    return sum == ir::none ? g.literal(0) : g.make(ir::op::sqrt, sum);
  }

  static constexpr plan substepping(system& f, stage const& end, int error) {
    ir::model& m = f.model();
    plan p;
    adaptive_states s;
    s.error = error;
    s.order = 5;
    for (int i = 0; i < f.size(); ++i) {
      int const e = f.equations()[i];
      ir::identifier const end_name = ir::identifier("_end_").append(e);
      s.equations.push_back(e);
      s.value.push_back(end.nodes[i]);
      s.result.push_back(
          declare(m, end_name.view(), ir::role::adaptive_result, m.at(f.equation(i).symbol).unit));
      p.update.push_back({f.equation(i).symbol, m.nodes.symbol(s.result.back())});
    }
    s.length = declare(m, "_substep_length", ir::role::state, ir::units::second);
    s.next_length = declare(m, "_end_substep_length", ir::role::adaptive_result, ir::units::second);
    p.update.push_back({s.length, m.nodes.symbol(s.next_length)});
    p.adaptive.push_back(s);
    return p;
  }
  static constexpr int declare(ir::model& m, ir::string_view called, ir::role kind,
                               ir::dimension unit) {
    return m.declare({.id = called, .kind = kind, .unit = unit});
  }
};

}  // namespace nernst::integrate
