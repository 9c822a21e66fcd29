// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>

#include <Kokkos_Core.hpp>

#include "catch.hpp"
#include <cmath>
#include <string>
#include <utility>

/// What tests of connection rules share.
namespace connections {

inline nernst::executor const host = nernst::executor::of<Kokkos::DefaultHostExecutionSpace>();
using indices = std::vector<std::uint32_t>;
using places = std::vector<std::uint64_t>;
using pair_list = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Source and target of each synapse, in the order of creation.
inline pair_list pairs_of(nernst::connection_list const& list) {
  pair_list all(list.target.size());
  for (std::uint32_t source = 0; source + 1 < list.row_begin.size(); ++source)
    for (auto k = list.row_begin[source]; k < list.row_begin[source + 1]; ++k)
      all[list.creation.empty() ? k : list.creation[k]] = {source, list.target[k]};
  return all;
}

inline indices out_degrees(nernst::connection_list const& list) {
  indices all;
  for (std::size_t s = 0; s + 1 < list.row_begin.size(); ++s)
    all.push_back(static_cast<std::uint32_t>(list.row_begin[s + 1] - list.row_begin[s]));
  return all;
}
inline indices in_degrees(nernst::connection_list const& list, std::uint32_t targets) {
  indices all(targets, 0);
  for (std::uint32_t const t : list.target) ++all[t];
  return all;
}
inline bool rows_ascend(nernst::connection_list const& list) {
  bool ascend = list.row_begin.back() == list.target.size();
  for (std::size_t s = 0; s + 1 < list.row_begin.size(); ++s)
    for (auto k = list.row_begin[s] + 1; k < list.row_begin[s + 1]; ++k)
      ascend = ascend && list.target[k - 1] <= list.target[k];
  return ascend;
}
/// The most synapses of one pair. Rows ascend.
inline std::uint32_t largest_multiplicity(nernst::connection_list const& list) {
  std::uint32_t most = 0;
  for (std::size_t s = 0; s + 1 < list.row_begin.size(); ++s) {
    std::uint32_t same = 0;
    for (auto k = list.row_begin[s]; k < list.row_begin[s + 1]; ++k) {
      same = k > list.row_begin[s] && list.target[k] == list.target[k - 1] ? same + 1 : 1;
      most = std::max(most, same);
    }
  }
  return most;
}
inline bool has_autapse(nernst::connection_list const& list,
                        nernst::connection_request const& request) {
  for (auto const& [source, target] : pairs_of(list))
    if (request.target_like(source) == target) return true;
  return false;
}

/// Whether counts with one expectation and variance are as scattered as they should be: chi-square
/// with `counts.size() - lost` degrees of freedom, within four standard deviations.
template <class Counts>
void check_scatter(Counts const& counts, double expected, double variance, double lost = 0) {
  double chi_square = 0;
  for (auto const n : counts) chi_square += std::pow(n - expected, 2) / variance;
  double const freedom = static_cast<double>(counts.size()) - lost;
  CHECK(std::abs(chi_square - freedom) < 4 * std::sqrt(2 * freedom));
}

/// The same list from one thread, where the program has such a space.
template <class Rule>
void check_alone(Rule const& rule, nernst::connection_request const& request) {
  nernst::connection_list const list = rule.build(host, request);
  nernst::connection_list const again = rule.build(host, request);
  CHECK(list.target == again.target);
  CHECK(list.row_begin == again.row_begin);
#ifdef KOKKOS_ENABLE_SERIAL
  nernst::connection_list const alone = rule.build(nernst::executor::of<Kokkos::Serial>(), request);
  CHECK(list.target == alone.target);
  CHECK(list.row_begin == alone.row_begin);
  CHECK(list.creation == alone.creation);
#endif
}

template <class Error, class Call>
std::string message(Call const& call) {
  try {
    call();
  } catch (Error const& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace connections
