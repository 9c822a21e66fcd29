// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>

namespace nernst {

/// Source k is connected to target k.
struct one_to_one_rule {
  bool autapses = true;

  /// No element is connected with itself.
  constexpr one_to_one_rule without_autapses() const { return {.autapses = false}; }
  /// \throws std::invalid_argument where there are not as many targets as sources,
  /// std::length_error above the limit.
  connections make(executor const& run, connection_request const& request) const;
  /// The same as a list.
  connection_list build(executor const& run, connection_request const& request) const;
};

namespace dsl {
/// Connects each source with the target of the same number.
constexpr one_to_one_rule one_to_one() {
  return {};
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/one_to_one-inl.hpp>
#endif
