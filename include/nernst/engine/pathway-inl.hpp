// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/clock.hpp>
#include <nernst/engine/pathway.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/engine/stable_order.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <utility>

namespace nernst::engine {

template <class Real>
pathway<Real>::pathway(projection_base<Real>& of, int number, int kernel, spike_source* from)
    : of_(of), number_(number), kernel_(kernel),
      trace_kernel_(of.model().find(kernel::trigger::trace, number)), from_(from),
      event_(of.event_of(trigger())), late_(turn_of_source()),
      least_wait_(acts_before_update() ? 1 : 0) {}

template <class Real>
std::int64_t pathway<Real>::turn_of_source() const {
  event_receiver<Real> const* const events = of_.end_of(trigger().end).group->events();
  bool const starts_step = event_ == -1 && events != nullptr && events->fires();
  if (starts_step) return -1;
  return acts_before_event() ? 1 : 0;
}

template <class Real>
bool pathway<Real>::acts_before_update() const {
  return of_.model().kernels[kernel_].when < ir::instant{ir::slot::groups, 0};
}

template <class Real>
bool pathway<Real>::acts_before_event() const {
  ir::instant const turn = of_.model().kernels[kernel_].when;
  for (kernel::scheduled_kernel const& k : of_.end_of(trigger().end).group->model().kernels)
    if (k.when_executed == kernel::trigger::check && k.which == event_) return turn < k.when;
  return turn < ir::instant{ir::slot::thresholds, 0};
}

template <class Real>
kernel::pathway_trigger const& pathway<Real>::trigger() const {
  return of_.model().pathways[number_];
}

template <class Real>
ir::span<spike_log const> pathway<Real>::logs() const {
  spike_source const& from = *from_;
  return from.logs(event_);
}

template <class Real>
bool pathway<Real>::reads_own_logs() const {
  return !from_source() && of_.partitions() > 1;
}

// ---- delays

template <class Real>
std::vector<double> pathway<Real>::delays() const {
  return finer_.empty() ? delays_.each() : finer_;
}

template <class Real>
void pathway<Real>::begin(double seconds, std::int64_t now) {
  delays_ = {{seconds}, {}};
  count_steps(of_.network_dt());
  first_step_ = now;
}

template <class Real>
void pathway<Real>::set_delays(std::vector<double> const& seconds, std::int64_t now) {
  std::string const label = detail::message({of_.name(), ".", trigger().name.view(), "[delay]"});
  bool const is_one = seconds.size() == 1;
  if (!is_one && seconds.size() != of_.size())
    detail::refuse<std::invalid_argument>(
        {label, ": expected one delay or ", of_.size(), ", found ", seconds.size()});
  delay_collector each =
      is_one ? delay_collector(of_.run(), 1, of_.network_dt(), false) : collect_delays();
  each.put(seconds);
  set_delays(std::move(each), now);
}

template <class Real>
delay_collector pathway<Real>::collect_delays() const {
  return delay_collector(of_.run(), of_.size(), of_.network_dt(), of_.size() > 1);
}

template <class Real>
void pathway<Real>::set_delays(delay_collector each, std::int64_t now) {
  gather(now);
  finer_.clear();
  take_delays(std::move(each).result(), of_.network_dt());
}

template <class Real>
void pathway<Real>::take_delays(synapse_delays delays, double dt) {
  delays_ = std::move(delays);
  count_steps(dt);
  find_order();
}

template <class Real>
void pathway<Real>::count_steps(double dt) {
  steps_.clear();
  for (double const s : delays_.seconds) steps_.push_back(delay_steps(s, dt));
}

template <class Real>
void pathway<Real>::forget_places() {
  placed_ = false;
  knows_targets_ = false;
  lists_ = {};
  forget_bitmaps();
  runs_.clear();
}

template <class Real>
void pathway<Real>::find_places() {
  if (placed_) return;
  placed_ = true;
  bool const is_nobody_left = delays_.number.empty() && delays_.seconds.size() > 1;
  if (is_nobody_left) return take_delays({{delays_.seconds.back()}, {}}, of_.network_dt());
  find_order();
}

template <class Real>
void pathway<Real>::renumber(std::vector<std::uint32_t> const& before) {
  std::uint32_t old_size = 0;
  for (std::uint32_t const old : before)
    if (old != new_synapse) old_size = std::max(old_size, old + 1);
  std::vector<std::uint32_t> now(old_size, new_synapse);
  for (std::size_t k = 0; k < before.size(); ++k)
    if (before[k] != new_synapse) now[before[k]] = static_cast<std::uint32_t>(k);
  for (volley& v : under_way_) {
    for (std::uint32_t& s : v.synapses) s = s < old_size ? now[s] : new_synapse;
    std::erase(v.synapses, new_synapse);
  }
  if (!finer_.empty()) {
    std::vector<double> as_given;
    for (std::uint32_t const old : before)
      as_given.push_back(old == new_synapse ? delays_.seconds.back() : finer_[old]);
    finer_ = std::move(as_given);
  }
  if (delays_.number.empty()) return;
  auto const different = static_cast<std::uint32_t>(delays_.seconds.size());
  detail::packed_numbers const old =
      std::exchange(delays_.number, detail::packed_numbers(before.size(), different));
  for (std::size_t k = 0; k < before.size(); ++k)
    delays_.number.set(k, before[k] == new_synapse ? different - 1 : old[before[k]]);
}

template <class Real>
void pathway<Real>::find_order() {
  runs_.clear();
  forget_bitmaps();
  delays_.number.empty() ? find_lists() : find_runs();
  runs_.finish();
}

/// Where rows do not stand in the order in which the synapses of this pathway act. Those of targets
/// are only listed where they are asked for.
template <class Real>
void pathway<Real>::find_lists() {
  lists_ = {};
  if (from_source() && of_.is_sorted()) list_synapses();
}

template <class Real>
bool pathway<Real>::require_lists() {
  bool const are_missing = !from_source() && lists_.empty();
  if (are_missing) list_synapses();
  return are_missing;
}

template <class Real>
void pathway<Real>::list_synapses() {
  ir::side const end = trigger().end;
  of_.require_listable("lists of those of each neuron");
  of_.require_index(end);
  lists_ = synapse_lists(of_.slots(end), of_.places(),
                         [&](std::uint32_t place) { return of_.slot(end, place); });
}

template <class Real>
void pathway<Real>::find_runs() {
  if (!from_source() || !of_.can_sort()) return sort_lists();
  lists_ = {};
  runs_.add(of_.sort_rows(delays_.number), static_cast<std::uint32_t>(delays_.seconds.size()));
}

template <class Real>
void pathway<Real>::sort_lists() {
  list_synapses();
  numbering const number = of_.numbering();
  detail::stable_order order(delays_.number.bound());
  std::vector<std::uint32_t> places, delay, sorted;
  std::uint32_t* const list = lists_.list().data();
  for (std::uint32_t s = 0; s < lists_.neurons(); ++s) {
    synapse_part const all = lists_.of(s);
    places.assign(list + all.first, list + all.last);
    delay.clear();
    for (std::uint32_t const place : places) delay.push_back(delays_.number[number(place)]);
    std::vector<std::uint32_t> const& to = order(delay);
    sorted.resize(places.size());
    for (std::size_t j = 0; j < places.size(); ++j) {
      list[all.first + to[j]] = places[j];
      sorted[to[j]] = delay[j];
    }
    runs_.add(static_cast<std::uint32_t>(sorted.size()),
              [&](std::uint32_t k) { return sorted[k]; });
  }
}

template <class Real>
void pathway<Real>::require_dt(double dt) const {
  for (double const s : delays_.seconds) delay_steps(s, dt);
}

template <class Real>
void pathway<Real>::change_dt(double dt, std::int64_t from, std::int64_t to) {
  double const ratio = of_.network_dt() / dt;
  count_steps(dt);
  if (finer_.empty() &&
      std::adjacent_find(steps_.begin(), steps_.end(), std::equal_to<>()) != steps_.end())
    finer_ = delays();
  if (!finer_.empty()) {
    delay_collector each(of_.run(), finer_.size(), dt, false);
    each.put(finer_);
    take_delays(std::move(each).result(), dt);
  }
  std::vector<volley> moved;
  for (volley& v : under_way_) {
    double const steps = static_cast<double>(v.step - from) * ratio;
    std::int64_t const step = to + static_cast<std::int64_t>(steps + 0.5);
    if (moved.empty() || moved.back().step != step) moved.push_back({step, {}});
    auto& all = moved.back().synapses;
    all.insert(all.end(), v.synapses.begin(), v.synapses.end());
  }
  under_way_ = std::move(moved);
  first_step_ = to;
}

template <class Real>
std::size_t pathway<Real>::memory_bytes() const {
  bool const is_order_of_rows = delays_.number.shares(of_.rows().key());
  return runs_.memory_bytes() + lists_.memory_bytes() + bitmaps_.memory_bytes() +
         (is_order_of_rows ? 0 : delays_.number.memory_bytes());
}

}  // namespace nernst::engine
