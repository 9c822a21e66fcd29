// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/differentiate.hpp>
#include <nernst/ir/model.hpp>
#include <nernst/ir/rewrite.hpp>

namespace nernst::kernel {

/// What a mechanism calls the totals of its compartment that it adds to: in A/m^2 and S/m^2 those
/// of the membrane, in A and S those at a place.
inline constexpr std::string_view total_current = "_current", total_conductance = "_conductance";
/// 1 over the area of the membrane, by which the current of an ion at a place is spread; 0 where
/// there is none.
inline constexpr std::string_view inverse_area = "_inverse_area";
/// The voltage of a compartment.
inline constexpr std::string_view membrane_voltage = "v";

/// The current of an ion in A/m^2: "na.current".
constexpr ir::identifier current_of(ir::identifier ion) {
  return ion += ".current";
}

namespace detail {

/// Writes down what a mechanism adds to the totals of its compartment.
class current_totals {
 public:
  constexpr explicit current_totals(ir::model& m)
      : m_(m), is_point_(m.placed == ir::placement::point) {}

  constexpr ir::list<ir::assignment> operator()() {
    using namespace ir::units;
    ir::dimension const per_area = power(metre, -2);
    int total = ir::none;
    for (auto const& c : m_.currents)
      total = total == ir::none ? c.value : m_.nodes.add(total, c.value);
    if (total == ir::none) return {};
    add(total_current, is_point_ ? ampere : ampere * per_area, total);
    if (int const g = slope(total); !m_.nodes.is_literal(g) || m_.nodes[g].value != 0)
      add(total_conductance, is_point_ ? siemens : siemens * per_area, g);
    for (auto const& c : m_.currents) {
      if (c.ion.size == 0) continue;
      int const spread =
          is_point_ ? m_.nodes.multiply(c.value, local(inverse_area, per_area)) : c.value;
      add(current_of(c.ion).view(), ampere * per_area, spread);
    }
    return static_cast<ir::list<ir::assignment>&&>(all_);
  }

 private:
  constexpr int declared(std::string_view id, ir::dimension unit) {
    return m_.declare({.id = id, .kind = ir::role::local, .unit = unit});
  }
  constexpr int local(std::string_view id, ir::dimension unit) {
    return m_.nodes.symbol(declared(id, unit));
  }
  constexpr void add(std::string_view id, ir::dimension unit, int value) {
    int const to = declared(id, unit);
    for (auto& s : all_) {
      if (s.symbol != to) continue;
      s.value = m_.nodes.add(s.value, value);
      return;
    }
    all_.push_back({to, m_.nodes.add(m_.nodes.symbol(to), value)});
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
  ir::list<ir::assignment> all_;
};

}  // namespace detail

constexpr ir::list<ir::assignment> totals_of_currents(ir::model& m) {
  return detail::current_totals(m)();
}

}  // namespace nernst::kernel
