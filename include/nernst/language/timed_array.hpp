// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/variable.hpp>

namespace nernst::language {

/// Values over time, which the user gives before a run: `stimulus(t)` is the value at a time,
/// `stimulus(t, i)` that in a column. Each value lasts for one interval of the array; before and
/// after are the first and the last one.
template <ir::fixed_string Name, ir::unit U>
struct table {
  static constexpr auto name = Name;
  static constexpr ir::unit written_unit = U;
  static constexpr ir::dimension unit = ir::dimension_of<U>;
  static constexpr ir::role kind = ir::role::table;
  static_assert(sizeof(Name.data) > 1 && sizeof(Name.data) <= 32,
                "the name of a timed array has 1 to 31 characters");
  static constexpr ir::string_view id() { return Name.view(); }

  template <Operand T>
  constexpr auto operator()(T const& time) const {
    return detail::named(id(), detail::apply<unit>(ir::op::lookup, at(time)));
  }
  template <Operand T, Operand C>
  constexpr auto operator()(T const& time, C const& column) const {
    constexpr auto where = detail::join<Name, "(t, i): i">();
    return detail::named(id(), detail::apply<unit>(ir::op::lookup_2, at(time),
                                                   detail::operand<where, ir::units::one>(column)));
  }

 private:
  template <Operand T>
  static constexpr auto at(T const& time) {
    return detail::operand<detail::join<Name, "(t)">(), ir::units::second>(time);
  }
};

/// Declares a timed array. The argument gives the dimension of its values.
template <ir::fixed_string Name, ir::unit U>
constexpr auto timed_array(quantity<U>) {
  detail::require_free<Name>();
  return table<Name, U>{};
}

}  // namespace nernst::language
