// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/independent_trials.hpp>
#include <nernst/network/connect/row_random.hpp>

#include <algorithm>
#include <cmath>

namespace nernst::detail {

/// Independent trials for all targets of the sources of one block, made by jumping from success to
/// success: in trials of probability p the number of failures before a success is floor(log(U) /
/// log(1 - p)), U uniform in (0, 1].
struct bernoulli_block {
  static constexpr std::uint32_t size = 64;

  double scale;  // 1 / log(1 - p)
  connection_request const& request;
  bool autapses;
  kernel::draw_key key;
  std::vector<std::uint32_t>* drawn;  // one for each block
  std::uint64_t* row_size;

  void operator()(std::int64_t block) const {
    auto const begin = static_cast<std::uint32_t>(block) * size;
    std::uint32_t const end = begin + std::min(request.sources - begin, size);
    for (std::uint32_t source = begin; source < end; ++source)
      row_size[source] = draw_row(source, drawn[block]);
  }

  std::uint64_t draw_row(std::uint32_t source, std::vector<std::uint32_t>& row) const {
    candidates to{request.targets};
    if (!autapses) to.left_out = request.target_like(source);
    std::uint32_t const targets = to.size();
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
        row.push_back(to[next++]);
        ++count;
      }
    }
  }

 private:
  double failures_before(std::uint32_t low, std::uint32_t high) const {
    return std::log(1.0 - kernel::detail::unit_interval<double>(low, high)) * scale;
  }
};

NERNST_INLINE connection_list draw_independent_trials(executor const& run,
                                                      connection_request const& request,
                                                      double probability, bool autapses) {
  constexpr std::size_t block_size = bernoulli_block::size;
  double const pairs = static_cast<double>(request.sources) * static_cast<double>(request.targets);
  double const mean = pairs * probability;
  bool const is_too_many = mean - 10 * std::sqrt(mean) > static_cast<double>(synapse_limit);
  if (probability == 1 || is_too_many)
    check_synapse_count("fixed_probability", static_cast<std::uint64_t>(mean));
  connection_list list;
  list.row_begin.assign(std::size_t{request.sources} + 1, 0);
  if (probability == 0) return list;

  double const block_mean = mean / std::max(1U, request.sources) * block_size;
  std::vector<std::vector<std::uint32_t>> drawn((request.sources + block_size - 1) / block_size);
  for (auto& block : drawn)
    block.reserve(static_cast<std::size_t>(block_mean + 6 * std::sqrt(block_mean)) + 8);
  auto const blocks = static_cast<std::int64_t>(drawn.size());
  bernoulli_block const draw{.scale = 1 / std::log1p(-probability),
                             .request = request,
                             .autapses = autapses,
                             .key = key_of(request, connecting_draw::trials),
                             .drawn = drawn.data(),
                             .row_size = list.row_begin.data() + 1};
  run.for_each("nernst::fixed_probability::draw", blocks, draw);
  add_up_rows("fixed_probability", list);
  list.target.resize(list.row_begin.back());
  run.for_each("nernst::fixed_probability::gather", blocks, [&](std::int64_t k) {
    std::vector<std::uint32_t>& block = drawn[static_cast<std::size_t>(k)];
    std::uint64_t const begin = list.row_begin[static_cast<std::size_t>(k) * block_size];
    std::copy(block.begin(), block.end(), list.target.data() + begin);
    std::vector<std::uint32_t>().swap(block);
  });
  return list;
}

}  // namespace nernst::detail
