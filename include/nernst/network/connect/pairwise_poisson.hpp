// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>

#include <limits>

namespace nernst {

/// The number of synapses of each pair of a source and a target is a Poisson number, independently
/// of the others; an element may be connected with itself, unless the rule says otherwise. The
/// result depends on seed, object, and number of targets.
class pairwise_poisson_rule {
 public:
  /// \throws std::invalid_argument where `mean` is negative or not finite.
  constexpr explicit pairwise_poisson_rule(double mean) : mean_(mean) {
    bool const is_mean = mean >= 0 && mean <= std::numeric_limits<double>::max();
    if (!is_mean) refuse(mean);
  }

  /// No element is connected with itself.
  constexpr pairwise_poisson_rule without_autapses() const {
    pairwise_poisson_rule r = *this;
    r.autapses_ = false;
    return r;
  }

  /// \throws std::length_error above the limit.
  connections make(executor const& run, connection_request const& request) const;
  /// The same as a list.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  [[noreturn]] static void refuse(double mean);

  double mean_;
  bool autapses_ = true;
};

namespace dsl {
/// Connects each pair with a Poisson number of synapses, `mean` on average.
/// \throws std::invalid_argument where `mean` is negative or not finite.
constexpr pairwise_poisson_rule pairwise_poisson(double mean) {
  return pairwise_poisson_rule(mean);
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/pairwise_poisson-inl.hpp>
#endif
