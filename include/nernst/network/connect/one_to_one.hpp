// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/connection_list.hpp>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>

namespace nernst {

/// Source s is connected to target s alone.
struct one_to_one_rule {
  /// \throws std::invalid_argument where there are not as many targets as sources,
  /// std::length_error above `synapse_limit`.
  template <class ExecutionSpace>
  connection_list build(std::uint32_t sources, std::uint32_t targets, std::uint64_t /*seed*/,
                        std::uint32_t /*object*/) const {
    if (sources != targets) {
      throw std::invalid_argument("one_to_one: expected as many targets as sources, found " +
                                  std::to_string(sources) + " sources and " +
                                  std::to_string(targets) + " targets");
    }
    detail::check_synapse_count("one_to_one", sources);
    connection_list list;
    list.row_begin.resize(std::size_t{sources} + 1);
    std::iota(list.row_begin.begin(), list.row_begin.end(), std::uint64_t{0});
    list.target.resize(targets);
    std::iota(list.target.begin(), list.target.end(), std::uint32_t{0});
    return list;
  }
};

namespace dsl {
/// Connects each source to the target of the same index.
inline one_to_one_rule one_to_one() {
  return {};
}
}  // namespace dsl

}  // namespace nernst
