// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/line.hpp>
#include <nernst/brian/reader.hpp>

namespace nernst::brian::detail {

/// What every compartment of a spatial neuron has, beside what its model says.
struct compartment_quantity {
  std::string_view name;  ///< in texts
  std::string_view id;    ///< of the variable of the compartment
  ir::dimension unit;
};
inline constexpr ir::dimension unit_of_area = power(ir::units::metre, 2);
inline constexpr compartment_quantity compartment_quantities[] = {
    {"v", "v", ir::units::volt},
    {"area", "area", unit_of_area},
    {"diameter", "diameter", ir::units::metre},
    {"Cm", "membrane_capacitance", ir::units::farad / unit_of_area},
    {"Ri", "axial_resistivity", ir::units::ohm* ir::units::metre},
    {"length", "length", ir::units::metre},
    {"distance", "distance", ir::units::metre},
    {"volume", "volume", power(ir::units::metre, 3)},
};
/// 1 in compartments where the threshold counts.
inline constexpr std::string_view threshold_place = "_has_threshold";

/// The current through the membrane of a spatial neuron, inwards: Brian's `Im` and the point
/// currents.
class membrane_reader {
 public:
  constexpr explicit membrane_reader(reader& r) : r_(r) {}

  /// Enters what compartments have: no line can define it again.
  constexpr void enter_compartment() {
    for (compartment_quantity const& q : compartment_quantities) {
      int const symbol = r_.m.add({.id = q.id, .kind = ir::role::local, .unit = q.unit});
      for (std::string_view const name : {q.name, q.id}) {
        known_name& n = r_.at(name);
        r_.become_variable(n, symbol);
        n.has_line = true;
      }
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
  /// Makes a current out of the lines. What flows at points is spread over the compartment.
  constexpr void read(ir::span<equation_line const> lines) {
    int const k = ir::subexpression_of(r_.m, r_.m.find("Im"));
    if (k == ir::none) return r_.build.fail(ir::mistake::missing_current, "Im");
    ir::graph& g = r_.m.nodes;
    int const area = r_.at("area").node;
    ir::subexpression& all = r_.m.subexpressions[k];
    for (equation_line const& l : lines)
      if (l.has(point_current_flag))
        all.value = g.add(all.value, g.divide(g.symbol(l.symbol), area));
    r_.m.currents.push_back({.value = g.negate(g.symbol(all.symbol)), .origin = all.origin});
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
  static constexpr std::string_view flag_of(equation_line const& l) {
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
