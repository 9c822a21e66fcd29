// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

namespace nernst::integrate {

/// The random increments of the Wiener processes of a model in one step. All systems of a model
/// share them.
class wiener_increments {
 public:
  /// sqrt(dt) times the normal number that belongs to noise `symbol`; the same at each call.
  constexpr int operator()(ir::model& m, int symbol) {
    for (int k = 0; k < symbols_.size(); ++k)
      if (symbols_[k] == symbol) return nodes_[k];
    int const root = m.nodes.make(ir::op::sqrt, m.time_step());
    symbols_.push_back(symbol);
    nodes_.push_back(m.nodes.multiply(root, m.draw(ir::op::normal)));
    return nodes_.back();
  }

 private:
  ir::list<int> symbols_, nodes_;
};

}  // namespace nernst::integrate
