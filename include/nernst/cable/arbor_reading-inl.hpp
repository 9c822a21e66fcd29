// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/arbor_reading.hpp>
#include <nernst/refuse.hpp>

namespace nernst::cable::detail {

NERNST_INLINE void require_soma_of_two(swc_source const& source,
                                       std::vector<swc_sample> const& all) {
  for (swc_sample const& s : all)
    if (s.parent == 0 && s.type == all[0].type) return;
  swc_error(source, all[0].line,
            "a sample of the root's type behind it, as Arbor reads no soma of one sample "
            "(swc_reading::neuron does)",
            nernst::detail::message({"none of type ", all[0].type}));
}

NERNST_INLINE std::vector<branch> arbor_branches(swc_source const& source,
                                                 std::vector<swc_sample> const& all) {
  require_soma_of_two(source, all);
  struct chain {
    int parent;
    double at;
    std::vector<std::size_t> samples;
  };
  std::vector<int> children(all.size()), chain_of(all.size(), none);
  for (swc_sample const& s : all)
    if (s.parent != none) ++children[static_cast<std::size_t>(s.parent)];
  std::vector<chain> chains;
  for (std::size_t k = 1; k < all.size(); ++k) {
    auto const p = static_cast<std::size_t>(all[k].parent);
    if (p != 0 && children[p] == 1) {
      chain_of[k] = chain_of[p];
    } else {
      chain_of[k] = static_cast<int>(chains.size());
      int const parent = p != 0 ? chain_of[p] : chains.empty() ? none : 0;
      chains.push_back({parent, p == 0 && parent == 0 ? 0.0 : 1.0, {p}});
    }
    chains[static_cast<std::size_t>(chain_of[k])].samples.push_back(k);
  }
  std::vector<branch> branches;
  for (chain const& c : chains) {
    std::vector<point> points;
    std::vector<int> tags;
    for (std::size_t const k : c.samples) points.push_back(all[k].where);
    for (std::size_t k = 1; k < c.samples.size(); ++k) tags.push_back(all[c.samples[k]].type);
    branch b = branch_between(points, tags);
    require_length(b, source, all[c.samples[1]].line, "branch",
                   {all[c.samples.front()].id, all[c.samples.back()].id});
    b.parent = c.parent;
    b.at = c.at;
    branches.push_back(std::move(b));
  }
  return branches;
}

}  // namespace nernst::cable::detail
