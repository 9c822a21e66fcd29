// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/random_rows.hpp>

#include <concepts>

namespace nernst {

/// Each source has the same number of synapses, to targets that are drawn independently and with
/// the same probability; an element may be connected with itself, and a pair several times, unless
/// the rule says otherwise. The result depends on seed, object, and number of targets.
class fixed_out_degree_rule {
 public:
  /// \throws std::invalid_argument where `degree` is negative or above `degree_limit`.
  constexpr explicit fixed_out_degree_rule(std::int64_t degree)
      : degree_(detail::checked_degree("fixed_out_degree", degree)) {}

  /// No element is connected with itself.
  constexpr fixed_out_degree_rule without_autapses() const {
    fixed_out_degree_rule r = *this;
    r.allowed_.autapses = false;
    return r;
  }
  /// No pair has several synapses.
  constexpr fixed_out_degree_rule without_multapses() const {
    fixed_out_degree_rule r = *this;
    r.allowed_.multapses = false;
    return r;
  }

  /// \throws std::invalid_argument where there are not enough targets, std::length_error above
  /// `degree_limit`.
  connections make(executor const& run, connection_request const& request) const;
  /// The same as a list.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  std::uint32_t degree_;
  detail::allowed_synapses allowed_;
};

namespace dsl {
/// Draws `degree` targets for each source.
/// \throws std::invalid_argument where `degree` is negative.
constexpr fixed_out_degree_rule fixed_out_degree(std::int64_t degree) {
  return fixed_out_degree_rule(degree);
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/fixed_out_degree-inl.hpp>
#endif
