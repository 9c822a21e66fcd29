// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/independent_trials.hpp>

#include <algorithm>
#include <cmath>

namespace nernst::detail {

/// Independent trials for all targets of one source after the other.
class bernoulli_rows {
 public:
  bernoulli_rows(connection_request const& request, double probability, bool autapses)
      : request_(request), autapses_(autapses), failures_(probability),
        key_(key_of(request, connecting_draw::trials)) {}

  void operator()(std::uint32_t source, std::vector<std::uint32_t>& row) const {
    candidates to{request_.targets};
    if (!autapses_) to.left_out = request_.target_like(source);
    std::uint32_t const targets = to.size();
    std::uint32_t next = 0;
    for (std::uint32_t draw = 0;; draw += 4) {
      double failures[8];  // of four draws at once, which the processor overlaps
      for (std::uint32_t k = 0; k < 4; ++k) {
        kernel::philox_block const word = kernel::draw_bits(key_, source, draw + k);
        failures[2 * k] = failures_(word.v[0], word.v[1]);
        failures[2 * k + 1] = failures_(word.v[2], word.v[3]);
      }
      for (double const n : failures) {
        if (!(n < static_cast<double>(targets - next))) return;
        next += static_cast<std::uint32_t>(n);
        row.push_back(to[next++]);
      }
    }
  }

 private:
  connection_request request_;
  bool autapses_;
  failures_before_success failures_;
  kernel::draw_key key_;
};

NERNST_INLINE connection_rows independent_trials(connection_request const& request,
                                                 double probability, bool autapses) {
  char const* const name = "fixed_probability";
  double const row = probability * static_cast<double>(request.targets);
  double const mean = row * static_cast<double>(request.sources);
  bool const is_too_many = mean - 10 * std::sqrt(mean) > static_cast<double>(request.limit.most);
  if (probability == 1 || is_too_many)
    check_synapse_count(name, static_cast<std::uint64_t>(mean), request.limit);
  double const expected = row + 0.75 * std::sqrt(row) + 0.125;
  if (probability == 0)
    return {name, request.sources, 0, [](std::uint32_t, std::vector<std::uint32_t>&) {},
            request.limit};
  connection_law const law{.what = connection_law::kind::trials,
                           .autapses = autapses,
                           .request = request,
                           .key = key_of(request, connecting_draw::trials),
                           .probability = probability};
  return {name,          request.sources,
          expected,      bernoulli_rows(request, probability, autapses),
          request.limit, law};
}

}  // namespace nernst::detail
