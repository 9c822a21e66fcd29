// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/state_pass.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace nernst::engine {

// ---- elements

template <class Real>
template <class Number>
void state_pass<Real>::require_below(std::string const& what, std::vector<Number> const& all,
                                     std::size_t end) const {
  for (Number const n : all)
    if (static_cast<std::size_t>(n) >= end)
      archive_.refuse(detail::message({what, " below ", end}), detail::message({n}));
}

template <class Real>
void state_pass<Real>::keep_array(std::string const& label, Real* values,
                                  std::vector<std::uint32_t> const& place) {
  std::vector<Real> present;
  if (archive_.writes())
    for (std::uint32_t const p : place) present.push_back(values[p]);
  std::vector<Real> const read = archive_.list(label, present, place.size());
  if (!archive_.restores()) return;
  for (std::size_t k = 0; k < place.size(); ++k) values[place[k]] = read[k];
}

template <class Real>
void state_pass<Real>::keep_table(element_group<Real>& group, int symbol) {
  std::string const label = group.label(symbol);
  given_table table = group.given_[symbol];
  table.values = archive_.list(label, table.values);
  table.dt = archive_.keep(label + " dt", table.dt);
  table.columns = archive_.keep(label + " columns", table.columns);
  bool const fits = table.columns > 0 && table.values.size() % table.columns == 0;
  if (!fits)
    archive_.refuse(label + " in whole rows",
                    detail::message({table.values.size(), " values in ", table.columns}));
  if (archive_.restores()) group.give(symbol, std::move(table));
}

template <class Real>
void state_pass<Real>::keep_link(element_group<Real>& group, int symbol) {
  linkage<Real>& to = group.linked_[symbol];
  if (!to.given()) return;
  std::string const label = group.label(symbol);
  std::vector<std::int32_t> read = archive_.list(label, to.index_);
  if (archive_.writes()) return;
  if (!read.empty() && read.size() < group.size())
    archive_.refuse(detail::message({group.size(), " values of ", label}),
                    detail::message({read.size()}));
  require_below(label, read, to.source().size());
  if (!archive_.restores()) return;
  to.index_ = std::move(read);
  group.link_[symbol] = to.where();
}

template <class Real>
void state_pass<Real>::keep_own_dt(element_group<Real>& group) {
  std::string const label = group.name() + " dt";
  double present = group.own_dt();
  double const own = archive_.keep(label, present);
  if (!group.can_make_steps(own, dt_))
    archive_.refuse(detail::message({label, " that is a multiple of ", dt_}),
                    detail::message({own}));
  if (archive_.restores()) group.set_own_dt(own, step_);
}

template <class Real>
void state_pass<Real>::keep_elements(element_group<Real>& group) {
  keep_own_dt(group);
  archive_.keep(group.name() + " first step", group.first_step_);
  std::vector<std::uint32_t> const place = group.places();
  kernel::compiled_model const& model = group.model();
  for (int s = 0; s < model.variables.size(); ++s) {
    ir::symbol const& v = model.variables[s].symbol;
    bool const is_computed_anew = v.kind == ir::role::coefficient;
    if (v.owner != ir::side::here || is_computed_anew) continue;
    if (ir::is_shared(v.kind))
      archive_.keep(group.label(s), group.value_[s]);
    else if (v.kind == ir::role::table)
      keep_table(group, s);
    else if (v.kind == ir::role::linked)
      keep_link(group, s);
    else if (group.array_[s] != nullptr)
      keep_array(group.label(s), group.array_[s], place);
  }
}

// ---- spikes

template <class Real>
void state_pass<Real>::keep(population_base<Real>& neurons) {
  keep_elements(neurons);
  std::vector<double> fired =
      archive_.list(neurons.name() + " last spikes", neurons.fired_at_, neurons.fired_at_.size());
  for (int e = -1; e < neurons.event_count(); ++e) keep_spikes(neurons, e);
  if (neurons.events() != nullptr) neurons.events()->keep(archive_);
  if (!archive_.restores()) return;
  neurons.fired_at_ = std::move(fired);
  neurons.find_refractory_steps();
}

/// The spikes of the last steps, which may be under way, by step.
template <class Real>
void state_pass<Real>::keep_spikes(population_base<Real>& neurons, int event) {
  std::vector<std::uint32_t> counts, fired;
  std::int64_t const first = step_ - neurons.history();
  for (std::int64_t s = first; s < step_ && archive_.writes(); ++s) {
    std::size_t const before = fired.size();
    for (spike_log const& log : neurons.logs(event))
      for (std::uint32_t const n : log.spikes(s)) fired.push_back(n);
    counts.push_back(static_cast<std::uint32_t>(fired.size() - before));
  }
  std::string const label = neurons.name() + (event < 0 ? " spikes" : " events");
  counts = archive_.list(label + " in steps", counts);
  fired = archive_.list(label, fired);
  if (archive_.writes()) return;
  require_below("neurons", fired, neurons.size());
  std::uint64_t sum = 0;
  for (std::uint32_t const n : counts) sum += n;
  if (sum != fired.size())
    archive_.refuse(detail::message({sum, " ", label}), detail::message({fired.size()}));
  if (!archive_.restores()) return;
  for (int p = 0; p < neurons.log_count(); ++p)
    fill(neurons.logs(event)[p], counts, fired, neurons.begin(p), neurons.end(p));
}

/// Makes the log of the neurons [begin, end) anew.
template <class Real>
void state_pass<Real>::fill(spike_log& log, std::vector<std::uint32_t> const& counts,
                            std::vector<std::uint32_t> const& neurons, std::uint32_t begin,
                            std::uint32_t end) {
  log = spike_log();
  std::int64_t const first = step_ - static_cast<std::int64_t>(counts.size());
  std::uint32_t const* fired = neurons.data();
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (!log.has_room(counts[k]))
      log.start(first + static_cast<std::int64_t>(k), k, counts.size() - k, neurons.size());
    std::size_t own = 0;
    for (std::uint32_t const* const last = fired + counts[k]; fired != last; ++fired)
      if (*fired - begin < end - begin) log.next()[own++] = *fired;
    log.commit(own);
  }
}

// ---- synapses

template <class Real>
void state_pass<Real>::keep(projection_base<Real>& synapses) {
  keep_elements(synapses);
  keep_traces(synapses);
  for (int k = 0; k < synapses.pathway_count(); ++k) keep(synapses.pathway(k));
}

/// Those of each synapse, whoever has them: so that a file fits any number of threads.
template <class Real>
void state_pass<Real>::keep_traces(projection_base<Real>& synapses) {
  std::vector<std::uint32_t> const place = synapses.places();
  for (ir::side const side : {ir::side::pre, ir::side::post}) {
    if (archive_.restores()) synapses.spread_traces(side);
    synapses.for_each_trace(side, [&](int symbol, int array) {
      std::string const label = synapses.label(symbol) + (side == ir::side::pre ? "_pre" : "_post");
      detail::host_array<Real> each = synapses.storage_[array];
      bool const spreads = archive_.writes() && !synapses.is_per_synapse(side);
      if (spreads) each = synapses.each_trace(side, each);
      keep_array(label, each.data(), place);
    });
  }
  element_set const& targets = synapses.end_of(ir::side::post).set;
  std::vector<std::uint32_t> neuron;
  for (std::uint32_t k = 0; k < targets.size(); ++k) neuron.push_back(targets[k]);
  synapses.for_each_total([&](int symbol, int array) {
    keep_array(synapses.label(symbol) + " of targets", synapses.storage_[array].data(), neuron);
  });
}

template <class Real>
void state_pass<Real>::keep(pathway<Real>& p) {
  std::string const label = detail::message({p.of_.name(), ".", p.trigger().name.view()});
  keep_delays(p, label);
  keep_volleys(p, label);
  archive_.keep(label + " first step", p.first_step_);
}

template <class Real>
void state_pass<Real>::keep_delays(pathway<Real>& p, std::string const& label) {
  std::vector<std::uint32_t> present;
  for (std::size_t k = 0; k < p.delays_.number.size(); ++k) present.push_back(p.delays_.number[k]);
  std::vector<double> seconds = archive_.list(label + " delays", p.delays_.seconds);
  std::vector<double> finer = archive_.list(label + " finer delays", p.finer_);
  std::vector<std::uint32_t> const number = archive_.list(label + " delay of synapses", present);
  if (archive_.writes()) return;
  bool fits = std::is_sorted(seconds.begin(), seconds.end(), std::greater<>());
  for (double const s : seconds) fits = fits && s >= 0 && std::isfinite(s);
  if (!fits || seconds.empty()) archive_.refuse(label + " delays that fall", "others");
  bool const is_one = number.empty();
  if (is_one != (seconds.size() == 1) || (!is_one && number.size() != p.of_.size()))
    archive_.refuse(detail::message({label, " delays of ", p.of_.size(), " synapses"}),
                    detail::message({seconds.size(), " of ", number.size()}));
  require_below(label + " delays", number, seconds.size());
  if (!finer.empty() && finer.size() != p.of_.size())
    archive_.refuse(detail::message({p.of_.size(), " finer delays of ", label}),
                    detail::message({finer.size()}));
  if (!archive_.restores()) return;
  p.finer_ = std::move(finer);
  if (seconds == p.delays_.seconds && number == present) return p.count_steps(p.of_.network_dt());
  detail::packed_numbers const packed(number, static_cast<std::uint32_t>(seconds.size()));
  p.take_delays({std::move(seconds), packed}, p.of_.network_dt());
}

template <class Real>
void state_pass<Real>::keep_volleys(pathway<Real>& p, std::string const& label) {
  std::vector<std::int64_t> steps;
  std::vector<std::uint32_t> counts, synapses;
  if (archive_.writes())
    for (volley const& v : p.under_way_) {
      steps.push_back(v.step);
      counts.push_back(static_cast<std::uint32_t>(v.synapses.size()));
      synapses.insert(synapses.end(), v.synapses.begin(), v.synapses.end());
    }
  steps = archive_.list(label + " arrivals", steps);
  counts = archive_.list(label + " arrivals in steps", counts, steps.size());
  synapses = archive_.list(label + " arriving at", synapses);
  if (archive_.writes()) return;
  require_below("synapses", synapses, p.of_.size());
  std::uint64_t sum = 0;
  for (std::uint32_t const n : counts) sum += n;
  if (sum != synapses.size() || !std::is_sorted(steps.begin(), steps.end()))
    archive_.refuse(detail::message({sum, " arrivals in ", label}),
                    detail::message({synapses.size()}));
  if (!archive_.restores()) return;
  std::vector<volley> volleys;
  auto next = synapses.begin();
  for (std::size_t k = 0; k < steps.size(); ++k) {
    auto const last = next + static_cast<std::ptrdiff_t>(counts[k]);
    volleys.push_back({steps[k], {next, last}});
    next = last;
  }
  p.under_way_ = std::move(volleys);
}

}  // namespace nernst::engine
