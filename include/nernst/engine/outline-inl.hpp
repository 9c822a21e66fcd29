// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/engine/outline.hpp>
#include <nernst/ir/units.hpp>
#include <nernst/refuse.hpp>

#include <cstdio>

namespace nernst::engine {

template <class Real>
std::string outline_of_variables(element_group<Real> const& group) {
  std::string all;
  for (kernel::variable const& v : group.model().variables) {
    ir::symbol const& s = v.symbol;
    bool const is_kept = ir::is_stored(s.kind) || ir::is_shared(s.kind) ||
                         s.kind == ir::role::table || s.kind == ir::role::linked;
    bool const is_own = is_kept && s.owner == ir::side::here;
    if (!is_own && !ir::is_kept_once(s.kind)) continue;
    all += detail::message({detail::label(group.name(), s.id), ", ", ir::to_text(s.kind), " in ",
                            ir::to_text(s.unit).view(), "\n"});
  }
  for (int s = 0; s < group.linked().size(); ++s) {
    linkage<Real> const& to = group.linked()[s];
    if (to.given())
      all += detail::message(
          {detail::label(group.name(), group.model().variables[s].symbol.id), " linked to ",
           detail::label(to.source().name(), to.source().model().variables[to.symbol()].symbol.id),
           "\n"});
  }
  return all;
}

/// Depends on who is connected, whatever the order in which synapses are stored.
template <class Real>
std::string number_of_connections(projection_base<Real> const& s) {
  std::uint64_t sum = 0;
  numbering const number = s.numbering(), target = s.target().numbering();
  numbering const source{s.source().model().of_synapses ? s.source().numbers() : nullptr};
  s.rows().for_each_synapse([&](std::uint32_t from, std::uint32_t to, std::size_t place) {
    std::uint32_t const synapse[] = {static_cast<std::uint32_t>(number(place)),
                                     static_cast<std::uint32_t>(source(from)),
                                     static_cast<std::uint32_t>(target(to))};
    sum += checksum({reinterpret_cast<char const*>(synapse), sizeof synapse});
  });
  char digits[17] = {};
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(sum));
  return digits;
}

template <class Real>
std::string outline_of(population_base<Real> const& neurons) {
  std::string all = detail::message({"population '", neurons.name(), "' (object ", neurons.object(),
                                     ") of ", neurons.size(), " neurons\n"});
  for (ir::identifier const& e : neurons.model().events)
    all += detail::message({neurons.name(), "::", e.view(), ", event\n"});
  return all + outline_of_variables<Real>(neurons);
}

template <class Real>
std::string outline_of(projection_base<Real> const& synapses) {
  std::string all = detail::message({"projection '", synapses.name(), "' (object ",
                                     synapses.object(), ") of ", synapses.size(), " synapses"});
  for (ir::side const side : {ir::side::pre, ir::side::post}) {
    auto const& end = synapses.end_of(side);
    all += detail::message({side == ir::side::pre ? " from " : " to ", to_text(end.set), " of '",
                            end.group->name(), "'"});
  }
  all += ", connections " + number_of_connections(synapses) + "\n";
  for (int k = 0; k < synapses.pathway_count(); ++k) {
    kernel::pathway_trigger const& t = synapses.pathway(k).trigger();
    all += detail::message({synapses.name(), ".", t.name.view(), ", pathway of ", t.event.view(),
                            t.end == ir::side::pre ? " of the source\n" : " of the target\n"});
  }
  return all + outline_of_variables<Real>(synapses);
}

}  // namespace nernst::engine
