// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/launch.hpp>
#include <nernst/device/memory.hpp>
#include <nernst/engine/spike_source.hpp>

#include <algorithm>
#include <vector>

namespace nernst::device {

/// Makes a list of the neurons that fire in a step, ascending, behind that of the step before.
struct compaction {
  std::uint8_t const* fires;
  std::uint32_t size;
  std::uint32_t* neurons;
  std::uint64_t* begin;  ///< of this step, and the next
  double* fired_at;      ///< takes when they have fired, where somebody asks
  double step;

  NERNST_CALLABLE void operator()(std::uint32_t n, std::uint32_t& before, bool is_final) const {
    bool const fired = n < size && fires[n] != 0;
    if (is_final && fired) {
      neurons[begin[0] + before] = n;
      if (fired_at != nullptr) fired_at[n] = step;
    }
    if (fired) ++before;
    if (is_final && n == size) begin[1] = begin[0] + before;
  }
};

/// A step in which nobody fires.
struct silence {
  std::uint64_t* begin;
  NERNST_CALLABLE void operator()(std::int64_t) const { begin[1] = begin[0]; }
};

/// Which neurons are open, eight at a time: before their update, and once some have fired.
struct opening {
  double const* fired_at;
  std::uint8_t* open;
  std::uint32_t size;
  double closed_steps, step;

  NERNST_CALLABLE void operator()(std::int64_t byte) const {
    auto const first = static_cast<std::uint32_t>(8 * byte);
    unsigned bits = 0xFF;
    for (std::uint32_t k = 0; k < 8 && first + k < size; ++k) {
      double const fired = fired_at[first + k];
      if (fired >= 0 && fired + closed_steps > step) bits &= ~(1U << k);
    }
    open[byte] = static_cast<std::uint8_t>(bits);
  }
};
struct closing {
  std::uint8_t const* fires;
  std::uint8_t* open;
  std::uint32_t size;

  NERNST_CALLABLE void operator()(std::int64_t byte) const {
    auto const first = static_cast<std::uint32_t>(8 * byte);
    unsigned bits = open[byte];
    for (std::uint32_t k = 0; k < 8 && first + k < size; ++k)
      if (fires[first + k] != 0) bits &= ~(1U << k);
    open[byte] = static_cast<std::uint8_t>(bits);
  }
};

/// The spikes of a population in the steps of a piece of a run and in those before that somebody
/// may ask for, or those of another of its events. The host's logs get them at the end.
template <class Space>
class spike_lists {
 public:
  /// Takes the spikes before step `step` from logs, and makes room for `steps` more.
  void start(ir::span<spike_log> logs, std::uint32_t size, std::int64_t step, std::int64_t history,
             std::size_t steps) {
    logs_ = logs;
    size_ = size;
    first_ = step - history;
    made_ = history;
    known_ = history;
    std::vector<std::uint32_t> neurons;
    std::vector<std::uint64_t> begin{0};
    for (std::int64_t s = first_; s < step; ++s) {
      for (spike_log const& log : logs)
        for (std::uint32_t const n : log.spikes(s)) neurons.push_back(n);
      begin.push_back(neurons.size());
    }
    std::size_t const room = neurons.size() + steps * size;
    if (neurons_.size() < room) neurons_ = array<Space, std::uint32_t>(room);
    std::size_t const entries = static_cast<std::size_t>(history) + steps + 1;
    if (begin_.size() < entries) begin_ = array<Space, std::uint64_t>(entries);
    given_ = neurons.size();
    if (fires_.size() != size) fires_ = array<Space, std::uint8_t>(size);
    std::vector<std::uint8_t> fires(size, 0);
    for (std::uint64_t k = begin.size() > 1 ? *(begin.end() - 2) : 0; k < neurons.size(); ++k)
      fires[neurons[k]] = 1;
    fires_.send(fires.data());
    neurons_.send(neurons.data(), 0, neurons.size());
    begin_.send(begin.data(), 0, begin.size());
  }
  std::uint8_t* fires() const { return fires_.data(); }
  spikes view() const { return {neurons_.data(), begin_.data(), first_}; }

  /// Ends a step in which those fire that `fires` tells.
  void list(double* fired_at, double step) {
    using range = Kokkos::RangePolicy<Space, Kokkos::IndexType<std::uint32_t>>;
    Kokkos::parallel_scan("nernst::compact", range(0, size_ + 1),
                          compaction{.fires = fires_.data(),
                                     .size = size_,
                                     .neurons = neurons_.data(),
                                     .begin = next(),
                                     .fired_at = fired_at,
                                     .step = step});
  }
  /// Ends one in which nobody does.
  void rest() {
    using range = Kokkos::RangePolicy<Space, Kokkos::IndexType<std::int64_t>>;
    fires_.clear();
    Kokkos::parallel_for("nernst::rest", range(0, 1), silence{next()});
  }
  /// Ends one in which these do: of neurons that never fire otherwise.
  void give(std::vector<std::uint32_t> const& neurons) {
    auto const at = static_cast<std::size_t>(next() - begin_.data());
    neurons_.send(neurons.data(), given_, neurons.size());
    given_ += neurons.size();
    std::uint64_t const end = given_;
    begin_.send(&end, at + 1, 1);
  }

  /// Lets the host's logs have the steps that they do not know yet.
  void fetch() {
    if (known_ == made_) return;
    auto const steps = static_cast<std::size_t>(made_ - known_);
    std::vector<std::uint64_t> begin(steps + 1);
    begin_.fetch(begin.data(), static_cast<std::size_t>(known_), steps + 1);
    std::vector<std::uint32_t> neurons(begin.back() - begin.front());
    neurons_.fetch(neurons.data(), begin.front(), neurons.size());
    make_room(neurons.size(), steps);
    for (std::size_t k = 0; k < steps; ++k) {
      std::uint32_t const* n = neurons.data() + (begin[k] - begin.front());
      std::uint32_t const* const last = neurons.data() + (begin[k + 1] - begin.front());
      enter(n, last);
    }
    known_ = made_;
  }

  /// Where parts of the population begin, for `fetch`.
  void set_bounds(std::vector<std::uint32_t> bounds) { bounds_ = std::move(bounds); }

 private:
  std::uint64_t* next() { return begin_.data() + made_++; }
  void make_room(std::size_t spikes, std::size_t steps) {
    auto const known = static_cast<std::size_t>(known_);
    for (spike_log& log : logs_)
      if (!log.has_room(0, steps) || log.room() < spikes + 2 * steps + 64)
        log.start(first_ + known_, known, steps + 1, spikes + 64);
  }
  void enter(std::uint32_t const* n, std::uint32_t const* last) {
    for (int p = 0; p < logs_.size(); ++p) {
      std::uint32_t const end = bounds_[static_cast<std::size_t>(p) + 1];
      std::uint32_t const* const own = std::lower_bound(n, last, end);
      std::copy(n, own, logs_[p].next());
      logs_[p].commit(static_cast<std::size_t>(own - n));
      n = own;
    }
  }

  ir::span<spike_log> logs_;
  std::vector<std::uint32_t> bounds_;
  std::uint32_t size_ = 0;
  std::int64_t first_ = 0, made_ = 0, known_ = 0;
  std::size_t given_ = 0;  ///< where the list ends of what the host has given
  array<Space, std::uint32_t> neurons_;
  array<Space, std::uint64_t> begin_;
  array<Space, std::uint8_t> fires_;
};

}  // namespace nernst::device
