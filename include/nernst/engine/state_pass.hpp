// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/engine/population_base.hpp>
#include <nernst/engine/projection_base.hpp>

namespace nernst::engine {

/// Goes over what a run changes in the parts of a network, to store it or to restore it. Elements
/// stand in the order of their numbers, so that the number of threads may differ in between.
template <class Real>
class state_pass {
 public:
  /// At the start of step `step` of length `dt`, which may be others than the present.
  state_pass(archive& through, std::int64_t step, double dt)
      : archive_(through), step_(step), dt_(dt) {}

  void keep(population_base<Real>& neurons);
  void keep(projection_base<Real>& synapses);

 private:
  void keep_own_dt(element_group<Real>& group);
  void keep_elements(element_group<Real>& group);
  void keep_array(std::string const& label, Real* values, std::vector<std::uint32_t> const& place);
  void keep_table(element_group<Real>& group, int symbol);
  void keep_link(element_group<Real>& group, int symbol);
  void keep_spikes(population_base<Real>& neurons, int event);
  void fill(spike_log& log, std::vector<std::uint32_t> const& counts,
            std::vector<std::uint32_t> const& neurons, std::uint32_t begin, std::uint32_t end);
  void keep_traces(projection_base<Real>& synapses);
  void keep(pathway<Real>& p);
  void keep_delays(pathway<Real>& p, std::string const& label);
  void keep_volleys(pathway<Real>& p, std::string const& label);
  /// What is read counts `what` below `end`. \throws std::runtime_error
  template <class Number>
  void require_below(std::string const& what, std::vector<Number> const& all,
                     std::size_t end) const;

  archive& archive_;
  std::int64_t step_;
  double dt_;
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/state_pass-inl.hpp>
#endif
