// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/population_slice.hpp>
#include <nernst/network/record/rate_record.hpp>
#include <nernst/network/record/spike_sampler.hpp>
#include <nernst/network/record/state_record.hpp>

#include <optional>

namespace nernst::detail {

/// What is recorded of variables in spikes.
struct spike_values {
  std::vector<std::string> variables;
  /// The instant at which these are looked at; else right behind that in which spikes are found.
  std::optional<ir::instant> when;
};

/// What is recorded of states.
struct state_request {
  std::vector<std::string> variables;
  std::vector<std::uint32_t> neurons;  ///< of the slice; all, if it is empty
  ir::instant when;
  double period;         ///< in seconds; 0 for every step
  bool adds_up = false;  ///< the values are those of a `sum_store`
};

/// Where the spikes of neurons are, or an event of theirs, and when in a step they are found.
struct spike_place {
  ir::span<spike_log const> logs;
  std::string name;
  ir::instant found;
};
/// \throws std::invalid_argument for neurons without a threshold.
template <class Real>
spike_place spikes_of(population_base<Real> const& neurons);
/// \throws std::invalid_argument for an unknown event.
template <class Real>
spike_place events_of(population_base<Real> const& neurons, std::string_view event);

/// When values are taken. \throws std::invalid_argument where spikes are not known yet.
ir::instant instant_of(spike_place const& where, spike_values const& wanted);

/// Records without a time yet.
template <class Real>
std::shared_ptr<spike_store> new_spike_store(population_slice<Real> const& of,
                                             spike_place const& where, keep what);
/// What takes values for such a record. \throws std::invalid_argument for variables that cannot be
/// recorded, and for an instant at which spikes are not known yet.
template <class Real>
std::shared_ptr<sampling_store>
new_spike_sampler(population_slice<Real> const& of, spike_place const& where,
                  spike_values const& wanted, std::shared_ptr<spike_store> into);
template <class Real>
std::shared_ptr<rate_store> new_rate_store(population_slice<Real> const& of);
/// \throws std::out_of_range for neurons that are not there.
template <class Real>
std::shared_ptr<state_store<Real>> new_state_store(group_slice<Real> const& of,
                                                   state_request const& wanted);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/record/new_record-inl.hpp>
#endif
