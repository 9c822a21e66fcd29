// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>

namespace nernst {

// ---- variables of neurons that are sums over synapses

template <class Real>
void projection_base<Real>::find_sums() {
  for (kernel::scheduled_kernel const& k : model_.kernels) {
    if (k.when_executed != kernel::trigger::sum) continue;
    int const variable = kernel::written_by(model_, k);
    ir::side const side = model_.variables[variable].symbol.owner;
    require_index(side);
    element_set const& set = end_of(side).set;
    std::int32_t const* const index = index_of(side).data();
    while (summed_.size() < k.which) summed_.push_back({});
    summed_.push_back(engine::synapse_lists(set.span(), this->places(), [&](std::uint32_t place) {
      return static_cast<std::uint32_t>(index[place]) - set.begin();
    }));
  }
}

template <class Real>
void projection_base<Real>::make_sums(int kernel, int partition, kernel::step_context const& now) {
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  int const variable = kernel::written_by(model_, k);
  end_t const& e = end_of(model_.variables[variable].symbol.owner);
  engine::synapse_lists const& lists = summed_[k.which];
  auto const begin = static_cast<std::uint32_t>(e.group->begin(partition));
  auto const end = static_cast<std::uint32_t>(e.group->end(partition));
  std::uint32_t const first = std::max(e.set.begin(), begin), last = std::min(e.set.end(), end);
  auto const here = arguments(now);
  for (std::uint32_t n = first; n < last; ++n) {
    if (!e.set.contains(n)) continue;
    engine::synapse_part const some = lists.of(n - e.set.begin());
    this->array_[variable][n] = launches_[kernel].add_up(
        here, some.list + some.first, static_cast<std::uint32_t>(some.last - some.first));
  }
}

template <class Real>
void projection_base<Real>::refuse_sums_of(
    typename engine::synapse_needs<Real>::projections const& others) const {
  auto const summed = [](kernel::compiled_model const& m, kernel::scheduled_kernel const& k) {
    return m.variables[kernel::written_by(m, k)].symbol;
  };
  for (kernel::scheduled_kernel const& k : model_.kernels) {
    if (!kernel::is_sum(k)) continue;
    ir::symbol const s = summed(model_, k);
    end_t const& end = end_of(s.owner);
    for (auto const& other : others)
      for (kernel::scheduled_kernel const& before : other->model().kernels) {
        if (!kernel::is_sum(before)) continue;
        ir::symbol const known = summed(other->model(), before);
        end_t const& there = other->end_of(known.owner);
        bool const overlap = there.group == end.group && there.set.meets(end.set);
        if (known.id == s.id && overlap)
          detail::refuse<std::invalid_argument>(
              {this->name(), ": expected '", s.id.view(), "' of '", end.group->name(),
               "' to be no sum yet, found that of '", other->name(), "'"});
      }
  }
}

}  // namespace nernst
