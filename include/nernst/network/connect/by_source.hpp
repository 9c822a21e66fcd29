// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>

#include <algorithm>

namespace nernst::detail {

/// How targets are divided into shares that threads work on.
struct target_shares {
  std::uint32_t targets, count;

  std::uint32_t begin(std::int64_t share) const {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(share) * targets / count);
  }
  /// So many that threads have work, and so few that counting the sources in each takes at most
  /// two bytes a synapse.
  static target_shares of(executor const& run, connection_request const& request,
                          std::uint64_t synapses) {
    std::uint64_t const affordable = synapses / (2 * std::max<std::uint64_t>(1, request.sources));
    auto const wanted = static_cast<std::uint64_t>(4 * run.threads());
    std::uint64_t const count =
        std::clamp<std::uint64_t>(std::min(affordable, wanted), 1, std::max(1U, request.targets));
    return {request.targets, static_cast<std::uint32_t>(count)};
  }
};

/// A list in rows by source of what comes in rows by target: `rows(target)` gives the sources of
/// a target, a range with `size()`, and is called twice, on a copy of `rows` for each share of
/// the targets. Within a row the targets ascend. `first` is null, or the place of the first
/// synapse of each target in the order of creation.
/// \throws std::length_error for more synapses of a source than `degree_limit`.
template <class Rows>
connection_list list_by_source(char const* rule, executor const& run,
                               connection_request const& request, std::uint64_t synapses,
                               Rows const& rows, std::uint64_t const* first = nullptr) {
  target_shares const shares = target_shares::of(run, request, synapses);
  std::size_t const sources = request.sources;
  std::vector<std::uint32_t> next(shares.count * sources, 0);
  run.for_each("nernst::connect::count", shares.count, [&](std::int64_t share) {
    Rows mine = rows;
    std::uint32_t* const count = next.data() + static_cast<std::size_t>(share) * sources;
    for (std::uint32_t target = shares.begin(share); target < shares.begin(share + 1); ++target)
      for (std::uint32_t const source : mine(target)) ++count[source];
  });
  connection_list list;
  list.row_begin.assign(sources + 1, 0);
  std::uint32_t end = 0;
  for (std::size_t source = 0; source < sources; ++source) {
    for (std::uint32_t share = 0; share < shares.count; ++share) {
      std::uint32_t& place = next[share * sources + source];
      std::uint32_t const count = place;
      place = end;
      end += count;
    }
    check_row(rule, end - list.row_begin[source]);
    list.row_begin[source + 1] = end;
  }
  list.target.resize(synapses);
  if (first != nullptr) list.creation.resize(synapses);
  run.for_each("nernst::connect::fill", shares.count, [&](std::int64_t share) {
    Rows mine = rows;
    std::uint32_t* const place = next.data() + static_cast<std::size_t>(share) * sources;
    for (std::uint32_t target = shares.begin(share); target < shares.begin(share + 1); ++target) {
      std::uint64_t created = first == nullptr ? 0 : first[target];
      for (std::uint32_t const source : mine(target)) {
        std::uint32_t const k = place[source]++;
        list.target[k] = target;
        if (first != nullptr) list.creation[k] = created++;
      }
    }
  });
  return list;
}

}  // namespace nernst::detail
