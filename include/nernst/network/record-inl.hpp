// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bound_expression.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/network/clock.hpp>
#include <nernst/network/record.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace nernst {

namespace detail {

NERNST_INLINE stretch const& stretch_of(std::vector<stretch> const& all, std::size_t entry) {
  auto const is_after = [](std::size_t k, stretch const& s) { return k < s.entries_before; };
  return *(std::upper_bound(all.begin(), all.end(), entry, is_after) - 1);
}

NERNST_INLINE void spike_store::collect(std::int64_t until) {
  for (std::int64_t& seen = stretches.back().end_step; seen < until; ++seen)
    for (auto const& log : logs)
      for (std::uint32_t const n : log.spikes(seen)) {
        if (n - begin >= end - begin) continue;
        step.push_back(seen);
        neuron.push_back(static_cast<std::int32_t>(n - begin));
      }
}

NERNST_INLINE void spike_store::change_dt(double dt, std::int64_t at) {
  stretches.push_back({.dt = dt, .first_step = at, .end_step = at, .entries_before = step.size()});
}

NERNST_INLINE double spike_store::time(std::size_t spike) const {
  return static_cast<double>(step[spike]) * stretch_of(stretches, spike).dt;
}

NERNST_INLINE double spike_store::duration() const {
  double sum = 0;
  for (stretch const& s : stretches) sum += s.duration();
  return sum;
}

/// "a, b, c": what was recorded, or the beginning of it.
template <class Name>
std::string listing(std::size_t count, Name const& name) {
  constexpr std::size_t most = 8;
  std::string all;
  for (std::size_t k = 0; k < count && k < most; ++k) all += message({k == 0 ? "" : ", ", name(k)});
  return count > most ? all + " ..." : all;
}

template <class Real>
void state_store<Real>::require_step(std::size_t step) const {
  if (step >= rows())
    refuse<std::out_of_range>(
        {"record of ", name, ": expected one of ", rows(), " recorded steps, found step ", step});
}

template <class Real>
void state_store<Real>::require_variable(std::size_t place) const {
  if (place >= ids.size())
    refuse<std::out_of_range>(
        {"record of ", name, ": expected the place of a variable below ", ids.size(),
         " (recorded: ", listing(ids.size(), [&](std::size_t k) { return ids[k]; }), "), found ",
         place});
}

template <class Real>
void state_store<Real>::require_neuron(std::size_t place) const {
  if (place >= neuron.size())
    refuse<std::out_of_range>(
        {"record of ", name, ": expected the place of a neuron below ", neuron.size(),
         " (recorded: ",
         listing(neuron.size(), [&](std::size_t k) { return neuron[k] - first_neuron; }),
         "), found ", place});
}

template <class Real>
void state_store<Real>::change_dt(double dt, std::int64_t step) {
  stretches.push_back({.dt = dt, .first_step = step, .end_step = step, .entries_before = rows()});
  first_step = step - static_cast<std::int64_t>(rows());
}

template <class Real>
double state_store<Real>::time(std::size_t row) const {
  stretch const& s = stretch_of(stretches, row);
  auto const within = static_cast<std::int64_t>(row - s.entries_before);
  return static_cast<double>(s.first_step + within) * s.dt;
}

template <class Real>
void state_store<Real>::reserve(std::int64_t end) {
  data.resize(static_cast<std::size_t>(end - first_step) * row());
}

template <class Real>
void state_store<Real>::record(int partition, std::uint32_t begin, std::uint32_t end,
                               kernel::step_context const& now) {
  Real* out = data.data() + static_cast<std::size_t>(now.step - first_step) * row();
  auto next = computed[static_cast<std::size_t>(partition)].begin();
  bool const updated = when >= ir::instant{ir::slot::groups, 0};
  for (Real const* const values : variable) {
    if (values == nullptr) next->at(now.time, now.step, updated);
    for (std::uint32_t const n : neuron) {
      if (n - begin < end - begin)
        *out = values != nullptr ? values[n] : static_cast<Real>((*next)(n));
      ++out;
    }
    if (values == nullptr) ++next;
  }
}

}  // namespace detail

NERNST_INLINE std::vector<double> spike_record::times() const {
  std::vector<double> t;
  t.reserve(count());
  for (std::size_t k = 0; k < count(); ++k) t.push_back(store_->time(k));
  return t;
}

NERNST_INLINE std::vector<std::uint32_t> spike_record::counts() const {
  std::vector<std::uint32_t> n(store_->end - store_->begin, 0);
  for (std::int32_t const i : store_->neuron) ++n[static_cast<std::size_t>(i)];
  return n;
}

NERNST_INLINE double spike_record::mean_rate() const {
  double const time = store_->duration();
  double const neurons = store_->end - store_->begin;
  return time > 0 && neurons > 0 ? static_cast<double>(count()) / neurons / time : 0;
}

namespace detail {

/// Bins of equal length, counted from the beginning of a record, as steps of one length see them.
class binning {
 public:
  /// For a stretch that begins `before` seconds after the record.
  binning(stretch const& of, double before, double bin)
      : first_step_(of.first_step), before_(before / of.dt) {
    double const wanted = bin / of.dt;
    std::int64_t const whole = wanted >= 0.5 ? checked_steps(wanted + 0.5, "rates") : 0;
    if (whole < 1 || std::abs(wanted - static_cast<double>(whole)) > 1e-6 * wanted)
      refuse<std::invalid_argument>(
          {"rates: expected a bin that is a multiple of dt = ", of.dt, " s, found ", bin, " s"});
    steps_ = static_cast<double>(whole);
    double const nearest = std::round(before_);
    if (std::abs(before_ - nearest) <= 1e-4) before_ = nearest;
  }

  /// The bin in which a step begins.
  std::size_t of(std::int64_t step) const {
    return static_cast<std::size_t>((before_ + static_cast<double>(step - first_step_)) / steps_);
  }
  /// In steps.
  double length() const { return steps_; }

 private:
  std::int64_t first_step_;
  double before_, steps_;
};

}  // namespace detail

NERNST_INLINE std::vector<double> spike_record::rates(ir::quantity<"s"> bin) const {
  std::vector<detail::binning> bins;
  double before = 0;
  for (detail::stretch const& s : store_->stretches) {
    bins.emplace_back(s, before, bin.si);
    before += s.duration();
  }
  detail::stretch const& last = store_->stretches.back();
  std::vector<double> rate(bins.back().of(last.end_step), 0);
  double const one = 1 / (bins.back().length() * last.dt * (store_->end - store_->begin));
  for (std::size_t k = 0; k < count(); ++k) {
    auto const in = static_cast<std::size_t>(&detail::stretch_of(store_->stretches, k) -
                                             store_->stretches.data());
    std::size_t const b = bins[in].of(store_->step[k]);
    if (b < rate.size()) rate[b] += one;
  }
  return rate;
}

NERNST_INLINE void spike_record::save(std::string const& path) const {
  std::vector<io::spike> all;
  all.reserve(count());
  for (std::size_t k = 0; k < count(); ++k) all.push_back({store_->time(k), store_->neuron[k]});
  io::write_spikes(path, all);
}

template <class Real>
std::size_t state_record<Real>::steps() const {
  return store_->rows();
}

template <class Real>
double state_record<Real>::at(std::size_t step, std::size_t variable, std::size_t neuron) const {
  store_->require_step(step);
  store_->require_variable(variable);
  store_->require_neuron(neuron);
  std::size_t const row = step * store_->variable.size() + variable;
  return static_cast<double>(store_->data[row * store_->neuron.size() + neuron]);
}

template <class Real>
double state_record<Real>::time(std::size_t step) const {
  store_->require_step(step);
  return store_->time(step);
}

template <class Real>
void state_record<Real>::save(std::string const& path) const {
  std::size_t const variables = store_->variable.size();
  std::size_t const neurons = store_->neuron.size();
  std::size_t const columns = variables * neurons;
  std::size_t const n = steps();
  std::vector<Real> turned;
  turned.reserve(store_->data.size());
  for (std::size_t column = 0; column < columns; ++column)
    for (std::size_t s = 0; s < n; ++s) turned.push_back(store_->data[s * columns + column]);
  std::vector<std::size_t> shape{variables, neurons, n};
  if (variables == 1) shape = {neurons, n};
  io::write_npy(path, turned, shape);
}

}  // namespace nernst
