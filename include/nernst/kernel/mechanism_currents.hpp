// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/differentiate.hpp>
#include <nernst/ir/model.hpp>
#include <nernst/ir/rewrite.hpp>

namespace nernst::kernel {

/// What a mechanism calls the totals of its compartment that it adds to: in A/m^2 and S/m^2 those
/// of the membrane, in A and S those at a place.
inline constexpr ir::string_view total_current = "_current", total_conductance = "_conductance";
/// 1 over the area of the membrane, by which the current of an ion at a place is spread; 0 where
/// there is none.
inline constexpr ir::string_view inverse_area = "_inverse_area";
/// The voltage of a compartment.
inline constexpr ir::string_view membrane_voltage = "v";

/// The current of an ion in A/m^2: "na.current".
constexpr ir::identifier current_of(ir::identifier ion) {
  return ion += ".current";
}

/// Its derivative by the voltage in S/m^2: "na.conductance".
constexpr ir::identifier conductance_of(ir::identifier ion) {
  return ion += ".conductance";
}

namespace detail {

/// Writes down what a mechanism adds to the totals of its compartment.
class current_totals {
 public:
  constexpr explicit current_totals(ir::model& m)
      : m_(m), is_point_(m.placed == ir::placement::point) {}

  /// The whole current, and its derivative by the voltage.
  constexpr ir::list<ir::assignment> whole() {
    ir::list<ir::assignment> all;
    if (m_.currents.empty()) return all;
    int const total = sum();
    all.push_back(added(total_current, ir::units::ampere, total));
    int const g = slope(total);
    bool const is_zero = m_.nodes.is_literal(g) && m_.nodes[g].value == 0;
    if (!is_zero) all.push_back(added(total_conductance, ir::units::siemens, g));
    return all;
  }
  /// The derivative of the whole by the voltage, where subexpressions stand for what defines them.
  constexpr int conductance() {
    int total = sum();
    for (int before = ir::none; before != total;) {
      before = total;
      total = ir::substitute(m_.nodes, total, definitions());
    }
    return slope(total);
  }
  /// Whether the whole is linear in the voltage, with coefficients that stay the same in a run.
  constexpr bool is_steady() {
    int const v = m_.find(membrane_voltage);
    if (m_.currents.empty() || v == ir::none) return false;
    int const total = sum();
    return !varies_with(total, v) && !varies_with(slope(total), ir::none);
  }
  /// What each ion carries per area, and the derivative of that by the voltage.
  constexpr ir::list<ir::list<ir::assignment>> of_ions() {
    ir::list<ir::list<ir::assignment>> all;
    for (int k = 0; k < m_.currents.size(); ++k) {
      ir::identifier const ion = m_.currents[k].ion;
      if (ion.size == 0 || first_of(ion) != k) continue;
      int total = m_.currents[k].value;
      for (int other = k + 1; other < m_.currents.size(); ++other)
        if (m_.currents[other].ion == ion.view())
          total = m_.nodes.add(total, m_.currents[other].value);
      ir::list<ir::assignment> one;
      one.push_back(spread(current_of(ion).view(), ir::units::ampere, total));
      one.push_back(spread(conductance_of(ion).view(), ir::units::siemens, slope(total)));
      all.push_back(static_cast<ir::list<ir::assignment>&&>(one));
    }
    return all;
  }

 private:
  static constexpr ir::dimension per_area = power(ir::units::metre, -2);

  /// Of all currents, one at least.
  constexpr int sum() {
    int total = m_.currents[0].value;
    for (int k = 1; k < m_.currents.size(); ++k) total = m_.nodes.add(total, m_.currents[k].value);
    return total;
  }
  /// By symbol: what a subexpression stands for that is not held over a step.
  constexpr ir::list<int> definitions() const {
    ir::list<int> all(m_.symbols.size(), ir::none);
    for (ir::subexpression const& s : m_.subexpressions)
      if (!s.constant_over_dt) all[s.symbol] = s.value;
    return all;
  }
  constexpr int first_of(ir::identifier const& ion) const {
    int k = 0;
    while (m_.currents[k].ion != ion.view()) ++k;
    return k;
  }
  constexpr ir::assignment spread(ir::string_view id, ir::dimension unit, int value) {
    if (is_point_)
      value = m_.nodes.multiply(value, m_.nodes.symbol(declared(inverse_area, per_area)));
    int const to = declared(id, unit * per_area);
    return {to, m_.nodes.add(m_.nodes.symbol(to), value)};
  }
  /// Whether an expression depends on one variable, or none, beside what stays the same in a run.
  constexpr bool varies_with(int root, int allowed) const {
    ir::list<int> const order = ir::schedule(m_.nodes, root);
    for (int const i : order) {
      ir::node const& n = m_.nodes[i];
      if (ir::is_random(n.code) || ir::is_lookup(n.code)) return true;
      bool const is_other = n.code == ir::op::symbol && n.which != allowed;
      if (!is_other) continue;
      ir::variation const with = variation_of(m_.at(n.which).kind);
      if (ir::changes(with, ir::variation::by_step | ir::variation::within_step)) return true;
    }
    return false;
  }
  constexpr int declared(ir::string_view id, ir::dimension unit) {
    return m_.declare({.id = id, .kind = ir::role::local, .unit = unit});
  }
  constexpr ir::assignment added(ir::string_view id, ir::dimension unit, int value) {
    int const to = declared(id, is_point_ ? unit : unit * per_area);
    return {to, m_.nodes.add(m_.nodes.symbol(to), value)};
  }

  /// The derivative by the voltage; where functions of the user have none, the difference quotient
  /// over a microvolt, as NEURON takes it.
  constexpr int slope(int current) {
    int const v = m_.find(membrane_voltage);
    if (v == ir::none) return m_.nodes.literal(0);
    auto const is_unknown = [this](ir::node const& n) {
      if (!ir::is_call(n.code)) return false;
      for (int const d : m_.functions[n.which].derivative)
        if (d != ir::none) return false;
      return true;
    };
    if (!ir::any_of(m_.nodes, current, is_unknown))
      return ir::differentiate(m_.nodes, current, v, m_.functions);
    int const step = m_.nodes.literal(1e-6);
    ir::list<int> moved(m_.symbols.size(), ir::none);
    moved[v] = m_.nodes.add(m_.nodes.symbol(v), step);
    int const there = ir::substitute(m_.nodes, current, moved);
    return m_.nodes.divide(m_.nodes.subtract(there, current), step);
  }

  ir::model& m_;
  bool is_point_;
};

/// Gives `ir::own_conductance` its meaning, where a mechanism has it.
constexpr void define_own_conductance(ir::model& m) {
  int const k = ir::subexpression_of(m, m.find(ir::own_conductance));
  if (k == ir::none || m.currents.empty()) return;
  m.subexpressions[k].value = current_totals(m).conductance();
}

}  // namespace detail
}  // namespace nernst::kernel
