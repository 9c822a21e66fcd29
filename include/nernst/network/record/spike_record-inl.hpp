// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/io/table.hpp>
#include <nernst/network/record/spike_record.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst {

namespace detail {

NERNST_INLINE void spike_store::change_dt(double dt, std::int64_t at) {
  enter_stretch(stretches, dt, at, step.size());
}

NERNST_INLINE void spike_store::collect(std::int64_t until) {
  std::vector<double const*> next;
  for (auto const& each : taken) next.push_back(each.data());
  next.resize(static_cast<std::size_t>(logs.size()), nullptr);
  for (std::int64_t& seen = stretches.back().end_step; seen < until; ++seen)
    for (int p = 0; p < logs.size(); ++p)
      for (std::uint32_t const n : logs[p].spikes(seen))
        if (set.contains(n)) collect(seen, set.number_of(n), next[static_cast<std::size_t>(p)]);
  for (auto& each : taken) each.clear();
}

NERNST_INLINE void spike_store::collect(std::int64_t at, std::uint32_t n,
                                        double const*& values_taken) {
  ++total;
  ++count[n];
  if (what == keep::counts) return;
  step.push_back(at);
  neuron.push_back(static_cast<std::int32_t>(n));
  for (auto& of_variable : values) of_variable.push_back(*values_taken++);
}

NERNST_INLINE void spike_store::append_to_file() {
  if (step.empty()) return;
  std::vector<double> const t = times();
  file.table->append(fields(t));
  step.clear();
  neuron.clear();
  for (auto& of_variable : values) of_variable.clear();
  for (stretch& s : stretches) s.entries_before = 0;
}

NERNST_INLINE std::size_t spike_store::memory_bytes() const {
  std::size_t bytes = step.capacity() * sizeof step[0] + neuron.capacity() * sizeof neuron[0] +
                      count.capacity() * sizeof count[0];
  for (auto const& each : values) bytes += each.capacity() * sizeof each[0];
  return bytes;
}

NERNST_INLINE std::string spike_store::key() const {
  if (file.is_open()) return {};
  std::string all;
  for (recorded_variable const& v : variables) all += ", " + v.id;
  return message({name, " ", to_text(set), what == keep::counts ? ", counts" : "", all, "\n"});
}

NERNST_INLINE void spike_store::pass(engine::archive& through) {
  std::size_t const neurons = count.size();
  std::vector<std::uint32_t> counts = through.list("counts", count, neurons);
  std::vector<std::int32_t> fired = through.list("neurons", neuron);
  std::size_t const spikes = through.writes() ? neuron.size() : fired.size();
  std::vector<std::int64_t> steps = through.list("steps", step, spikes);
  through.keep("total", total);
  keep_stretches(through, stretches, spikes);
  for (auto& of_variable : values) {
    std::vector<double> read = through.list("values", of_variable, spikes);
    if (through.restores()) of_variable = std::move(read);
  }
  if (!through.restores()) return;
  count = std::move(counts);
  neuron = std::move(fired);
  step = std::move(steps);
}

NERNST_INLINE void spike_store::begin_anew(double dt, std::int64_t at) {
  if (!file.is_open()) {
    total = 0;
    count.assign(count.size(), 0);
    step.clear();
    neuron.clear();
    for (auto& of_variable : values) of_variable.clear();
    stretches.clear();
  }
  change_dt(dt, at);
}

NERNST_INLINE std::vector<double> spike_store::times() const {
  std::vector<double> t(step.size());
  for (std::size_t k = 0; k < t.size(); ++k)
    t[k] = (static_cast<double>(step[k]) + delay) * stretch_of(stretches, k).dt;
  return t;
}

NERNST_INLINE std::vector<io::field> spike_store::fields(std::vector<double> const& times) const {
  std::vector<io::field> all{io::field("t", "s", times), io::field("i", "1", neuron)};
  for (std::size_t v = 0; v < variables.size(); ++v)
    io::enter(all, io::field(variables[v].id, variables[v].unit, values[v]));
  return all;
}

NERNST_INLINE void spike_store::stream_to(std::string const& path) {
  require_spikes();
  std::vector<double> const t = times();
  file.table = std::make_shared<io::growing_table>(path, fields(t));
  file.append = [](spike_store& from) { from.append_to_file(); };
  append_to_file();
}

NERNST_INLINE void spike_store::require_spikes() const {
  if (what == keep::counts)
    refuse<std::logic_error>({name, ": expected a record of spikes, found one of counts"});
  if (file.is_open())
    refuse<std::logic_error>(
        {name, ": expected spikes in memory, found them in the file ", file.table->path()});
}

}  // namespace detail

NERNST_INLINE double spike_record::mean_rate() const {
  double const time = detail::duration_of(store_->stretches);
  double const neurons = store_->set.size();
  return time > 0 && neurons > 0 ? static_cast<double>(count()) / neurons / time : 0;
}

NERNST_INLINE std::vector<std::int32_t> const& spike_record::neurons() const {
  store_->require_spikes();
  return store_->neuron;
}

NERNST_INLINE std::vector<std::int64_t> const& spike_record::steps() const {
  store_->require_spikes();
  return store_->step;
}

NERNST_INLINE std::vector<double> spike_record::times() const {
  store_->require_spikes();
  return store_->times();
}

NERNST_INLINE void spike_record::require_neuron(std::uint32_t neuron) const {
  std::uint32_t const size = store_->set.size();
  if (neuron >= size)
    detail::refuse<std::out_of_range>(
        {store_->name, ": expected a neuron below ", size, ", found ", neuron});
}

NERNST_INLINE std::vector<double> spike_record::train(std::uint32_t neuron) const {
  require_neuron(neuron);
  std::vector<double> const all = times();
  std::vector<double> own;
  for (std::size_t k = 0; k < all.size(); ++k)
    if (store_->neuron[k] == static_cast<std::int32_t>(neuron)) own.push_back(all[k]);
  return own;
}

NERNST_INLINE std::vector<double> const& spike_record::values(std::string_view variable) const {
  store_->require_spikes();
  return store_->values[detail::place_of(store_->name, store_->variables, variable)];
}

NERNST_INLINE std::vector<double> spike_record::values(std::string_view variable,
                                                       std::uint32_t neuron) const {
  require_neuron(neuron);
  std::vector<double> const& all = values(variable);
  std::vector<double> own;
  for (std::size_t k = 0; k < all.size(); ++k)
    if (store_->neuron[k] == static_cast<std::int32_t>(neuron)) own.push_back(all[k]);
  return own;
}

NERNST_INLINE rate_curve spike_record::rates(ir::quantity<"s"> bin) const {
  detail::binned_spikes bins(store_->stretches, bin.si, "rates");
  store_->require_spikes();
  for (std::size_t k = 0; k < store_->step.size(); ++k) {
    auto const in = &detail::stretch_of(store_->stretches, k) - store_->stretches.data();
    bins.add(static_cast<std::size_t>(in), store_->step[k], 1);
  }
  return bins.rates(store_->set.size());
}

NERNST_INLINE void spike_record::save(std::string const& path) const {
  if (store_->what == keep::counts) {
    std::vector<std::uint32_t> number;
    for (std::uint32_t n = 0; n < store_->count.size(); ++n) number.push_back(n);
    return io::write_table(path,
                           {io::field("i", "1", number), io::field("count", "1", store_->count)});
  }
  std::vector<double> const t = times();
  io::write_table(path, store_->fields(t));
}

}  // namespace nernst
