// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/mechanism_group.hpp>

namespace nernst::cable {

/// Links that mechanisms write, as NMODL's written POINTERs. Threads own whole cells: what leads
/// into its own cell, and to a variable that no other element writes, is the same on any number of
/// threads.
template <class Real>
class written_links {
 public:
  explicit written_links(cell_group<Real> const& cells) : cells_(cells) {}

  /// \throws std::invalid_argument for others.
  void require_own(mechanism_group<Real> const& mechanism);

 private:
  void require_own(mechanism_group<Real> const& mechanism, int symbol);
  /// The compartment, by place, in which element `k` of a group is that stands in these cells.
  std::uint32_t compartment_of(engine::element_group<Real> const& group, std::size_t k) const;
  void find_cells();

  cell_group<Real> const& cells_;
  std::vector<std::uint32_t> cell_;  ///< by place of compartments
  std::vector<int> part_;            ///< the same of what cells are divided into
  std::vector<Real const*> written_;
};

}  // namespace nernst::cable

#include <nernst/cable/written_links-inl.hpp>
