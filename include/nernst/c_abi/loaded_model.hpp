// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/c_abi/mechanism.h>
#include <nernst/kernel/derivation.hpp>

#include <string>
#include <string_view>

namespace nernst::c_abi::detail {

/// The most variables that a mechanism of a library may have, and the most ions.
inline constexpr std::uint32_t most_variables = NERNST_MOST_VARIABLES, most_ions = NERNST_MOST_IONS;

inline ir::dimension dimension_of(nernst_variable const& v) {
  ir::dimension d;
  for (int k = 0; k < ir::dimension::bases; ++k) d.set(k, {v.numerator[k], v.denominator[k]});
  return d;
}
constexpr ir::role role_of(nernst_kind kind) {
  switch (kind) {
  case NERNST_PARAMETER:
    return ir::role::parameter;
  case NERNST_COEFFICIENT:
    return ir::role::coefficient;
  case NERNST_SHARED:
    return ir::role::shared;
  case NERNST_COMPARTMENT:
    return ir::role::local;
  case NERNST_LINKED:
    return ir::role::linked;
  default:
    return ir::role::state;
  }
}

/// What a library says of a mechanism, as the model that a network knows: which variables each of
/// its kernels reads and writes stands in it, not what it computes. Symbols have the numbers of
/// the variables.
class model_maker {
 public:
  explicit model_maker(nernst_mechanism const& of) : of_(of) {}

  kernel::derivation mechanism() {
    made_.placed = of_.placement == NERNST_POINT ? ir::placement::point : ir::placement::density;
    made_.is_steady = (of_.properties & NERNST_IS_STEADY) != 0;
    made_.is_electrode = (of_.properties & NERNST_IS_ELECTRODE) != 0;
    for (std::uint32_t k = 0; k < of_.variable_count; ++k) add(of_.variables[k], ir::side::here);
    using kernel::trigger;
    constexpr ir::instant update{ir::slot::groups, 0}, before{ir::slot::before_start, -1000000},
        currents{ir::slot::groups, -1};
    add({.when_executed = trigger::update, .when = update}, NERNST_ADVANCE);
    kernel::scheduled_kernel const with_reset{.when_executed = trigger::update_and_reset,
                                              .when = update};
    made_.add(with_reset, {});
    made_.add({.when_executed = trigger::reset, .when = {ir::slot::resets, 0}}, {});
    if (of_.begin_step != nullptr)
      add({.when_executed = trigger::held, .when = before}, NERNST_BEGIN_STEP);
    add({.when_executed = trigger::initialise, .when = before}, NERNST_INITIALISE);
    add({.when_executed = trigger::current, .when = currents}, NERNST_CURRENTS);
    for (std::uint32_t ion = 0; ion < of_.ion_count && of_.ion_currents != nullptr; ++ion) {
      int const which = static_cast<int>(ion);
      add({.when_executed = trigger::ion_current, .which = which, .when = currents},
          NERNST_ION_CURRENTS, of_.ions[ion].name);
    }
    return made_;
  }
  /// Of the connections to it, whose own variables come first.
  kernel::derivation connections() {
    made_.of_synapses = true;
    for (std::uint32_t k = 0; k < of_.connection_variable_count; ++k)
      add(of_.connection_variables[k], ir::side::here);
    made_.has_own = of_.connection_variable_count > 0;
    for (std::uint32_t k = 0; k < of_.variable_count; ++k)
      if (is_used(of_.variables[k], NERNST_ON_SPIKE) && of_.variables[k].kind != NERNST_SHARED)
        add(of_.variables[k], ir::side::post);
    made_.pathways.push_back({ir::side::pre, "pre", "spike"});
    add({.when_executed = kernel::trigger::pathway,
         .which = 0,
         .when = ir::usual_instant(ir::side::pre)},
        NERNST_ON_SPIKE);
    return made_;
  }

 private:
  static bool is_used(nernst_variable const& v, std::uint32_t function) {
    return ((v.read_by | v.written_by) & function) != 0;
  }
  void add(nernst_variable const& v, ir::side owner) {
    kernel::variable x;
    x.symbol = {.id = v.name,
                .kind = role_of(v.kind),
                .owner = owner,
                .unit = dimension_of(v),
                .initial = v.initial};
    if (v.kind != NERNST_SHARED) x.array = made_.arrays++;
    made_.variables.push_back(x);
    users_.push_back({v.read_by, v.written_by});
  }
  /// A kernel that reads and writes what a function does; of the variables of ions, what it writes
  /// of one.
  void add(kernel::scheduled_kernel k, std::uint32_t function, std::string_view ion = {}) {
    kernel::program p;
    p.code.push_back({.code = ir::op::literal, .from = kernel::origin::literal});
    bool const is_random = (of_.properties & NERNST_NUMBERS_MATTER) != 0;
    if (is_random && !made_.of_synapses) p.code.push_back({.from = kernel::origin::index});
    for (int s = 0; s < made_.variables.size(); ++s) {
      kernel::variable const& v = made_.variables[s];
      if (v.array == ir::none) continue;
      bool const is_far = v.symbol.owner != ir::side::here || v.symbol.kind == ir::role::linked;
      kernel::origin const where = is_far ? kernel::origin::linked : kernel::origin::array;
      if ((users_[s].read & function) != 0)
        p.code.push_back({.code = ir::op::symbol, .from = where, .a = v.array});
      bool const writes = (users_[s].written & function) != 0 && is_of(v.symbol, ion);
      if (writes) p.stores.push_back({.array = v.array, .value = 0, .to = where});
      k.links = k.links || (writes && is_far);
    }
    made_.add(k, p);
  }
  static bool is_of(ir::symbol const& s, std::string_view ion) {
    std::string_view const id = s.id;
    return ion.empty() || (id.starts_with(ion) && id.substr(ion.size()).starts_with('.'));
  }

  struct users {
    std::uint32_t read, written;
  };
  nernst_mechanism const& of_;
  kernel::derivation made_;
  ir::list<users> users_;
};

}  // namespace nernst::c_abi::detail
