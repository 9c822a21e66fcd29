// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace nernst::engine {

/// What neurons fire without a model of it. An interface, so that only programs that give spikes
/// contain how.
class spike_plan {
 public:
  virtual ~spike_plan() = default;
  /// Called before a run; `whose` the spikes are, for messages.
  virtual void prepare(double dt, std::string const& whose) = 0;
  /// Writes the neurons in [begin, end) that fire in a step, rising; returns where they end.
  virtual std::uint32_t* in_step(std::int64_t step, std::uint32_t begin, std::uint32_t end,
                                 std::uint32_t* to) const = 0;
};

/// Spikes at given times, which may come again with a period. Time is divided into steps as in
/// Brian 2: a spike belongs to the step in which it falls, a thousandth of a step early still
/// counts.
class given_spikes final : public spike_plan {
 public:
  given_spikes() = default;
  /// Seconds; a period of 0 stands for none. \throws std::invalid_argument, which names `whose`
  /// they are, unless there are as many neurons as times, times are finite and not negative, and
  /// lie within the period; std::out_of_range for a neuron that is not below `size`.
  given_spikes(std::vector<std::uint32_t> neurons, std::vector<double> times, double period,
               std::uint32_t size, std::string const& whose);

  /// Finds the steps. \throws std::invalid_argument where a neuron fires twice in a step, and for a
  /// period that is no multiple of dt.
  NERNST_INLINE void prepare(double dt, std::string const& whose) override;
  NERNST_INLINE std::uint32_t* in_step(std::int64_t step, std::uint32_t begin, std::uint32_t end,
                                       std::uint32_t* to) const override;

 private:
  struct entry {
    std::int64_t step;
    std::uint32_t neuron;
  };
  entry const* first_of(std::int64_t step, std::uint32_t neuron) const;

  std::vector<std::uint32_t> neurons_;
  std::vector<double> times_;
  double period_ = 0;
  std::int64_t period_steps_ = 0;
  std::vector<entry> entries_;  ///< by step, then neuron
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/given_spikes-inl.hpp>
#endif
