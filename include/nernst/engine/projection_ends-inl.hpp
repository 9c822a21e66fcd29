// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/access.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

namespace nernst {

// ---- who is connected

template <class Real>
kernel::element_numbers projection_base<Real>::numbers_at(ir::side side) const {
  end_t const& end = end_of(side);
  if (!end.group->model().of_synapses) return end.set.numbers();
  return {0, end.group->numbers()};
}

template <class Real>
template <class Visit>
void projection_base<Real>::for_each_neuron(int partition, ir::side side,
                                            Visit const& visit) const {
  element_set const& set = end_of(side).set;
  for (std::uint32_t n = set.begin(); n < set.end(); ++n)
    if (side == ir::side::pre || owns_target(partition, n)) visit(n);
}

template <class Real>
bool projection_base<Real>::owns_target(int partition, std::uint32_t element) const {
  return is_alone() || target_.group->owner(element) == partition;
}

template <class Real>
std::uint32_t projection_base<Real>::slots(ir::side side) const {
  auto const partitions =
      static_cast<std::uint32_t>(side == ir::side::pre ? this->partitions() : 1);
  return partitions * end_of(side).set.span();
}

template <class Real>
std::uint32_t projection_base<Real>::slot_of_neuron(ir::side side, int partition,
                                                    std::uint32_t element) const {
  element_set const& set = end_of(side).set;
  auto const p = static_cast<std::uint32_t>(side == ir::side::pre ? partition : 0);
  return p * set.span() + (element - set.begin());
}

template <class Real>
std::uint32_t projection_base<Real>::slot(ir::side side, std::size_t place) const {
  auto const element = static_cast<std::uint32_t>(index_of(side)[place]);
  int const p = side == ir::side::pre ? this->owner(place) : 0;
  return slot_of_neuron(side, p, element);
}

template <class Real>
void projection_base<Real>::require_index(ir::side side) {
  detail::host_array<std::int32_t>& index = index_of(side);
  if (index.data() != nullptr || rows_.places() == 0) return;
  index = detail::host_array<std::int32_t>(rows_.places());
  std::fill_n(index.data(), rows_.places(), static_cast<std::int32_t>(end_of(side).set.begin()));
  rows_.for_each_synapse([&](std::uint32_t source, std::uint32_t target, std::size_t place) {
    index[place] = static_cast<std::int32_t>(side == ir::side::pre ? source : target);
  });
  point_at_neurons();
}

template <class Real>
std::vector<std::uint32_t> projection_base<Real>::sources() const {
  std::vector<std::uint32_t> all(this->size());
  engine::numbering const number = this->numbering();
  kernel::element_numbers const source_number = numbers_at(ir::side::pre);
  rows_.for_each_synapse([&](std::uint32_t source, std::uint32_t, std::size_t place) {
    all[number(place)] = source_number(source);
  });
  return all;
}

template <class Real>
std::vector<std::uint32_t> projection_base<Real>::targets() const {
  std::vector<std::uint32_t> all(this->size());
  engine::numbering const number = this->numbering(), target = target_.group->numbering();
  rows_.for_each_synapse([&](std::uint32_t, std::uint32_t to, std::size_t place) {
    all[number(place)] = target_.set.number_of(static_cast<std::uint32_t>(target(to)));
  });
  return all;
}

// ---- what kernels need of them

/// Whether synapses have to know which neurons they connect: for kernels that go through them one
/// by one, and for propagators.
template <class Real>
bool projection_base<Real>::needs_index(ir::side side) const {
  if (model_.own_events.any && side == ir::side::post) return true;
  auto const is_listed = [&](int k) {
    kernel::trigger const when = model_.kernels[k].when_executed;
    if (when == kernel::trigger::trace)
      return is_per_synapse(model_.pathways[model_.kernels[k].which].end);
    if (is_of_neurons(model_.kernels[k])) return false;
    if (when != kernel::trigger::pathway) return true;
    for (auto const& p : pathways_)
      if (p->kernel() == k && p->is_listed()) return true;
    return false;
  };
  for (int s = 0; s < model_.variables.size(); ++s) {
    ir::symbol const& v = model_.variables[s].symbol;
    bool const is_source = v.owner == ir::side::here && v.kind == ir::role::index;
    if (v.owner != side && !(is_source && side == ir::side::pre)) continue;
    if (model_.variables[s].fixed) return true;
    for (int k = 0; k < model_.kernels.size(); ++k) {
      kernel::scheduled_kernel const& code = model_.kernels[k];
      if (!is_listed(k)) continue;
      if (kernel::reads(model_, code, s) || kernel::writes(model_, code, s)) return true;
    }
  }
  return false;
}

template <class Real>
void projection_base<Real>::find_ends() {
  for (ir::side const side : {ir::side::pre, ir::side::post}) {
    if (needs_index(side))
      require_index(side);
    else
      index_of(side) = {};
  }
  point_at_neurons();
}

template <class Real>
void projection_base<Real>::follow_scales(std::int64_t step) {
  this->scale_.clear();
  if (model_.scaled_states.empty()) return;
  this->first_scaled_ = step;
  this->scale_ = ir::list<kernel::state_scale<Real>>(model_.variables.size());
  for (kernel::scaled_state const& s : model_.scaled_states) {
    ir::symbol const& state = model_.variables[s.state].symbol;
    engine::element_group<Real> const& neurons = *end_of(state.owner).group;
    int const there = neurons.model().find(state.id);
    this->scale_[s.scale] = neurons.scale_of(there, ir::role::scale);
    this->scale_[s.inverse] = neurons.scale_of(there, ir::role::inverse_scale);
  }
}

// ---- what each synapse knows from the start

template <class Real>
void projection_base<Real>::fill_counts() {
  for (kernel::variable const& v : model_.variables) {
    if (v.symbol.kind == ir::role::incoming) count_per_neuron(v.symbol.kind, ir::side::post);
    if (v.symbol.kind == ir::role::outgoing) count_per_neuron(v.symbol.kind, ir::side::pre);
  }
  if (model_.multisynaptic_index != ir::none) number_multisynapses();
}

template <class Real>
std::vector<std::uint32_t> projection_base<Real>::counts(ir::side side) const {
  engine::numbering const target = target_.group->numbering();
  kernel::element_numbers const source_number = numbers_at(ir::side::pre);
  std::vector<std::uint32_t> all(end_of(side).count);
  rows_.for_each_synapse([&](std::uint32_t source, std::uint32_t to, std::size_t) {
    ++all[side == ir::side::pre ? source_number(source)
                                : target_.set.number_of(static_cast<std::uint32_t>(target(to)))];
  });
  return all;
}

template <class Real>
std::vector<std::uint32_t>
projection_base<Real>::counts(ir::side side, std::vector<std::uint32_t> const& element) const {
  std::vector<std::uint32_t> all(end_of(side).count);
  for (std::uint32_t const e : element) ++all[e];
  return all;
}

template <class Real>
void projection_base<Real>::count_per_neuron(ir::role what, ir::side side) {
  std::vector<std::uint32_t> const element = elements(side);
  std::vector<std::uint32_t> const count = counts(side, element);
  Real* const values = this->array(ir::builtin(what).id.view());
  std::vector<std::uint32_t> const place = this->places();
  for (std::size_t k = 0; k < element.size(); ++k)
    values[place[k]] = static_cast<Real>(count[element[k]]);
}

template <class Real>
void projection_base<Real>::number_multisynapses() {
  std::vector<std::uint32_t> const source = sources(), target = targets();
  std::vector<std::uint32_t> order(source.size());
  std::iota(order.begin(), order.end(), 0U);
  auto const pair = [&](std::uint32_t k) { return (std::uint64_t{source[k]} << 32) | target[k]; };
  std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
    return pair(x) != pair(y) ? pair(x) < pair(y) : x < y;
  });
  Real* const values = this->array_[model_.multisynaptic_index];
  std::vector<std::uint32_t> const place = this->places();
  std::uint32_t number = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    bool const again = k > 0 && pair(order[k]) == pair(order[k - 1]);
    number = again ? number + 1 : 0;
    values[place[order[k]]] = static_cast<Real>(number);
  }
}

}  // namespace nernst
