// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/spatial_neuron.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst::cable {

template <class Real>
nernst::detail::population_slice<Real>
membrane_elements<Real>::chosen(std::vector<int> const& compartments,
                                std::string const& text) const {
  std::vector<int> const& all = mechanism_.compartments().front();
  std::vector<char> is_chosen(static_cast<std::size_t>(shape().size()));
  for (int const c : compartments) is_chosen[static_cast<std::size_t>(c)] = 1;
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t k = 0; k < of_.set.size(); ++k) {
    int const c = all[of_.set[k] % all.size()];
    if (is_chosen[static_cast<std::size_t>(c)] != 0) numbers.push_back(of_.set[k]);
  }
  if (numbers.empty())
    nernst::detail::refuse<std::invalid_argument>(
        {mechanism_.name(), ": expected some of its compartments, found none in ", text});
  nernst::detail::population_slice<Real> some = of_;
  bool const is_slice = numbers.back() - numbers.front() + 1 == numbers.size();
  some.set =
      is_slice ? element_set(numbers.front(), numbers.back() + 1) : element_set(std::move(numbers));
  return some;
}

template <class Real>
nernst::detail::population_slice<Real> membrane_elements<Real>::in(region const& where) const {
  std::vector<int> all;
  for (covered const& c : shape().covered_by(where))
    if (c.fraction >= enough_of_a_compartment) all.push_back(c.compartment);
  return chosen(all, where.text());
}

template <class Real>
nernst::detail::population_slice<Real> membrane_elements<Real>::at(places const& where) const {
  std::vector<int> all;
  for (int const c : shape().holding(where)) all.push_back(with_membrane(c));
  return chosen(all, where.text());
}

/// The beginning of the root is followed by the compartment there, the end of a branch is that of
/// its parent.
template <class Real>
int membrane_elements<Real>::with_membrane(int compartment) const {
  auto const c = static_cast<std::size_t>(compartment);
  if (shape().area[c] > 0) return compartment;
  return shape().parent[c] == none ? compartment + 1 : shape().parent[c];
}

template <class Real>
nernst::detail::population_slice<Real> membrane_elements<Real>::as_compartments(
    nernst::detail::population_slice<Real> const& cells) const {
  std::vector<int> const& all = mechanism_.compartments().front();
  auto const rows = static_cast<std::uint32_t>(shape().size());
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t k = 0; k < of_.set.size(); ++k) {
    auto const cell = of_.set[k] / static_cast<std::uint32_t>(all.size());
    numbers.push_back(cell * rows + static_cast<std::uint32_t>(all[of_.set[k] % all.size()]));
  }
  nernst::detail::population_slice<Real> some = cells;
  some.set = element_set(std::move(numbers));
  return some;
}

template <class Real>
linkage<Real> membrane_elements<Real>::of_compartments(std::string_view id) const {
  kernel::compiled_model const& model = mechanism_.model();
  int const s = model.find(id);
  bool const is_local = s != ir::none && model.variables[s].symbol.kind == ir::role::local;
  return is_local ? mechanism_.linked()[s] : linkage<Real>();
}

template <class Real>
void membrane_elements<Real>::set_threshold() const {
  Real* const counts = mechanism_.array(brian::detail::threshold_place);
  if (counts != nullptr) std::fill_n(counts, mechanism_.size(), Real(1));
}

template <class Real>
void membrane_elements<Real>::set_threshold(places const& where) const {
  Real* const counts = mechanism_.array(brian::detail::threshold_place);
  if (counts == nullptr)
    nernst::detail::refuse<std::logic_error>(
        {mechanism_.name(), ": expected a model with a threshold, found one without"});
  std::vector<std::uint32_t> const places = mechanism_.places();
  element_set const there = at(where).set;
  for (std::uint32_t k = 0; k < of_.set.size(); ++k)
    counts[places[of_.set[k]]] = there.contains(of_.set[k]) ? Real(1) : Real(0);
}

}  // namespace nernst::cable
