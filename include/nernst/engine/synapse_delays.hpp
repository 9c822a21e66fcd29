// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/engine/packed_numbers.hpp>

#include <cstdint>
#include <unordered_map>
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

/// Takes the delays of synapses, one after the other, without keeping them: those of equally many
/// steps are one.
class delay_collector {
 public:
  /// `as_steps` says whether delays are rounded to whole steps.
  delay_collector(std::size_t synapses, double dt, bool as_steps)
      : dt_(dt), as_steps_(as_steps), found_(synapses, 1) {}

  /// The delay of the synapse with that number. \throws std::invalid_argument for what is negative
  /// or no number, std::length_error beyond 2^53 steps.
  void put(std::size_t number, double seconds);
  /// Those of all synapses, by number.
  void put(std::vector<double> const& seconds);
  /// What was put, once all synapses are known.
  synapse_delays result() &&;

 private:
  std::uint32_t enter(std::int64_t steps);

  double dt_, first_ = 0;
  bool as_steps_;
  detail::packed_numbers found_;  ///< by number of the synapse, as found
  std::unordered_map<std::int64_t, std::uint32_t> known_;
  std::vector<double> seconds_;      ///< as found
  std::vector<std::int64_t> steps_;  ///< the same in steps
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/synapse_delays-inl.hpp>
#endif
