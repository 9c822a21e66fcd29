// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/engine/bound_expression.hpp>
#include <nernst/engine/clock.hpp>
#include <nernst/io/csv.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/io/npz.hpp>
#include <nernst/io/table.hpp>
#include <nernst/network/record/state_record.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace nernst {

namespace detail {

template <class Real>
void state_store<Real>::change_dt(double dt, std::int64_t step) {
  double const steps = std::round(period / dt);
  every = steps >= 1 && steps < 1e15 ? static_cast<std::int64_t>(steps) : 1;
  begin_stretch(dt, (step + every - 1) / every * every);
}

template <class Real>
void state_store<Real>::begin_stretch(double dt, std::int64_t step) {
  enter_stretch(stretches, dt, step, rows_);
}

template <class Real>
void state_store<Real>::prepare(double dt) {
  if (period != 0 && !is_multiple(period, dt))
    refuse<std::invalid_argument>(
        {name, ": expected a period that is a multiple of dt = ", dt, " s, found ", period, " s"});
  std::vector<std::uint32_t> const places = of->places();
  of->require_ends();
  stored.clear();
  for (std::uint32_t const n : neuron) stored.push_back(n == nobody ? nobody : places[n]);
  static Real const none = 0;  // where there are no elements left
  for (std::size_t k = 0; k < arrays.size(); ++k) {
    if (arrays[k] == nullptr) continue;
    Real const* const array = of->array(variables[k].id);
    arrays[k] = array == nullptr ? &none : array;
  }
}

template <class Real>
void state_store<Real>::renumber(std::vector<std::uint32_t> const& now) {
  for (std::uint32_t& n : neuron)
    if (n != nobody) n = now[n];
}

template <class Real>
std::size_t state_store<Real>::rows_until(std::int64_t end) const {
  std::int64_t const span = end - stretches.back().first_step;
  return span <= 0 ? 0 : static_cast<std::size_t>((span + every - 1) / every);
}

template <class Real>
void state_store<Real>::reserve(std::int64_t end) {
  rows_ = stretches.back().entries_before + rows_until(end);
  data.resize((rows_ - passed_on) * row(), std::numeric_limits<Real>::quiet_NaN());
}

template <class Real>
Real* state_store<Real>::row_of(std::int64_t step) {
  std::int64_t const behind = step - stretches.back().first_step;
  if (behind < 0 || behind % every != 0) return nullptr;
  return at_row(stretches.back().entries_before + static_cast<std::size_t>(behind / every));
}

template <class Real>
void state_store<Real>::record(int partition, std::uint32_t begin, std::uint32_t end,
                               kernel::step_context const& now) {
  bool const updated = when >= ir::instant{ir::slot::groups, 0};
  if (Real* const out = row_of(now.step)) take(out, partition, begin, end, now, updated);
}

template <class Real>
void state_store<Real>::take(Real* out, int partition, std::uint32_t begin, std::uint32_t end,
                             kernel::step_context const& now, bool updated) {
  auto next = computed[static_cast<std::size_t>(partition)].begin();
  for (Real const* const values : arrays) {
    if (values == nullptr) next->at(now.time, now.step, updated);
    for (std::uint32_t const n : stored) {
      if (n - begin < end - begin)
        *out = values != nullptr ? values[n] : static_cast<Real>((*next)(n));
      ++out;
    }
    if (values == nullptr) ++next;
  }
}

template <class Real>
void state_store<Real>::record_now(engine::element_group<Real> const& group,
                                   kernel::step_context const& now) {
  double const dt = stretches.back().dt;
  begin_stretch(dt, now.step);
  reserve(now.step + 1);
  prepare(dt);
  for (int p = 0; p < group.partitions(); ++p)
    take(at_row(rows_ - 1), p, static_cast<std::uint32_t>(group.begin(p)),
         static_cast<std::uint32_t>(group.end(p)), now, false);
  collect(now.step);
  change_dt(dt, now.step);
  pass_on();
}

template <class Real>
std::string state_store<Real>::key() const {
  if (file.is_open()) return {};
  std::string all;
  for (recorded_variable const& v : variables) all += ", " + v.id;
  std::string_view const bytes{reinterpret_cast<char const*>(neuron.data()),
                               neuron.size() * sizeof neuron[0]};
  return message({name, all, " of ", neuron.size(), " elements (", engine::checksum(bytes),
                  ") every ", period, " s in ", ir::to_text(when.when), " ", when.order, "\n"});
}

template <class Real>
void state_store<Real>::pass(engine::archive& through) {
  std::vector<Real> read = through.list("values", data);
  std::size_t const found = through.writes() ? data.size() : read.size();
  std::size_t const rows = row() == 0 ? 0 : found / row();
  std::int64_t steps = every;
  steps = through.keep("every", steps);
  keep_stretches(through, stretches, rows);
  if (!through.restores()) return;
  data = std::move(read);
  rows_ = rows;
  every = steps;
}

template <class Real>
void state_store<Real>::begin_anew(double dt, std::int64_t step) {
  if (!file.is_open()) {
    data.clear();
    stretches.clear();
    rows_ = 0;
  }
  change_dt(dt, step);
}

template <class Real>
double state_store<Real>::time(std::size_t row) const {
  stretch const& s = stretch_of(stretches, row);
  // Of an older stretch the number of steps between rows is no longer known, but for the period.
  auto const within = static_cast<double>(row - s.entries_before);
  double const apart = period == 0 ? 1 : std::round(period / s.dt);
  return (static_cast<double>(s.first_step) + within * apart) * s.dt;
}

template <class Real>
std::vector<double> state_store<Real>::times(std::size_t from) const {
  std::vector<double> t(rows_ - from);
  for (std::size_t k = 0; k < t.size(); ++k) t[k] = time(from + k);
  return t;
}

template <class Real>
std::vector<std::uint32_t> state_store<Real>::numbers() const {
  std::vector<std::uint32_t> all;
  for (std::uint32_t const n : neuron) all.push_back(set.number_of(n));
  return all;
}

template <class Real>
std::vector<Real> state_store<Real>::values(std::size_t place, bool by_neuron) const {
  std::size_t const neurons = neuron.size();
  std::size_t const count = rows_ - passed_on;
  std::vector<Real> all(count * neurons);
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t n = 0; n < neurons; ++n)
      all[by_neuron ? n * count + k : k * neurons + n] = data[k * row() + place * neurons + n];
  return all;
}

/// The rows in memory as fields of a file, and what these are made of.
template <class Real>
struct state_table {
  std::vector<double> t;
  std::vector<std::uint32_t> i;
  std::vector<std::vector<Real>> values;
  std::vector<io::field> fields;

  state_table(state_store<Real> const& of, bool by_neuron)
      : t(of.times(of.passed_on)), i(of.numbers()) {
    fields.push_back(io::field("t", "s", t));
    if (by_neuron) fields.push_back(io::field("i", "1", i));
    for (std::size_t k = 0; k < of.variables.size(); ++k) values.push_back(of.values(k, by_neuron));
    std::size_t const rows = by_neuron ? i.size() : t.size();
    std::size_t const width = by_neuron ? t.size() : i.size();
    for (std::size_t k = 0; k < values.size(); ++k)
      io::enter(fields, io::field(of.variables[k].id, of.variables[k].unit, values[k], rows, width,
                                  i.data()));
  }
};

template <class Real>
void state_store<Real>::append_to_file() {
  if (rows_ == passed_on) return;
  file.table->append(state_table<Real>(*this, false).fields);
  passed_on = rows_;
  data.clear();
}

template <class Real>
void state_store<Real>::stream_to(std::string const& path) {
  require_rows();
  file.table = std::make_shared<io::growing_table>(path, state_table<Real>(*this, false).fields);
  file.append = [](state_store& from) { from.append_to_file(); };
  append_to_file();
}

template <class Real>
void state_store<Real>::require_rows() const {
  if (file.is_open())
    refuse<std::logic_error>(
        {name, ": expected values in memory, found them in the file ", file.table->path()});
}

template <class Real>
void state_store<Real>::require_step(std::size_t step) const {
  if (step >= rows())
    refuse<std::out_of_range>(
        {name, ": expected one of ", rows(), " recorded steps, found step ", step});
}

template <class Real>
void state_store<Real>::require_variable(std::size_t place) const {
  if (place >= variables.size())
    refuse<std::out_of_range>(
        {name, ": expected the place of a variable below ", variables.size(),
         " (recorded: ", listing(variables.size(), [&](std::size_t k) { return variables[k].id; }),
         "), found ", place});
}

template <class Real>
std::string state_store<Real>::recorded_neurons() const {
  return listing(neuron.size(), [&](std::size_t k) { return message({set.number_of(neuron[k])}); });
}

template <class Real>
void state_store<Real>::require_neuron(std::size_t place) const {
  if (place >= neuron.size())
    refuse<std::out_of_range>({name, ": expected the place of a neuron below ", neuron.size(),
                               " (recorded: ", recorded_neurons(), "), found ", place});
}

template <class Real>
std::size_t state_store<Real>::place_of_neuron(std::uint32_t number) const {
  auto const at = std::find_if(neuron.begin(), neuron.end(),
                               [&](std::uint32_t n) { return set.number_of(n) == number; });
  if (at == neuron.end())
    refuse<std::out_of_range>({name, ": expected one of the recorded neurons (", recorded_neurons(),
                               "), found ", number});
  return static_cast<std::size_t>(at - neuron.begin());
}

}  // namespace detail

template <class Real>
std::size_t state_record<Real>::steps() const {
  return store_->rows();
}

template <class Real>
std::vector<std::string> state_record<Real>::variables() const {
  std::vector<std::string> all;
  for (auto const& v : store_->variables) all.push_back(v.id);
  return all;
}

template <class Real>
std::vector<std::string> state_record<Real>::units() const {
  std::vector<std::string> all;
  for (auto const& v : store_->variables) all.push_back(v.unit);
  return all;
}

template <class Real>
std::vector<std::uint32_t> state_record<Real>::neurons() const {
  return store_->numbers();
}

template <class Real>
double state_record<Real>::time(std::size_t step) const {
  store_->require_step(step);
  return store_->time(step);
}

template <class Real>
std::vector<double> state_record<Real>::times() const {
  return store_->times(0);
}

template <class Real>
double state_record<Real>::at(std::size_t step, std::size_t variable, std::size_t neuron) const {
  store_->require_rows();
  store_->require_step(step);
  store_->require_variable(variable);
  store_->require_neuron(neuron);
  std::size_t const row = step * store_->variables.size() + variable;
  return static_cast<double>(store_->data[row * store_->neuron.size() + neuron]);
}

template <class Real>
std::vector<double> state_record<Real>::trace(std::string_view variable,
                                              std::uint32_t neuron) const {
  store_->require_rows();
  std::size_t const v = detail::place_of(store_->name, store_->variables, variable);
  std::size_t const n = store_->place_of_neuron(neuron);
  std::size_t const place = v * store_->neuron.size() + n;
  std::vector<double> values(steps());
  for (std::size_t k = 0; k < values.size(); ++k)
    values[k] = static_cast<double>(store_->data[k * store_->row() + place]);
  return values;
}

template <class Real>
void state_record<Real>::save(std::string const& path) const {
  store_->require_rows();
  switch (io::format_of(path)) {
  case io::format::npy:
    return save_array(path);
  case io::format::npz:
    return io::write_npz(path, detail::state_table<Real>(*store_, true).fields);
  case io::format::csv:
    return io::write_csv(path, detail::state_table<Real>(*store_, false).fields);
  }
}

template <class Real>
void state_record<Real>::save_array(std::string const& path) const {
  std::size_t const variables = store_->variables.size();
  std::vector<Real> turned;
  turned.reserve(store_->data.size());
  for (std::size_t k = 0; k < variables; ++k) {
    std::vector<Real> const one = store_->values(k, true);
    turned.insert(turned.end(), one.begin(), one.end());
  }
  std::vector<std::size_t> shape{variables, store_->neuron.size(), steps()};
  if (variables == 1) shape.erase(shape.begin());
  io::write_npy(path, turned, shape);
}

template <class Real>
void state_record<Real>::stream_to(std::string const& path) const {
  store_->stream_to(path);
}

}  // namespace nernst
