// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/random_rows.hpp>

namespace nernst {

/// A given number of synapses, each of a pair that is drawn independently and with the same
/// probability; an element may be connected with itself, and a pair several times, unless the rule
/// says otherwise. The result depends on seed, object, and the numbers of sources and targets.
class fixed_total_number_rule {
 public:
  /// \throws std::invalid_argument where `number` is negative or above 2^62.
  constexpr explicit fixed_total_number_rule(std::int64_t number)
      : number_(detail::checked_number("fixed_total_number", "number of synapses", number,
                                       std::uint64_t{1} << 62)) {}

  /// No element is connected with itself.
  constexpr fixed_total_number_rule without_autapses() const {
    fixed_total_number_rule r = *this;
    r.allowed_.autapses = false;
    return r;
  }
  /// No pair has several synapses.
  constexpr fixed_total_number_rule without_multapses() const {
    fixed_total_number_rule r = *this;
    r.allowed_.multapses = false;
    return r;
  }

  /// \throws std::invalid_argument where there are not enough pairs.
  connections make(executor const& run, connection_request const& request) const;
  /// The same as a list.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  std::uint64_t number_;
  detail::allowed_synapses allowed_;
};

namespace dsl {
/// Draws the pairs of `number` synapses. \throws std::invalid_argument where `number` is
/// negative.
constexpr fixed_total_number_rule fixed_total_number(std::int64_t number) {
  return fixed_total_number_rule(number);
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/fixed_total_number-inl.hpp>
#endif
