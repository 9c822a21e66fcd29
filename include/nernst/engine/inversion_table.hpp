// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace nernst::engine {

/// Random whole numbers of a distribution that stays the same, by inversion: one uniform number
/// each, no function of mathematics.
class inversion_table {
 public:
  inversion_table() = default;
  /// Binomial(n, p): how many of n happen that have probability p. Exact to 2^-53, where Brian 2
  /// takes a normal distribution for large n.
  static inversion_table binomial(std::uint64_t n, double p) {
    double const count = static_cast<double>(n), mean = count * p;
    double const deviation = std::sqrt(mean * (1 - p));
    double const low = std::floor(mean - 40 * deviation - 40), high = mean + 40 * deviation + 40;
    inversion_table t;
    t.first_ = static_cast<std::int64_t>(std::max(low, 0.0));
    auto const last = static_cast<std::int64_t>(std::min(std::ceil(high), count));
    double sum = 0;
    for (std::int64_t k = t.first_; k <= last; ++k) {
      auto const x = static_cast<double>(k);
      double const ways = std::lgamma(count + 1) - std::lgamma(x + 1) - std::lgamma(count - x + 1);
      double const yes = x > 0 ? x * std::log(p) : 0.0;
      double const no = count > x ? (count - x) * std::log1p(-p) : 0.0;
      t.cumulative_.push_back(sum += std::exp(ways + yes + no));
    }
    for (double& c : t.cumulative_) c /= sum;
    t.make_guide();
    return t;
  }

  /// The number that belongs to a uniform one in [0, 1).
  std::int64_t operator()(double u) const {
    std::size_t k = guide_[static_cast<std::size_t>(u * static_cast<double>(guide_.size()))];
    while (k + 1 < cumulative_.size() && u >= cumulative_[k]) ++k;
    return first_ + static_cast<std::int64_t>(k);
  }

 private:
  /// Where to begin the search for the numbers of each part of [0, 1).
  void make_guide() {
    guide_.resize(2 * cumulative_.size());
    std::size_t k = 0;
    for (std::size_t g = 0; g < guide_.size(); ++g) {
      double const u = static_cast<double>(g) / static_cast<double>(guide_.size());
      while (k + 1 < cumulative_.size() && u >= cumulative_[k]) ++k;
      guide_[g] = k;
    }
  }

  std::int64_t first_ = 0;
  std::vector<double> cumulative_;
  std::vector<std::size_t> guide_;
};

}  // namespace nernst::engine
