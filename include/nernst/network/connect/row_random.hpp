// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/candidates.hpp>
#include <nernst/engine/connection_list.hpp>
#include <nernst/kernel/draw_blocks.hpp>

namespace nernst::detail {

/// What connecting draws random numbers for: each has its own.
enum class connecting_draw : std::uint64_t {
  trials,
  row_sizes,
  rows,
  corrections,
  formulas,         ///< and those behind, for each formula one
  blocks = 1 << 16  ///< the seeds of rules
};

/// The key of random numbers that connecting uses up. Their steps are the last ones below 2^48, to
/// which a simulation does not get.
inline kernel::draw_key key_of(connection_request const& request, connecting_draw what,
                               std::uint64_t number = 0) {
  std::uint64_t const last_step = (std::uint64_t{1} << 48) - 1;
  return {request.seed, request.object, last_step - static_cast<std::uint64_t>(what) - number};
}

/// Random whole numbers of one row, one after the other.
class row_random {
 public:
  row_random(kernel::draw_key key, std::uint32_t row) : key_(key), row_(row) {}

  /// 32 random bits.
  std::uint32_t word() {
    if (next_ == 4 * at_once) {
      kernel::draw_bits(key_, row_, draw_, at_once, bits_);
      draw_ += at_once;
      next_ = 0;
    }
    std::uint32_t const k = next_++;
    return bits_[k / 4].v[k % 4];
  }
  /// Each of 0 ... n - 1 with the same probability.
  std::uint32_t below(std::uint32_t n) {
    choice_among choice(n, word());
    while (!choice.fair) choice = choice_among(n, word());
    return choice.number;
  }

 private:
  static constexpr std::uint32_t at_once = 16;

  kernel::draw_key key_;
  std::uint32_t row_, draw_ = 0, next_ = 4 * at_once;
  kernel::philox_block bits_[at_once] = {};
};

/// Draws of candidates, each with the same probability: any, or different ones.
class candidate_draw {
 public:
  explicit candidate_draw(bool multapses) : multapses_(multapses) {}

  /// Writes `count` of them to `out`. There must be that many, or one where any will do.
  void operator()(row_random& random, candidates const& from, std::uint32_t count,
                  std::uint32_t* out) {
    if (!multapses_) return draw_different(random, from, count, out);
    std::uint32_t const n = from.size();
    for (std::uint32_t k = 0; k < count; ++k) out[k] = from[random.below(n)];
  }

 private:
  void draw_different(row_random& random, candidates const& from, std::uint32_t count,
                      std::uint32_t* out) {
    std::uint32_t const n = from.size();
    is_drawn_.resize(n);
    bool const draws_rest = count > n / 2;
    std::uint32_t const draws = draws_rest ? n - count : count;
    drawn_.clear();
    while (drawn_.size() < draws) {
      std::uint32_t const k = random.below(n);
      if (is_drawn_[k] != 0) continue;
      is_drawn_[k] = 1;
      drawn_.push_back(k);
    }
    if (draws_rest) {
      for (std::uint32_t k = 0; k < n; ++k)
        if (is_drawn_[k] == 0) *out++ = from[k];
    } else {
      for (std::uint32_t const k : drawn_) *out++ = from[k];
    }
    for (std::uint32_t const k : drawn_) is_drawn_[k] = 0;
  }

  bool multapses_;
  std::vector<char> is_drawn_;  // all 0 between draws
  std::vector<std::uint32_t> drawn_;
};

}  // namespace nernst::detail
