// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/pairs.hpp>
#include <nernst/network/network_base-inl.hpp>
#include <nernst/network/structure.hpp>
#include <nernst/refuse.hpp>

#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace nernst {

namespace detail {

NERNST_INLINE synapse_ends::synapse_ends(connection_list const& list)
    : sources(list.target.size()), targets(list.target.size()) {
  for (std::size_t row = 0; row + 1 < list.row_begin.size(); ++row)
    for (std::uint64_t k = list.row_begin[row]; k < list.row_begin[row + 1]; ++k) {
      std::size_t const number = list.creation.empty() ? k : list.creation[k];
      sources[number] = static_cast<std::uint32_t>(row);
      targets[number] = list.target[k];
    }
}

NERNST_INLINE std::vector<std::uint32_t> remaining(std::vector<char> const& removed) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t k = 0; k < removed.size(); ++k)
    if (removed[k] == 0) numbers.push_back(static_cast<std::uint32_t>(k));
  return numbers;
}

}  // namespace detail

template <class Real>
void network_base<Real>::require_no_run(char const* asked) const {
  if (running_) detail::refuse<std::logic_error>({asked, ": expected no run to be under way"});
}

template <class Real>
connection_request network_base<Real>::request_for(projection_base<Real> const& synapses) {
  require_no_run("connect_more");
  synapses.require_changeable();
  auto const chosen = [&](ir::side side) {
    engine::connected_elements<Real> const& end = synapses.end_of(side);
    // Synapses may end before the last of their places does, in whatever order they are stored.
    bool const in_places = end.group->numbers() == nullptr && !end.group->model().of_synapses;
    return detail::group_slice<Real>{end.group->group_handle(), &state_,
                                     in_places ? end.set : element_set(0, end.count)};
  };
  // Another object: the same rule is to make other random synapses than before.
  connection_request request = request_between(chosen(ir::side::pre), chosen(ir::side::post));
  request.limit.of = synapses.name();
  request.limit.most -= synapses.size();
  request.limit.why = ", beside those that there are";
  ++objects_;
  return request;
}

/// Makes synapses of these neurons, of which `before` says what they were.
template <class Real>
void network_base<Real>::rebuild(projection_base<Real>& synapses,
                                 std::vector<std::uint32_t> const& sources,
                                 std::vector<std::uint32_t> const& targets,
                                 std::vector<std::uint32_t> const& before) {
  std::vector<std::uint32_t> now(synapses.size(), engine::pathway<Real>::new_synapse);
  for (std::size_t k = 0; k < before.size(); ++k)
    if (before[k] != engine::pathway<Real>::new_synapse)
      now[before[k]] = static_cast<std::uint32_t>(k);
  auto const& from = synapses.end_of(ir::side::pre);
  auto const& to = synapses.end_of(ir::side::post);
  connection_request request;
  request.sources = from.count;
  request.targets = to.count;
  connection_list list = pairs_rule(sources, targets).build(run_, request);
  place(list, from, to);
  detail::with_memory_for(synapses.name(), [&] {
    synapses.rebuild(list, to.group->partition_bounds(synapses.is_alone()), before, clock_.step());
  });
  for (auto const& r : parts_->states)
    if (r.of == &synapses) r.store->renumber(now);
}

template <class Real>
void network_base<Real>::connect_more(projection_base<Real>& synapses,
                                      connection_list const& more) {
  detail::synapse_ends const added(more);
  std::vector<std::uint32_t> sources = synapses.sources(), targets = synapses.targets();
  std::vector<std::uint32_t> before(sources.size());
  std::iota(before.begin(), before.end(), 0U);
  before.resize(before.size() + added.sources.size(), engine::pathway<Real>::new_synapse);
  sources.insert(sources.end(), added.sources.begin(), added.sources.end());
  targets.insert(targets.end(), added.targets.begin(), added.targets.end());
  rebuild(synapses, sources, targets, before);
}

template <class Real>
void network_base<Real>::remove(projection_base<Real>& synapses, std::vector<char> const& chosen) {
  require_no_run("remove");
  synapses.require_changeable();
  synapses.require_no_totals();
  std::vector<std::uint32_t> const before = detail::remaining(chosen);
  std::vector<std::uint32_t> const old_sources = synapses.sources(),
                                   old_targets = synapses.targets();
  std::vector<std::uint32_t> sources, targets;
  for (std::uint32_t const k : before) {
    sources.push_back(old_sources[k]);
    targets.push_back(old_targets[k]);
  }
  rebuild(synapses, sources, targets, before);
}

template <class Real>
detail::population_slice<Real> network_base<Real>::grow(detail::population_slice<Real> const& of,
                                                        std::uint32_t count) {
  require_no_run("grow");
  require_own(of.elements(), "grow");
  population_base<Real>& neurons = *of.all;
  std::uint32_t const before = neurons.size();
  if (count > std::numeric_limits<std::uint32_t>::max() - before)
    detail::refuse<std::length_error>({neurons.name(), ": expected fewer than 2^32 neurons"});
  for (auto const& v : neurons.model().variables)
    if (ir::is_elsewhere(v.symbol.kind))
      detail::refuse<std::logic_error>({detail::label(neurons.name(), v.symbol.id),
                                        ": expected neurons without linked variables to grow"});
  engine::element_group<Real>* const group = &neurons;
  struct onto {
    projection_base<Real>* synapses;
    std::vector<std::uint32_t> sources, targets;
  };
  std::vector<onto> reached;
  for (auto const& s : parts_->projections) {
    bool const is_target = s->end_of(ir::side::post).group == group;
    bool const is_source = s->end_of(ir::side::pre).group == group;
    for (int k = 0; k < s->pathway_count() && (is_source || is_target); ++k)
      s->pathway(k).gather(clock_.step());
    if (!is_target) continue;
    s->require_changeable();
    reached.push_back({s.get(), s->sources(), s->targets()});
  }
  detail::with_memory_for(neurons.name(), [&] { neurons.grow(count); });
  for (onto const& o : reached) {
    std::vector<std::uint32_t> same(o.sources.size());
    std::iota(same.begin(), same.end(), 0U);
    rebuild(*o.synapses, o.sources, o.targets, same);
  }
  for (auto const& n : parts_->populations) n->follow_links();
  for (auto const& s : parts_->projections) s->follow_links();
  return {of.all, &state_, {before, before + count}};
}

}  // namespace nernst
