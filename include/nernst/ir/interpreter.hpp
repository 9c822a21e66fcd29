// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/flatten.hpp>

#include <cmath>

namespace nernst::ir {

/// Evaluates expressions at run time: the reference that compiled kernels are compared with. What
/// is needed is scheduled once; a call allocates nothing. Truth values are 0 and 1.
///
/// `Environment` has `symbol(int index) const`, the value of a variable, and `draw(op code, int
/// index) const`, the random number with that index; for expressions that need them also `draw(op
/// code, int index, Real a, Real b) const` (poisson and binomial numbers), `lookup(int table, Real
/// time, Real column) const` and `call(int function, Real const* arguments) const`. `Real` is the
/// type to compute in.
template <class Environment, class Real = double>
class interpreter {
 public:
  /// Evaluates `roots`; a root that is `none` gives NaN.
  interpreter(graph const& g, std::vector<int> const& roots) : interpreter(flatten(g, roots)) {}
  explicit interpreter(flat_expressions const& flat) : interpreter(flat.program, flat.results) {}
  /// Evaluates a flat list of expressions that was made before.
  interpreter(std::span<node const> program, std::span<int const> results)
      : program_(program.begin(), program.end()), results_(results.begin(), results.end()),
        registers_(program.size()) {}

  /// Evaluates for one element. `results` has one place per root.
  void operator()(Environment const& environment, std::span<Real> results) {
    for (std::size_t i = 0; i < program_.size(); ++i)
      registers_[i] = evaluate(program_[i], environment);
    for (std::size_t r = 0; r < results_.size(); ++r)
      results[r] = results_[r] == none ? Real(NAN) : value(results_[r]);
  }

 private:
  Real value(int i) const { return registers_[static_cast<std::size_t>(i)]; }

  Real evaluate(node const& n, Environment const& environment) const {
    switch (n.code) {
    case op::literal:
      return static_cast<Real>(n.value);
    case op::symbol:
      return environment.symbol(n.a);
    case op::uniform:
    case op::normal:
      return environment.draw(n.code, n.a);
    default:
      break;
    }
    Real const a = value(n.a), b = n.code >= op::add ? value(n.b) : Real(0),
               c = n.code >= op::select ? value(n.c) : Real(0);
    if (is_random(n.code)) {
      if constexpr (requires { environment.draw(n.code, n.tag, a, b); })
        return environment.draw(n.code, n.tag, a, b);
    } else if (is_lookup(n.code)) {
      if constexpr (requires { environment.lookup(n.tag, a, b); })
        return environment.lookup(n.tag, a, b);
    } else if (is_call(n.code)) {
      Real const arguments[] = {a, b, c};
      if constexpr (requires { environment.call(n.tag, arguments); })
        return environment.call(n.tag, arguments);
    } else if (n.code == op::select) {
      return a != 0 ? b : c;
    } else if (n.code == op::clip) {
      return binary(op::minimum, binary(op::maximum, a, b), c);
    } else {
      return operands(n.code) == 1 ? unary(n.code, a) : binary(n.code, a, b);
    }
    return Real(NAN);
  }

  static Real unary(op code, Real a) {
    switch (code) {
    case op::negate:
      return -a;
    case op::logical_not:
      return a == 0;
    case op::abs:
      return std::abs(a);
    case op::sign:
      return static_cast<Real>((a > 0) - (a < 0));
    case op::ceil:
      return std::ceil(a);
    case op::floor:
      return std::floor(a);
    case op::sqrt:
      return std::sqrt(a);
    case op::exp:
      return std::exp(a);
    case op::expm1:
      return std::expm1(a);
    case op::exprel:
      return std::abs(a) < Real(1e-16) ? Real(1) : std::expm1(a) / a;
    case op::log:
      return std::log(a);
    case op::log10:
      return std::log10(a);
    case op::log1p:
      return std::log1p(a);
    case op::sin:
      return std::sin(a);
    case op::cos:
      return std::cos(a);
    case op::tan:
      return std::tan(a);
    case op::asin:
      return std::asin(a);
    case op::acos:
      return std::acos(a);
    case op::atan:
      return std::atan(a);
    case op::sinh:
      return std::sinh(a);
    case op::cosh:
      return std::cosh(a);
    case op::tanh:
      return std::tanh(a);
    case op::erf:
      return std::erf(a);
    case op::truncate:
      return std::trunc(a);
    default:
      return Real(NAN);
    }
  }

  static Real binary(op code, Real a, Real b) {
    switch (code) {
    case op::add:
      return a + b;
    case op::subtract:
      return a - b;
    case op::multiply:
      return a * b;
    case op::divide:
      return a / b;
    case op::power:
      return std::pow(a, b);
    case op::floor_mod:
      return a - b * std::floor(a / b);
    case op::floor_divide:
      return std::floor(a / b);
    case op::atan2:
      return std::atan2(a, b);
    case op::minimum:
      return b < a ? b : a;
    case op::maximum:
      return b > a ? b : a;
    case op::less:
      return a < b;
    case op::less_equal:
      return a <= b;
    case op::greater:
      return a > b;
    case op::greater_equal:
      return a >= b;
    case op::equal:
      return a == b;
    case op::not_equal:
      return a != b;
    case op::logical_and:
      return a != 0 && b != 0;
    case op::logical_or:
      return a != 0 || b != 0;
    default:
      return Real(NAN);
    }
  }

  std::vector<node> program_;
  std::vector<int> results_;
  std::vector<Real> registers_;
};

}  // namespace nernst::ir
