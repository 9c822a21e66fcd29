// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/net_receive.hpp>

namespace nernst::nmodl::detail {

/// What a mechanism does to its compartment: currents through the membrane, concentrations and
/// potentials that it writes, and what diffuses.
class membrane : public net_receive {
 public:
  using net_receive::net_receive;

 protected:
  /// NEURON carries out the statements of BREAKPOINT behind SOLVE where there is none.
  constexpr bool writes_current() const {
    for (listed_name const& n : s_.listed)
      if (n.list == keyword::electrode_current || n.list == keyword::nonspecific_current)
        return true;
    for (int k = 0; k < s_.ion_variables.size(); ++k)
      if (s_.ion_variables[k].is_written && is_current_of_ion(k)) return true;
    return false;
  }
  constexpr bool is_own_current(int k) const {
    name_use const& u = slots_.use(slots_[k].name);
    if (u.is_current || u.is_electrode) return true;
    return u.write != ir::none && is_current_of_ion(u.write);
  }
  constexpr bool is_current_of_ion(int variable) const {
    ion_variable const& v = s_.ion_variables[variable];
    ir::string_view const id = text(v.name);
    return id[0] == 'i' && id.substr(1) == text(s_.ions[v.ion].name);
  }

  constexpr void enter_currents() {
    for (listed_name const& n : s_.listed) {
      bool const is_electrode = n.list == keyword::electrode_current;
      if (is_electrode || n.list == keyword::nonspecific_current)
        enter_current(slots_.of_name(n.name), {}, is_electrode);
    }
    for (int k = 0; k < s_.ion_variables.size(); ++k) {
      ion_variable const& v = s_.ion_variables[k];
      if (v.is_written && is_current_of_ion(k))
        enter_current(slots_.of_name(v.name), text(s_.ions[v.ion].name), false);
    }
  }
  /// Concentrations and potentials that the mechanism gives its compartment.
  constexpr void enter_written() {
    for (int k = 0; k < s_.ion_variables.size(); ++k) {
      ion_variable const& w = s_.ion_variables[k];
      if (!w.is_written || is_current_of_ion(k)) continue;
      int const of = slots_.of_name(w.name);
      slot const v = slots_[of];
      int const to = ion_symbol(w.name);
      if (v.kind == slot_kind::state) {
        interface_unit const there{m_.at(to).unit, m_.at(to).unit == ir::units::volt ? 1e-3 : 1};
        int const value = from_outside(g_.symbol(v.symbol), v.unit);
        m_.written.push_back({to, to_outside(value, there)});
      } else if (int const now = after(moment::current)[of]; now != ir::none) {
        m_.written.push_back({to, to_outside(now, v.unit)});
      } else if (int const behind = after(moment::late)[of]; behind != ir::none) {
        int const kept = first_concentration(of, to);
        m_.written.push_back({kept, to_outside(behind, v.unit)});
        m_.written.push_back({to, g_.symbol(kept)});
      } else if (int const late = after(moment::update)[of]; late != ir::none && late_[of] != 0) {
        m_.written.push_back({to, to_outside(late, v.unit)});
      } else if (v.is_written) {
        enter_kept_concentration(of, to);
      }
    }
  }
  constexpr void enter_diffusions() {
    interface_unit const area{power(ir::units::metre, 2), 1e-12};
    interface_unit const transport{power(ir::units::metre, 4) / ir::units::second, 1e-21};
    for (diffusing_state const& d : diffusing_) {
      slot const v = slots_[d.slot];
      ir::diffusion& one = ir::add_diffusion(m_, v.symbol, to_outside(d.volume, area),
                                             to_outside(d.transport, transport));
      if (slots_.use(v.name).write != ir::none) one.concentration = ion_symbol(v.name);
    }
  }

  /// States that follow a concentration, with what they become.
  ir::list<ir::assignment> kept_;

 private:
  constexpr void enter_current(int k, ir::string_view ion, bool is_inward) {
    slot const v = slots_[k];
    int value = after(moment::current)[k];
    if (value == ir::none && !v.is_stored) return;
    if (value == ir::none) value = from_outside(g_.symbol(symbol_of(k)), v.unit);
    if (is_inward) value = g_.negate(value);
    ir::membrane_current c{.value = to_outside(value, slots_.current_unit())};
    c.ion = ion;
    c.is_of_electrode = is_inward;
    m_.currents.push_back(c);
  }

  /// A state that begins with what INITIAL leaves in the concentration.
  constexpr int first_concentration(int k, int to) {
    slot const v = slots_[k];
    ir::identifier id("_");
    id += text(v.name);
    int const kept = m_.add({.id = id, .kind = ir::role::state, .unit = v.unit.unit});
    int const n = after(moment::initial)[k];
    m_.initial.push_back({kept, n != ir::none ? to_outside(n, v.unit) : g_.symbol(to)});
    return kept;
  }
  constexpr void enter_kept_concentration(int k, int to) {
    slot const v = slots_[k];
    int const kept = first_concentration(k, to);
    if (int const n = after(moment::update)[k]; n != ir::none)
      kept_.push_back({kept, to_outside(n, v.unit)});
    m_.written.push_back({to, g_.symbol(kept)});
  }
};

}  // namespace nernst::nmodl::detail
