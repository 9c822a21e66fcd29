// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/connection_list.hpp>

namespace nernst {

/// Every source is connected to every target, itself included.
struct all_to_all_rule {
  /// \throws std::length_error above `synapse_limit`.
  connection_list build(executor const& run, connection_request const& request) const;
};

namespace dsl {
/// Connects everything with everything.
inline all_to_all_rule all_to_all() {
  return {};
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/all_to_all-inl.hpp>
#endif
