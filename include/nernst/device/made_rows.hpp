// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/connecting.hpp>
#include <nernst/device/memory.hpp>
#include <nernst/engine/connection_list.hpp>
#include <nernst/engine/failures_before_success.hpp>
#include <nernst/engine/synapse_rows.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace nernst::device {

/// Rows of synapses in the memory of a space.
template <class Space>
class made_rows final : public engine::distant_rows {
 public:
  bool repeats_targets() const override { return repeats_; }
  bytes<Space> const& offsets() const { return offsets_; }
  bytes<Space> const& targets() const { return targets_; }

 private:
  template <class>
  friend class row_maker;
  void fetch_offsets(std::uint32_t* to) const override {
    offsets_.fetch(reinterpret_cast<char*>(to), 0, offsets_.size());
  }
  void fetch_targets(void* to) const override {
    targets_.fetch(static_cast<char*>(to), 0, targets_.size());
  }

  bytes<Space> offsets_, targets_;
  bool repeats_ = false;
};

/// By k - 1, the least 53 bits of a uniform number of which at least k failures follow: up to
/// `most`, and as far as there are such numbers.
inline std::vector<std::uint64_t> trial_thresholds(detail::failures_before_success const& failures,
                                                   std::uint32_t most) {
  constexpr std::uint64_t end = std::uint64_t{1} << 53;
  auto const reaches = [&](std::uint64_t bits, double k) {
    std::uint64_t const word = bits << 11;
    double const n =
        failures(static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(word >> 32));
    return !(n < k);
  };
  std::vector<std::uint64_t> least;
  for (std::uint32_t n = 0; n < most; ++n) {
    double const k = n + 1.0;
    double const guess = -std::expm1(k / failures.scale()) * 0x1p53;
    std::uint64_t bits = guess > 0 ? std::min(end - 1, static_cast<std::uint64_t>(guess)) : 0;
    while (bits < end && !reaches(bits, k)) ++bits;
    while (bits > 0 && reaches(bits - 1, k)) --bits;
    if (bits == end) break;
    least.push_back(bits);
  }
  return least;
}

/// Counts for several threads.
template <class Space>
struct atomic_count {
  static NERNST_CALLABLE std::uint32_t next(std::uint32_t* n) {
    return Kokkos::atomic_fetch_add(n, std::uint32_t{1});
  }
};

/// Makes the rows of a law by kernels of a space: they are counted, added up, and entered.
template <class Space>
class row_maker {
 public:
  /// Between these elements, in parts of the targets that begin at `bounds`.
  row_maker(connection_law const& law, element_set const& sources, element_set const& targets,
            std::vector<std::uint32_t> bounds)
      : law_(law), sources_(sources), bounds_(std::move(bounds)), bounds_there_(bounds_),
        source_places_(places(sources)), target_places_(places(targets)) {
    to_.rows = sources.span();
    to_.parts = static_cast<std::uint32_t>(bounds_.size() - 1);
    to_.bounds = bounds_there_.data();
    to_.first_target = targets.begin();
    if (!sources.is_slice()) to_.source_places = source_places_.data();
    if (!targets.is_slice()) to_.target_places = target_places_.data();
    describe();
  }

  /// \throws std::length_error above the limit of the request.
  synapse_rows operator()(char const* rule) {
    auto made = std::make_shared<made_rows<Space>>();
    std::size_t const slots = std::size_t{to_.parts} * (to_.rows + 1);
    made->offsets_ = bytes<Space>(slots * sizeof(std::uint32_t));
    made->offsets_.clear();
    to_.next = reinterpret_cast<std::uint32_t*>(made->offsets_.data());
    visit_all();
    synapse_rows rows(add_up(rule, made->offsets_), bounds_, sources_.begin(), to_.rows);
    move_parts(rows, slots);
    enter(rows, *made);
    made->repeats_ = order(rows);
    Kokkos::fence();
    rows.stand_in(std::move(made));
    return rows;
  }

 private:
  using range = Kokkos::RangePolicy<Space, Kokkos::IndexType<std::int64_t>>;
  using numbers = array<Space, std::uint32_t>;

  static range up_to(std::size_t size) { return range(0, static_cast<std::int64_t>(size)); }
  /// By number, the place of an element behind the first one.
  static numbers places(element_set const& set) {
    if (set.is_slice()) return {};
    std::vector<std::uint32_t> all(set.size());
    for (std::uint32_t k = 0; k < set.size(); ++k) all[k] = set[k] - set.begin();
    return numbers(all);
  }

  void describe() {
    row_.what = law_.what;
    row_.multapses = law_.multapses;
    row_.key = law_.key;
    row_.candidates = law_.candidates();
    row_.degree = law_.degree;
    if (!law_.autapses && law_.request.one_population) leave_out();
    if (law_.what == connection_law::kind::trials) tabulate();
    if (law_.what == connection_law::kind::drawn) make_room();
  }
  void leave_out() {
    std::vector<std::uint32_t> like(law_.rows());
    for (std::uint32_t row = 0; row < law_.rows(); ++row) like[row] = law_.like(row);
    left_out_ = numbers(like);
    row_.left_out = left_out_.data();
  }
  void tabulate() {
    detail::failures_before_success const failures(law_.probability);
    thresholds_ = array<Space, std::uint64_t>(trial_thresholds(failures, law_.candidates()));
    row_.failures = {.scale = failures.scale(),
                     .least = thresholds_.data(),
                     .size = static_cast<std::uint32_t>(thresholds_.size())};
  }
  void make_room() {
    std::uint32_t longest = law_.degree;
    if (law_.row_begin != nullptr) {
      std::vector<std::uint64_t> const& begin = *law_.row_begin;
      std::vector<std::uint32_t> degrees(law_.rows());
      for (std::size_t row = 0; row < degrees.size(); ++row)
        degrees[row] = static_cast<std::uint32_t>(begin[row + 1] - begin[row]);
      for (std::uint32_t const d : degrees) longest = std::max(longest, d);
      degrees_ = numbers(degrees);
      row_.degrees = degrees_.data();
    }
    if (law_.multapses || longest == 0) return;
    row_.room_size = std::min(longest, law_.candidates() / 2 + 1);
    at_a_time_ = std::clamp(room_numbers / row_.room_size, 1U, std::max(1U, law_.rows()));
    room_ = numbers(std::size_t{at_a_time_} * row_.room_size);
    row_.room = room_.data();
  }

  /// Makes all rows, which `to_` counts, or takes.
  void visit_all() const {
    for (std::uint32_t first = 0; first < law_.rows();) {
      std::uint32_t const count = std::min(at_a_time_, law_.rows() - first);
      if (law_.by_target)
        Kokkos::parallel_for("nernst::connect", up_to(count),
                             making_columns<atomic_count<Space>>{row_, to_, first});
      else
        Kokkos::parallel_for("nernst::connect", up_to(count), making_rows{row_, to_, first});
      first += count;
    }
  }
  /// The number of synapses of each part.
  std::vector<std::uint64_t> add_up(char const* rule, bytes<Space> const& offsets) const {
    std::uint64_t all = 0;
    Kokkos::parallel_scan("nernst::connect::add_up", up_to(offsets.size() / sizeof(std::uint32_t)),
                          adding_up{to_.next}, all);
    detail::check_synapse_count(rule, all, law_.request.limit);
    std::vector<std::uint64_t> sizes(to_.parts);
    std::uint64_t end = all;
    for (std::size_t p = to_.parts; p-- > 0;) {
      std::uint32_t begin = 0;
      offsets.fetch(reinterpret_cast<char*>(&begin), p * (std::size_t{to_.rows} + 1) * sizeof begin,
                    sizeof begin);
      sizes[p] = end - begin;
      end = begin;
    }
    return sizes;
  }
  void move_parts(synapse_rows const& rows, std::size_t slots) const {
    std::vector<std::uint32_t> by(to_.parts);
    std::size_t before = 0;
    for (std::uint32_t p = 0; p < to_.parts; ++p) {
      by[p] = static_cast<std::uint32_t>(rows.begin(p) - before);
      before += rows.end(p) - rows.begin(p);
    }
    numbers const there(by);
    Kokkos::parallel_for("nernst::connect::move", up_to(slots),
                         moving_parts{to_.next, to_.rows, there.data()});
    Kokkos::fence();
  }
  void enter(synapse_rows const& rows, made_rows<Space>& made) {
    std::size_t const width = rows.narrow() ? sizeof(std::uint16_t) : sizeof(std::uint32_t);
    made.targets_ = bytes<Space>(rows.places() * width);
    made.targets_.clear();
    if (rows.narrow())
      to_.narrow = reinterpret_cast<std::uint16_t*>(made.targets_.data());
    else
      to_.wide = reinterpret_cast<std::uint32_t*>(made.targets_.data());
    visit_all();
  }
  /// Sorts rows where they were not made in their order, and says whether targets are repeated.
  bool order(synapse_rows const& rows) const {
    bool const is_drawn = law_.what == connection_law::kind::drawn;
    bool const is_in_order = !is_drawn || !(law_.by_target || law_.multapses);
    if (is_in_order || rows.size() == 0) return false;
    std::uint64_t repeated = 0;
    Kokkos::parallel_reduce("nernst::connect::order", up_to(std::size_t{to_.parts} * to_.rows),
                            ordering_rows{to_.next, to_.rows, to_.narrow, to_.wide}, repeated);
    return repeated > 0;
  }

  static constexpr std::uint32_t room_numbers = std::uint32_t{1} << 24;  ///< 64 MB

  connection_law const& law_;
  element_set const& sources_;
  std::vector<std::uint32_t> bounds_;
  numbers bounds_there_, source_places_, target_places_, left_out_, degrees_, room_;
  array<Space, std::uint64_t> thresholds_;
  row_law row_;
  synapse_places to_;
  std::uint32_t at_a_time_ = 0xFFFF'FFFF;  ///< rows
};

}  // namespace nernst::device
