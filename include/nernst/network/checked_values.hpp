// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/timed_array.hpp>
#include <nernst/language/variable.hpp>
#include <nernst/network/values.hpp>

namespace nernst {

namespace detail {

/// A variable of elements themselves. (nvcc cannot deduce the arguments of `language::variable`.)
template <class V>
concept OwnVariable = language::Variable<V> && V::owner == ir::side::here;
template <class T>
concept TimedArray = requires { requires T::kind == ir::role::table; };

/// Values that only take expressions of their own dimension.
template <class Real, ir::unit U, ir::value_type Type>
struct checked_values : values<Real> {
  using values<Real>::values;

  template <Assignable T>
  void operator=(T const& expression) const {
    constexpr bool is_condition = Type == ir::value_type::boolean && !language::Operand<T>;
    if constexpr (is_condition) {
      values<Real>::operator=(expression);
    } else {
      auto const fitting =
          language::detail::operand<"population[variable] = ...", ir::dimension_of<U>>(expression);
      if constexpr (!language::detail::any_mistaken<std::remove_const_t<decltype(fitting)>>)
        values<Real>::operator=(fitting);
    }
  }
  void operator=(std::vector<double> const& given) const { values<Real>::operator=(given); }
  void operator=(std::string_view expression) const { values<Real>::operator=(expression); }
  template <language::Condition C>
  checked_values operator[](C const& condition) const {
    return checked_values(values<Real>::operator[](condition));
  }
  checked_values operator[](std::string_view condition) const {
    return checked_values(values<Real>::operator[](condition));
  }
  using values<Real>::operator[];
  /// Of synapses: those from source `from` to target `to`, counted within the slices or sets; none
  /// where these are not connected. \throws std::out_of_range for neurons that are not there.
  checked_values operator()(std::uint32_t from, std::uint32_t to) const {
    return checked_values(values<Real>::operator()(from, to));
  }

 private:
  explicit checked_values(values<Real> const& v) : values<Real>(v) {}
};

/// A timed array that only takes values of its own dimension.
template <class Real, ir::unit U>
struct checked_table : values<Real> {
  using values<Real>::values;

  template <ir::unit Given>
  void operator=(timed_values<Given> const& given) const {
    nernst::detail::require_same_dimension<"population[array] = ...", ir::dimension_of<U>,
                                           ir::dimension_of<Given>>();
    values<Real>::operator=(given);
  }
};

}  // namespace detail

}  // namespace nernst
