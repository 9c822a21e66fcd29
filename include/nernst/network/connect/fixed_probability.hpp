// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>

namespace nernst {

/// Each pair of a source and a target is connected with the same probability, independently of the
/// others; an element may be connected with itself, unless the rule says otherwise. The result
/// depends on seed, object, and number of targets, not on the number of threads or of sources.
class fixed_probability_rule {
 public:
  /// \throws std::invalid_argument where `probability` is not in [0, 1].
  constexpr explicit fixed_probability_rule(double probability) : probability_(probability) {
    bool const is_probability = probability >= 0 && probability <= 1;
    if (!is_probability) refuse(probability);
  }

  constexpr double probability() const { return probability_; }

  /// No element is connected with itself.
  constexpr fixed_probability_rule without_autapses() const {
    fixed_probability_rule r = *this;
    r.autapses_ = false;
    return r;
  }

  /// \throws std::length_error above the limit.
  connections make(executor const& run, connection_request const& request) const;
  /// The same as a list.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  [[noreturn]] static void refuse(double probability);

  double probability_;
  bool autapses_ = true;
};

namespace dsl {
/// Connects each pair with this probability. \throws std::invalid_argument outside [0, 1].
constexpr fixed_probability_rule fixed_probability(double probability) {
  return fixed_probability_rule(probability);
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/fixed_probability-inl.hpp>
#endif
