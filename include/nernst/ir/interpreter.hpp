// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/evaluation.hpp>
#include <nernst/ir/tape.hpp>

#include <cmath>

namespace nernst::ir {

namespace detail {
/// What an operation makes of its operands, where these are all that it takes. Truth values are 0
/// and 1.
template <class Real>
Real compute(op code, Real const* x) {
  using real = typename mathematics<Real>::real;
  auto const number = [](bool truth) { return Real(truth ? real(1) : real(0)); };
  auto const truth = [](Real const& y) { return y != Real(real(0)); };
  switch (code) {
#define NERNST_ROW(name, ...)                                                                      \
  case op::name:                                                                                   \
    return evaluation<op::name>::of(x[0]);
    NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
  case op::negate:
    return -x[0];
  case op::add:
    return x[0] + x[1];
  case op::subtract:
    return x[0] - x[1];
  case op::multiply:
    return x[0] * x[1];
  case op::divide:
    return x[0] / x[1];
  case op::power:
    return evaluation<op::power>::of(x[0], x[1]);
  case op::floor_mod:
    return evaluation<op::floor_mod>::of(x[0], x[1]);
  case op::floor_divide:
    return evaluation<op::floor_divide>::of(x[0], x[1]);
  case op::exprelr_2:
    return evaluation<op::exprelr_2>::of(x[0], x[1]);
  case op::atan2:
    return evaluation<op::atan2>::of(x[0], x[1]);
  case op::minimum:
    return evaluation<op::minimum>::of(x[0], x[1]);
  case op::maximum:
    return evaluation<op::maximum>::of(x[0], x[1]);
  case op::clip:
    return evaluation<op::clip>::of(x[0], x[1], x[2]);
  case op::select:
    return truth(x[0]) ? x[1] : x[2];
  case op::less:
    return number(x[0] < x[1]);
  case op::less_equal:
    return number(x[0] <= x[1]);
  case op::greater:
    return number(x[0] > x[1]);
  case op::greater_equal:
    return number(x[0] >= x[1]);
  case op::equal:
    return number(x[0] == x[1]);
  case op::not_equal:
    return number(x[0] != x[1]);
  case op::logical_not:
    return number(!truth(x[0]));
  case op::logical_and:
    return number(truth(x[0]) && truth(x[1]));
  case op::logical_or:
    return number(truth(x[0]) || truth(x[1]));
  default:
    return Real(real(NAN));
  }
}
}  // namespace detail

/// Evaluates expressions at run time: the reference that compiled kernels are compared with. What
/// is needed is scheduled once; a call allocates nothing. Truth values are 0 and 1.
///
/// `Environment` has `symbol(int index) const`, the value of a variable, and
/// `draw(op code, int number) const`, the random number with that number; for expressions that need
/// them also `draw(op code, int number, Real a, Real b) const` (poisson and binomial numbers),
/// `lookup(int table, Real time, Real column) const` and
/// `call(int function, Real const* arguments) const`. `Real` is the type to compute in, see
/// `mathematics`.
template <class Environment, class Real = double>
class interpreter {
 public:
  /// Evaluates `roots`; a root that is `none` gives NaN.
  interpreter(graph const& g, span<int const> roots) : interpreter(record(g, roots)) {}
  /// Evaluates a tape that was made before.
  explicit interpreter(tape_view const& t)
      : operations_(t.operations), results_(t.results), values_(t.operations.size()) {}

  /// Evaluates for one element. `results` has one place per root.
  void operator()(Environment const& environment, span<Real> results) {
    for (int i = 0; i < operations_.size(); ++i) values_[i] = evaluate(operations_[i], environment);
    for (int r = 0; r < results_.size(); ++r)
      results[r] = results_[r] == none ? not_a_number() : values_[results_[r]];
  }

 private:
  using real = typename mathematics<Real>::real;
  static Real not_a_number() { return Real(real(NAN)); }

  Real evaluate(node const& n, Environment const& environment) const {
    if (n.code == op::literal) return Real(static_cast<real>(n.value));
    if (n.code == op::symbol) return environment.symbol(n.which);
    int const arity = operands(n.code);
    if (arity == 0) return environment.draw(n.code, n.which);
    Real const zero(real(0));
    Real const x[] = {values_[n.a], arity > 1 ? values_[n.b] : zero,
                      arity > 2 ? values_[n.c] : zero};
    if (is_random(n.code)) {
      if constexpr (requires { environment.draw(n.code, n.which, x[0], x[1]); })
        return environment.draw(n.code, n.which, x[0], x[1]);
    } else if (is_lookup(n.code)) {
      if constexpr (requires { environment.lookup(n.which, x[0], x[1]); })
        return environment.lookup(n.which, x[0], x[1]);
    } else if (is_call(n.code)) {
      if constexpr (requires { environment.call(n.which, x); }) return environment.call(n.which, x);
    } else {
      return detail::compute(n.code, x);
    }
    return not_a_number();
  }

  list<node> operations_;
  list<int> results_;
  list<Real> values_;
};

}  // namespace nernst::ir
