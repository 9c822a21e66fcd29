// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

#include <concepts>
#include <span>
#include <string_view>
#include <vector>

/// Integration methods: each turns the equations of a model into the new value of each state after one step.
namespace nernst::integrate {

/// Whether a method can integrate a model, and why (not), in one short sentence.
struct verdict {
  bool ok = true;
  ir::text reason;
  /// The equation that is in the way, or `none`.
  int equation = ir::none;
};

/// A propagator exp(A dt) of the exact method, which the engine computes once per run from the values of the nodes in `matrix`
/// and stores in the symbols of `coefficient`.
struct exact_block {
  /// A has `order` rows and columns: the block's equations, then what is held constant over a step (inputs, and last the number one).
  int order = 0;
  /// The equations of the block, ascending: indices into `model::equations`.
  std::vector<int> equations;
  /// order * order nodes, row major. They read parameters, shared variables, dt and i, no states.
  std::vector<int> matrix;
  /// order * order symbol indices, row major: where the entries of exp(A dt) go; `none` for entries that are not needed.
  std::vector<int> coefficient;
  /// Whether the entries of A differ between the elements of a population. Then each coefficient is an array.
  bool per_element = false;
};

/// One step of a method: the new value of each state in terms of the old ones (in the order of `model::equations`), and the
/// propagators they need.
struct plan {
  std::vector<ir::assignment> update;
  std::vector<exact_block> exact;
};

/// A number in the formula of a method: t, dt and what is computed from them.
struct scalar {
  ir::model* of = nullptr;
  int node = ir::none;

  constexpr ir::graph& graph() const { return of->nodes; }
  constexpr int literal(double x) const { return graph().literal(x); }
  friend constexpr scalar operator+(scalar a, scalar b) { return {a.of, a.graph().add(a.node, b.node)}; }
  friend constexpr scalar operator-(scalar a, scalar b) { return {a.of, a.graph().subtract(a.node, b.node)}; }
  friend constexpr scalar operator*(scalar a, scalar b) { return {a.of, a.graph().multiply(a.node, b.node)}; }
  friend constexpr scalar operator/(scalar a, scalar b) { return {a.of, a.graph().divide(a.node, b.node)}; }
  friend constexpr scalar operator*(double a, scalar b) { return {b.of, b.graph().multiply(b.literal(a), b.node)}; }
  friend constexpr scalar operator*(scalar a, double b) { return {a.of, a.graph().multiply(a.node, a.literal(b))}; }
  friend constexpr scalar operator/(scalar a, double b) { return {a.of, a.graph().divide(a.node, a.literal(b))}; }
};

/// One value per equation of a model, for instance all states or all their slopes. Operators work on each value.
struct stage {
  ir::model* of = nullptr;
  /// A node for each equation.
  ir::buffer<int> nodes;

  friend constexpr stage operator+(stage const& a, stage const& b) { return combine(ir::op::add, a, b); }
  friend constexpr stage operator-(stage const& a, stage const& b) { return combine(ir::op::subtract, a, b); }
  friend constexpr stage operator*(scalar a, stage const& b) { return combine(ir::op::multiply, a.node, b); }
  friend constexpr stage operator*(double a, stage const& b) { return combine(ir::op::multiply, b.of->nodes.literal(a), b); }
  friend constexpr stage operator/(stage const& a, scalar b) { return combine(ir::op::divide, a, b.node); }
  friend constexpr stage operator/(stage const& a, double b) { return combine(ir::op::divide, a, a.of->nodes.literal(b)); }

  /// The step that gives each state its value in this stage.
  constexpr operator plan() const {
    plan p;
    p.update.reserve(of->equations.size());
    int const* node = nodes.data();
    for (auto const& e : of->equations) p.update.push_back({e.symbol, *node++});
    return p;
  }

 private:
  static constexpr stage combine(ir::op code, stage const& a, stage const& b) {
    stage r{a.of, ir::buffer<int>(a.nodes.size())};
    ir::graph& g = a.of->nodes;
    int* out = r.nodes.data();
    int const* y = b.nodes.data();
    for (int const x : a.nodes) *out++ = g.make(code, x, *y++);
    return r;
  }
  static constexpr stage combine(ir::op code, int a, stage const& b) {
    stage r{b.of, ir::buffer<int>(b.nodes.size())};
    ir::graph& g = b.of->nodes;
    int* out = r.nodes.data();
    for (int const y : b.nodes) *out++ = g.make(code, a, y);
    return r;
  }
  static constexpr stage combine(ir::op code, stage const& a, int b) {
    stage r{a.of, ir::buffer<int>(a.nodes.size())};
    ir::graph& g = a.of->nodes;
    int* out = r.nodes.data();
    for (int const x : a.nodes) *out++ = g.make(code, x, b);
    return r;
  }
};

/// What a method sees of a model: dx/dt = f(x, t), for all states x that have an equation.
/// It writes nodes into the graph of the model and keeps a pointer to it.
class system {
 public:
  constexpr explicit system(ir::model& m)
      : t_{&m, m.time()}, dt_{&m, m.time_step()}, x_(states(m)), slope_(slopes(m)), image_(m.nodes.size()), moving_(list_moving()) {
    int* image = image_.data();
    for (int i = 0, n = image_.size(); i < n; ++i) *image++ = i;
  }

  constexpr ir::model& model() const { return *t_.of; }
  /// The start of the step.
  constexpr scalar t() const { return t_; }
  constexpr scalar dt() const { return dt_; }
  /// The states at the start of the step.
  constexpr stage const& state() const { return x_; }
  /// The slopes at states `x` and time `t`; zero for equations that are frozen while the element is refractory.
  constexpr stage operator()(stage const& x, scalar t) {
    if (t.node == t_.node && is_state(x)) return slope_;
    ir::graph& g = model().nodes;
    int* const image = image_.data();
    int const* value = x.nodes.data();
    for (int const state : x_.nodes) image[state] = *value++;
    image[t_.node] = t.node;
    for (int const i : moving_) {
      ir::node const n = g[i];
      if (n.code < ir::op::add)
        image[i] = g.make(n.code, image[n.a]);
      else if (n.code < ir::op::select)
        image[i] = g.make(n.code, image[n.a], image[n.b]);
      else
        image[i] = g.select(image[n.a], image[n.b], image[n.c]);
    }
    stage r{x.of, ir::buffer<int>(x.nodes.size())};
    int* out = r.nodes.data();
    for (int const slope : slope_.nodes) *out++ = image[slope];
    return r;
  }

 private:
  static constexpr stage states(ir::model& m) {
    stage x{&m, {}};
    for (auto const& e : m.equations) x.nodes.push_back(m.nodes.symbol(e.symbol));
    return x;
  }
  static constexpr stage slopes(ir::model& m) {
    stage s{&m, {}};
    for (auto const& e : m.equations)
      s.nodes.push_back(!e.unless_refractory
                            ? e.rhs
                            : m.nodes.select(m.not_refractory(), e.rhs, m.nodes.literal(0, m.at(e.symbol).unit / ir::units::second)));
    return s;
  }

  constexpr bool is_state(stage const& x) const {
    int const* node = x.nodes.data();
    for (int const state : x_.nodes)
      if (state != *node++) return false;
    return true;
  }

  /// The operations below the slopes that read a state or t: they differ between stages, all others are shared.
  constexpr ir::buffer<int> list_moving() const {
    ir::graph const& g = model().nodes;
    ir::buffer<char> flags(g.size());
    char* const moves = flags.data();
    for (int const x : x_.nodes) moves[x] = 1;
    moves[t_.node] = 1;
    ir::buffer<int> list;
    for (int const i : ir::schedule(g, std::span<int const>(slope_.nodes.data(), static_cast<std::size_t>(slope_.nodes.size())))) {
      ir::node const& n = g[i];
      if (n.code < ir::op::negate) continue;
      if (moves[n.a] == 0 && (n.code < ir::op::add || moves[n.b] == 0) && (n.code < ir::op::select || moves[n.c] == 0)) continue;
      moves[i] = 1;
      list.push_back(i);
    }
    return list;
  }

  scalar t_, dt_;
  stage x_, slope_;
  ir::buffer<int> image_, moving_;
};

/// "d<state>/dt<what>", for reasons.
constexpr ir::text about(ir::model const& m, int equation, std::string_view what) {
  ir::text t("d");
  t += m.at(m.equations[static_cast<std::size_t>(equation)].symbol).id;
  t += "/dt";
  t += what;
  return t;
}

/// Refuses equations that draw random numbers: it is not said whether the stages of a step share a draw.
constexpr verdict deterministic(ir::model const& m) {
  constexpr int unread = -1;
  std::vector<int> reader(static_cast<std::size_t>(m.nodes.size()), unread);
  for (std::size_t e = m.equations.size(); e-- > 0;) reader[static_cast<std::size_t>(m.equations[e].rhs)] = static_cast<int>(e);
  for (int i = m.nodes.size() - 1; i >= 0; --i) {
    int const e = reader[static_cast<std::size_t>(i)];
    if (e == unread) continue;
    ir::node const& n = m.nodes[i];
    if (ir::is_random(n.code)) return {false, about(m, e, " draws random numbers"), e};
    int const operand[] = {n.a, n.b, n.c};
    for (int k = 0; k < ir::operands(n.code); ++k) reader[static_cast<std::size_t>(operand[k])] = e;
  }
  return {};
}

/// What `choose` asks of a method, built in or the user's own. `accepts` may add nodes to the graph of the model, nothing else.
template <class M>
concept Method = requires(ir::model& m, system& f) {
  { M::name } -> std::convertible_to<std::string_view>;
  { M::accepts(m) } -> std::same_as<verdict>;
  { M::advance(f) } -> std::convertible_to<plan>;
};

}  // namespace nernst::integrate
