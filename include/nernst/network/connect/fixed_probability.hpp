// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/math.hpp>
#include <nernst/kernel/philox.hpp>
#include <nernst/network/connect/connection_list.hpp>
#include <nernst/network/for_each.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace nernst {
namespace detail {

/// The step whose random numbers are used up by connecting; a simulation does not get there.
inline constexpr std::uint64_t connecting_step = (std::uint64_t{1} << 48) - 1;

/// Independent trials for all targets of the sources of one block, made by jumping from success to
/// success: in trials of probability p the number of failures before a success is floor(log(U) /
/// log(1 - p)), U uniform in (0, 1].
struct bernoulli_block {
  static constexpr std::uint32_t size = 64;

  double scale;  // 1 / log(1 - p)
  std::uint32_t sources, targets;
  kernel::draw_key key;
  std::vector<std::uint32_t>* drawn;  // one for each block
  std::uint64_t* row_size;

  void operator()(std::int64_t block) const {
    auto const begin = static_cast<std::uint32_t>(block) * size,
               end = sources - begin < size ? sources : begin + size;
    for (std::uint32_t source = begin; source < end; ++source) {
      row_size[source] = draw_row(source, drawn[block]);
    }
  }

  std::uint64_t draw_row(std::uint32_t source, std::vector<std::uint32_t>& row) const {
    std::uint32_t next = 0;
    std::uint64_t count = 0;
    for (std::uint32_t draw = 0;; draw += 4) {
      double failures[8];  // of four draws at once, which the processor overlaps
      for (std::uint32_t i = 0; i < 4; ++i) {
        kernel::philox_block const word = kernel::draw_bits(key, source, draw + i);
        failures[2 * i] =
            kernel::math::log(1.0 - kernel::detail::unit_interval<double>(word.v[0], word.v[1])) *
            scale;
        failures[2 * i + 1] =
            kernel::math::log(1.0 - kernel::detail::unit_interval<double>(word.v[2], word.v[3])) *
            scale;
      }
      for (double const n : failures) {
        if (!(n < static_cast<double>(targets - next))) {
          return count;
        }
        next += static_cast<std::uint32_t>(n);
        row.push_back(next++);
        ++count;
      }
    }
  }
};

/// Moves what a block has drawn to its place in the list.
struct gather_block {
  std::vector<std::uint32_t>* drawn;
  std::uint64_t const* row_begin;
  std::uint32_t* target;

  void operator()(std::int64_t block) const {
    std::copy(drawn[block].begin(), drawn[block].end(),
              target + row_begin[block * bernoulli_block::size]);
    std::vector<std::uint32_t>().swap(drawn[block]);
  }
};

}  // namespace detail

/// Each pair of a source and a target is connected with the same probability, independently of the
/// others; an element may connect to itself. The result depends on seed, object, and number of
/// targets, not on the number of threads or of sources.
class fixed_probability_rule {
 public:
  /// \throws std::invalid_argument where `probability` is not in [0, 1].
  explicit fixed_probability_rule(double probability) : probability_(probability) {
    if (!(probability >= 0 && probability <= 1)) {
      char digits[32];
      throw std::invalid_argument(
          "fixed_probability: expected a probability in [0, 1], found " +
          std::string(digits, std::to_chars(digits, digits + sizeof digits, probability).ptr));
    }
  }

  double probability() const { return probability_; }

  /// `object` is the number of the projection, below 2^16. \throws std::length_error above
  /// `synapse_limit`.
  template <class ExecutionSpace>
  connection_list build(std::uint32_t sources, std::uint32_t targets, std::uint64_t seed,
                        std::uint32_t object) const {
    using space = detail::connecting_space<ExecutionSpace>;
    double const pairs = static_cast<double>(sources) * static_cast<double>(targets),
                 mean = pairs * probability_;
    if (probability_ == 1 || mean - 10 * std::sqrt(mean) > static_cast<double>(synapse_limit)) {
      detail::check_synapse_count("fixed_probability", static_cast<std::uint64_t>(mean));
    }
    connection_list list;
    list.row_begin.assign(std::size_t{sources} + 1, 0);
    if (probability_ == 0) {
      return list;
    }

    double const block_mean = mean / std::max(1u, sources) * detail::bernoulli_block::size;
    std::vector<std::vector<std::uint32_t>> drawn(
        (std::size_t{sources} + detail::bernoulli_block::size - 1) / detail::bernoulli_block::size);
    for (auto& block : drawn) {
      block.reserve(static_cast<std::size_t>(block_mean + 6 * std::sqrt(block_mean)) + 8);
    }
    auto const blocks = static_cast<std::int64_t>(drawn.size());
    detail::for_each<space>("nernst::fixed_probability::draw", blocks,
                            detail::bernoulli_block{1 / std::log1p(-probability_),
                                                    sources,
                                                    targets,
                                                    {seed, object, detail::connecting_step},
                                                    drawn.data(),
                                                    list.row_begin.data() + 1});
    for (std::size_t source = 0; source < sources; ++source) {
      list.row_begin[source + 1] += list.row_begin[source];
    }
    detail::check_synapse_count("fixed_probability", list.row_begin.back());
    list.target.resize(list.row_begin.back());
    detail::for_each<space>(
        "nernst::fixed_probability::gather", blocks,
        detail::gather_block{drawn.data(), list.row_begin.data(), list.target.data()});
    return list;
  }

 private:
  double probability_;
};

namespace dsl {
/// Connects each pair with this probability. \throws std::invalid_argument outside [0, 1].
inline fixed_probability_rule fixed_probability(double probability) {
  return fixed_probability_rule(probability);
}
}  // namespace dsl

}  // namespace nernst
