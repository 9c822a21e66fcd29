// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/pathway.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/delivery.hpp>
#include <nernst/kernel/side_by_side.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

namespace nernst::engine {

// ---- what a spike reaches

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
  return spikes.rows.size() < enough_spikes_ ? nullptr : &bitmaps_;
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
  auto const bytes_of = [this](int side) {
    return static_cast<std::size_t>(far_[side].size()) * sizeof(Real);
  };
  std::size_t const bytes = (bytes_of(0) + sizeof(std::uint16_t)) * of_.rows().places() +
                            bytes_of(1) * of_.target().size();
  constexpr std::size_t cached = std::size_t{1} << 20;
  bool const is_far = bytes / static_cast<std::size_t>(of_.partitions()) > cached;
  looks_ahead_ = is_far && !has_short_runs();
  if (bytes_of(1) * of_.target().size() / static_cast<std::size_t>(of_.partitions()) <= cached)
    far_[1].clear();
}

/// Whether a spike reaches few synapses with each of its delays, on average.
template <class Real>
bool pathway<Real>::has_short_runs() const {
  constexpr std::size_t few = 8;
  std::size_t const slots = of_.slots(trigger().end);
  return !runs_.empty() && of_.size() < few * slots * steps_.size();
}

/// Asked where synapses with different targets act side by side.
template <class Real>
void pathway<Real>::find_repeated_targets() {
  kernel::scheduled_kernel const& k = of_.model().kernels[kernel_];
  bool const is_asked = from_source() && kernel::acts_side_by_side(of_.model(), k) &&
                        kernel::changes_neurons(of_.model(), k);
  if (!is_asked || knows_targets_) return;
  knows_targets_ = true;
  may_repeat_targets_ = of_.rows().has_repeated_targets(of_.run());
}

// GCC leaves out calls of functions that do nothing else, unless they have a statement like the
// first.
template <class Real>
template <class T>
void pathway<Real>::ask(T const* first, T const* end) {
  constexpr std::size_t line = 64;
  asm volatile("");
  for (; first < end; first += line / sizeof(T)) __builtin_prefetch(first, 0, 2);
}

template <class Real>
void pathway<Real>::look_ahead(arrival<Real> const& spikes, std::size_t now) const {
  constexpr std::size_t to_synapses = 2, to_targets = 1;
  synapse_rows const& rows = of_.rows();
  auto const row = [&](std::size_t ahead) {
    return now + ahead < spikes.rows.size() ? spikes.rows[now + ahead] : reached_row{};
  };
  reached_row const later = row(to_synapses), next = row(to_targets);
  for (Real const* const array : far_[0]) ask(array + later.first, array + later.last);
  std::uint32_t const first_target = rows.bounds()[static_cast<std::size_t>(spikes.partition)];
  auto const look = [&](auto const* target) {
    ask(target + later.first, target + later.last);
    for (Real const* const array : far_[1])
      for (std::size_t k = next.first; k < next.last; ++k)
        __builtin_prefetch(array + first_target + target[k], 1);
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
  room_.resize(static_cast<std::size_t>(of_.partitions()));
  rows_.resize(static_cast<std::size_t>(of_.partitions()));
  places_under_way_ = decltype(places_under_way_)(static_cast<std::size_t>(of_.partitions()));
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
  if (!of_.works_on_host()) return;
  find_bitmaps();
  find_far_arrays();
  if (of_.needs().find_repeated_targets != nullptr) (this->*of_.needs().find_repeated_targets)();
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
    return of_.arrive(kernel_, partition,
                      {places.data(), 0, static_cast<std::uint32_t>(places.size())}, now);
  // One may be reached twice.
  for (std::uint32_t const& place : places) {
    of_.act_on_traces(*this, partition, 0, {&place, 0, 1}, now);
    of_.act(kernel_, partition, {&place, 0, 1}, now);
  }
}

/// Lets spikes of targets act when sources fire.
template <class Real>
void pathway<Real>::wait_for_sources(int partition, std::uint32_t const** next, int logs,
                                     kernel::step_context const& now) {
  waiting_spikes& waiting = *of_.waiting(partition);
  std::uint32_t const first = of_.rows().bounds()[static_cast<std::size_t>(partition)];
  std::int32_t const step = waiting.step(now.step);
  auto const visit = [&](auto const& act) {
    for (int q = 0; q < logs; ++q)
      for (std::uint32_t k = 1; k <= *next[q]; ++k)
        if (of_.is_connected(trigger().end, next[q][k])) act(next[q][k]);
  };
  // Before any is entered, as what waits is done at once.
  visit([&](std::uint32_t neuron) {
    if (!waiting.is_full(neuron - first)) return;
    std::int32_t const oldest = waiting.oldest(neuron - first);
    if (oldest >= waiting.settled()) {
      // The next spikes find room then without going through all rows again.
      waiting.settled() = oldest + (step - oldest) / 2 + 1;
      of_.settle_before(partition, waiting.settled(), step);
    }
    waiting.drop_oldest(neuron - first);
  });
  visit([&](std::uint32_t neuron) {
    of_.act_on_traces(*this, partition, neuron, {}, now);
    waiting.enter(neuron - first, step);
  });
  for (int q = 0; q < logs; ++q) next[q] += 1 + *next[q];
}

/// What a spike does now, or what it reaches where rows are treated together.
template <class Real>
void pathway<Real>::arrive(int partition, std::uint32_t neuron, std::size_t delay,
                           kernel::step_context const& now) {
  synapse_part const some = reached(partition, neuron, static_cast<std::uint32_t>(delay));
  if (lists_.empty()) {
    rows_[static_cast<std::size_t>(partition)].push_back({neuron, some.first, some.last});
    return;
  }
  of_.act_on_traces(*this, partition, neuron, some, now);
  of_.arrive(kernel_, partition, some, now);
}

template <class Real>
void pathway<Real>::deliver(int partition, kernel::step_context const& now) {
  if (partition >= of_.partitions()) return;
  if (!under_way_.empty()) deliver_volley(partition, now);
  int const first = reads_own_logs() ? partition : 0;
  int const logs = reads_own_logs() ? 1 : this->logs().size();
  bool const may_wait = !from_source() && of_.waiting(partition) != nullptr;
  std::vector<reached_row>& rows = rows_[static_cast<std::size_t>(partition)];
  rows.clear();
  for (std::size_t d = 0; d < steps_.size(); ++d) {
    std::uint32_t const** const next = cursors(partition, d) + first;
    for (int q = 0; q < logs; ++q) spike_log::wait_for(next[q]);
    bool const counts = now.step - wait(d) >= first_step_;
    if (counts && may_wait) {
      (this->*of_.needs().wait_for_sources)(partition, next, logs, now);
      continue;
    }
    for (int q = 0; q < logs; ++q) {
      std::uint32_t const* const spikes = next[q] + 1;
      next[q] = spikes + *next[q];
      for (std::uint32_t const* neuron = spikes; counts && neuron != next[q]; ++neuron)
        if (of_.is_connected(trigger().end, *neuron)) arrive(partition, *neuron, d, now);
    }
  }
  if (!rows.empty()) of_.deliver_rows({of_, *this, number_, partition, rows, now});
}

template <class Real>
void pathway<Real>::gather(std::int64_t step) {
  std::vector<volley> arriving;
  // Found only where spikes are under way.
  auto const number = [&](std::size_t place) { return of_.numbering()(place); };
  for (volley& v : under_way_)
    if (v.step >= step) arriving.push_back(std::move(v));
  for (std::size_t d = 0; d < steps_.size(); ++d)
    for (std::int64_t s = std::max(step - wait(d), first_step_); s < step; ++s) {
      volley v{s + wait(d), {}};
      for (spike_log const& log : logs())
        for (std::uint32_t const n : log.spikes(s)) {
          if (!of_.is_connected(trigger().end, n)) continue;
          of_.require_listable("spikes under way that are kept");
          require_lists();
          for (int p = 0; p < of_.partitions(); ++p) {
            if (!from_source() && !of_.owns_target(p, n)) continue;
            synapse_part const some = reached(p, n, static_cast<std::uint32_t>(d));
            for (std::size_t k = some.first; k < some.last; ++k)
              v.synapses.push_back(
                  static_cast<std::uint32_t>(number(some.list == nullptr ? k : some.list[k])));
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

}  // namespace nernst::engine
