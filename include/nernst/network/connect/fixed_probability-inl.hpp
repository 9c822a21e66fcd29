// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/philox.hpp>
#include <nernst/network/connect/fixed_probability.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

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
    auto const begin = static_cast<std::uint32_t>(block) * size;
    std::uint32_t const end = sources - begin < size ? sources : begin + size;
    for (std::uint32_t source = begin; source < end; ++source)
      row_size[source] = draw_row(source, drawn[block]);
  }

  std::uint64_t draw_row(std::uint32_t source, std::vector<std::uint32_t>& row) const {
    std::uint32_t next = 0;
    std::uint64_t count = 0;
    for (std::uint32_t draw = 0;; draw += 4) {
      double failures[8];  // of four draws at once, which the processor overlaps
      for (std::uint32_t k = 0; k < 4; ++k) {
        kernel::philox_block const word = kernel::draw_bits(key, source, draw + k);
        failures[2 * k] = failures_before(word.v[0], word.v[1]);
        failures[2 * k + 1] = failures_before(word.v[2], word.v[3]);
      }
      for (double const n : failures) {
        if (!(n < static_cast<double>(targets - next))) return count;
        next += static_cast<std::uint32_t>(n);
        row.push_back(next++);
        ++count;
      }
    }
  }

 private:
  double failures_before(std::uint32_t low, std::uint32_t high) const {
    return std::log(1.0 - kernel::detail::unit_interval<double>(low, high)) * scale;
  }
};

}  // namespace detail

NERNST_INLINE fixed_probability_rule::fixed_probability_rule(double probability)
    : probability_(probability) {
  if (probability >= 0 && probability <= 1) return;
  detail::refuse<std::invalid_argument>(
      {"fixed_probability: expected a probability in [0, 1], found ", probability});
}

NERNST_INLINE connection_list
fixed_probability_rule::build(executor const& run, connection_request const& request) const {
  constexpr std::size_t block_size = detail::bernoulli_block::size;
  double const pairs = static_cast<double>(request.sources) * static_cast<double>(request.targets);
  double const mean = pairs * probability_;
  bool const is_too_many = mean - 10 * std::sqrt(mean) > static_cast<double>(synapse_limit);
  if (probability_ == 1 || is_too_many)
    detail::check_synapse_count("fixed_probability", static_cast<std::uint64_t>(mean));
  connection_list list;
  list.row_begin.assign(std::size_t{request.sources} + 1, 0);
  if (probability_ == 0) return list;

  double const block_mean = mean / std::max(1U, request.sources) * block_size;
  std::vector<std::vector<std::uint32_t>> drawn((request.sources + block_size - 1) / block_size);
  for (auto& block : drawn)
    block.reserve(static_cast<std::size_t>(block_mean + 6 * std::sqrt(block_mean)) + 8);
  auto const blocks = static_cast<std::int64_t>(drawn.size());
  detail::bernoulli_block const draw{.scale = 1 / std::log1p(-probability_),
                                     .sources = request.sources,
                                     .targets = request.targets,
                                     .key = {request.seed, request.object, detail::connecting_step},
                                     .drawn = drawn.data(),
                                     .row_size = list.row_begin.data() + 1};
  run.for_each("nernst::fixed_probability::draw", blocks, draw);
  for (std::size_t source = 0; source < request.sources; ++source)
    list.row_begin[source + 1] += list.row_begin[source];
  detail::check_synapse_count("fixed_probability", list.row_begin.back());
  list.target.resize(list.row_begin.back());
  run.for_each("nernst::fixed_probability::gather", blocks, [&](std::int64_t k) {
    std::vector<std::uint32_t>& block = drawn[static_cast<std::size_t>(k)];
    std::uint64_t const begin = list.row_begin[static_cast<std::size_t>(k) * block_size];
    std::copy(block.begin(), block.end(), list.target.data() + begin);
    std::vector<std::uint32_t>().swap(block);
  });
  return list;
}

}  // namespace nernst
