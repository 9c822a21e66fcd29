// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace nernst::engine {

/// Some synapses: the places [first, last), or those of a list with these numbers.
struct synapse_part {
  std::uint32_t const* list;  ///< null for the places themselves
  std::uint32_t first, last;
};

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
  std::vector<std::uint32_t> begin_, list_;
};

/// Synapses of neurons in runs of equal delay. Neurons are numbered by `slot`, delays by their
/// place in a list of falling ones: what was fired earlier arrives first.
class delay_runs {
 public:
  bool empty() const { return begin_.empty(); }
  /// Enters the runs of the next slot: synapses [first, last), with the number of the delay of
  /// each, which rises.
  template <class DelayOf>
  void add(std::uint32_t first, std::uint32_t last, DelayOf const& delay_of) {
    if (begin_.empty()) begin_.push_back(0);
    for (std::uint32_t k = first; k < last; ++k) {
      std::uint32_t const d = delay_of(k);
      bool const goes_on = k > first && runs_.back().delay == d;
      if (!goes_on) runs_.push_back({d, k});
      runs_.back().last = k + 1;
    }
    begin_.push_back(static_cast<std::uint32_t>(runs_.size()));
  }
  /// Enters those of rows, by partition, a slot for each row: see `synapse_rows::sort_rows`.
  template <class Partition>
  void add(std::vector<Partition> rows) {
    std::size_t slots = 1, size = 0;
    for (Partition const& p : rows) {
      slots += p.row_begin.empty() ? 0 : p.row_begin.size() - 1;
      size += p.runs.size();
    }
    begin_ = {0};
    begin_.reserve(slots);
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
  }

  /// Those of a slot, whose synapses begin at `all.first`, that have a delay.
  synapse_part of(std::uint32_t slot, std::uint32_t delay, synapse_part all) const {
    // Run k has delay k or a later one: most delays occur, so that few runs are between.
    run const* const begin = runs_.data() + begin_[slot];
    std::uint32_t k = std::min(begin_[slot + 1] - begin_[slot], delay + 1);
    while (k > 0 && begin[k - 1].delay > delay) --k;
    bool const occurs = k > 0 && begin[k - 1].delay == delay;
    if (occurs) --k;
    if (k > 0) all.first = begin[k - 1].last;
    all.last = occurs ? begin[k].last : all.first;
    return all;
  }
  std::size_t memory_bytes() const {
    return begin_.capacity() * sizeof begin_[0] + runs_.capacity() * sizeof runs_[0];
  }

 private:
  struct run {
    std::uint32_t delay, last;
  };
  std::vector<std::uint32_t> begin_;
  std::vector<run> runs_;
};

}  // namespace nernst::engine
