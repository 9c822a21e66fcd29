// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/network/clock.hpp>
#include <nernst/network/environment.hpp>
#include <nernst/network/kernel_arguments.hpp>
#include <nernst/network/population_base.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace nernst {

namespace detail {
/// Where a neuron stands that has never fired: no refractory period is so long.
template <class Real>
inline constexpr Real long_ago = Real(-1e9);

}  // namespace detail

template <class Real>
population_base<Real>::population_base(population_outline<Real> const& outline, executor const& run,
                                       int partitions)
    : reset_waits(outline.model.reset_waits), model_(outline.model), launches_(outline.launches),
      update_(model_.find(kernel::trigger::update)),
      fused_(model_.find(kernel::trigger::update_and_reset)),
      reset_(model_.find(kernel::trigger::reset)),
      threshold_is_apart_(model_.has(kernel::trigger::threshold)), constants_(outline.constants),
      run_(run), name_(outline.name), size_(outline.size), object_(outline.object),
      partitions_(partitions), logs_(partitions * (1 + model_.events.size())),
      leaves_(detail::leaves_of(model_)), storage_(model_.arrays), kernel_array_(model_.arrays),
      kernel_link_(model_.arrays), array_(model_.variables.size()), value_(model_.variables.size()),
      linked_(model_.variables.size()), link_(model_.variables.size()),
      given_(model_.variables.size()), table_(model_.variables.size()),
      scalar_(model_.scalars.results.count), handles_(*this, name_) {
  divide();
  allocate();
}

template <class Real>
population_base<Real>::~population_base() = default;

template <class Real>
void population_base<Real>::divide() {
  // Two cache lines of doubles: no two partitions share one.
  constexpr std::uint64_t grain = 16;
  std::uint64_t const grains = (std::uint64_t{size_} + grain - 1) / grain;
  auto const count = static_cast<std::uint64_t>(partitions_);
  for (std::uint64_t p = 0; p <= count; ++p) {
    std::uint64_t const bound = grains * p / count * grain;
    bounds_.push_back(static_cast<std::uint32_t>(bound < size_ ? bound : size_));
  }
}

template <class Real>
void population_base<Real>::allocate() {
  bool const keeps_flag_only = model_.flag != ir::none && model_.last_spike == ir::none;
  if (keeps_flag_only) fired_at_.assign(size_, -1);
  // Packs are read as a whole, whatever their width.
  constexpr std::size_t width = detail::host_array<Real>::line / sizeof(Real);
  std::size_t const padded = (size_ + width - 1) / width * width;
  for (int s = 0; s < model_.variables.size(); ++s) {
    kernel::variable const& v = model_.variables[s];
    if (v.array == ir::none || v.symbol.kind == ir::role::linked) continue;
    storage_[v.array] = detail::host_array<Real>(padded);
    array_[s] = storage_[v.array].data();
    kernel_array_[v.array] = array_[s];
  }
  // Each partition is written first by the thread that will own it.
  run_.for_each("nernst::population::clear", partitions_, [&](std::int64_t k) {
    int const p = static_cast<int>(k);
    std::size_t const end = p + 1 == partitions_ ? padded : begin(p + 1);
    for (int array = 0; array < kernel_array_.size(); ++array)
      if (kernel_array_[array] != nullptr)
        std::fill(kernel_array_[array] + begin(p), kernel_array_[array] + end, initial(array));
  });
}

/// Before its first spike a neuron is not refractory, however long that lasts; everything else
/// starts at 0.
template <class Real>
Real population_base<Real>::initial(int array) const {
  if (array == model_.last_spike) return detail::long_ago<Real>;
  if (array == model_.flag) return Real(1);
  int const last_time = model_.find("_last_spike_time");
  bool const is_time = last_time != ir::none && array == model_.variables[last_time].array;
  return static_cast<Real>(is_time ? ir::before_first_spike : 0);
}

template <class Real>
std::string population_base<Real>::label(int symbol) const {
  return detail::label(name_, model_.variables[symbol].symbol.id);
}

// ---- before a run

template <class Real>
void population_base<Real>::prepare(double dt) {
  set_dt(dt);
  require_given();
  require_held(dt);
  follow_links();
  find_due_steps(dt);
  for (auto const& p : model_.propagators) compute_propagator(p, dt);
  compute_scalars();
}

template <class Real>
void population_base<Real>::set_dt(double dt) {
  dt_ = dt;
  for (int s = 0; s < given_.size(); ++s) table_[s] = given_[s].at_steps_of(dt);
}

template <class Real>
void population_base<Real>::change_dt(double dt, std::int64_t from, std::int64_t to) {
  double const ratio = dt_ / dt;
  set_dt(dt);
  for (spike_log& log : logs_) log = spike_log();
  std::int64_t const first = may_drift() ? to : first_step_;
  Real* const last = model_.last_spike == ir::none ? nullptr : kernel_array_[model_.last_spike];
  auto const moved = [&](double spike, std::int64_t old_first, std::int64_t new_first) {
    double const ago = static_cast<double>(from - old_first) - spike;
    double const step = static_cast<double>(to - new_first) - ago * ratio;
    // A refractory period may be a thousandth of a step too short.
    double const nearest = std::round(step);
    return std::abs(step - nearest) <= 1e-3 ? nearest : step;
  };
  for (std::uint32_t n = 0; last != nullptr && n < size_; ++n)
    if (last[n] >= detail::long_ago<Real> / 2)
      last[n] = static_cast<Real>(moved(static_cast<double>(last[n]), first_step_, first));
  for (double& spike : fired_at_)
    if (spike >= 0) spike = moved(spike, 0, 0);
  first_step_ = first;
  ir::list<double> const scalar =
      detail::evaluate_once(model_.tape(model_.scalars), environment(0, 0));
  if (model_.refractory_steps != ir::none) count_refractory_steps(scalar[model_.refractory_steps]);
}

template <class Real>
void population_base<Real>::require_given() const {
  for (int s = 0; s < model_.variables.size(); ++s) {
    ir::role const kind = model_.variables[s].symbol.kind;
    if (kind == ir::role::linked && !linked_[s].given())
      detail::refuse<std::logic_error>(
          {label(s), ": expected to be linked to another variable before a run"});
    if (kind == ir::role::table && given_[s].values.empty())
      detail::refuse<std::logic_error>(
          {label(s), ": expected the values of the timed array before a run"});
  }
}

/// The exact method takes a timed array as constant over a step, which it must be.
template <class Real>
void population_base<Real>::require_held(double dt) const {
  for (int s = 0; s < model_.variables.size(); ++s) {
    if (!model_.variables[s].held) continue;
    double const steps = given_[s].dt / dt;
    bool const whole = steps > 0.5 && std::abs(steps - std::round(steps)) <= 1e-4;
    if (!whole)
      detail::refuse<std::invalid_argument>(
          {label(s), ": expected values with a step that is a multiple of dt = ", dt,
           " s, which the exact method relies on"});
  }
}

template <class Real>
void population_base<Real>::follow_links() {
  for (int s = 0; s < model_.variables.size(); ++s) {
    kernel::variable const& v = model_.variables[s];
    if (v.symbol.kind != ir::role::linked) continue;
    linkage<Real>& to = linked_[s];
    to.read_index();
    link_[s] = to.where();
    if (v.array == ir::none) continue;
    kernel_array_[v.array] = array_[s];
    kernel_link_[v.array] = to.where();
  }
}

template <class Real>
void population_base<Real>::find_due_steps(double dt) {
  due_.clear();
  if (model_.timings.empty()) return;
  ir::list<double> const named =
      detail::evaluate_once(model_.tape(model_.named), environment(0, 0));
  for (kernel::timing const& t : model_.timings)
    due_.push_back(t.period == ir::none ? due_steps::at(model_.times_of(t), dt, name_)
                                        : due_steps::every(named[t.period], dt, name_));
}

/// exp(A dt), once for the population or for each of its elements.
template <class Real>
void population_base<Real>::compute_propagator(kernel::propagator const& of, double dt) {
  constexpr std::size_t share = 256;
  std::size_t const elements = of.per_element ? size_ : 1;
  auto const chunks = static_cast<std::int64_t>((elements + share - 1) / share);
  ir::tape_view const matrix = model_.tape(of.matrix);
  ir::span<int const> const coefficients = model_.coefficients_of(of);
  run_.for_each("nernst::propagate", chunks, [&](std::int64_t chunk) {
    ir::interpreter<detail::element_environment<Real>> entries(matrix);
    ir::list<double> a(matrix.results.size());
    detail::element_environment<Real> here = environment(0, 0);
    std::size_t const begin = static_cast<std::size_t>(chunk) * share;
    std::size_t const end = std::min(begin + share, elements);
    for (here.element = begin; here.element < end; ++here.element) {
      entries(here, a);
      require_finite(of, a, here.element);
      for (double& x : a) x *= dt;
      ir::list<double> const p = integrate::matrix_exponential<double>(a, of.order);
      for (int c = 0; c < coefficients.size(); ++c) {
        if (coefficients[c] == ir::none) continue;
        int const s = coefficients[c];
        if (of.per_element)
          array_[s][here.element] = static_cast<Real>(p[c]);
        else
          value_[s] = p[c];
      }
    }
  });
}

template <class Real>
void population_base<Real>::require_finite(kernel::propagator const& of,
                                           ir::span<double const> matrix,
                                           std::size_t element) const {
  for (int k = 0; k < matrix.size(); ++k) {
    if (std::isfinite(matrix[k])) continue;
    auto const& equation = model_.variables[model_.states_of(of)[k / of.order]].symbol;
    std::string const where = of.per_element ? detail::message({" for neuron ", element}) : "";
    detail::refuse<std::invalid_argument>(
        {name_, ": expected finite coefficients of the equation of '", equation.id.view(),
         "' (method exact), found ", matrix[k], where});
  }
}

template <class Real>
void population_base<Real>::compute_scalars() {
  ir::list<double> const scalar =
      detail::evaluate_once(model_.tape(model_.scalars), environment(0, 0));
  for (int k = 0; k < scalar.size(); ++k) scalar_[k] = static_cast<Real>(scalar[k]);
  if (model_.refractory_steps == ir::none) return;
  if (std::isnan(scalar[model_.refractory_steps]))
    detail::refuse<std::invalid_argument>(
        {name_, ": expected a refractory period, found one that is not a number"});
  count_refractory_steps(scalar[model_.refractory_steps]);
}

template <class Real>
void population_base<Real>::count_refractory_steps(double steps) {
  constexpr double most = 0x1p53;
  double const least = std::max(steps, 1.0);
  closed_steps_ = static_cast<std::int64_t>(least < most ? least : most);
}

template <class Real>
void population_base<Real>::start(std::int64_t step, std::size_t count) {
  auto const history = static_cast<std::size_t>(longest_delay) + 1;
  for (int p = 0; p < partitions_; ++p) {
    std::uint32_t const n = size(p);
    logs()[p].start(step, history, count, n);
    for (int e = 0; e < model_.events.size(); ++e) events(e)[p].start(step, 1, count + 1, n);
  }
  // Single precision counts steps exactly up to 2^24 only: count from a later one in good time.
  constexpr std::int64_t good_time = std::int64_t{1} << 22;
  if (!may_drift() || step - first_step_ < good_time) return;
  Real* const last = kernel_array_[model_.last_spike];
  for (std::uint32_t n = 0; n < size_; ++n) last[n] -= static_cast<Real>(step - first_step_);
  first_step_ = step;
}

// ---- in a step

template <class Real>
detail::kernel_arguments<Real>
population_base<Real>::arguments(kernel::step_context const& now) const {
  detail::kernel_arguments<Real> a{kernel_array_.data(), scalar_.data(), now, {}};
  a.now.step -= first_step_;
  a.around.values = const_cast<double*>(value_.data());
  a.around.links = kernel_link_.data();
  a.around.tables = table_.data();
  return a;
}

/// Executes a kernel for the neurons of a partition, and enters those that fire into a log.
template <class Real>
void population_base<Real>::sweep(int kernel, int partition, kernel::step_context const& now,
                                  bool backwards, spike_log* log) {
  std::uint32_t* const first = log == nullptr ? nullptr : log->next();
  std::uint32_t* const last = launches_[kernel].sweep(arguments(now), begin(partition),
                                                      begin(partition + 1), backwards, first);
  if (log == nullptr) return;
  log->commit(static_cast<std::size_t>(last - first));
  if (fired_at_.empty() || log != &logs()[partition]) return;
  for (std::uint32_t const* n = first; n != last; ++n)
    fired_at_[*n] = static_cast<double>(now.step);
}

template <class Real>
void population_base<Real>::update(int partition, kernel::step_context const& now) {
  bool const can_fuse = !reset_waits && launches_[fused_].sweep != nullptr;
  // Every other step sweeps backwards: what was touched last is still in the cache.
  bool const backwards = ((now.step - first_step_) & 1) != 0;
  spike_log* const log = threshold_is_apart_ ? nullptr : &logs()[partition];
  sweep(can_fuse ? fused_ : update_, partition, now, backwards, log);
}

template <class Real>
void population_base<Real>::reset(int partition, kernel::step_context const& now) {
  auto const visit = launches_[reset_].visit;
  if (!reset_waits || visit == nullptr) return;
  auto const fired = logs()[partition].spikes(now.step);
  visit(arguments(now), fired.data(), 0, static_cast<std::uint32_t>(fired.size()));
}

template <class Real>
void population_base<Real>::execute(int kernel, int partition, kernel::step_context const& now) {
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  auto const visit = launches_[kernel].visit;
  constexpr std::uint32_t nobody = 0xFFFFFFFF;
  switch (k.when_executed) {
  case kernel::trigger::threshold:
    return sweep(kernel, partition, now, false, &logs()[partition]);
  case kernel::trigger::check:
    return sweep(kernel, partition, now, false, &events(k.which)[partition]);
  case kernel::trigger::act: {
    auto const had = events(k.which)[partition].latest();
    if (k.for_all) return visit(arguments(now), nullptr, nobody, 1);
    return visit(arguments(now), had.data(), 0, static_cast<std::uint32_t>(had.size()));
  }
  default:
    if (k.for_all) return visit(arguments(now), nullptr, nobody, 1);
    if (k.links) return visit(arguments(now), nullptr, begin(partition), size(partition));
    return sweep(kernel, partition, now, false, nullptr);
  }
}

template <class Real>
bool population_base<Real>::is_due(int kernel, std::int64_t step) const {
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  return k.when_executed != kernel::trigger::timed || due_[k.which](step);
}

// ---- what is known

template <class Real>
bool population_base<Real>::is_open(std::uint32_t neuron, std::int64_t step) const {
  if (model_.flag != ir::none) return kernel_array_[model_.flag][neuron] != 0;
  if (model_.last_spike == ir::none) return true;
  double const last = static_cast<double>(kernel_array_[model_.last_spike][neuron]);
  return static_cast<double>(step - first_step_) - last >= static_cast<double>(closed_steps_);
}

template <class Real>
double population_base<Real>::last_spike(std::uint32_t neuron) const {
  if (!fired_at_.empty()) return fired_at_[neuron];
  if (model_.last_spike == ir::none)
    detail::refuse<std::logic_error>({name_, ": expected a model with refractory(...)"});
  Real const last = kernel_array_[model_.last_spike][neuron];
  return last < detail::long_ago<Real> / 2
             ? -1
             : static_cast<double>(last) + static_cast<double>(first_step_);
}

template <class Real>
std::size_t population_base<Real>::memory_bytes() const {
  std::size_t bytes = 0;
  for (auto const& a : storage_) bytes += a.memory_bytes();
  for (auto const& log : logs_) bytes += log.memory_bytes();
  bytes += fired_at_.size() * sizeof fired_at_[0];
  return bytes;
}

template <class Real>
bool population_base<Real>::is_full(int partition) const {
  std::uint32_t const n = size(partition);
  bool full = !logs()[partition].has_room(n);
  for (int e = 0; e < model_.events.size(); ++e)
    full = full || !events(e)[partition].has_room(n, 2);
  return full;
}

template <class Real>
Real* population_base<Real>::array(std::string_view id) const {
  int const s = model_.find(id);
  return s == ir::none ? nullptr : array_[s];
}

template <class Real>
void population_base<Real>::link(int symbol, linkage<Real> to) {
  linked_[symbol] = std::move(to);
  link_[symbol] = linked_[symbol].where();
  array_[symbol] = linked_[symbol].array();
  // Each side may see, between the threshold and the reset of the other, what that does.
  reset_waits = true;
  linked_[symbol].source().reset_waits = true;
}

template <class Real>
void population_base<Real>::give(int symbol, given_table values) {
  given_[symbol] = std::move(values);
  table_[symbol] = given_[symbol].at_steps_of(dt_);
}

template <class Real>
detail::element_environment<Real> population_base<Real>::environment(double time,
                                                                     std::int64_t step) const {
  detail::element_environment<Real> e;
  e.leaves = leaves_.data();
  e.arrays = array_.data();
  e.values = value_.data();
  e.links = link_.data();
  e.tables = table_.data();
  e.functions = model_.functions;
  e.neurons = this;
  e.count = size_;
  e.time = time;
  e.dt = dt_;
  e.step = step;
  e.first_step = first_step_;
  e.settled = step - 1;
  return e;
}

}  // namespace nernst
