// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/accelerator.hpp>
#include <nernst/engine/kernel_arguments.hpp>

#include <memory>

namespace nernst::detail {

/// Where a network works: here a space in whose steps the host's threads do, with vectors. What has
/// memory of its own is in <nernst/device.hpp>.
template <class Space>
struct work_space {
  /// Where the host prepares what is done there.
  using host = Space;
  static constexpr bool is_device = false;

  template <class Real>
  static std::unique_ptr<engine::accelerator<Real>> accelerator() {
    return nullptr;
  }
};

}  // namespace nernst::detail
