// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/line.hpp>
#include <nernst/brian/reader.hpp>

namespace nernst::brian::detail {

/// What every compartment of a spatial neuron has, beside what its model says.
struct compartment_quantity {
  ir::string_view name;
  ir::dimension unit;
};
inline constexpr ir::dimension unit_of_area = power(ir::units::metre, 2);
inline constexpr compartment_quantity compartment_quantities[] = {
    {"v", ir::units::volt},
    {"area", unit_of_area},
    {"diameter", ir::units::metre},
    {"Cm", ir::units::farad / unit_of_area},
    {"Ri", ir::units::ohm* ir::units::metre},
    {"length", ir::units::metre},
    {"distance", ir::units::metre},
    {"volume", power(ir::units::metre, 3)},
    {"_voltage_change", ir::units::volt},
};
/// Lengths that belong to its shape: where its middle is, and the lengths that the inside on both
/// sides of it has as a resistance. A model may give the names to something else.
struct shape_quantity {
  ir::string_view name, id;
};
inline constexpr shape_quantity shape_quantities[] = {{"x", "_x"},
                                                      {"y", "_y"},
                                                      {"z", "_z"},
                                                      {"r_length_1", "_r_length_1"},
                                                      {"r_length_2", "_r_length_2"}};
/// What follows from these.
inline constexpr ir::string_view membrane_quantities = R"(
  Ic = Cm*_voltage_change/dt : amp/meter**2
  time_constant = Cm/_own_conductance : second
  space_constant = (2/pi)**(1.0/3.0)*(area/(1/_r_length_1 + 1/_r_length_2))**(1.0/6.0)
                   /(2*(Ri*_own_conductance)**(1.0/2.0)) : meter
)";
/// 1 in compartments where the threshold counts.
inline constexpr ir::string_view threshold_place = "_has_threshold";

/// The current through the membrane of a spatial neuron, inwards: Brian's `Im` and the point
/// currents.
class membrane_reader {
 public:
  constexpr explicit membrane_reader(reader& r) : r_(r) {}

  /// Enters what compartments have: no line can define it again.
  constexpr void enter_compartment() {
    for (compartment_quantity const& q : compartment_quantities)
      enter(q.name, ir::role::local, q.unit);
    for (shape_quantity const& q : shape_quantities)
      enter(q.id, ir::role::parameter, ir::units::metre);
    enter(ir::own_conductance, ir::role::subexpression, ir::units::siemens / unit_of_area);
  }
  /// Enters what belongs to their shape, as far as nobody has given these names to something else.
  constexpr void enter_shape() {
    for (shape_quantity const& q : shape_quantities) {
      if (r_.at(q.name).what != meaning::unresolved) continue;
      int const symbol = enter(q.name, ir::role::subexpression, ir::units::metre);
      r_.build.define({symbol, r_.at(q.id).node});
    }
  }
  /// Whether a line says what `Im` and point currents have to say.
  constexpr void check(equation_line const& l, source const& s, token const& name) {
    ir::symbol const& x = r_.m.at(l.symbol);
    if (x.id == "Im") {
      if (l.kind != definition) return r_.fail_name(ir::mistake::missing_current, s, name);
      if (l.flags != 0)
        return r_.fail(ir::mistake::unknown_flag, s, name.at, flag_of(l), "Im without a flag");
      require_unit(x, ir::units::ampere / unit_of_area, s, name);
    } else if (l.has(point_current_flag)) {
      require_unit(x, ir::units::ampere, s, name);
    }
  }
  /// Makes a current out of the lines. What flows at points is spread over the compartment. The
  /// definition of its conductance has the unit and the dependences of that; the derivative itself
  /// is found with the kernels, see `ir::own_conductance`.
  constexpr void read(ir::span<equation_line const> lines) {
    int const k = ir::subexpression_of(r_.m, r_.m.find("Im"));
    if (k == ir::none) return r_.build.fail(ir::mistake::missing_current, "Im");
    ir::graph& g = r_.m.nodes;
    int const area = r_.at("area").node;
    ir::subexpression& all = r_.m.subexpressions[k];
    for (equation_line const& l : lines)
      if (l.has(point_current_flag))
        all.value = g.add(all.value, g.divide(g.symbol(l.symbol), area));
    int const current = g.symbol(all.symbol);
    r_.m.currents.push_back({.value = g.negate(current), .origin = all.origin});
    r_.build.define(
        {r_.at(ir::own_conductance).index, g.divide(current, g.literal(1, ir::units::volt))});
  }
  /// Lets the threshold count in some compartments only.
  constexpr void place_threshold() {
    if (r_.m.threshold == ir::none) return;
    int const here = r_.m.add({.id = threshold_place,
                               .kind = ir::role::parameter,
                               .type = ir::value_type::boolean,
                               .constant = true});
    ir::graph& g = r_.m.nodes;
    r_.m.threshold = g.make(ir::op::logical_and, r_.m.threshold, g.symbol(here));
  }

 private:
  /// A name that no line can define again.
  constexpr int enter(ir::string_view name, ir::role kind, ir::dimension unit) {
    bool const is_constant = kind == ir::role::parameter;
    int const symbol = r_.m.add({.id = name, .kind = kind, .unit = unit, .constant = is_constant});
    known_name& n = r_.at(name);
    r_.become_variable(n, symbol);
    n.has_line = true;
    return symbol;
  }
  static constexpr ir::string_view flag_of(equation_line const& l) {
    for (known_flag const& f : known_flags)
      if (l.has(f.bit)) return f.name;
    return {};
  }
  constexpr void require_unit(ir::symbol const& x, ir::dimension wanted, source const& s,
                              token const& name) {
    if (x.unit != wanted)
      r_.fail_name(ir::mistake::dimension_mismatch, s, name, to_text(wanted), to_text(x.unit));
  }

  reader& r_;
};

}  // namespace nernst::brian::detail
