// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/step_context.hpp>

namespace nernst::detail {

/// What a kernel of a population works on.
template <class Real>
struct kernel_arguments {
  Real* const* arrays;  ///< by the model's number of the array
  Real const* scalars;
  kernel::step_context now;
  kernel::external_data<Real> around;
  void* beside = nullptr;  ///< what kernels of libraries need, see `group_outline::beside`
};

template <class Real>
struct device_launch;

/// Compiled kernels as the untyped parts of a network know them.
template <class Real>
struct kernel_launch {
  /// The neurons [begin, end) in packs. The numbers of those that fire go to `fired`, ascending;
  /// returns the end of the list. Null for kernels that are executed for single neurons.
  std::uint32_t* (*sweep)(kernel_arguments<Real> const&, std::uint32_t begin, std::uint32_t end,
                          std::uint32_t* fired) = nullptr;
  /// `count` neurons one after the other: those of a list or, where that is null, from `first` on.
  /// Null for kernels that are only executed in packs.
  void (*visit)(kernel_arguments<Real> const&, std::uint32_t const* list, std::uint32_t first,
                std::uint32_t count) = nullptr;
  /// The sum of what synapses of a list add to a variable of a neuron.
  Real (*add_up)(kernel_arguments<Real> const&, std::uint32_t const* list,
                 std::uint32_t count) = nullptr;
};

}  // namespace nernst::detail
