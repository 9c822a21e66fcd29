// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/longitudinal_diffusion.hpp>

#include <algorithm>
#include <utility>

namespace nernst::cable {

template <class Real>
longitudinal_diffusion<Real>::longitudinal_diffusion(std::vector<mechanism_group<Real>*> groups)
    : groups_(std::move(groups)), layout_(groups_.front()->cells().layout()),
      trees_(layout_.structures()), is_there_(layout_.size()), x_(layout_.size()),
      volume_(layout_.size(), Real(1)), transport_(x_), axial_(x_), diagonal_(x_), inverse_(x_),
      rest_(x_), nothing_(x_) {
  std::vector<std::vector<int>> where(layout_.structures());
  for (mechanism_group<Real>* const group : groups_) {
    auto const array_of = [](population_base<Real>& of, int symbol) {
      return of.array(of.model().variables[symbol].symbol.id);
    };
    std::vector<diffusing_state<Real>> parts;
    for (ir::diffusion const& d : group->model().diffusions) {
      Real* concentration = nullptr;
      if (d.concentration != ir::none) {
        auto const& id = group->model().variables[d.concentration].symbol.id;
        auto const [ion, symbol] = group->cells().find_local(id, ir::placement::density);
        concentration = array_of(*ion, symbol);
      }
      parts.push_back({array_of(*group, d.symbol), concentration, array_of(*group, d.volume),
                       array_of(*group, d.transport)});
    }
    parts_.push_back(std::move(parts));
    for (std::size_t s = 0; s < where.size(); ++s)
      where[s].insert(where[s].end(), group->compartments()[s].begin(),
                      group->compartments()[s].end());
    for (std::int32_t const place : group->where().compartment_place())
      is_there_[static_cast<std::size_t>(place)] = 1;
  }
  for (std::uint32_t s = 0; s < layout_.structures(); ++s) {
    std::sort(where[s].begin(), where[s].end());
    where[s].erase(std::unique(where[s].begin(), where[s].end()), where[s].end());
    if (where[s].empty()) continue;
    trees_[s].emplace(groups_.front()->cells().shape(s), layout_.row(s), where[s]);
  }
}

template <class Real>
template <class Act>
void longitudinal_diffusion<Real>::for_each_element(int block, std::size_t k,
                                                    Act const& act) const {
  int const last = block + layout_.division(layout_.block(block).structure).parts();
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (int b = block; b < last; ++b)
      for (element_run const& r : groups_[g]->where().runs(b))
        for (std::uint32_t e = r.begin; e < r.end; ++e)
          act(parts_[g][k], e, static_cast<std::size_t>(e + r.shift));
}

template <class Real>
void longitudinal_diffusion<Real>::advance(int block, double dt) {
  cell_block const& of = layout_.block(block);
  if (!is_in(of)) return;
  diffusion_solver<Real> const solver = solver_of(of);
  for (std::size_t k = 0; k < parts_.front().size(); ++k) {
    for_each_element(block, k,
                     [&](diffusing_state<Real> const& part, std::uint32_t e, std::size_t place) {
                       x_[place] = part.state[e];
                       volume_[place] = part.volume[e];
                       transport_[place] = part.transport[e];
                     });
    solver.advance(dt);
    for_each_element(block, k,
                     [&](diffusing_state<Real> const& part, std::uint32_t e, std::size_t place) {
                       part.state[e] = x_[place];
                       if (part.concentration != nullptr) part.concentration[place] = x_[place];
                     });
  }
}

template <class Real>
diffusion_solver<Real> longitudinal_diffusion<Real>::solver_of(cell_block const& of) {
  diffusion_tree const& tree = *trees_[of.structure];
  std::uint32_t const k = of.base();
  return {.trees = tree.trees(static_cast<int>(of.cells)),
          .rows = tree.rows().data(),
          .row_count = static_cast<int>(tree.rows().size()),
          .is_there = is_there_.data() + k,
          .x = x_.data() + k,
          .volume = volume_.data() + k,
          .transport = transport_.data() + k,
          .axial = axial_.data() + k,
          .diagonal = diagonal_.data() + k,
          .inverse = inverse_.data() + k,
          .rest = rest_.data() + k,
          .nothing = nothing_.data() + k};
}

}  // namespace nernst::cable
