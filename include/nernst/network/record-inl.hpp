// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/network_base.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>
#include <utility>

namespace nernst {

template <class Real>
void network_base<Real>::require_own(detail::group_slice<Real> const& of, char const* asked) const {
  if (&of.network() != &state_)
    detail::refuse<std::invalid_argument>({asked,
                                           ": expected a population of this network, found '",
                                           of.all->name(), "' of another one"});
}

template <class Real>
spike_record network_base<Real>::record_spikes(detail::population_slice<Real> const& of,
                                               keep what) {
  require_own(of.elements(), "record_spikes");
  return record_log(of, detail::spikes_of(*of.all), what);
}

template <class Real>
spike_record network_base<Real>::record_spikes(detail::population_slice<Real> const& of,
                                               detail::spike_values const& wanted) {
  require_own(of.elements(), "record_spikes");
  return record_log(of, detail::spikes_of(*of.all), wanted);
}

template <class Real>
spike_record network_base<Real>::record_event(detail::population_slice<Real> const& of,
                                              std::string_view event, keep what) {
  require_own(of.elements(), "record_events");
  return record_log(of, detail::events_of(*of.all, event), what);
}

template <class Real>
spike_record network_base<Real>::record_event(detail::population_slice<Real> const& of,
                                              std::string_view event,
                                              detail::spike_values const& wanted) {
  require_own(of.elements(), "record_events");
  return record_log(of, detail::events_of(*of.all, event), wanted);
}

template <class Real>
spike_record network_base<Real>::record_log(detail::population_slice<Real> const& of,
                                            detail::spike_place const& where, keep what) {
  auto made = detail::new_spike_store(of, where, what);
  made->change_dt(clock_.dt(), clock_.step());
  parts_->spikes.push_back(made);
  return spike_record(std::move(made));
}

template <class Real>
spike_record network_base<Real>::record_log(detail::population_slice<Real> const& of,
                                            detail::spike_place const& where,
                                            detail::spike_values const& wanted) {
  auto const into = detail::new_spike_store(of, where, keep::spikes);
  auto sampler = detail::new_spike_sampler(of, where, wanted, into);
  into->change_dt(clock_.dt(), clock_.step());
  watch_states(of.elements(), std::move(sampler));
  parts_->spikes.push_back(into);
  return spike_record(into);
}

template <class Real>
rate_record network_base<Real>::record_rate(detail::population_slice<Real> const& of) {
  require_own(of.elements(), "record_rate");
  auto made = detail::new_rate_store(of);
  made->change_dt(clock_.dt(), clock_.step());
  parts_->spikes.push_back(made);
  return rate_record(std::move(made));
}

template <class Real>
state_record<Real> network_base<Real>::record_states(detail::group_slice<Real> const& of,
                                                     detail::state_request const& wanted) {
  require_own(of, "record");
  detail::state_request request = wanted;
  if (request.period == 0) request.period = of.all->own_dt();
  auto made = detail::new_state_store(of, request);
  made->prepare(clock_.dt());
  made->change_dt(clock_.dt(), clock_.step());
  watch_states(of, made);
  return state_record<Real>(std::move(made));
}

template <class Real>
state_record<Real> network_base<Real>::record_sums(detail::population_slice<Real> const& of,
                                                   std::string variable, std::uint32_t count,
                                                   double period) {
  detail::state_request sums{
      .variables = {std::move(variable)}, .neurons = {}, .when = {}, .period = period};
  for (std::uint32_t n = 0; n < count; ++n) sums.neurons.push_back(n);
  sums.adds_up = true;
  return record_states(of.elements(), sums);
}

template <class Real>
void network_base<Real>::record_now(detail::state_store<Real>& record) {
  for (auto const& s : parts_->states)
    if (s.store.get() == &record) return record.record_now(*s.of, {clock_.t(), clock_.step(), {}});
  detail::refuse<std::invalid_argument>({"record_now: expected a record of this network"});
}

template <class Real>
void network_base<Real>::watch_states(detail::group_slice<Real> const& of,
                                      std::shared_ptr<detail::sampling_store> made) {
  if (ir::is_between_update_and_reset(made->when)) of.all->await_resets();
  parts_->states.push_back({std::move(made), &*of.all});
}

}  // namespace nernst
