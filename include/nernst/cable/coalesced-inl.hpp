// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/coalesced.hpp>
#include <nernst/network/connect/row_lists.hpp>

namespace nernst::cable {

namespace detail {
/// What a rule reads of places: the values of their elements.
struct values_at_places {
  element_values of_elements;
  element_numbers element_at;

  static ir::list<ir::symbol> variables(void const* all) {
    element_values const& of = static_cast<values_at_places const*>(all)->of_elements;
    return of.variables(of.elements.get());
  }
  static std::vector<double> read(void const* all, std::string_view id) {
    auto const& here = *static_cast<values_at_places const*>(all);
    std::vector<double> const of_elements =
        here.of_elements.read(here.of_elements.elements.get(), id);
    std::vector<double> values;
    for (std::uint32_t const e : *here.element_at) values.push_back(of_elements[e]);
    return values;
  }
};
}  // namespace detail

NERNST_INLINE connection_list connect_places(executor const& run,
                                             connection_request const& of_elements,
                                             nernst::detail::any_rule const& rule,
                                             element_numbers const& element_at) {
  connection_request request = of_elements;
  request.targets = static_cast<std::uint32_t>(element_at->size());
  request.target_set = element_set(0, request.targets);
  element_values& values = request.of_targets;
  values.elements = std::make_shared<detail::values_at_places const>(
      detail::values_at_places{of_elements.of_targets, element_at});
  values.group = element_at.get();
  values.variables = &detail::values_at_places::variables;
  values.read = &detail::values_at_places::read;
  connection_list list = nernst::detail::list_of(run, rule(run, request));
  for (std::uint32_t& target : list.target) target = (*element_at)[target];
  return list;
}

}  // namespace nernst::cable
