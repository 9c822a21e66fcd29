// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/network_base.hpp>

namespace nernst::detail {

/// The source and the target of each synapse, in the order of creation.
struct synapse_ends {
  std::vector<std::uint32_t> sources, targets;

  explicit synapse_ends(connection_list const& list);
};

/// The numbers of those that are not removed.
std::vector<std::uint32_t> remaining(std::vector<char> const& removed);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/structure-inl.hpp>
#endif
