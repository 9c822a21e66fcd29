// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/units.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/network/clock.hpp>
#include <nernst/network/environment.hpp>
#include <nernst/network/projection_base.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace nernst {

template <class Real>
projection_base<Real>::projection_base(projection_outline<Real> const& outline,
                                       population_base<Real> const& source,
                                       population_base<Real> const& target, synapse_rows rows,
                                       double dt)
    : model_(outline.model), deliver_(outline.deliver), name_(outline.name), delay_(outline.delay),
      dt_(dt), delay_steps_(nernst::delay_steps(outline.delay, dt)), object_(outline.object),
      target_begin_(outline.target_begin), target_end_(outline.target_end), source_(source),
      target_(target), rows_(std::move(rows)), value_(model_.variables.size()),
      array_(model_.variables.size()), given_(model_.variables.size()),
      table_(model_.variables.size()), changing_(model_.variables.size()),
      kernel_array_(model_.arrays), guarded_(model_.arrays), scalar_(model_.scalars.results.count),
      handles_(*this, name_) {
  for (int s = 0; s < model_.variables.size(); ++s) {
    kernel::variable const& v = model_.variables[s];
    ir::side const owner = v.symbol.owner;
    if (v.symbol.kind == ir::role::shared_state) changing_[s] = &shared_of_neurons(s);
    bool const of_source = owner == ir::side::pre;
    reads_source_ = reads_source_ || (of_source && ir::is_of_refractoriness(v.symbol.kind));
    if (v.array == ir::none) continue;
    population_base<Real> const& neurons = owner == ir::side::pre ? source : target;
    if (owner == ir::side::here) {
      own_.push_back(detail::host_array<Real>(rows_.size()));
      std::fill_n(own_.back().data(), rows_.size(), Real(0));
      array_[s] = own_.back().data();
    } else {
      array_[s] = neurons.array(v.symbol.id);
    }
    kernel_array_[v.array] = array_[s];
    guarded_[v.array] = owner != ir::side::here && kernel::is_frozen(neurons.model(), v.symbol.id);
    reads_source_ = reads_source_ || of_source;
  }
}

template <class Real>
void projection_base<Real>::prepare(double dt) {
  for (int s = 0; s < value_.size(); ++s) {
    ir::symbol const& variable = model_.variables[s].symbol;
    if (variable.kind == ir::role::shared && variable.owner != ir::side::here)
      value_[s] = shared_of_neurons(s);
    if (variable.kind != ir::role::table) continue;
    if (given_[s].values.empty())
      detail::refuse<std::logic_error>(
          {label(variable.id), ": expected the values of the timed array before a run"});
    table_[s] = given_[s].at_steps_of(dt);
  }
  ir::list<detail::leaf> leaves = detail::leaves_of(model_);
  for (int s = 0; s < value_.size(); ++s) {
    ir::symbol const& variable = model_.variables[s].symbol;
    if (variable.kind != ir::role::count || variable.owner == ir::side::here) continue;
    value_[s] = count_of_neurons(s);
    leaves[s].kind = ir::role::shared;
  }
  detail::element_environment<Real> here;
  here.leaves = leaves.data();
  here.arrays = array_.data();
  here.values = value_.data();
  here.functions = model_.functions;
  here.count = size();
  here.dt = dt;
  ir::list<double> const scalar = detail::evaluate_once(model_.tape(model_.scalars), here);
  for (int k = 0; k < scalar.size(); ++k) scalar_[k] = static_cast<Real>(scalar[k]);
}

template <class Real>
void projection_base<Real>::start(std::int64_t step) {
  auto const has_arrived = [step](detail::volley const& v) { return v.step < step; };
  std::erase_if(under_way_, has_arrived);
  int const partitions = target_.logs().size();
  cursors_ = ir::list<std::uint32_t const*>(partitions * stride());
  for (int p = 0; p < partitions; ++p)
    for (int q = 0; q < source_.logs().size(); ++q)
      cursors(p)[q] = source_.logs()[q].entry(step - delay());
}

template <class Real>
void projection_base<Real>::deliver(int partition, kernel::step_context const& now) {
  if (partition >= static_cast<int>(rows_.partitions())) return;
  auto const is_before = [](detail::volley const& v, std::int64_t step) { return v.step < step; };
  auto const v = std::lower_bound(under_way_.begin(), under_way_.end(), now.step, is_before);
  if (v != under_way_.end() && v->step == now.step) {
    std::uint32_t const* entry = v->entry.data();
    deliver_(*this, partition, &entry, 1, now);
  }
  std::uint32_t const** const next = cursors(partition);
  int const logs = source_.logs().size();
  if (now.step - delay() >= first_step) return deliver_(*this, partition, next, logs, now);
  for (int q = 0; q < logs; ++q) next[q] += 1 + *next[q];
}

template <class Real>
detail::changed_delay projection_base<Real>::with_dt(double dt, std::int64_t from,
                                                     std::int64_t to) const {
  detail::changed_delay changed{.steps = delay_steps(delay_, dt), .under_way = {}};
  std::vector<detail::volley> older, fired, arriving;
  for (auto const& v : under_way_)
    if (v.step >= from) older.push_back(v);
  std::int64_t const first = std::max(from - delay(), first_step);
  for (std::int64_t step = first; step < from; ++step)
    for (auto const& log : source_.logs()) {
      auto const spikes = log.spikes(step);
      if (spikes.empty()) continue;
      fired.push_back({step + delay(), {0}});
      fired.back().entry.insert(fired.back().entry.end(), spikes.begin(), spikes.end());
    }
  std::merge(older.begin(), older.end(), fired.begin(), fired.end(), std::back_inserter(arriving),
             [](auto const& x, auto const& y) { return x.step < y.step; });
  for (auto const& v : arriving) {
    double const steps = static_cast<double>(v.step - from) * (dt_ / dt);
    std::int64_t const step = to + static_cast<std::int64_t>(steps + 0.5);
    auto& all = changed.under_way;
    if (all.empty() || all.back().step != step) all.push_back({step, {0}});
    auto& entry = all.back().entry;
    entry.insert(entry.end(), v.entry.begin() + 1, v.entry.end());
    entry[0] = static_cast<std::uint32_t>(entry.size() - 1);
  }
  return changed;
}

template <class Real>
void projection_base<Real>::change_dt(double dt, std::int64_t to, detail::changed_delay changed) {
  dt_ = dt;
  delay_steps_ = changed.steps;
  under_way_ = std::move(changed.under_way);
  first_step = to;
}

template <class Real>
std::size_t projection_base<Real>::memory_bytes() const {
  std::size_t bytes = rows_.memory_bytes();
  for (auto const& a : own_) bytes += a.memory_bytes();
  return bytes;
}

template <class Real>
std::vector<double> projection_base<Real>::get(std::string_view id) const {
  int const s = settable(id);
  if (array_[s] == nullptr) return {value_[s]};
  std::vector<double> out(size());
  for (std::uint64_t k = 0; k < size(); ++k)
    out[rows_.creation(k)] = static_cast<double>(array_[s][k]);
  return out;
}

template <class Real>
void projection_base<Real>::set(std::string_view id, std::vector<double> const& given) {
  int const s = settable(id);
  std::uint64_t const wanted = array_[s] == nullptr ? 1 : size();
  if (given.size() != wanted)
    detail::refuse<std::invalid_argument>(
        {label(id), ": expected ", wanted, " values, found ", given.size()});
  ir::value_type const type = model_.variables[s].symbol.type;
  if (array_[s] == nullptr)
    value_[s] = detail::as_type(type, given[0]);
  else
    for (std::uint64_t k = 0; k < size(); ++k)
      array_[s][k] = static_cast<Real>(detail::as_type(type, given[rows_.creation(k)]));
}

template <class Real>
void projection_base<Real>::set(std::string_view id, double value, ir::dimension unit) {
  int const s = settable(id);
  ir::symbol const& known = model_.variables[s].symbol;
  if (known.unit != unit)
    detail::refuse<std::invalid_argument>({label(id), ": expected a value in ",
                                           ir::to_text(known.unit).view(), ", found ",
                                           ir::to_text(unit).view()});
  double const x = detail::as_type(known.type, value);
  if (array_[s] == nullptr)
    value_[s] = x;
  else
    std::fill_n(array_[s], size(), static_cast<Real>(x));
}

template <class Real>
void projection_base<Real>::give(int symbol, given_table values) {
  given_[symbol] = std::move(values);
}

template <class Real>
std::string projection_base<Real>::label(std::string_view id) const {
  return detail::label(name_, id);
}

template <class Real>
int projection_base<Real>::settable(std::string_view id) const {
  int const s = model_.find(id);
  if (s != ir::none) {
    ir::role const kind = model_.variables[s].symbol.kind;
    if (ir::is_stored(kind) || kind == ir::role::shared) return s;
  }
  detail::refuse<std::invalid_argument>({label(id), ": expected a variable of the synapses"});
}

template <class Real>
double const& projection_base<Real>::shared_of_neurons(int symbol) const {
  ir::symbol const& variable = model_.variables[symbol].symbol;
  population_base<Real> const& owner = variable.owner == ir::side::pre ? source_ : target_;
  return owner.values()[owner.model().find(variable.id)];
}

/// How many neurons there are on a side, in the slice that is connected.
template <class Real>
std::uint32_t projection_base<Real>::count_of_neurons(int symbol) const {
  bool const of_source = model_.variables[symbol].symbol.owner == ir::side::pre;
  return of_source ? rows_.source_end() - rows_.source_begin() : target_end_ - target_begin_;
}

}  // namespace nernst
