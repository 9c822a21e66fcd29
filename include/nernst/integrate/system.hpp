// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/stage.hpp>
#include <nernst/ir/linear.hpp>

#include <concepts>
#include <span>
#include <string_view>
#include <vector>

namespace nernst::integrate {

/// Kinds of noise that equations have and methods can integrate; each includes the ones before it.
enum class stochastic : std::uint8_t {
  none,
  additive,       ///< factors that stay the same during a step: the interpretations of Itô and
                  ///< Stratonovich agree
  multiplicative  ///< factors that depend on t or on a state that has an equation
};

/// The random increments of the Wiener processes of a model in one step. All systems of a model
/// share them.
class wiener_increments {
 public:
  /// sqrt(dt) times the normal number that belongs to noise `symbol`; the same at each call.
  constexpr int operator()(ir::model& m, int symbol) {
    for (std::size_t k = 0; k < symbols_.size(); ++k)
      if (symbols_[k] == symbol) return nodes_[k];
    symbols_.push_back(symbol);
    nodes_.push_back(
        m.nodes.multiply(m.nodes.make(ir::op::sqrt, m.time_step()), m.draw(ir::op::normal)));
    return nodes_.back();
  }

 private:
  std::vector<int> symbols_, nodes_;
};

/// What a method sees of a model: dx/dt = f(x, t) + sum_k g_k(x, t) xi_k for the states x of some
/// of its equations. The states of other equations stay at their old values during a step. It
/// writes nodes into the graph of the model and keeps a pointer to it.
class system {
 public:
  /// All equations of the model.
  constexpr explicit system(ir::model& m) : system(m, {}, true) {}
  /// Some equations: ascending indices into `model::equations`.
  constexpr system(ir::model& m, std::span<int const> equations) : system(m, equations, false) {}
  system(system const&) = delete;
  system& operator=(system const&) = delete;
  constexpr ~system() = default;

  constexpr ir::model& model() const { return *t_.of; }
  /// Indices into `model::equations`. Every stage has one value for each.
  constexpr std::span<int const> equations() const {
    return {equations_.data(), static_cast<std::size_t>(equations_.size())};
  }
  constexpr ir::equation const& equation(int i) const {
    return model().equations[static_cast<std::size_t>(equations_[i])];
  }
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
  constexpr int noises() const { return static_cast<int>(noises_.size()); }
  /// The factors of noise variable `k` at states `x` and time `t`; zero for equations without it
  /// and for those that are frozen.
  constexpr stage noise(int k, stage const& x, scalar t) {
    return evaluate(noises_[static_cast<std::size_t>(k)].factor, x, t);
  }
  /// The increment of the Wiener process of noise variable `k` in this step: sqrt(dt) times a
  /// normal random number. It is the same for all stages and equations, and for all systems of the
  /// model that share `increments`.
  constexpr scalar dw(int k) {
    return {t_.of, (*increments_)(model(), noises_[static_cast<std::size_t>(k)].symbol)};
  }
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
  constexpr int drawing_equation() const;

 private:
  struct part {
    stage at_start;
    /// The operations below the values that read a state or t: they differ between stages, all
    /// others are shared.
    ir::buffer<int> moving;
    bool listed = false;
  };
  struct noise_variable {
    int symbol = ir::none;
    part factor;
  };

  constexpr system(ir::model& m, std::span<int const> equations, bool all)
      : t_{&m, m.time()}, dt_{&m, m.time_step()}, x_{&m, nullptr, {}},
        increments_(&own_increments_) {
    int const n = static_cast<int>(all ? m.equations.size() : equations.size());
    equations_ = symbols_ = x_.nodes = ir::buffer<int>(n);
    slope_.at_start.nodes = ir::buffer<int>(n);
    x_.of = slope_.at_start.of = &m;
    x_.symbols = slope_.at_start.symbols = symbols_.data();
    int *const equation = equations_.data(), *const symbol = symbols_.data(),
               *const x = x_.nodes.data();
    int* const slope = slope_.at_start.nodes.data();
    ir::equation const* const list = m.equations.data();
    int const* const chosen = equations.data();
    bool flagged = false;
    for (int i = 0; i < n; ++i) {
      ir::equation const& e = list[equation[i] = all ? i : chosen[i]];
      x[i] = m.nodes.symbol(symbol[i] = e.symbol);
      slope[i] = e.rhs;
      flagged = flagged || e.unless_refractory;
    }
    split_noise();
    for (int i = 0; flagged && i < n; ++i) {
      ir::equation const& e = list[equation[i]];
      if (e.unless_refractory)
        slope[i] = m.nodes.select(m.not_refractory(), slope[i], m.nodes.literal(0, slope_unit(e)));
    }
  }

  constexpr ir::dimension slope_unit(ir::equation const& e) const {
    return model().at(e.symbol).unit / ir::units::second;
  }

  /// Takes the noise out of the slopes.
  constexpr void split_noise() {
    ir::model& m = model();
    std::vector<int> column;
    int last = 0;
    ir::symbol const* const symbols = m.symbols.data();
    for (std::size_t s = 0, count = m.symbols.size(); s < count; ++s) {
      if (symbols[s].kind != ir::role::noise) continue;
      if (last == 0) column.assign(count, ir::none);
      column[s] = last++;
    }
    if (last == 0) return;
    std::vector<int> const rhs(slope_.at_start.nodes.begin(), slope_.at_start.nodes.end());
    ir::linear_forms forms(m.nodes, column, 0, ir::linear_forms::draws::constant);
    int culprit = ir::none;
    if (!forms.find(rhs, culprit)) {
      kind_ = stochastic::multiplicative;
      int const e = equations_[culprit];
      ir::text reason("d");
      separable_ = {
          false, ((reason += m.at(symbols_[culprit]).id) += "/dt is not linear in its noise"), e};
      return;
    }
    std::vector<int> place(static_cast<std::size_t>(last), ir::none), factors;
    for (int i = 0; i < size(); ++i) {
      auto const row = static_cast<std::size_t>(i);
      ir::dimension const unit = slope_unit(equation(i));
      int const offset = forms.offset(row);
      slope_.at_start.nodes[i] = offset == ir::none ? m.nodes.literal(0, unit) : offset;
      for (auto const& term : forms.terms(row)) {
        int& k = place[static_cast<std::size_t>(term.column)];
        if (k == ir::none) {
          k = noises();
          noises_.push_back({});
          noises_.back().factor.at_start = zeros();
        }
        factors.push_back(term.coefficient);
        if (noisy_ == ir::none) noisy_ = equations_[i];
        int factor = term.coefficient;
        if (equation(i).unless_refractory)
          factor = m.nodes.select(m.not_refractory(), factor,
                                  m.nodes.literal(0, unit * power(ir::units::second, {1, 2})));
        noises_[static_cast<std::size_t>(k)].factor.at_start.nodes[i] = factor;
      }
    }
    for (std::size_t s = 0; s < column.size(); ++s)
      if (column[s] != ir::none && place[static_cast<std::size_t>(column[s])] != ir::none)
        noises_[static_cast<std::size_t>(place[static_cast<std::size_t>(column[s])])].symbol =
            static_cast<int>(s);
    if (noises() > 0) kind_ = moves(factors) ? stochastic::multiplicative : stochastic::additive;
  }

  constexpr stage zeros() const {
    stage r{t_.of, symbols_.data(), ir::buffer<int>(size())};
    for (int i = 0; i < size(); ++i)
      r.nodes[i] =
          model().nodes.literal(0, slope_unit(equation(i)) * power(ir::units::second, {1, 2}));
    return r;
  }

  /// Whether an expression depends on t, other than by the time of a timed array, or on a state
  /// that has an equation.
  constexpr bool moves(std::span<int const> roots) const {
    ir::model const& m = model();
    std::vector<char> solved(m.symbols.size(), 0);
    for (auto const& e : m.equations) solved[static_cast<std::size_t>(e.symbol)] = 1;
    ir::buffer<char> flags(m.nodes.size());
    char* const moves = flags.data();
    for (int const i : ir::schedule(m.nodes, roots)) {
      ir::node const& n = m.nodes[i];
      if (n.code == ir::op::symbol)
        moves[i] = i == t_.node || solved[static_cast<std::size_t>(n.a)] != 0;
      if (n.code < ir::op::negate) continue;
      bool const held = ir::is_lookup(n.code) && n.a == t_.node;
      moves[i] = (moves[n.a] != 0 && !held) || (n.code >= ir::op::add && moves[n.b] != 0) ||
                 (n.code >= ir::op::select && moves[n.c] != 0);
    }
    for (int const root : roots)
      if (moves[root] != 0) return true;
    return false;
  }

  constexpr stage evaluate(part& p, stage const& x, scalar t) {
    if (t.node == t_.node && is_state(x)) return p.at_start;
    ir::graph& g = model().nodes;
    if (!p.listed) list_moving(p);
    int* const image = image_.data();
    int const* value = x.nodes.data();
    for (int const state : x_.nodes) image[state] = *value++;
    image[t_.node] = t.node;
    int const* const moving = p.moving.data();
    for (int k = 0, count = p.moving.size(); k < count; ++k) {
      ir::node const& n = g[moving[k]];
      image[moving[k]] =
          n.code == ir::op::select
              ? g.select(image[n.a], image[n.b], image[n.c])
              : g.make(n.code, image[n.a], n.code < ir::op::add ? ir::none : image[n.b],
                       n.code < ir::op::select ? ir::none : image[n.c], n.tag);
    }
    stage r{x.of, x.symbols, ir::buffer<int>(x.nodes.size())};
    int* out = r.nodes.data();
    for (int const root : p.at_start.nodes) *out++ = image[root];
    return r;
  }

  constexpr bool is_state(stage const& x) const {
    int const* node = x.nodes.data();
    for (int const state : x_.nodes)
      if (state != *node++) return false;
    return true;
  }

  constexpr void list_moving(part& p) {
    p.listed = true;
    ir::graph const& g = model().nodes;
    if (image_.size() == 0) {
      image_ = ir::buffer<int>(g.size());
      int* image = image_.data();
      for (int i = 0, n = image_.size(); i < n; ++i) *image++ = i;
    }
    ir::buffer<char> flags(g.size());
    char* const moves = flags.data();
    for (int const x : x_.nodes) moves[x] = 1;
    moves[t_.node] = 1;
    auto const& roots = p.at_start.nodes;
    for (int const i : ir::schedule(
             g, std::span<int const>(roots.data(), static_cast<std::size_t>(roots.size())))) {
      ir::node const& n = g[i];
      if (n.code < ir::op::negate) continue;
      if (moves[n.a] == 0 && (n.code < ir::op::add || moves[n.b] == 0) &&
          (n.code < ir::op::select || moves[n.c] == 0))
        continue;
      moves[i] = 1;
      p.moving.push_back(i);
    }
  }

  scalar t_, dt_;
  stage x_;
  ir::buffer<int> equations_, symbols_;
  part slope_;
  std::vector<noise_variable> noises_;
  stochastic kind_ = stochastic::none;
  int noisy_ = ir::none;
  verdict separable_;
  ir::buffer<int> image_;
  wiener_increments own_increments_;
  wiener_increments* increments_;
};

/// "d<state>/dt<what>", for reasons.
constexpr ir::text about(ir::model const& m, int equation, std::string_view what) {
  ir::text t("d");
  t += m.at(m.equations[static_cast<std::size_t>(equation)].symbol).id;
  t += "/dt";
  t += what;
  return t;
}

constexpr int system::drawing_equation() const {
  ir::model const& m = model();
  ir::node const* const nodes = m.nodes.data();
  int last = m.nodes.size() - 1;
  while (last >= 0 && !ir::is_random(nodes[last].code)) --last;
  if (last < 0) return ir::none;
  auto const draws = [&m, nodes](std::span<int const> roots) {
    for (int const i : ir::schedule(m.nodes, roots))
      if (ir::is_random(nodes[i].code)) return true;
    return false;
  };
  std::vector<int> rhs;
  for (int const e : equations_) rhs.push_back(m.equations[static_cast<std::size_t>(e)].rhs);
  if (!draws(rhs)) return ir::none;
  for (std::size_t i = 0; i < rhs.size(); ++i)
    if (draws({&rhs[i], 1})) return equations_[static_cast<int>(i)];
  return ir::none;
}

/// Refuses equations that draw random numbers: it is not said whether the stages of a step share a
/// draw.
constexpr verdict without_draws(system const& f) {
  int const e = f.drawing_equation();
  if (e == ir::none) return {};
  return {false, about(f.model(), e, " draws random numbers"), e};
}

/// Refuses noise, and equations that draw random numbers.
constexpr verdict deterministic(system const& f) {
  if (!f.separable().ok) return f.separable();
  if (f.noises() == 0) return without_draws(f);
  int const e = f.noisy_equation();
  return {false, about(f.model(), e, " has noise"), e};
}

/// What `choose` asks of a method, built in or the user's own. `accepts` may add nodes to the graph
/// of the model, nothing else.
template <class M>
concept Method = requires(system& f) {
  { M::name } -> std::convertible_to<std::string_view>;
  { M::accepts(f) } -> std::same_as<verdict>;
  { M::advance(f) } -> std::convertible_to<plan>;
};

}  // namespace nernst::integrate
