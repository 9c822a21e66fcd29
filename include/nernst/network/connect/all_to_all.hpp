// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/connection_list.hpp>
#include <nernst/network/for_each.hpp>

#include <cstddef>
#include <cstdint>

namespace nernst {
namespace detail {

/// Writes one row that holds every target.
struct full_row {
  std::uint32_t targets;
  std::uint64_t* row_begin;
  std::uint32_t* target;

  void operator()(std::int64_t source) const {
    std::uint64_t const begin = static_cast<std::uint64_t>(source) * targets;
    row_begin[source + 1] = begin + targets;
    for (std::uint32_t i = 0; i < targets; ++i) {
      target[begin + i] = i;
    }
  }
};

}  // namespace detail

/// Every source is connected to every target, itself included.
struct all_to_all_rule {
  /// \throws std::length_error above `synapse_limit`.
  template <class ExecutionSpace>
  connection_list build(std::uint32_t sources, std::uint32_t targets, std::uint64_t /*seed*/,
                        std::uint32_t /*object*/) const {
    detail::check_synapse_count("all_to_all", std::uint64_t{sources} * targets);
    connection_list list;
    list.row_begin.assign(std::size_t{sources} + 1, 0);
    list.target.resize(std::size_t{sources} * targets);
    detail::for_each<detail::connecting_space<ExecutionSpace>>(
        "nernst::all_to_all::fill", sources,
        detail::full_row{targets, list.row_begin.data(), list.target.data()});
    return list;
  }
};

namespace dsl {
/// Connects every source to every target.
inline all_to_all_rule all_to_all() {
  return {};
}
}  // namespace dsl

}  // namespace nernst
