// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/engine/record_store.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst::detail {

NERNST_INLINE stretch const& stretch_of(std::vector<stretch> const& all, std::size_t entry) {
  auto const is_after = [](std::size_t k, stretch const& s) { return k < s.entries_before; };
  return *(std::upper_bound(all.begin(), all.end(), entry, is_after) - 1);
}

NERNST_INLINE void enter_stretch(std::vector<stretch>& all, double dt, std::int64_t step,
                                 std::size_t entries) {
  bool const is_last_empty = !all.empty() && all.back().entries_before == entries &&
                             all.back().first_step == all.back().end_step;
  if (is_last_empty) all.pop_back();
  all.push_back({.dt = dt, .first_step = step, .end_step = step, .entries_before = entries});
}

NERNST_INLINE void keep_stretches(engine::archive& through, std::vector<stretch>& all,
                                  std::size_t entries) {
  auto const is_after = [](stretch const& x, stretch const& y) {
    return x.entries_before < y.entries_before;
  };
  std::vector<stretch> read = through.list("stretches", all);
  if (through.writes()) return;
  bool const fits = !read.empty() && read.front().entries_before == 0 &&
                    read.back().entries_before <= entries &&
                    std::is_sorted(read.begin(), read.end(), is_after);
  if (!fits) through.refuse("stretches of a record", "others");
  if (through.restores()) all = std::move(read);
}

NERNST_INLINE double duration_of(std::vector<stretch> const& all) {
  double sum = 0;
  for (stretch const& s : all) sum += s.duration();
  return sum;
}

NERNST_INLINE std::size_t place_of(std::string const& record,
                                   std::vector<recorded_variable> const& all, std::string_view id) {
  for (std::size_t k = 0; k < all.size(); ++k)
    if (all[k].id == id) return k;
  std::string const known = listing(all.size(), [&](std::size_t k) { return all[k].id; });
  refuse<std::out_of_range>(
      {record, ": expected one of the recorded variables (", known, "), found '", id, "'"});
}

}  // namespace nernst::detail
