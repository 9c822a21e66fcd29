// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/potential_group.hpp>

namespace nernst::cable {

template <class Real>
void potential_group<Real>::compute(int block, cell_block const& of, forest const& trees,
                                    Real const* axial, Real const* v) {
  std::size_t const first = of.first_place;
  for (std::size_t e = 0; e < weights_.size(); ++e) {
    double const* const weight = weights_[e].data() + first;
    double sum = 0;
    for (int c = 0; c < trees.compartments; ++c) {
      eliminated_row const& row = trees.order[c];
      if (row.parent < 0) continue;
      std::size_t const here = static_cast<std::size_t>(row.row) * of.cells;
      std::size_t const up = static_cast<std::size_t>(row.parent) * of.cells;
      for (std::size_t k = 0; k < of.cells; ++k) {
        Real const inward = axial[first + here + k] * (v[first + up + k] - v[first + here + k]);
        sum += static_cast<double>(inward) * (weight[here + k] - weight[up + k]);
      }
    }
    potential_[static_cast<std::size_t>(block) * weights_.size() + e] = static_cast<Real>(sum);
  }
}

}  // namespace nernst::cable
