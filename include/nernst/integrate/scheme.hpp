// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/scheme_text.hpp>
#include <nernst/integrate/system.hpp>

namespace nernst::integrate {

namespace detail {

/// Carries out a scheme on the equations of a system.
class scheme_step {
 public:
  constexpr scheme_step(scheme_text const& text, system& f)
      : f_(f), g_(f.model().nodes), noises_(f.noises()) {
    for (int i = 0; i < text.size(); ++i) values_.push_back(evaluate(text[i]));
  }

  /// The value as one stage: the deterministic part and the sum of the noise.
  constexpr stage collapsed(int i) {
    value const& v = at(i);
    stage sum = v.stage;
    for (auto const& part : v.noise_stage)
      sum = sparse(ir::op::add, &sum, ir::none, &part, ir::none);
    return sum;
  }

 private:
  using kind = scheme_operation;
  /// A number or a stage, and what belongs to each noise variable.
  struct value {
    int number = ir::none;
    integrate::stage stage;
    ir::list<int> noise_number;
    ir::list<integrate::stage> noise_stage;

    constexpr bool has_stage() const { return stage.of != nullptr; }
  };

  constexpr value const& at(int i) const { return values_[i]; }
  constexpr scalar number(int node) const { return {&f_.model(), node}; }

  constexpr value evaluate(scheme_instruction const& n) {
    value r;
    switch (n.what) {
    case kind::number:
      r.number = g_.literal(n.value);
      break;
    case kind::t:
      r.number = f_.t().node;
      break;
    case kind::dt:
      r.number = f_.dt().node;
      break;
    case kind::x:
      r.stage = f_.state();
      break;
    case kind::dw:
      for (int k = 0; k < noises_; ++k) r.noise_number.push_back(f_.dw(k).node);
      break;
    case kind::f:
      if (at(n.a).noise_stage.empty())
        r.stage = f_(at(n.a).stage, number(at(n.b).number));
      else
        r.stage = f_(collapsed(n.a), number(at(n.b).number));
      break;
    case kind::g: {
      stage const x = collapsed(n.a);
      for (int k = 0; k < noises_; ++k)
        r.noise_stage.push_back(f_.noise(k, x, number(at(n.b).number)));
      break;
    }
    case kind::negate:
    case kind::sqrt:
      unary(n, at(n.a), r);
      break;
    case kind::add:
    case kind::subtract:
      sum(n.what == kind::add ? ir::op::add : ir::op::subtract, at(n.a), at(n.b), r);
      break;
    case kind::multiply:
      product(at(n.a), at(n.b), r);
      break;
    case kind::divide:
    case kind::power:
      by_number(n.what, at(n.a), at(n.b).number, r);
      break;
    }
    return r;
  }

  constexpr void unary(scheme_instruction const& n, value const& a, value& r) {
    ir::op const code = n.what == kind::negate ? ir::op::negate : ir::op::sqrt;
    if (a.number != ir::none) r.number = g_.make(code, a.number);
    if (a.has_stage()) r.stage = negated(a.stage);
    for (int const x : a.noise_number) r.noise_number.push_back(g_.make(code, x));
    for (auto const& x : a.noise_stage) r.noise_stage.push_back(negated(x));
  }
  constexpr stage negated(stage r) {
    for (int i = 0; i < r.nodes.size(); ++i)
      if (!g_.is_literal(r.nodes[i], 0)) r.nodes[i] = g_.negate(r.nodes[i]);
    return r;
  }

  constexpr void sum(ir::op code, value const& a, value const& b, value& r) {
    if (a.number != ir::none || b.number != ir::none) r.number = joined(code, a.number, b.number);
    bool const plus = code == ir::op::add;
    if (!b.has_stage())
      r.stage = a.stage;
    else if (!a.has_stage() && plus)
      r.stage = b.stage;
    else if (!a.has_stage())
      r.stage = negated(b.stage);
    else if (plus)
      r.stage = a.stage + b.stage;
    else
      r.stage = a.stage - b.stage;
    if (!a.noise_number.empty() || !b.noise_number.empty())
      for (int k = 0; k < count(); ++k)
        r.noise_number.push_back(joined(code, part(a.noise_number, k), part(b.noise_number, k)));
    if (!a.noise_stage.empty() || !b.noise_stage.empty())
      for (int k = 0; k < count(); ++k)
        r.noise_stage.push_back(sparse(code, stage_of(a, k), ir::none, stage_of(b, k), ir::none));
  }
  /// a + b or a - b, where one may be absent.
  constexpr int joined(ir::op code, int a, int b) {
    if (b == ir::none) return a;
    if (a == ir::none) return code == ir::op::add ? b : g_.negate(b);
    return g_.make(code, a, b);
  }

  constexpr void product(value const& a, value const& b, value& r) {
    constexpr ir::op times = ir::op::multiply;
    if (a.number != ir::none && b.number != ir::none) r.number = g_.multiply(a.number, b.number);
    if (b.has_stage()) r.stage = number(a.number) * b.stage;
    if (a.has_stage()) r.stage = a.stage * number(b.number);
    for (int k = 0; k < count(); ++k) {
      int const x = joined(ir::op::add, a.number, part(a.noise_number, k)),
                y = joined(ir::op::add, b.number, part(b.noise_number, k));
      if (!b.noise_stage.empty())
        r.noise_stage.push_back(sparse(times, nullptr, x, &b.noise_stage[k], ir::none));
      else if (!a.noise_stage.empty())
        r.noise_stage.push_back(sparse(times, &a.noise_stage[k], ir::none, nullptr, y));
      else if (!a.noise_number.empty() && !b.noise_number.empty())
        r.noise_number.push_back(number_product(a, b, k));
      else if (!a.noise_number.empty() || !b.noise_number.empty())
        r.noise_number.push_back(
            g_.multiply(a.noise_number.empty() ? a.number : a.noise_number[k],
                        b.noise_number.empty() ? b.number : b.noise_number[k]));
    }
  }
  /// The part of (a + a_k) (b + b_k) that belongs to noise variable k.
  constexpr int number_product(value const& a, value const& b, int k) {
    int node = g_.multiply(a.noise_number[k], b.noise_number[k]);
    if (a.number != ir::none) node = g_.add(node, g_.multiply(a.number, b.noise_number[k]));
    if (b.number != ir::none) node = g_.add(node, g_.multiply(a.noise_number[k], b.number));
    return node;
  }

  constexpr void by_number(kind what, value const& a, int b, value& r) {
    bool const root = what == kind::power && g_.is_literal(b, 0.5);
    ir::op const code = what == kind::divide ? ir::op::divide : ir::op::power;
    if (a.number != ir::none)
      r.number = root ? g_.make(ir::op::sqrt, a.number) : g_.make(code, a.number, b);
    if (a.has_stage()) r.stage = a.stage / number(b);
    for (int const x : a.noise_number)
      r.noise_number.push_back(root ? g_.make(ir::op::sqrt, x) : g_.make(code, x, b));
    for (auto const& x : a.noise_stage)
      r.noise_stage.push_back(sparse(code, &x, ir::none, nullptr, b));
  }

  constexpr int count() const { return noises_; }
  static constexpr int part(ir::list<int> const& list, int k) {
    return list.empty() ? ir::none : list[k];
  }
  static constexpr stage const* stage_of(value const& v, int k) {
    return v.noise_stage.empty() ? nullptr : &v.noise_stage[k];
  }

  /// An operation on each value of two stages, of which one may be absent or a number. Where a
  /// noise variable does not reach an equation its zero makes no nodes.
  constexpr stage sparse(ir::op code, stage const* a, int x, stage const* b, int y) {
    stage r = a != nullptr ? *a : *b;
    bool const scales = code != ir::op::add && code != ir::op::subtract;
    for (int i = 0; i < r.nodes.size(); ++i) {
      int const left = a != nullptr ? a->nodes[i] : x, right = b != nullptr ? b->nodes[i] : y;
      bool const no_left = left == ir::none || (a != nullptr && g_.is_literal(left, 0));
      bool const no_right = right == ir::none || (b != nullptr && g_.is_literal(right, 0));
      int& node = r.nodes[i];
      if (scales)
        node = no_left ? left : no_right ? right : g_.make(code, left, right);
      else if (no_right)
        node = left == ir::none ? right : left;
      else if (no_left)
        node = code == ir::op::add ? right : g_.negate(right);
      else
        node = g_.make(code, left, right);
    }
    return r;
  }

  system& f_;
  ir::graph& g_;
  int noises_;
  ir::list<value> values_;
};

}  // namespace detail

/// An explicit method as text, in the notation of Brian 2's ExplicitStateUpdater, for instance
/// "k = dt*f(x,t); x_new = x + dt*f(x + k/2, t + dt/2)".
///
/// `x` stands for all states, `f(x, t)` for their slopes without noise, `g(x, t)` for the factors
/// of the noise and `dW` for the increment of the Wiener process in a step. What contains `g` or
/// `dW` belongs to a noise variable: products are taken for each noise variable on its own, and
/// their sum over the noise variables is what f, g and x_new get to see.
struct scheme {
  ir::string_view text;
  /// The noise it is right for.
  stochastic ability = stochastic::none;
  /// Whether it needs f and g at the start of the step only.
  bool one_stage = false;
  /// Whether the text is free of mistakes.
  bool readable = false;

  /// Without a declared ability: none without `g`, additive if `g` is evaluated at (x, t) only,
  /// else multiplicative.
  constexpr scheme(ir::string_view description)
      : scheme(detail::scheme_text(description), description) {}
  constexpr scheme(ir::string_view description, stochastic declared)
      : scheme(detail::scheme_text(description), description) {
    ability = declared;
  }

  /// What is wrong with the text.
  constexpr ir::diagnosis check() const {
    if (readable) return {};
    return detail::scheme_text(text).mistake();
  }

  /// What it expects of equations, for errors.
  constexpr ir::string_view wants() const {
    if (ability == stochastic::none) return "equations without random numbers";
    return ability == stochastic::additive ? "noise with a factor free of t and x"
                                           : "noise but no other random numbers";
  }

  constexpr verdict accepts(system& f) const {
    if (!readable) return {false, "the scheme has a mistake"};
    if (!f.separable().ok) return f.separable();
    if (ability < f.kind()) {
      int const e = f.noisy_equation();
      return {false,
              about(f.model(), e,
                    ability == stochastic::none ? " has noise" : " has multiplicative noise"),
              e};
    }
    verdict const drawn = without_draws(f);
    if (!drawn.ok && !one_stage) return drawn;
    if (!drawn.ok) return {true, "accepts random numbers"};
    if (f.kind() == stochastic::none) return {true, "accepts everything deterministic"};
    bool const additive = f.kind() == stochastic::additive;
    return {true, additive ? "accepts additive noise" : "accepts any noise"};
  }

  constexpr plan advance(system& f) const {
    detail::scheme_text const steps(text);
    return detail::scheme_step(steps, f).collapsed(steps.x_new());
  }

 private:
  constexpr scheme(detail::scheme_text const& read, ir::string_view description)
      : text(description), ability(read.ability()), one_stage(read.one_stage()),
        readable(read.mistake().ok()) {}
};

}  // namespace nernst::integrate
