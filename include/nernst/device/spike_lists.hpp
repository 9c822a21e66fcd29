// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/launch.hpp>
#include <nernst/device/memory.hpp>
#include <nernst/device/step_graph.hpp>
#include <nernst/engine/spike_source.hpp>

#include <algorithm>
#include <vector>

namespace nernst::device {

/// Lists of neurons, a step behind the other: that of step `first_step` + n is [begin[n],
/// begin[n + 1]).
struct fired_neurons {
  step_clock const* clock;
  std::uint32_t* neurons;
  std::uint64_t* begin;
  std::int64_t first_step;

  /// Of the present step, and the next.
  NERNST_CALLABLE std::uint64_t* begin_now() const { return begin + (clock->step - first_step); }
};

/// Neurons in chunks, each of which a team has: eight neurons for each thread, or several times
/// so many one after the other.
struct chunks {
  static constexpr std::uint32_t per_thread = 8;  ///< whose bits share a byte
  std::uint8_t const* fires;                      ///< by place
  std::uint32_t size, chunk;
  std::uint32_t const* places;  ///< by number, null where it is the place

  template <class Team>
  NERNST_FUNCTION std::uint32_t first_of(Team const& team) const {
    return static_cast<std::uint32_t>(team.league_rank()) * chunk;
  }
  template <class Team>
  NERNST_FUNCTION std::uint32_t last_of(Team const& team) const {
    std::uint32_t const first = first_of(team);
    return size - first < chunk ? size : first + chunk;
  }
  NERNST_CALLABLE std::uint32_t place(std::uint32_t n) const {
    return places == nullptr ? n : places[n];
  }
  /// How many of a thread's eight neurons fire.
  NERNST_CALLABLE std::uint32_t count(std::uint32_t first) const {
    std::uint32_t found = 0;
    for (std::uint32_t n = first; n < first + per_thread && n < size; ++n)
      found += fires[place(n)] != 0 ? 1 : 0;
    return found;
  }
};

/// What the threads of a team have that come before one, and what all of them have.
struct team_sum {
  std::uint32_t before = 0, all;

  template <class Team>
  NERNST_FUNCTION team_sum(Team const& team, std::uint32_t own) : all(own) {
    if (team.team_size() == 1) return;
    before = team.team_scan(own);
    all = before + own;
    team.team_broadcast(all, team.team_size() - 1);
  }
};

/// Counts the neurons of each chunk that fire.
template <class Team>
struct spike_count {
  chunks of;
  std::uint32_t* counts;  ///< by chunk

  NERNST_FUNCTION void operator()(Team const& team) const {
    std::uint32_t const step = chunks::per_thread * static_cast<std::uint32_t>(team.team_size());
    std::uint32_t own = 0;
    std::uint32_t const rank = static_cast<std::uint32_t>(team.team_rank());
    std::uint32_t const last = of.last_of(team);
    for (std::uint32_t n = of.first_of(team) + chunks::per_thread * rank; n < last; n += step)
      own += of.count(n);
    team_sum const sum(team, own);
    if (rank == 0) counts[team.league_rank()] = sum.all;
  }
};

/// Makes a list of the neurons that fire in a step, ascending, behind that of the step before.
template <class Team>
struct listing {
  chunks of;
  std::uint32_t const* counts;  ///< by chunk: how many fire
  fired_neurons to;
  double* fired_at;     ///< takes when they have fired, where somebody asks
  std::int64_t stride;  ///< in how many steps of the network there is one of these neurons
  std::uint8_t* open;   ///< loses those that have fired, where somebody asks

  NERNST_FUNCTION void operator()(Team const& team) const {
    auto const size = static_cast<std::uint32_t>(team.team_size());
    auto const rank = static_cast<std::uint32_t>(team.team_rank());
    std::uint64_t* const begin = to.begin_now();
    std::uint32_t before = before_chunk(team);
    std::uint32_t const last = of.last_of(team);
    for (std::uint32_t n = of.first_of(team); n < last; n += chunks::per_thread * size) {
      std::uint32_t const first = n + chunks::per_thread * rank;
      std::uint32_t const own = of.count(first);
      team_sum const sum(team, own);
      if (own > 0) enter(first, begin[0] + before + sum.before);
      before += sum.all;
    }
    if (last == of.size && rank == 0) begin[1] = begin[0] + before;
  }

 private:
  NERNST_FUNCTION std::uint32_t before_chunk(Team const& team) const {
    auto const chunk = static_cast<std::uint32_t>(team.league_rank());
    std::uint32_t own = 0;
    for (auto k = static_cast<std::uint32_t>(team.team_rank()); k < chunk;
         k += static_cast<std::uint32_t>(team.team_size()))
      own += counts[k];
    return chunk == 0 ? 0 : team_sum(team, own).all;
  }
  NERNST_FUNCTION void enter(std::uint32_t first, std::uint64_t place) const {
    std::int64_t const step = stride == 1 ? to.clock->step : to.clock->step / stride;
    unsigned closed = 0;
    for (std::uint32_t n = first; n < first + chunks::per_thread && n < of.size; ++n) {
      if (of.fires[of.place(n)] == 0) continue;
      to.neurons[place++] = n;
      if (fired_at != nullptr) fired_at[of.place(n)] = static_cast<double>(step);
      closed |= 1U << (n - first);
    }
    if (open != nullptr)
      open[first / chunks::per_thread] =
          static_cast<std::uint8_t>(open[first / chunks::per_thread] & ~closed);
  }
};

/// A step in which nobody fires.
struct silence {
  std::uint8_t* fires;
  std::uint32_t size;
  fired_neurons to;

  NERNST_CALLABLE void operator()(std::int64_t neuron) const {
    std::uint64_t* const begin = to.begin_now();
    if (neuron < size) fires[neuron] = 0;
    if (neuron == 0) begin[1] = begin[0];
  }
};

/// Which neurons are open before their update, eight at a time.
struct opening {
  step_count when;
  double const* fired_at;
  std::uint8_t* open;
  std::uint32_t size;
  double closed_steps;

  NERNST_CALLABLE void operator()(std::int64_t byte) const {
    auto const step = static_cast<double>(when.counted());
    auto const first = static_cast<std::uint32_t>(8 * byte);
    unsigned bits = 0xFF;
    for (std::uint32_t k = 0; k < 8 && first + k < size; ++k) {
      double const fired = fired_at[first + k];
      if (fired >= 0 && fired + closed_steps > step) bits &= ~(1U << k);
    }
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
      fires[places_.empty() ? neurons[k] : places_[neurons[k]]] = 1;
    fires_.send(fires.data());
    neurons_.send(neurons.data(), 0, neurons.size());
    begin_.send(begin.data(), 0, begin.size());
  }
  std::uint8_t* fires() const { return fires_.data(); }
  spikes view() const { return {neurons_.data(), begin_.data(), first_}; }

  /// Adds what ends a step in which those fire that `fires` tells.
  void list(sequence_of<Space>& kernels, step_count const& when, double* fired_at,
            std::uint8_t* open) {
    using teams = Kokkos::TeamPolicy<Space>;
    using team = typename teams::member_type;
    std::uint32_t const size_each = chunk();
    auto const count =
        static_cast<int>(std::max(size_, 1U) + size_each - 1) / static_cast<int>(size_each);
    chunks const all{fires_.data(), size_, size_each, places_there_.data()};
    if (counts_.size() < static_cast<std::size_t>(count))
      counts_ = array<Space, std::uint32_t>(static_cast<std::size_t>(count));
    teams const each(count, threads);
    if (count > 1) kernels.add("nernst::count", each, spike_count<team>{all, counts_.data()});
    kernels.add("nernst::list", each,
                listing<team>{.of = all,
                              .counts = counts_.data(),
                              .to = fired(when.clock),
                              .fired_at = fired_at,
                              .stride = when.stride,
                              .open = open});
  }
  /// Adds what ends one in which nobody does.
  void rest(sequence_of<Space>& kernels, step_clock const* clock) {
    kernels.add("nernst::rest", std::max(size_, 1U), silence{fires_.data(), size_, fired(clock)});
  }
  /// Enters those that fire in the next steps, of neurons that never do otherwise: those of step n
  /// are the last ones before `end[n]`.
  void give(std::vector<std::uint32_t> const& neurons, std::vector<std::uint64_t> end) {
    neurons_.send(neurons.data(), given_, neurons.size());
    for (std::uint64_t& e : end) e += given_;
    given_ += neurons.size();
    begin_.send(end.data(), static_cast<std::size_t>(made_) + 1, end.size());
  }
  /// Counts a step.
  void count() { ++made_; }
  /// Remembers which steps were made, and goes back there.
  void keep() {
    kept_ = made_;
    if (fires_kept_.size() != fires_.size()) fires_kept_ = array<Space, std::uint8_t>(size_);
    fires_kept_.copy(fires_);
  }
  void put_back() {
    made_ = kept_;
    fires_.copy(fires_kept_);
  }

  /// Lets the host's logs have the steps that they do not know yet.
  void fetch() {
    if (known_ >= made_) return;
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
  /// The places of elements by their numbers, where these differ.
  void set_places(std::vector<std::uint32_t> places) {
    places_ = std::move(places);
    places_there_ = array<Space, std::uint32_t>(places_);
  }

 private:
  static constexpr bool is_of_host =
      Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible;
  static constexpr int threads = is_of_host ? 1 : 128;

  /// As many for each as threads of the host share them; or all where they are few, or those that a
  /// team looks at together.
  std::uint32_t chunk() const {
    constexpr std::uint32_t byte = chunks::per_thread, few = 1 << 14;
    if (is_of_host)
      return (size_ / static_cast<std::uint32_t>(Space().concurrency()) / byte + 1) * byte;
    return size_ <= few ? (size_ / byte + 1) * byte : byte * threads;
  }
  fired_neurons fired(step_clock const* clock) const {
    return {clock, neurons_.data(), begin_.data(), first_};
  }
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
  std::vector<std::uint32_t> bounds_, places_;
  array<Space, std::uint32_t> places_there_;
  std::uint32_t size_ = 0;
  std::int64_t first_ = 0, made_ = 0, known_ = 0, kept_ = 0;
  std::size_t given_ = 0;  ///< where the lists end that the host has given
  array<Space, std::uint32_t> neurons_;
  array<Space, std::uint64_t> begin_;
  array<Space, std::uint8_t> fires_, fires_kept_;
  array<Space, std::uint32_t> counts_;
};

}  // namespace nernst::device
