// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/clock.hpp>
#include <nernst/engine/pathway.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/engine/stable_order.hpp>
#include <nernst/kernel/delivery.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace nernst::engine {

template <class Real>
pathway<Real>::pathway(projection_base<Real>& of, int number, int kernel, spike_source* from)
    : of_(of), number_(number), kernel_(kernel),
      trace_kernel_(of.model().find(kernel::trigger::trace, number)), from_(from),
      event_(of.event_of(trigger())), late_(acts_before_event() ? 1 : 0) {
  find_lists();
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
  delay_collector each = is_one ? delay_collector(1, of_.network_dt(), false) : collect_delays();
  each.put(seconds);
  set_delays(std::move(each), now);
}

template <class Real>
delay_collector pathway<Real>::collect_delays() const {
  return delay_collector(of_.size(), of_.network_dt(), of_.size() > 1);
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
  lists_ = {};
  runs_.clear();
  forget_bitmaps();
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

/// Whether rows do not stand in the order in which the synapses of this pathway act.
template <class Real>
void pathway<Real>::find_lists() {
  lists_ = {};
  if (!from_source() || of_.is_sorted()) list_synapses();
}

template <class Real>
void pathway<Real>::list_synapses() {
  ir::side const end = trigger().end;
  of_.require_index(end);
  lists_ = synapse_lists(of_.slots(end), of_.places(),
                         [&](std::uint32_t place) { return of_.slot(end, place); });
}

template <class Real>
void pathway<Real>::find_runs() {
  if (!from_source() || !of_.can_sort()) return sort_lists();
  lists_ = {};
  of_.sort_rows(delays_.number);
  of_.rows().for_each_row([&](std::uint32_t first, std::vector<std::uint32_t> const& delay) {
    auto const last = first + static_cast<std::uint32_t>(delay.size());
    runs_.add(first, last, [&](std::uint32_t k) { return delay[k - first]; });
  });
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
    runs_.add(all.first, all.last, [&](std::uint32_t k) { return sorted[k - all.first]; });
  }
}

template <class Real>
void pathway<Real>::forget_bitmaps() {
  bitmaps_ = {};
  has_looked_for_bitmaps_ = false;
}

/// Where synapses stand in no order of their own, sets of targets tell all.
template <class Real>
void pathway<Real>::find_bitmaps() {
  if (has_looked_for_bitmaps_) return;
  has_looked_for_bitmaps_ = true;
  if (!kernel::is_countable(of_.model(), of_.model().kernels[kernel_])) return;
  double const density = bitmap_rows::density(of_.rows());
  if (!reaches_whole_rows() || density < bitmap_rows::least_density) return;
  bitmaps_ = bitmap_rows(of_.run(), of_.rows());
  // One target in four is reached.
  enough_spikes_ = static_cast<std::uint32_t>(0.25 / density) + 1;
}

template <class Real>
bitmap_rows const* pathway<Real>::bitmaps_for(arrival<Real> const& spikes) const {
  if (bitmaps_.empty()) return nullptr;
  std::uint32_t number = 0;
  for (int q = 0; q < spikes.logs; ++q) number += *spikes.entries[q];
  return number < enough_spikes_ ? nullptr : &bitmaps_;
}

template <class Real>
void pathway<Real>::find_far_arrays() {
  kernel::compiled_model const& model = of_.model();
  for (auto& arrays : far_) arrays.clear();
  for (int s = 0; s < model.variables.size(); ++s) {
    kernel::variable const& v = model.variables[s];
    bool const is_used = kernel::reads(model, model.kernels[kernel_], s) ||
                         kernel::writes(model, model.kernels[kernel_], s);
    bool const is_of_synapse = v.symbol.owner == ir::side::here;
    bool const is_of_target = v.symbol.owner == ir::side::post && !ir::is_kept_once(v.symbol.kind);
    if (is_used && v.array != ir::none && (is_of_synapse || is_of_target))
      far_[is_of_synapse ? 0 : 1].push_back(of_.arrays()[s]);
  }
  std::size_t const of_synapse = far_[0].size() * sizeof(Real) + sizeof(std::uint16_t);
  std::size_t const of_target = far_[1].size() * sizeof(Real);
  std::size_t const bytes = of_synapse * of_.rows().places() + of_target * of_.target().size();
  constexpr std::size_t cached = std::size_t{1} << 20;
  looks_ahead_ = bytes / static_cast<std::size_t>(of_.partitions()) > cached;
}

template <class Real>
void pathway<Real>::look_ahead(arrival<Real> const& spikes, std::uint32_t const* now,
                               std::uint32_t const* last) const {
  constexpr std::ptrdiff_t to_synapses = 4, to_targets = 1, line = 64;
  synapse_rows const& rows = of_.rows();
  auto const p = static_cast<std::uint32_t>(spikes.partition);
  auto const part = [&](std::ptrdiff_t ahead) {
    bool const is_there = ahead < last - now && of_.is_connected(ir::side::pre, now[ahead]);
    return is_there ? reached(spikes.partition, now[ahead], spikes.delay) : synapse_part{};
  };
  auto const ask = [](auto const* first, auto const* end) {
    for (; first < end; first += line / sizeof *first) __builtin_prefetch(first);
  };
  synapse_part const later = part(to_synapses), next = part(to_targets);
  for (Real const* const array : far_[0]) ask(array + later.first, array + later.last);
  auto const look = [&](auto const* target) {
    ask(target + later.first, target + later.last);
    for (Real const* const array : far_[1])
      for (std::uint32_t k = next.first; k < next.last; ++k)
        __builtin_prefetch(array + rows.bounds()[p] + target[k], 1);
  };
  if (rows.narrow())
    look(rows.template targets<std::uint16_t>());
  else
    look(rows.template targets<std::uint32_t>());
}

template <class Real>
synapse_part pathway<Real>::reached(int partition, std::uint32_t neuron,
                                    std::uint32_t delay) const {
  auto const p = static_cast<std::uint32_t>(partition);
  std::uint32_t const slot = of_.slot_of_neuron(trigger().end, partition, neuron);
  synapse_part all{};
  if (lists_.empty()) {
    auto const row = of_.rows().range(p, neuron);
    all = {nullptr, row.first, row.last};
  } else {
    all = lists_.of(slot);
  }
  return runs_.empty() ? all : runs_.of(slot, delay, all);
}

// ---- spikes

template <class Real>
std::uint32_t const** pathway<Real>::cursors(int partition, std::size_t delay) {
  int const number = partition * static_cast<int>(steps_.size()) + static_cast<int>(delay);
  return cursors_.data() + number * stride();
}

template <class Real>
void pathway<Real>::start(std::int64_t step) {
  std::erase_if(under_way_, [step](volley const& v) { return v.step < step; });
  places_under_way_.assign(static_cast<std::size_t>(of_.partitions()), {});
  if (!under_way_.empty()) {
    of_.require_index(ir::side::pre);
    of_.require_index(ir::side::post);
    std::vector<std::uint32_t> const place = of_.places();
    for (auto& all : places_under_way_) all.resize(under_way_.size());
    for (std::size_t v = 0; v < under_way_.size(); ++v)
      for (std::uint32_t const s : under_way_[v].synapses) {
        auto const p = static_cast<std::size_t>(of_.owner(place[s]));
        places_under_way_[p][v].push_back(place[s]);
      }
  }
  find_bitmaps();
  find_far_arrays();
  cursors_ =
      ir::list<std::uint32_t const*>(of_.partitions() * static_cast<int>(steps_.size()) * stride());
  for (int p = 0; p < of_.partitions(); ++p)
    for (std::size_t d = 0; d < steps_.size(); ++d)
      for (int q = 0; q < logs().size(); ++q) cursors(p, d)[q] = logs()[q].entry(step - wait(d));
}

template <class Real>
void pathway<Real>::deliver_volley(int partition, kernel::step_context const& now) {
  auto const is_before = [](volley const& v, std::int64_t step) { return v.step < step; };
  auto const v = std::lower_bound(under_way_.begin(), under_way_.end(), now.step, is_before);
  if (v == under_way_.end() || v->step != now.step) return;
  auto const number = static_cast<std::size_t>(v - under_way_.begin());
  auto const& places = places_under_way_[static_cast<std::size_t>(partition)][number];
  if (trace_kernel_ == ir::none)
    return of_.act(kernel_, partition,
                   {places.data(), 0, static_cast<std::uint32_t>(places.size())}, now);
  // One may be reached twice.
  for (std::uint32_t const& place : places) {
    of_.act_on_traces(*this, partition, 0, {&place, 0, 1}, now);
    of_.act(kernel_, partition, {&place, 0, 1}, now);
  }
}

template <class Real>
void pathway<Real>::deliver(int partition, kernel::step_context const& now) {
  if (partition >= of_.partitions()) return;
  if (!under_way_.empty()) deliver_volley(partition, now);
  int const first = reads_own_logs() ? partition : 0;
  int const logs = reads_own_logs() ? 1 : this->logs().size();
  for (std::size_t d = 0; d < steps_.size(); ++d) {
    std::uint32_t const** const next = cursors(partition, d) + first;
    for (int q = 0; q < logs; ++q) next[q] = spike_log::entry_at(next[q]);
    if (now.step - wait(d) < first_step_) {
      for (int q = 0; q < logs; ++q) next[q] += 1 + *next[q];
      continue;
    }
    bool is_silent = true;
    for (int q = 0; q < logs; ++q) is_silent = is_silent && *next[q] == 0;
    if (is_silent) {
      for (int q = 0; q < logs; ++q) ++next[q];
      continue;
    }
    auto const delay = static_cast<std::uint32_t>(d);
    if (lists_.empty()) {
      of_.deliver_rows({of_, *this, number_, partition, next, logs, delay, now});
      continue;
    }
    for (int q = 0; q < logs; ++q) {
      std::uint32_t const* const last = next[q] + 1 + *next[q];
      for (std::uint32_t const* n = next[q] + 1; n != last; ++n)
        if (of_.is_connected(trigger().end, *n)) {
          synapse_part const some = reached(partition, *n, delay);
          of_.act_on_traces(*this, partition, *n, some, now);
          of_.act(kernel_, partition, some, now);
        }
      next[q] = last;
    }
  }
}

template <class Real>
void pathway<Real>::gather(std::int64_t step) {
  std::vector<volley> arriving;
  // Found only where spikes are under way.
  auto const number = [&](std::uint32_t place) { return of_.numbering()(place); };
  for (volley& v : under_way_)
    if (v.step >= step) arriving.push_back(std::move(v));
  for (std::size_t d = 0; d < steps_.size(); ++d)
    for (std::int64_t s = std::max(step - wait(d), first_step_); s < step; ++s) {
      volley v{s + wait(d), {}};
      for (spike_log const& log : logs())
        for (std::uint32_t const n : log.spikes(s)) {
          if (!of_.is_connected(trigger().end, n)) continue;
          for (int p = 0; p < of_.partitions(); ++p) {
            if (!from_source() && !of_.owns_target(p, n)) continue;
            synapse_part const some = reached(p, n, static_cast<std::uint32_t>(d));
            for (std::uint32_t k = some.first; k < some.last; ++k)
              v.synapses.push_back(number(some.list == nullptr ? k : some.list[k]));
          }
        }
      if (!v.synapses.empty()) arriving.push_back(std::move(v));
    }
  std::vector<std::size_t> order(arriving.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return arriving[x].step != arriving[y].step ? arriving[x].step < arriving[y].step : x < y;
  });
  under_way_.clear();
  for (std::size_t const k : order) {
    volley const& v = arriving[k];
    if (under_way_.empty() || under_way_.back().step != v.step) under_way_.push_back({v.step, {}});
    auto& all = under_way_.back().synapses;
    all.insert(all.end(), v.synapses.begin(), v.synapses.end());
  }
  first_step_ = step;
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
    delay_collector each(finer_.size(), dt, false);
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
