// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/task.hpp>
#include <nernst/kernel/access.hpp>

namespace nernst::engine {

/// What the tasks of a network read and write.
template <class Real>
class access_finder {
 public:
  /// The accesses of one kernel of a group.
  static void enter(ir::list<access>& all, element_group<Real> const& group,
                    kernel::scheduled_kernel const& k, reach by) {
    kernel::compiled_model const& model = group.model();
    for (int s = 0; s < model.variables.size(); ++s) {
      if (ir::is_scale(model.variables[s].symbol.kind)) continue;
      bool const writes = kernel::writes(model, k, s);
      if (writes || kernel::reads(model, k, s)) all.push_back(access_to(group, s, writes, by));
    }
  }
  /// Those of all kernels with a trigger.
  static void enter(ir::list<access>& all, element_group<Real> const& group, kernel::trigger what,
                    reach by) {
    for (kernel::scheduled_kernel const& k : group.model().kernels)
      if (k.when_executed == what) enter(all, group, k, by);
  }
  /// That of a variable as the elements of a group see it.
  static access access_to(element_group<Real> const& group, int symbol, bool writes, reach by) {
    ir::symbol const& v = group.model().variables[symbol].symbol;
    if (ir::is_kept_once(v.kind)) return {&group, symbol, writes, by};
    if (v.owner != ir::side::here) {
      auto const& synapses = static_cast<projection_base<Real> const&>(group);
      element_group<Real> const& there = *synapses.end_of(v.owner).group;
      reach const from_source = by == reach::one ? reach::one : reach::any;
      int const known = there.model().find(v.id);
      bool const of_spikes = ir::is_of_refractoriness(v.kind);
      return {&there, of_spikes ? refractoriness : known, writes,
              v.owner == ir::side::pre ? from_source : by};
    }
    if (ir::is_of_refractoriness(v.kind)) return {&group, refractoriness, writes, by};
    if (!ir::is_elsewhere(v.kind) || !group.linked()[symbol].given())
      return {&group, symbol, writes, by};
    linkage<Real> const& to = group.linked()[symbol];
    bool const crosses = v.kind == ir::role::linked && to.crosses(group);
    return {&to.source(), to.symbol(), writes, crosses && by == reach::own ? reach::any : by};
  }
  static access log_of(spike_source const* from, int event, bool writes, reach by) {
    return {from, event, writes, by, writes};
  }
  /// Stands for what neurons remember of their spikes.
  static constexpr int refractoriness = -2;
  /// Stands for what stage 0 of an update leaves for stage 1; that of later ones is below.
  static constexpr int stages = -3;
};

}  // namespace nernst::engine
