// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>

namespace nernst {

/// Every source is connected to every target, itself included unless the rule says otherwise.
struct all_to_all_rule {
  bool autapses = true;

  /// No element is connected with itself.
  constexpr all_to_all_rule without_autapses() const { return {.autapses = false}; }
  /// \throws std::length_error above the limit.
  connections make(executor const& run, connection_request const& request) const;
  /// The same as a list.
  connection_list build(executor const& run, connection_request const& request) const;
};

namespace dsl {
/// Connects everything with everything.
constexpr all_to_all_rule all_to_all() {
  return {};
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/all_to_all-inl.hpp>
#endif
