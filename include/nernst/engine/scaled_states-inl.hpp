// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_group.hpp>

namespace nernst::engine {

template <class Real>
void element_group<Real>::let_scale(bool may_scale, std::int64_t step) {
  forget_scales();
  if (!may_scale || model_.scaled_states.empty()) return;
  first_scaled_ = step;
  scale_ = ir::list<kernel::state_scale<Real>>(model_.variables.size());
  for (kernel::scaled_state const& s : model_.scaled_states) {
    scale_table_.emplace_back(scalar_[s.decay]);
    scale_[s.scale] = scale_table_.back().scale();
  }
}

template <class Real>
kernel::state_scale<Real> element_group<Real>::scale_of(int state, ir::role which) const {
  for (std::size_t k = 0; k < scale_table_.size(); ++k)
    if (model_.scaled_states[static_cast<int>(k)].state == state)
      return which == ir::role::scale ? scale_table_[k].scale() : scale_table_[k].inverse();
  return {};
}

template <class Real>
void element_group<Real>::restore_scales(std::int64_t step) {
  for (std::size_t k = 0; k < scale_table_.size(); ++k) {
    Real* const values = array_[model_.scaled_states[static_cast<int>(k)].state];
    Real const now = scale_table_[k].scale().after(step - first_scaled_);
    run_.for_each("nernst::elements::restore_scales", partitions(), [&](std::int64_t p) {
      int const own = static_cast<int>(p);
      for (std::size_t n = begin(own); n < end(own); ++n) values[n] *= now;
    });
  }
  forget_scales();
}

template <class Real>
void element_group<Real>::forget_scales() {
  scale_.clear();
  scale_table_.clear();
}

}  // namespace nernst::engine
