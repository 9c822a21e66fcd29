// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/exponential_step.hpp>
#include <nernst/integrate/linear_equations.hpp>

#include <cstdint>

namespace nernst::integrate {

namespace detail {

/// Which entries of exp(A dt) differ from those of the unit matrix, given those of A that are not
/// zero.
class closure {
 public:
  constexpr explicit closure(int size)
      : size_(size), words_((size + 63) / 64), bits_(size * words_) {}

  constexpr bool operator()(int i, int j) const {
    return (bits_[i * words_ + j / 64] >> (j % 64) & 1U) != 0;
  }
  constexpr void set(int i, int j) { bits_[i * words_ + j / 64] |= std::uint64_t{1} << (j % 64); }
  constexpr void close() {
    for (int k = 0; k < size_; ++k)
      for (int i = 0; i < size_; ++i)
        if ((*this)(i, k))
          for (int w = 0; w < words_; ++w) bits_[i * words_ + w] |= bits_[k * words_ + w];
  }

 private:
  int size_, words_;
  ir::list<std::uint64_t> bits_;
};

/// Names for coefficients that no other variable has: P_v_g from the names of states, or P_0_2 from
/// the numbers of equations where the names are too long, taken, or many.
class coefficient_names {
 public:
  constexpr explicit coefficient_names(ir::model const& m) : numbered_(m.equations.size() > 10) {
    for (ir::symbol const& s : m.symbols) {
      char const c = s.id.data[0];
      if (c == 'P' || c == 'S' || c == 'Q') taken_.push_back(s.id);
    }
  }

  /// A name for the coefficient of equation `column` (or none) in equation `row`.
  constexpr ir::identifier fresh(ir::model const& m, ir::string_view prefix, int row, int column) {
    if (!numbered_) {
      ir::phrase t(prefix);
      for (int const e : {row, column})
        if (e != ir::none) (t += '_') += state_of(m, e).id;
      ir::identifier const id(t.view());
      if (t.size == id.size && !is_taken(id)) {
        taken_.push_back(id);
        return id;
      }
    }
    ir::identifier id(prefix);
    for (int const e : {row, column})
      if (e != ir::none) (id += '_').append(e);
    while (is_taken(id)) id += '_';
    return id;
  }

 private:
  constexpr bool is_taken(ir::identifier const& id) const {
    for (ir::identifier const& other : taken_)
      if (other.size == id.size && other == id) return true;
    return false;
  }

  bool numbered_;
  ir::list<ir::identifier> taken_;
};

/// Derives the propagator of one group.
class propagator_builder {
 public:
  /// With `frozen`, equations that stand still while the element is refractory are taken as dx/dt =
  /// 0.
  constexpr propagator_builder(system& f, coefficient_names& names, linear_equations const& all,
                               linear_group const& g, bool frozen)
      : f_(f), m_(f.model()), names_(names), all_(all), group_(g), frozen_(frozen),
        size_(g.equations.size()), depends_(lay_out()) {
    for (int i = 0; i < size_; ++i) {
      if (frozen_ && flagged(i)) continue;
      for (auto const& t : all_.terms(equation(i))) enter(i, local(t.column), t.coefficient);
      int const b = all_.offset(equation(i));
      if (b != ir::none) enter(i, column_of_offset_[i], is_input(b) ? m_.nodes.literal(1) : b);
    }
    depends_.close();
  }

  /// Whether row `i` needs the value of an equation that may be frozen.
  constexpr bool reaches_flagged(int i) const {
    for (int j = 0; j < size_; ++j)
      if (flagged(j) && depends_(i, j)) return true;
    return false;
  }
  constexpr bool flagged(int i) const { return f_.equation(equation(i)).unless_refractory; }
  /// The equation of row `i`, as numbered in the system.
  constexpr int equation(int i) const { return group_.equations[i]; }

  /// The new value of the state of row `i`.
  constexpr int row(int i) {
    ir::graph& g = m_.nodes;
    int sum = depends_(i, i) ? g.multiply(coefficient(i, i, "P"), state(i)) : state(i);
    for (int j = 0; j < size_; ++j)
      if (j != i && depends_(i, j)) sum = g.add(sum, g.multiply(coefficient(i, j, "P"), state(j)));
    for (int k = 0; k < size_; ++k) {
      int const j = column_of_offset_[k], b = all_.offset(equation(k));
      if (j != ir::none && is_input(b) && depends_(i, j))
        sum = g.add(sum, g.multiply(coefficient(i, j, "S"), b));
    }
    int const last = block_.order - 1;
    return has_constant_ && depends_(i, last) ? g.add(sum, coefficient(i, last, "Q")) : sum;
  }

  constexpr exact_block const& block() const { return block_; }

 private:
  /// Numbers the columns: states, offsets that may differ per step or element (as inputs of their
  /// own), and the number one.
  constexpr int lay_out() {
    for (int i = 0; i < size_; ++i) block_.equations.push_back(in_model(i));
    block_.per_element = linear_equations::differs(group_.slopes);
    block_.order = size_;
    column_of_offset_ = ir::list<int>(size_, ir::none);
    for (int i = 0; i < size_; ++i) {
      int const b = all_.offset(equation(i));
      if (b == ir::none) continue;
      if (is_input(b))
        column_of_offset_[i] = block_.order++;
      else
        has_constant_ = true;
    }
    for (int i = 0; has_constant_ && i < size_; ++i) {
      int const b = all_.offset(equation(i));
      if (b != ir::none && !is_input(b)) column_of_offset_[i] = block_.order;
    }
    if (has_constant_) ++block_.order;
    int const entries = block_.order * block_.order;
    block_.matrix = ir::list<int>(entries, m_.nodes.literal(0));
    block_.coefficient = ir::list<int>(entries, ir::none);
    return block_.order;
  }

  constexpr bool is_input(int offset) const {
    ir::variation const v = all_.of(offset);
    bool const differs = linear_equations::differs(v);
    return linear_equations::may_change(v) || (differs && !block_.per_element);
  }

  constexpr int at(int i, int j) const { return i * block_.order + j; }

  constexpr void enter(int i, int j, int node) {
    block_.matrix[at(i, j)] = node;
    depends_.set(i, j);
  }

  constexpr int local(int column) const {
    int low = 0, high = size_ - 1;
    while (low < high) {
      int const middle = (low + high) / 2;
      if (equation(middle) < column)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  constexpr int in_model(int i) const { return f_.equations()[equation(i)]; }
  constexpr int symbol(int i) const { return f_.equation(equation(i)).symbol; }
  constexpr int state(int i) { return m_.nodes.symbol(symbol(i)); }

  /// The equation whose offset is column `j`.
  constexpr int input(int j) const {
    for (int k = 0; k < size_; ++k)
      if (column_of_offset_[k] == j) return k;
    return ir::none;
  }

  /// The node that reads entry i j of the propagator, which becomes a coefficient of the model.
  constexpr int coefficient(int i, int j, ir::string_view letter) {
    bool const offset = letter == "Q";
    int const partner = offset ? ir::none : j < size_ ? j : input(j);
    ir::dimension unit = m_.at(symbol(i)).unit;
    if (!offset) {
      ir::dimension const from = m_.at(symbol(partner)).unit;
      unit = unit == from ? ir::dimension{} : unit / from;
      if (j >= size_) unit = unit * ir::units::second;
    }
    ir::phrase prefix(letter);
    if (frozen_) prefix += 'r';
    ir::identifier const id =
        names_.fresh(m_, prefix, in_model(i), offset ? ir::none : in_model(partner));
    int const index = m_.add({.id = id, .kind = ir::role::coefficient, .unit = unit});
    block_.coefficient[at(i, j)] = index;
    return m_.nodes.symbol(index);
  }

  system& f_;
  ir::model& m_;
  coefficient_names& names_;
  linear_equations const& all_;
  linear_group const& group_;
  bool frozen_;
  int size_;
  bool has_constant_ = false;
  ir::list<int> column_of_offset_;
  exact_block block_;
  closure depends_;
};

}  // namespace detail

/// The exact solution of linear equations dX/dt = M X + B whose coefficients M stay the same during
/// a run.
///
/// Each group of coupled equations gets a propagator exp(A dt), an `exact_block`, with A = [[M, B],
/// [0, 0]]. Its entries are computed as numbers once per run and become coefficients of the model:
/// `P_v_g` multiplies g in the new v, and `Q_v` is added. Singular and defective matrices are as
/// good as others. A part of B that differs between the elements (a parameter), or between steps (a
/// state without an equation), is held during the step and multiplied by a coefficient `S_v_v`. One
/// equation on its own may even have a slope of that kind; it is solved as `exponential_euler`
/// does, which is exact there.
///
/// Where an equation stands still while the element is refractory, the equations that read it get a
/// second propagator (`Pr_v_g`).
struct exact {
  static constexpr ir::method_id id = ir::method_id::exact;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr ir::string_view wants = "linear with constant coefficients";

  static constexpr verdict accepts(system& f) {
    verdict const v = deterministic(f);
    return v.ok ? detail::linear_equations(f).found() : v;
  }

  static constexpr plan advance(system& f) {
    detail::linear_equations const all(f);
    detail::coefficient_names names(f.model());
    stage next = f.state();
    plan p;
    for (auto const& g : detail::groups_of(all)) {
      if (detail::linear_equations::may_change(g.slopes))
        solve_alone(f, all, g.equations[0], next);
      else
        propagate(f, names, all, g, next, p.exact);
    }
    p.update = plan(next).update;
    return p;
  }

 private:
  static constexpr void solve_alone(system& f, detail::linear_equations const& all, int e,
                                    stage& next) {
    ir::model& m = f.model();
    auto const& equation = f.equation(e);
    int& x = next.nodes[e];
    int const moved = exponential_step(m.nodes, x, equation.rhs, all.forms(), e, f.dt().node);
    x = equation.unless_refractory ? m.nodes.select(m.not_refractory(), moved, x) : moved;
  }

  static constexpr void propagate(system& f, detail::coefficient_names& names,
                                  detail::linear_equations const& all,
                                  detail::linear_group const& g, stage& next,
                                  ir::list<exact_block>& blocks) {
    ir::model& m = f.model();
    detail::propagator_builder active(f, names, all, g, false);
    int const size = g.equations.size();
    bool second = false;
    for (int i = 0; i < size; ++i) {
      int& x = next.nodes[active.equation(i)];
      int const moved = active.row(i);
      x = active.flagged(i) ? m.nodes.select(m.not_refractory(), moved, x) : moved;
      second = second || (!active.flagged(i) && active.reaches_flagged(i));
    }
    blocks.push_back(active.block());
    if (!second) return;
    detail::propagator_builder frozen(f, names, all, g, true);
    for (int i = 0; i < size; ++i) {
      int& x = next.nodes[active.equation(i)];
      if (!active.flagged(i) && active.reaches_flagged(i))
        x = m.nodes.select(m.not_refractory(), x, frozen.row(i));
    }
    blocks.push_back(frozen.block());
  }
};

}  // namespace nernst::integrate
