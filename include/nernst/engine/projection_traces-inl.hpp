// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bound_expression.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace nernst {

// ---- what all synapses of a neuron have in common

template <class Real>
bool projection_base<Real>::has_traces(ir::side side) const {
  bool any = false;
  for_each_trace(side, [&](int, int) { any = true; });
  return any;
}

/// Each partition of the synapses has the traces of all sources, so that none waits for another.
template <class Real>
std::size_t projection_base<Real>::trace_stride(ir::side side) const {
  return detail::host_array<Real>::whole_lines(end_of(side).set.end());
}

template <class Real>
std::size_t projection_base<Real>::traces_of(ir::side side) const {
  return trace_stride(side) * (side == ir::side::pre ? rows_.partitions() : 1);
}

/// Whether those of neurons are not many more than synapses, as on many threads they could be.
template <class Real>
bool projection_base<Real>::are_few(ir::side side) const {
  constexpr std::size_t always = 4096;
  return traces_of(side) <= always + 4 * rows_.size();
}

template <class Real>
detail::host_array<Real> projection_base<Real>::new_trace(std::size_t size) {
  detail::host_array<Real> made(detail::host_array<Real>::whole_lines(size));
  std::fill_n(made.data(), made.size(), Real(0));
  return made;
}

template <class Real>
void projection_base<Real>::allocate_traces() {
  for (ir::side const side : {ir::side::pre, ir::side::post})
    for_each_trace(side, [&](int, int array) {
      this->storage_[array] = new_trace(is_per_synapse(side) ? rows_.places() : traces_of(side));
    });
  for_each_total([&](int, int array) {
    if (this->storage_[array].data() == nullptr)
      this->storage_[array] = new_trace(traces_of(ir::side::post));
  });
}

template <class Real>
void projection_base<Real>::point_at_traces() {
  for (ir::side const side : {ir::side::pre, ir::side::post})
    for_each_trace(side, [&](int symbol, int array) {
      std::int32_t const* const index = is_per_synapse(side) ? nullptr : index_of(side).data();
      this->point(symbol, this->storage_[array].data(), {index, nullptr});
    });
  for_each_total([&](int symbol, int array) {
    this->point(symbol, this->storage_[array].data(), {index_of(ir::side::post).data(), nullptr});
  });
  list_traces();
}

/// What kernels find: those of synapses the traces of their partition, those of neurons themselves.
template <class Real>
void projection_base<Real>::list_traces() {
  trace_arrays_.clear();
  bool has_totals = false;
  for_each_total([&](int, int) { has_totals = true; });
  if (has_totals) neuron_links_[kernel::of_totals] = links_of_neurons(ir::side::post);
  if (!has_traces(ir::side::pre) && !has_traces(ir::side::post)) return;
  for (int p = 0; p < this->partitions(); ++p) {
    trace_arrays_.push_back(kernel_array_);
    if (is_per_synapse(ir::side::pre)) continue;
    for_each_trace(ir::side::pre, [&](int, int array) {
      trace_arrays_[p][array] += static_cast<std::size_t>(p) * trace_stride(ir::side::pre);
    });
  }
  for (ir::side const side : {ir::side::pre, ir::side::post})
    neuron_links_[static_cast<int>(side)] = links_of_neurons(side);
}

/// What kernels find that are executed for neurons at an end: variables of these.
template <class Real>
ir::list<kernel::link> projection_base<Real>::links_of_neurons(ir::side side) const {
  ir::list<kernel::link> links = this->kernel_link_;
  for (kernel::variable const& v : model_.variables)
    if (v.array != ir::none && v.symbol.owner == side) links[v.array].index = nullptr;
  return links;
}

template <class Real>
detail::kernel_arguments<Real> projection_base<Real>::arguments(kernel::step_context const& now,
                                                                int partition) const {
  detail::kernel_arguments<Real> a = group::arguments(now);
  if (!trace_arrays_.empty()) a.arrays = trace_arrays_[partition].data();
  return a;
}

template <class Real>
void projection_base<Real>::act_on_those_of(engine::pathway<Real> const& of, int partition,
                                            std::uint32_t neuron, engine::synapse_part some,
                                            kernel::step_context const& now) const {
  ir::side const side = of.trigger().end;
  if (is_per_synapse(side)) return act(of.trace_kernel(), partition, some, now);
  detail::kernel_arguments<Real> a = arguments(now, partition);
  a.around.links = neuron_links_[static_cast<int>(side)].data();
  launches_[of.trace_kernel()].visit(a, nullptr, neuron, 1);
}

/// Whether a kernel is executed for neurons, not for synapses.
template <class Real>
bool projection_base<Real>::is_of_neurons(kernel::scheduled_kernel const& k) const {
  if (k.when_executed == kernel::trigger::total) return true;
  if (k.when_executed != kernel::trigger::advance) return false;
  return k.which == kernel::of_totals || !is_per_synapse(static_cast<ir::side>(k.which));
}

/// Traces of sources are advanced for each partition of the synapses.
template <class Real>
void projection_base<Real>::execute_for_neurons(int kernel, int partition,
                                                kernel::step_context const& now) const {
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  bool const is_total = k.when_executed == kernel::trigger::total || k.which == kernel::of_totals;
  int const which = is_total ? kernel::of_totals : k.which;
  end_t const& e = end_of(is_total ? ir::side::post : static_cast<ir::side>(which));
  std::uint32_t first = e.set.begin(), last = e.set.end();
  if (&e == &target_ && !is_alone()) {
    first = std::max(first, static_cast<std::uint32_t>(e.group->begin(partition)));
    last = std::min(last, static_cast<std::uint32_t>(e.group->end(partition)));
  }
  detail::kernel_arguments<Real> a = arguments(now, partition);
  a.around.links = neuron_links_[which].data();
  if (first < last && e.set.is_slice())
    return launches_[kernel].visit(a, nullptr, first, last - first);
  for (std::uint32_t n = first; n < last; ++n)
    if (e.set.contains(n)) launches_[kernel].visit(a, nullptr, n, 1);
}

/// By place, out of those of the neurons.
template <class Real>
detail::host_array<Real>
projection_base<Real>::each_trace(ir::side side, detail::host_array<Real> const& of_neurons) const {
  detail::host_array<Real> each = new_trace(rows_.places());
  rows_.for_each_synapse([&](std::uint32_t source, std::uint32_t target, std::size_t place) {
    each[place] = of_neurons[side == ir::side::pre ? source : target];
  });
  return each;
}

/// Those of its neuron.
template <class Real>
void projection_base<Real>::give_each_its_traces(ir::side side) {
  if (is_per_synapse(side)) return;
  if (has_traces(side)) this->require_listable("traces of each");
  for_each_trace(side, [&](int, int array) {
    this->storage_[array] = each_trace(side, this->storage_[array]);
  });
  per_synapse_[number_of(side)] = true;
  point_at_traces();
}

/// Keeps traces once for a neuron again, where those of all its synapses are equal.
template <class Real>
void projection_base<Real>::gather_traces(ir::side side) {
  if (!is_per_synapse(side)) return;
  auto const equal = [](Real x, Real y) { return std::memcmp(&x, &y, sizeof(Real)) == 0; };
  std::size_t const stride = trace_stride(side);
  ir::list<detail::host_array<Real>> gathered(model_.arrays);
  std::vector<char> known;
  bool all_equal = true;
  for_each_trace(side, [&](int, int array) {
    if (!all_equal) return;
    detail::host_array<Real> const each = this->storage_[array];
    detail::host_array<Real> const of_neurons = gathered[array] = new_trace(traces_of(side));
    known.assign(stride, 0);
    rows_.for_each_synapse([&](std::uint32_t source, std::uint32_t target, std::size_t place) {
      std::uint32_t const n = side == ir::side::pre ? source : target;
      if (known[n] == 0) of_neurons[n] = each[place];
      known[n] = 1;
      all_equal = all_equal && equal(of_neurons[n], each[place]);
    });
    for (std::size_t k = stride; k < of_neurons.size(); ++k) of_neurons[k] = of_neurons[k - stride];
  });
  if (!all_equal) return;
  per_synapse_[number_of(side)] = false;
  for_each_trace(side, [&](int, int array) { this->storage_[array] = gathered[array]; });
  point_at_traces();
}

/// Whether a spike of a neuron at one end arrives at all its synapses at once.
template <class Real>
bool projection_base<Real>::arrives_at_once(ir::side side) const {
  for (auto const& p : pathways_)
    if (p->trigger().end == side && p->trace_kernel() != ir::none && !p->has_one_delay())
      return false;
  return true;
}

template <class Real>
void projection_base<Real>::place_traces() {
  for (ir::side const side : {ir::side::pre, ir::side::post})
    are_few(side) && arrives_at_once(side) ? gather_traces(side) : spread_traces(side);
}

template <class Real>
void projection_base<Real>::require_no_totals() const {
  for_each_total([&](int symbol, int array) {
    for (std::uint32_t n = target_.set.begin(); n < target_.set.end(); ++n)
      if (this->storage_[array][n] != 0)
        detail::refuse<std::logic_error>(
            {this->name(), ": expected '", model_.variables[symbol].symbol.id.view().substr(1),
             "' to be 0 where synapses are removed, as only its sum for each target is kept (with "
             "per_synapse in the model each synapse has its own)"});
  });
}

// ---- what users see of it

/// The trace that a variable is kept in, or `none`; of `lastupdate` the first one.
template <class Real>
int projection_base<Real>::trace_behind(int symbol) const {
  ir::symbol const& v = model_.variables[symbol].symbol;
  if (v.kind != ir::role::subexpression || v.owner != ir::side::here) return ir::none;
  for (ir::side const side : {ir::side::pre, ir::side::post}) {
    int const trace = trace_at(side, v.id.view());
    if (trace != ir::none) return trace;
  }
  return ir::none;
}
template <class Real>
int projection_base<Real>::trace_at(ir::side side, std::string_view id) const {
  int found = ir::none;
  for_each_trace(side, [&](int symbol, int) {
    if (model_.variables[symbol].symbol.id.view().substr(1) == id) found = symbol;
  });
  return found;
}

/// Lets traces be those of the time at which a pathway of the synapse last acted, as users see
/// them.
template <class Real>
void projection_base<Real>::settle_traces() {
  std::string_view const last = ir::builtin(ir::role::last_update).id.view();
  ir::list<int> moved;  // with what they become
  ir::list<std::vector<Real>> value;
  std::vector<std::uint32_t> const place = this->places();
  require_ends();
  auto const take = [&](int trace, std::string_view shown) {
    engine::named_value<Real> each(*this, shown, {0, static_cast<std::uint32_t>(this->size())});
    moved.push_back(trace);
    value.push_back(std::vector<Real>(place.size()));
    for (std::size_t k = 0; k < place.size(); ++k)
      value.back()[k] = static_cast<Real>(each(place[k]));
  };
  for (int s = 0; s < model_.variables.size(); ++s) {
    std::string_view const id = model_.variables[s].symbol.id.view();
    if (trace_behind(s) != ir::none && id != last) take(trace_behind(s), id);
  }
  for (ir::side const side : {ir::side::pre, ir::side::post})
    if (trace_at(side, last) != ir::none) take(trace_at(side, last), last);
  spread_traces(ir::side::pre);
  spread_traces(ir::side::post);
  for (int m = 0; m < moved.size(); ++m)
    for (std::size_t k = 0; k < place.size(); ++k) this->array_[moved[m]][place[k]] = value[m][k];
}

template <class Real>
Real* projection_base<Real>::array_to_set(int symbol) {
  int const trace = trace_behind(symbol);
  if (trace == ir::none) return group::array_to_set(symbol);
  call(needs_.settle_traces);
  return this->array_[trace];
}

/// Each end has a time at which it last acted.
template <class Real>
void projection_base<Real>::was_set(int symbol) {
  std::string_view const last = ir::builtin(ir::role::last_update).id.view();
  bool const is_kept = trace_behind(symbol) != ir::none;
  if (!is_kept || model_.variables[symbol].symbol.id != last) return;
  Real const* const given = this->array_[trace_behind(symbol)];
  for (ir::side const side : {ir::side::pre, ir::side::post})
    if (int const trace = trace_at(side, last); trace != ir::none)
      if (this->array_[trace] != given) std::copy_n(given, rows_.places(), this->array_[trace]);
}

template <class Real>
void projection_base<Real>::before_setting(int shared) {
  for (int s = 0; s < model_.variables.size(); ++s) {
    if (trace_behind(s) == ir::none) continue;
    engine::bound_expression const shown =
        engine::expression_of(names(), model_.variables[s].symbol.id);
    for (engine::leaf const& x : shown.leaves)
      if (x.symbol == shared && x.owner == ir::side::here) return call(needs_.settle_traces);
  }
}

}  // namespace nernst
