// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/stage.hpp>
#include <nernst/integrate/verdict.hpp>
#include <nernst/integrate/wiener_increments.hpp>
#include <nernst/ir/dependency.hpp>
#include <nernst/ir/linear_forms.hpp>

#include <concepts>

namespace nernst::integrate {

/// Kinds of noise that equations have and methods can integrate; each includes the ones before it.
enum class stochastic : std::uint8_t {
  none,
  additive,       ///< factors that stay the same during a step: the interpretations of Itô and
                  ///< Stratonovich agree
  multiplicative  ///< factors that depend on t or on a state that has an equation
};

/// What a method sees of a model: dx/dt = f(x, t) + sum_k g_k(x, t) xi_k for the states x of some
/// of its equations. The states of other equations stay at their old values during a step. It
/// writes nodes into the graph of the model and keeps a pointer to it.
class system {
 public:
  /// All equations of the model.
  constexpr explicit system(ir::model& m) : system(m, every_equation(m)) {}
  /// Some equations: ascending indices into `model::equations`.
  constexpr system(ir::model& m, ir::list<int> equations)
      : t_{&m, m.time()}, dt_{&m, m.time_step()}, x_{&m, nullptr, {}},
        equations_(static_cast<ir::list<int>&&>(equations)), increments_(&own_increments_) {
    slope_.at_start.of = &m;
    for (int const k : equations_) {
      ir::equation const& e = m.equations[k];
      symbols_.push_back(e.symbol);
      x_.nodes.push_back(m.nodes.symbol(e.symbol));
      slope_.at_start.nodes.push_back(e.rhs);
    }
    x_.symbols = symbols_.data();
    slope_.at_start.symbols = symbols_.data();
    split_noise();
    for (int i = 0; i < size(); ++i)
      if (equation(i).unless_refractory) freeze(slope_.at_start.nodes[i], slope_unit(i));
  }
  system(system const&) = delete;
  system& operator=(system const&) = delete;
  constexpr ~system() = default;

  constexpr ir::model& model() const { return *t_.of; }
  /// Indices into `model::equations`. Every stage has one value for each.
  constexpr ir::span<int const> equations() const { return equations_; }
  constexpr ir::equation const& equation(int i) const { return model().equations[equations_[i]]; }
  constexpr int size() const { return equations_.size(); }

  /// The start of the step.
  constexpr scalar t() const { return t_; }
  constexpr scalar dt() const { return dt_; }
  /// The states at the start of the step.
  constexpr stage const& state() const { return x_; }
  /// The slopes at states `x` and time `t`, without noise; zero for equations that are frozen while
  /// the element is refractory.
  constexpr stage operator()(stage const& x, scalar t) { return evaluate(slope_, x, t); }

  /// How many noise variables (xi, xi_a ...) the equations read.
  constexpr int noises() const { return noises_.size(); }
  /// The factors of noise variable `k` at states `x` and time `t`; zero for equations without it
  /// and for those that are frozen.
  constexpr stage noise(int k, stage const& x, scalar t) {
    return evaluate(noises_[k].factor, x, t);
  }
  /// The increment of the Wiener process of noise variable `k` in this step: sqrt(dt) times a
  /// normal random number. It is the same for all stages and equations, and for all systems of the
  /// model that share `increments`.
  constexpr scalar dw(int k) { return {t_.of, (*increments_)(model(), noises_[k].symbol)}; }
  constexpr void share(wiener_increments& increments) { increments_ = &increments; }

  /// The kind of noise. A timed array at time t counts as constant during a step.
  constexpr stochastic kind() const { return kind_; }
  /// Whether the equations are linear in their noise variables. If not, neither slopes nor noise
  /// have a meaning.
  constexpr verdict const& separable() const { return separable_; }
  /// The first equation (index into `model::equations`) with noise, or `none`.
  constexpr int noisy_equation() const { return noisy_; }
  /// The first equation (index into `model::equations`) that draws random numbers other than noise,
  /// or `none`.
  constexpr int drawing_equation() const {
    auto const draws = [](ir::node const& n) { return ir::is_random(n.code); };
    ir::graph const& g = model().nodes;
    bool any = false;
    for (int i = 0; i < g.size() && !any; ++i) any = draws(g[i]);
    for (int const e : equations_)
      if (any && ir::any_of(g, model().equations[e].rhs, draws)) return e;
    return ir::none;
  }

 private:
  struct part {
    stage at_start;
    /// The operations below the values that read a state or t: they differ between stages, all
    /// others are shared.
    ir::list<int> moving;
    bool listed = false;
  };
  struct noise_variable {
    int symbol = ir::none;
    part factor;
  };

  static constexpr ir::list<int> every_equation(ir::model const& m) {
    ir::list<int> all(m.equations.size());
    for (int i = 0; i < all.size(); ++i) all[i] = i;
    return all;
  }
  constexpr ir::dimension slope_unit(int i) const {
    return model().at(symbols_[i]).unit / ir::units::second;
  }
  constexpr ir::dimension factor_unit(int i) const {
    return slope_unit(i) * power(ir::units::second, {1, 2});
  }
  constexpr void freeze(int& node, ir::dimension unit) {
    ir::model& m = model();
    node = m.nodes.select(m.not_refractory(), node, m.nodes.literal(0, unit));
  }

  /// Takes the noise out of the slopes.
  constexpr void split_noise() {
    ir::model& m = model();
    ir::list<int> column(m.symbols.size(), ir::none), sources;
    for (int s = 0; s < m.symbols.size(); ++s) {
      if (m.at(s).kind != ir::role::noise) continue;
      column[s] = sources.size();
      sources.push_back(s);
    }
    if (sources.empty()) return;
    ir::linear_forms forms(m.nodes, column, 0, ir::linear_forms::draws::constant);
    int culprit = ir::none;
    if (!forms.find(slope_.at_start.nodes, culprit)) {
      kind_ = stochastic::multiplicative;
      separable_ = refusal(m, equations_[culprit], " is not linear in its noise");
      return;
    }
    ir::list<int> place(sources.size(), ir::none), factors;
    for (int i = 0; i < size(); ++i) {
      int const offset = forms.offset(i);
      slope_.at_start.nodes[i] = offset == ir::none ? m.nodes.literal(0, slope_unit(i)) : offset;
      for (auto const& term : forms.terms(i)) {
        int& k = place[term.column];
        if (k == ir::none) {
          k = noises();
          noises_.push_back({sources[term.column], {zeros(), {}, false}});
        }
        factors.push_back(term.coefficient);
        if (noisy_ == ir::none) noisy_ = equations_[i];
        int factor = term.coefficient;
        if (equation(i).unless_refractory) freeze(factor, factor_unit(i));
        noises_[k].factor.at_start.nodes[i] = factor;
      }
    }
    if (noises() > 0)
      kind_ = changes_within_step(factors) ? stochastic::multiplicative : stochastic::additive;
  }

  constexpr stage zeros() const {
    stage r{t_.of, symbols_.data(), ir::list<int>(size())};
    for (int i = 0; i < size(); ++i) r.nodes[i] = model().nodes.literal(0, factor_unit(i));
    return r;
  }

  /// Whether an expression depends on t, other than by the time of a timed array, or on a state
  /// that has an equation.
  constexpr bool changes_within_step(ir::span<int const> roots) const {
    ir::model const& m = model();
    ir::list<ir::variation> known(m.symbols.size());
    for (auto const& e : m.equations) known[e.symbol] = ir::variation::within_step;
    known[m.nodes[t_.node].which] = ir::variation::within_step;
    auto const all =
        ir::variations(m.nodes, roots, t_.node, [&known](int symbol) { return known[symbol]; });
    for (int const root : roots)
      if (changes(all[root], ir::variation::within_step)) return true;
    return false;
  }

  constexpr stage evaluate(part& p, stage const& x, scalar t) {
    if (t.node == t_.node && x.nodes == x_.nodes) return p.at_start;
    ir::graph& g = model().nodes;
    if (!p.listed) list_moving(p);
    for (int i = 0; i < size(); ++i) image_[x_.nodes[i]] = x.nodes[i];
    image_[t_.node] = t.node;
    for (int const i : p.moving) {
      ir::node n = g[i];
      int const arity = ir::operands(n.code);
      n.a = image_[n.a];
      if (arity > 1) n.b = image_[n.b];
      if (arity > 2) n.c = image_[n.c];
      image_[i] = n.code == ir::op::select ? g.select(n.a, n.b, n.c) : g.make(n);
    }
    stage r{x.of, x.symbols, ir::list<int>(size())};
    for (int i = 0; i < size(); ++i) r.nodes[i] = image_[p.at_start.nodes[i]];
    return r;
  }

  constexpr void list_moving(part& p) {
    p.listed = true;
    ir::graph const& g = model().nodes;
    for (int i = image_.size(); i < g.size(); ++i) image_.push_back(i);
    ir::list<ir::variation> known(model().symbols.size());
    for (int const s : symbols_) known[s] = ir::variation::within_step;
    known[g[t_.node].which] = ir::variation::within_step;
    ir::list<int> const& roots = p.at_start.nodes;
    auto const all =
        ir::variations(g, roots, ir::none, [&known](int symbol) { return known[symbol]; });
    ir::list<int> const order = ir::schedule(g, roots);
    for (int const i : order)
      if (ir::operands(g[i].code) > 0 && changes(all[i], ir::variation::within_step))
        p.moving.push_back(i);
  }

  scalar t_, dt_;
  stage x_;
  ir::list<int> equations_, symbols_;
  part slope_;
  ir::list<noise_variable> noises_;
  stochastic kind_ = stochastic::none;
  int noisy_ = ir::none;
  verdict separable_;
  ir::list<int> image_;
  wiener_increments own_increments_;
  wiener_increments* increments_;
};

/// Refuses equations that draw random numbers: it is not said whether the stages of a step share a
/// draw.
constexpr verdict without_draws(system const& f) {
  int const e = f.drawing_equation();
  if (e == ir::none) return {};
  return refusal(f.model(), e, " draws random numbers");
}

/// Refuses noise, and equations that draw random numbers.
constexpr verdict deterministic(system const& f) {
  if (!f.separable().ok) return f.separable();
  if (f.noises() == 0) return without_draws(f);
  return refusal(f.model(), f.noisy_equation(), " has noise");
}

/// What `choose` asks of a method, built in or the user's own. `accepts` may add nodes to the graph
/// of the model, nothing else.
template <class M>
concept Method = requires(system& f) {
  { M::name } -> std::convertible_to<ir::string_view>;
  { M::accepts(f) } -> std::same_as<verdict>;
  { M::advance(f) } -> std::convertible_to<plan>;
};

}  // namespace nernst::integrate
