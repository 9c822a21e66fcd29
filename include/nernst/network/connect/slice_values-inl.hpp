// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bound_expression.hpp>
#include <nernst/network/connect/slice_values.hpp>

namespace nernst::detail {

template <class Real>
ir::list<ir::symbol> variables_of_slice(void const* slice) {
  kernel::compiled_model const& model = static_cast<group_slice<Real> const*>(slice)->all->model();
  ir::list<ir::symbol> all;
  for (kernel::variable const& v : model.variables)
    if (v.symbol.owner == ir::side::here && engine::is_known(model, v.symbol.id) &&
        !ir::find_builtin(v.symbol.id))
      all.push_back(v.symbol);
  for (ir::symbol const& s : ir::builtins)
    if (ir::is_of_refractoriness(s.kind) && engine::is_known(model, s.id)) all.push_back(s);
  return all;
}

template <class Real>
std::vector<double> read_slice(void const* slice, std::string_view id) {
  auto const& elements = *static_cast<group_slice<Real> const*>(slice);
  engine::named_value<Real> value(*elements.all, id, elements.set);
  value.at(elements.network().time, elements.network().step);
  std::vector<double> all;
  all.reserve(elements.size());
  std::vector<std::uint32_t> const place = elements.all->places();
  for (std::uint32_t k = 0; k < elements.size(); ++k) all.push_back(value(place[elements.set[k]]));
  return all;
}

template <class Real>
element_values values_of(group_slice<Real> const& slice) {
  return {.elements = std::make_shared<group_slice<Real> const>(slice),
          .group = &*slice.all,
          .variables = &variables_of_slice<Real>,
          .read = &read_slice<Real>,
          .constants = slice.all->constants(),
          .functions = slice.all->model().functions};
}

}  // namespace nernst::detail
