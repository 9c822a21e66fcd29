// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/written_links.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>

namespace nernst::cable {

template <class Real>
void written_links<Real>::require_own(mechanism_group<Real> const& mechanism) {
  kernel::compiled_model const& model = mechanism.model();
  for (int s = 0; s < model.variables.size(); ++s) {
    bool const is_linked = model.variables[s].symbol.kind == ir::role::linked;
    if (is_linked && kernel::writes(model, s)) require_own(mechanism, s);
  }
}

template <class Real>
void written_links<Real>::require_own(mechanism_group<Real> const& mechanism, int symbol) {
  linkage<Real> const& to = mechanism.linked()[symbol];
  std::string const name =
      nernst::detail::label(mechanism.name(), mechanism.model().variables[symbol].symbol.id);
  find_cells();
  std::int32_t const* const index = to.where().index;
  for (std::uint32_t e = 0; e < mechanism.size(); ++e) {
    std::size_t const k = index == nullptr ? e : static_cast<std::size_t>(index[e]);
    std::uint32_t const from = compartment_of(mechanism, e), at = compartment_of(to.source(), k);
    std::uint32_t const here = cell_[from], there = cell_[at];
    if (here == there && part_[from] != part_[at])
      nernst::detail::refuse<std::invalid_argument>(
          {name, ": expected a variable of the same part of cell ", here,
           ", which is large enough for several threads, as statements write it, found one of "
           "another part"});
    if (here != there)
      nernst::detail::refuse<std::invalid_argument>(
          {name,
           ": expected a variable of the same cell, as statements write it, found one of cell ",
           there, " for an element in cell ", here});
    written_.push_back(to.array() + k);
  }
  std::sort(written_.begin(), written_.end());
  if (std::adjacent_find(written_.begin(), written_.end()) != written_.end())
    nernst::detail::refuse<std::invalid_argument>(
        {name, ": expected a variable for each element, as statements write it, found one that "
               "several write"});
}

template <class Real>
std::uint32_t written_links<Real>::compartment_of(engine::element_group<Real> const& group,
                                                  std::size_t k) const {
  for (mechanism_group<Real> const* const m : cells_.mechanisms())
    if (m == &group) return static_cast<std::uint32_t>(m->where().compartment_place()[k]);
  if (!cells_.has_in_compartments(group))
    nernst::detail::refuse<std::invalid_argument>(
        {group.name(), ": expected to be written by its own cells alone, found mechanisms of '",
         cells_.name(), "' that are linked to it and write it"});
  return static_cast<std::uint32_t>(k);
}

template <class Real>
void written_links<Real>::find_cells() {
  if (!cell_.empty()) return;
  cell_layout const& layout = cells_.layout();
  cell_.resize(layout.size());
  part_.resize(layout.size());
  for (cell_block const& b : layout.blocks())
    std::fill(part_.begin() + b.first_place, part_.begin() + layout.end_of(b), b.part);
  for (std::uint32_t cell = 0; cell < layout.cells(); ++cell)
    for (int c = 0; c < layout.rows(cell); ++c) cell_[layout.place(cell, c)] = cell;
}

}  // namespace nernst::cable
