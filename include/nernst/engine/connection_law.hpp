// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>
#include <nernst/kernel/philox.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace nernst {

/// How a rule makes its rows, in numbers: for what makes them elsewhere than in the host's memory.
struct connection_law {
  enum class kind : std::uint8_t {
    unknown,     ///< only the host can make them
    everything,  ///< a row has all candidates
    same,        ///< the element with the number of the row
    trials,      ///< each with `probability`
    drawn        ///< as many as the row is long
  };
  kind what = kind::unknown;
  bool by_target = false;  ///< whether a row has the sources of a target, and not targets
  bool autapses = true, multapses = true;
  connection_request request = {};
  kernel::draw_key key = {};
  double probability = 0;
  std::uint32_t degree = 0;  ///< the length of all rows, where `row_begin` does not say it
  std::shared_ptr<std::vector<std::uint64_t> const> row_begin = {};

  bool is_known() const { return what != kind::unknown; }
  std::uint32_t rows() const { return by_target ? request.targets : request.sources; }
  /// How many elements are drawn from.
  std::uint32_t candidates() const { return by_target ? request.sources : request.targets; }
  /// What is the same element as that of a row, among the candidates.
  std::uint32_t like(std::uint32_t row) const {
    return by_target ? request.source_like(row) : request.target_like(row);
  }
};

}  // namespace nernst
