// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/executor.hpp>
#include <nernst/engine/packed_numbers.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace nernst::engine {

/// The delays that occur among synapses, falling, in seconds, and by number of a synapse which of
/// them it has; no numbers where all have one.
struct synapse_delays {
  std::vector<double> seconds{0.0};
  detail::packed_numbers number = {};

  /// That of each synapse, or that of all.
  std::vector<double> each() const;
};

/// Takes the delays of synapses without keeping them: those of equally many steps are one.
class delay_collector {
 public:
  /// `as_steps` says whether delays are rounded to whole steps; else only one thread may put them.
  delay_collector(executor const& run, std::size_t synapses, double dt, bool as_steps);
  delay_collector(delay_collector&&) noexcept;
  ~delay_collector();

  /// The delays of the synapses with these numbers, from any thread. \throws std::invalid_argument
  /// for what is negative or no number, std::length_error beyond 2^53 steps.
  void put(std::size_t const* numbers, double const* seconds, std::size_t count);
  /// Those of all synapses, by number.
  void put(std::vector<double> const& seconds);
  /// What was put, once all synapses are known.
  synapse_delays result() &&;

 private:
  class known_delays;
  void put(std::size_t number, double seconds);

  executor run_;
  double dt_;
  bool as_steps_;
  std::unique_ptr<known_delays> known_;
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/synapse_delays-inl.hpp>
#endif
