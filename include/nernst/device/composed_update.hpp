// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/population_base.hpp>

#include <vector>

namespace nernst::device {

template <class Space>
class memory;
template <class Space>
class sequence_of;
template <class Space, class Real>
class task_kernels;

/// An update that consists of kernels of several groups of elements, and of others.
template <class Space, class Real>
class composed_update : public engine::accelerated_update {
 public:
  /// Enters what its own kernels find, once the groups of the network are there.
  virtual void load(memory<Space>& to) = 0;
  /// Adds all kernels of a step.
  virtual void add_to(sequence_of<Space>& to, task_kernels<Space, Real>& kernels) = 0;
  /// The groups that are updated beside the one that it belongs to.
  virtual std::vector<population_base<Real>*> updated() const = 0;

  /// That of some elements; null where it is a kernel.
  static composed_update* of(population_base<Real> const& elements) {
    return static_cast<composed_update*>(elements.accelerated());
  }
};

}  // namespace nernst::device
