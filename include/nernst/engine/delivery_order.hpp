// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/function_attribute.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace nernst::device {
struct mirror;
}

namespace nernst::engine {

/// Some synapses: the places [first, last), or those of a list with these numbers.
struct synapse_part {
  std::uint32_t const* list;  ///< null for the places themselves
  std::size_t first, last;
};

/// What a spike of a source reaches: the places [first, last) of its row.
struct reached_row {
  std::uint32_t source;
  std::size_t first, last;
};

/// Synapses of equal delay: those before `last`, counted from the first one of their neuron, behind
/// those of the run before.
struct delay_run {
  std::uint32_t delay, last;  ///< the number of the delay
};
/// Those of `all` that have a delay, out of the `count` runs of rising delays into which it falls.
template <class Part>
NERNST_CALLABLE Part with_delay(delay_run const* begin, std::uint32_t count, std::uint32_t delay,
                                Part all) {
  // Run k has delay k or a later one: most delays occur, so that few runs are between.
  std::uint32_t k = count < delay + 1 ? count : delay + 1;
  while (k > 0 && begin[k - 1].delay > delay) --k;
  bool const occurs = k > 0 && begin[k - 1].delay == delay;
  if (occurs) --k;
  auto const first = all.first;
  if (k > 0) all.first = first + begin[k - 1].last;
  all.last = occurs ? first + begin[k].last : all.first;
  return all;
}

/// The synapses of each neuron at one end, in the order of their creation.
class synapse_lists {
 public:
  synapse_lists() = default;
  /// `neuron_of(place)` of each of `places`, which stand in the order of creation.
  template <class NeuronOf>
  synapse_lists(std::uint32_t neurons, std::vector<std::uint32_t> const& places,
                NeuronOf const& neuron_of)
      : begin_(std::size_t{neurons} + 1), list_(places.size()) {
    for (std::uint32_t const place : places) ++begin_[std::size_t{neuron_of(place)} + 1];
    for (std::size_t n = 0; n < neurons; ++n) begin_[n + 1] += begin_[n];
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (std::uint32_t const place : places) list_[next[neuron_of(place)]++] = place;
  }

  bool empty() const { return begin_.empty(); }
  synapse_part of(std::uint32_t neuron) const {
    return {list_.data(), begin_[neuron], begin_[neuron + 1]};
  }
  std::uint32_t neurons() const { return static_cast<std::uint32_t>(begin_.size() - 1); }
  std::vector<std::uint32_t>& list() { return list_; }
  std::size_t memory_bytes() const {
    return (begin_.capacity() + list_.capacity()) * sizeof(std::uint32_t);
  }

 private:
  friend struct device::mirror;
  std::vector<std::uint32_t> begin_, list_;
};

/// Synapses of neurons in runs of equal delay. Neurons are numbered by `slot`, delays by their
/// place in a list of falling ones: what was fired earlier arrives first. Where most runs are
/// short, a table says for each slot and delay where they begin: it is smaller, and all that a
/// spike asks of it stands in one place.
class delay_runs {
 public:
  bool empty() const { return begin_.empty() && offsets_.empty(); }
  /// Enters the runs of the next slot: so many synapses, with the number of the delay of each,
  /// which rises.
  template <class DelayOf>
  void add(std::uint32_t synapses, DelayOf const& delay_of) {
    if (begin_.empty()) begin_.push_back(0);
    for (std::uint32_t k = 0; k < synapses; ++k) {
      std::uint32_t const d = delay_of(k);
      bool const goes_on = k > 0 && runs_.back().delay == d;
      if (!goes_on) runs_.push_back({d, k});
      runs_.back().last = k + 1;
    }
    begin_.push_back(static_cast<std::uint32_t>(runs_.size()));
  }
  /// Enters those of rows, by partition, a slot for each row (see `synapse_rows::sort_rows`), with
  /// so many different delays.
  template <class Partition>
  void add(std::vector<Partition> rows, std::uint32_t delays) {
    std::size_t slots = 0, size = 0;
    for (Partition const& p : rows) {
      slots += p.row_begin.empty() ? 0 : p.row_begin.size() - 1;
      size += p.runs.size();
    }
    bool const is_smaller = slots * (delays + 1) * sizeof offsets_[0] <
                            size * sizeof runs_[0] + slots * sizeof begin_[0];
    if (is_smaller && are_offsets(rows)) return tabulate(rows, slots, delays);
    begin_ = {0};
    begin_.reserve(slots + 1);
    runs_.reserve(size);
    for (Partition& p : rows) {
      auto const first = static_cast<std::uint32_t>(runs_.size());
      for (std::size_t row = 1; row < p.row_begin.size(); ++row)
        begin_.push_back(first + p.row_begin[row]);
      for (auto const& r : p.runs) runs_.push_back({r.key, r.last});
      p = {};
    }
  }
  /// Gives back what was reserved for more.
  void finish() {
    begin_.shrink_to_fit();
    runs_.shrink_to_fit();
  }
  void clear() {
    begin_.clear();
    runs_.clear();
    offsets_ = {};
  }

  /// Those of a slot, whose synapses begin at `all.first`, that have a delay.
  synapse_part of(std::uint32_t slot, std::uint32_t delay, synapse_part all) const {
    if (!offsets_.empty()) {
      std::uint16_t const* const here = offsets_.data() + std::size_t{slot} * stride_ + delay;
      return {all.list, all.first + here[0], all.first + here[1]};
    }
    return with_delay(runs_.data() + begin_[slot], begin_[slot + 1] - begin_[slot], delay, all);
  }
  std::size_t memory_bytes() const {
    return begin_.capacity() * sizeof begin_[0] + runs_.capacity() * sizeof runs_[0] +
           offsets_.capacity() * sizeof offsets_[0];
  }

 private:
  friend struct device::mirror;
  /// Calls `visit(slot, runs, end of them)` for each row.
  template <class Partition, class Visit>
  static void for_each_row(std::vector<Partition> const& rows, Visit const& visit) {
    std::uint32_t slot = 0;
    for (Partition const& p : rows)
      for (std::size_t row = 1; row < p.row_begin.size(); ++row)
        visit(slot++, p.runs.data() + p.row_begin[row - 1], p.runs.data() + p.row_begin[row]);
  }
  /// Whether no row is longer than the table can say.
  template <class Partition>
  static bool are_offsets(std::vector<Partition> const& rows) {
    bool all = true;
    for_each_row(rows, [&](std::uint32_t, auto const* runs, auto const* end) {
      all = all && (runs == end || end[-1].last <= 0xFFFF);
    });
    return all;
  }
  template <class Partition>
  void tabulate(std::vector<Partition> const& rows, std::size_t slots, std::uint32_t delays) {
    stride_ = delays + 1;
    offsets_.resize(slots * stride_);
    for_each_row(rows, [&](std::uint32_t slot, auto const* runs, auto const* end) {
      std::uint16_t* const here = offsets_.data() + std::size_t{slot} * stride_;
      std::uint32_t next = 0;
      for (std::uint16_t offset = 0; next < stride_; ++runs) {
        std::uint32_t const until = runs == end ? delays : runs->key;
        while (next <= until) here[next++] = offset;
        if (runs == end) return;
        offset = static_cast<std::uint16_t>(runs->last);
      }
    });
  }

  std::vector<std::uint32_t> begin_;
  std::vector<delay_run> runs_;
  std::vector<std::uint16_t> offsets_;  ///< of synapses from the first of their row
  std::uint32_t stride_ = 0;            ///< how many each slot has
};

}  // namespace nernst::engine
