// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/bound_expression.hpp>
#include <nernst/network/connect/slice_values.hpp>

namespace nernst::detail {

template <class Real>
ir::list<ir::symbol> variables_of_slice(void const* slice) {
  kernel::compiled_model const& model =
      static_cast<population_slice<Real> const*>(slice)->all->model();
  ir::list<ir::symbol> all;
  for (kernel::variable const& v : model.variables)
    if (is_known(model, v.symbol.id) && !ir::find_builtin(v.symbol.id)) all.push_back(v.symbol);
  for (ir::symbol const& s : ir::builtins)
    if (ir::is_of_refractoriness(s.kind) && is_known(model, s.id)) all.push_back(s);
  return all;
}

template <class Real>
std::vector<double> read_slice(void const* slice, std::string_view id) {
  auto const& neurons = *static_cast<population_slice<Real> const*>(slice);
  named_value<Real> value(*neurons.all, id, neurons.begin, neurons.size());
  value.at(neurons.network().time, neurons.network().step);
  std::vector<double> all;
  all.reserve(neurons.size());
  for (std::uint32_t n = neurons.begin; n < neurons.end; ++n) all.push_back(value(n));
  return all;
}

template <class Real>
element_values values_of(population_slice<Real> const& slice) {
  return {.elements = &slice,
          .variables = &variables_of_slice<Real>,
          .read = &read_slice<Real>,
          .constants = slice.all->constants(),
          .functions = slice.all->model().functions};
}

}  // namespace nernst::detail
