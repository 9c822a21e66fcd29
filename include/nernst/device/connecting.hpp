// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/candidates.hpp>
#include <nernst/engine/connection_law.hpp>
#include <nernst/kernel/philox.hpp>

#include <cstdint>
#include <math.h>

/// What makes synapses on a device. All pointers are the device's own.
namespace nernst::device {

/// Random words of 32 bits of one row, one after the other: those of `detail::row_random`.
class row_words {
 public:
  NERNST_FUNCTION row_words(kernel::draw_key key, std::uint32_t row) : key_(key), row_(row) {}

  NERNST_FUNCTION std::uint32_t operator()() {
    if (next_ == 4) {
      bits_ = kernel::draw_bits(key_, row_, draw_++);
      next_ = 0;
    }
    return bits_.v[next_++];
  }
  /// Each of 0 ... n - 1 with the same probability.
  NERNST_FUNCTION std::uint32_t below(std::uint32_t n) {
    detail::choice_among choice(n, (*this)());
    while (!choice.fair) choice = detail::choice_among(n, (*this)());
    return choice.number;
  }

 private:
  kernel::draw_key key_;
  std::uint32_t row_, draw_ = 0, next_ = 4;
  kernel::philox_block bits_{};
};

/// Sorts few numbers, in place.
template <class Number>
NERNST_CALLABLE void insert_in_order(Number* all, std::uint32_t size) {
  for (std::uint32_t k = 1; k < size; ++k) {
    Number const x = all[k];
    std::uint32_t to = k;
    for (; to > 0 && all[to - 1] > x; --to) all[to] = all[to - 1];
    all[to] = x;
  }
}
/// Sorts numbers, in place.
template <class Number>
NERNST_CALLABLE void sort(Number* all, std::uint32_t size) {
  constexpr std::uint32_t few = 16;
  if (size <= few) return insert_in_order(all, size);
  auto const sink = [all](std::uint64_t at, std::uint32_t end) {
    Number const x = all[at];
    for (std::uint64_t below = 2 * at + 1; below < end; below = 2 * at + 1) {
      if (below + 1 < end && all[below] < all[below + 1]) ++below;
      if (all[below] <= x) break;
      all[at] = all[below];
      at = below;
    }
    all[at] = x;
  };
  for (std::uint32_t k = size / 2; k-- > 0;) sink(k, size);
  for (std::uint32_t end = size - 1; end > 0; --end) {
    Number const largest = all[0];
    all[0] = all[end];
    all[end] = largest;
    sink(0, end);
  }
}
/// Leaves one of each out of numbers that ascend, and says how many these are.
template <class Number>
NERNST_CALLABLE std::uint32_t unite(Number* all, std::uint32_t size) {
  std::uint32_t kept = size > 0 ? 1 : 0;
  for (std::uint32_t k = 1; k < size; ++k)
    if (all[k] != all[kept - 1]) all[kept++] = all[k];
  return kept;
}

/// The number of failures before a success, as `detail::failures_before_success` has it. Whether it
/// is at least k, the 53 bits of a uniform number decide, by comparison with a threshold that the
/// host has found: so a logarithm that is rounded otherwise makes no other synapses.
struct trial_table {
  double scale = 0;
  std::uint64_t const* least = nullptr;  ///< by k - 1
  std::uint32_t size = 0;

  NERNST_FUNCTION std::uint32_t operator()(std::uint32_t low, std::uint32_t high) const {
    std::uint64_t const bits = (std::uint64_t{high} << 32 | low) >> 11;
    double const guess = ::log(1.0 - kernel::detail::unit_interval<double>(low, high)) * scale;
    std::uint32_t k = guess < static_cast<double>(size) ? static_cast<std::uint32_t>(guess) : size;
    while (k < size && least[k] <= bits) ++k;
    while (k > 0 && least[k - 1] > bits) --k;
    return k;
  }
};

/// What the candidates of a row are chosen by.
struct row_law {
  connection_law::kind what = connection_law::kind::unknown;
  bool multapses = true;
  kernel::draw_key key{};
  std::uint32_t candidates = 0;
  std::uint32_t const* left_out = nullptr;  ///< by row, where a candidate is; else null
  std::uint32_t degree = 0;
  std::uint32_t const* degrees = nullptr;  ///< by row, where they differ
  trial_table failures{};
  std::uint32_t* room = nullptr;  ///< for different numbers: `room_size` of each row at a time
  std::uint32_t room_size = 0;

  /// Calls `visit(candidate)`. `slot` is the number of a row among those at a time.
  template <class Visit>
  NERNST_CALLABLE void for_each(std::uint32_t row, std::uint32_t slot, Visit& visit) const {
    detail::candidates all{candidates};
    if (left_out != nullptr) all.left_out = left_out[row];
    switch (what) {
    case connection_law::kind::everything:
      for (std::uint32_t k = 0; k < all.size(); ++k) visit(all[k]);
      break;
    case connection_law::kind::same:
      if (all.left_out != row) visit(row);
      break;
    case connection_law::kind::trials:
      return try_all(row, all, visit);
    case connection_law::kind::drawn:
      return draw(row, all, room + std::size_t{slot} * room_size, visit);
    case connection_law::kind::unknown:
      break;
    }
  }

 private:
  template <class Visit>
  NERNST_CALLABLE void try_all(std::uint32_t row, detail::candidates const& all,
                               Visit& visit) const {
    row_words words(key, row);
    std::uint32_t const size = all.size();
    for (std::uint32_t next = 0;; ++next) {
      std::uint32_t const low = words();
      std::uint32_t const failed = failures(low, words());
      if (failed >= size - next) return;
      next += failed;
      visit(all[next]);
    }
  }
  template <class Visit>
  NERNST_CALLABLE void draw(std::uint32_t row, detail::candidates const& all, std::uint32_t* drawn,
                            Visit& visit) const {
    row_words words(key, row);
    std::uint32_t const n = all.size(), count = degrees != nullptr ? degrees[row] : degree;
    if (multapses) {
      for (std::uint32_t k = 0; k < count; ++k) visit(all[words.below(n)]);
      return;
    }
    bool const draws_rest = count > n / 2;
    std::uint32_t const draws = draws_rest ? n - count : count;
    for (std::uint32_t size = 0; size < draws; size = unite(drawn, draws)) {
      for (std::uint32_t k = size; k < draws; ++k) drawn[k] = words.below(n);
      sort(drawn, draws);
    }
    if (draws_rest)
      visit_rest(all, drawn, draws, visit);
    else
      for (std::uint32_t k = 0; k < draws; ++k) visit(all[drawn[k]]);
  }
  template <class Visit>
  NERNST_CALLABLE static void visit_rest(detail::candidates const& all, std::uint32_t const* drawn,
                                         std::uint32_t draws, Visit& visit) {
    std::uint32_t next = 0;
    for (std::uint32_t k = 0; k < all.size(); ++k) {
      bool const is_drawn = next < draws && drawn[next] == k;
      if (is_drawn)
        ++next;
      else
        visit(all[k]);
    }
  }
};

/// Where synapses are counted, and then entered: by part and row, and one more for each part.
struct synapse_places {
  std::uint32_t rows = 0, parts = 0;
  std::uint32_t const* bounds = nullptr;  ///< by part: its first target
  std::uint32_t first_target = 0;
  std::uint32_t const* source_places = nullptr;  ///< by number, where sources are no slice
  std::uint32_t const* target_places = nullptr;
  std::uint32_t* next = nullptr;  ///< behind the count, or the next place, of the row before
  std::uint16_t* narrow = nullptr;
  std::uint32_t* wide = nullptr;  ///< both null while synapses are counted

  NERNST_FUNCTION std::uint32_t target(std::uint32_t number) const {
    return first_target + (target_places != nullptr ? target_places[number] : number);
  }
  NERNST_FUNCTION std::uint32_t* slot(std::uint32_t part, std::uint32_t source) const {
    std::uint32_t const row = source_places != nullptr ? source_places[source] : source;
    return next + std::size_t{part} * (rows + 1) + 1 + row;
  }
  NERNST_FUNCTION bool has(std::uint32_t part, std::uint32_t target) const {
    return bounds[part] <= target && target < bounds[part + 1];
  }
  NERNST_CALLABLE std::uint32_t part_of(std::uint32_t target) const {
    std::uint32_t first = 0, last = parts - 1;
    while (first < last) {
      std::uint32_t const middle = first + (last - first) / 2;
      if (bounds[middle + 1] > target)
        last = middle;
      else
        first = middle + 1;
    }
    return first;
  }
  NERNST_FUNCTION void put(std::uint32_t part, std::uint32_t place, std::uint32_t target) const {
    if (narrow != nullptr) narrow[place] = static_cast<std::uint16_t>(target - bounds[part]);
    if (wide != nullptr) wide[place] = target - bounds[part];
  }
};

/// Makes rows of sources: those of a row are its thread's own.
struct making_rows {
  row_law law;
  synapse_places to;
  std::uint32_t first = 0;  ///< the first row

  struct entry {
    synapse_places const& to;
    std::uint32_t source, part;

    NERNST_FUNCTION void operator()(std::uint32_t number) {
      std::uint32_t const target = to.target(number);
      if (!to.has(part, target)) part = to.part_of(target);
      to.put(part, (*to.slot(part, source))++, target);
    }
  };
  NERNST_CALLABLE void operator()(std::int64_t k) const {
    auto const slot = static_cast<std::uint32_t>(k);
    entry visit{to, first + slot, 0};
    law.for_each(first + slot, slot, visit);
  }
};

/// Makes rows of targets, whose threads share the places of a source: in any order, which sorting
/// ends. `Atomic::next(n)` adds 1 to a number, and gives what it was.
template <class Atomic>
struct making_columns {
  row_law law;
  synapse_places to;
  std::uint32_t first = 0;

  struct entry {
    synapse_places const& to;
    std::uint32_t target, part;

    NERNST_FUNCTION void operator()(std::uint32_t source) {
      to.put(part, Atomic::next(to.slot(part, source)), target);
    }
  };
  NERNST_CALLABLE void operator()(std::int64_t k) const {
    auto const slot = static_cast<std::uint32_t>(k);
    std::uint32_t const target = to.target(first + slot);
    entry visit{to, target, to.part_of(target)};
    law.for_each(first + slot, slot, visit);
  }
};

/// Lets each count be the sum of those before it. (A scan.)
struct adding_up {
  using value_type = std::uint64_t;
  std::uint32_t* counts;

  NERNST_FUNCTION void operator()(std::int64_t k, std::uint64_t& before, bool last) const {
    std::uint32_t const count = counts[k];
    if (last) counts[k] = static_cast<std::uint32_t>(before);
    before += count;
  }
};

/// By part, how far its synapses move, as parts begin at whole packs.
struct moving_parts {
  std::uint32_t* next;
  std::uint32_t rows;
  std::uint32_t const* by;

  NERNST_FUNCTION void operator()(std::int64_t k) const {
    next[k] += by[static_cast<std::uint64_t>(k) / (std::uint64_t{rows} + 1)];
  }
};

/// Brings the targets of each row into rising order, and counts those that stand there twice. (A
/// reduction.)
struct ordering_rows {
  using value_type = std::uint64_t;
  std::uint32_t const* offsets;
  std::uint32_t rows;
  std::uint16_t* narrow;
  std::uint32_t* wide;

  NERNST_CALLABLE void operator()(std::int64_t k, std::uint64_t& repeated) const {
    auto const row = static_cast<std::uint64_t>(k);
    std::uint32_t const* const at = offsets + row / rows * (std::uint64_t{rows} + 1) + row % rows;
    repeated += narrow != nullptr ? order(narrow + at[0], at[1] - at[0])
                                  : order(wide + at[0], at[1] - at[0]);
  }

 private:
  template <class Target>
  NERNST_CALLABLE std::uint64_t order(Target* all, std::uint32_t size) const {
    sort(all, size);
    std::uint64_t repeated = 0;
    for (std::uint32_t j = 1; j < size; ++j) repeated += all[j] == all[j - 1] ? 1 : 0;
    return repeated;
  }
};

}  // namespace nernst::device
