// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/launch.hpp>
#include <nernst/device/made_rows.hpp>
#include <nernst/device/memory.hpp>
#include <nernst/engine/poisson_input.hpp>
#include <nernst/engine/population_base.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/access.hpp>

#include <vector>

namespace nernst::device {

/// What the parts of a network keep in the host's memory, as far as kernels need it.
struct mirror {
  template <class Real>
  using group = engine::element_group<Real>;

  template <class Real>
  static detail::device_launch<Real> const& launch(group<Real> const& of, int kernel) {
    return of.device_launches_[kernel];
  }
  template <class Real>
  static detail::kernel_arguments<Real> arguments(group<Real> const& of,
                                                  kernel::step_context const& now) {
    return of.arguments(now);
  }
  template <class Real>
  static bool is_of_neurons(projection_base<Real> const& of, kernel::scheduled_kernel const& k) {
    return of.is_of_neurons(k);
  }
  /// The order in which kernels take the elements of a partition that write variables of others;
  /// null for that of their places.
  template <class Real>
  static std::vector<std::uint32_t> const* order_of(group<Real> const& of, int part) {
    if (!of.model().of_synapses) return nullptr;
    auto const& all = static_cast<projection_base<Real> const&>(of).order_;
    return all.empty() ? nullptr : &all[static_cast<std::size_t>(part)];
  }
  template <class Real>
  static std::uint8_t const* mask(group<Real> const& of) {
    return of.open_.data();
  }
  template <class Real>
  static std::uint32_t const* numbers(projection_base<Real> const& of) {
    return of.numbers_;
  }
  template <class Real>
  static ir::list<kernel::link> const& links(group<Real> const& of) {
    return of.kernel_link_;
  }
  template <class Real>
  static ir::list<kernel::link> const& links_of_neurons(projection_base<Real> const& of,
                                                        int which) {
    return of.neuron_links_[which];
  }
  template <class Real>
  static std::int32_t const* index(projection_base<Real> const& of, ir::side side) {
    return of.index_of(side).data();
  }
  template <class Real>
  static engine::synapse_lists& sums(projection_base<Real>& of, int which) {
    return of.summed_[which];
  }
  template <class Real>
  static engine::spike_plan const* plan(population_base<Real> const& of) {
    return of.given_.get();
  }
  template <class Real>
  static bool fuses(population_base<Real> const& of) {
    return !of.reset_waits && of.device_launches_[of.fused_].execute != nullptr;
  }
  template <class Real>
  static int fused(population_base<Real> const& of) {
    return of.fused_;
  }
  template <class Real>
  static bool threshold_is_apart(population_base<Real> const& of) {
    return of.threshold_is_apart_;
  }
  template <class Real>
  static double const* fired_at(population_base<Real> const& of) {
    return of.fired_at_.empty() ? nullptr : of.fired_at_.data();
  }
  /// The mask of those that are open, where these are known by the steps since their last spike.
  template <class Real>
  static std::uint8_t const* open(population_base<Real> const& of) {
    return of.closed_.empty() ? nullptr : of.open_.data();
  }
  template <class Real>
  static double refractory_steps(population_base<Real> const& of) {
    return of.refractory_steps_;
  }
  template <class Real>
  static std::int64_t counted(population_base<Real> const& of, std::int64_t step) {
    return of.counted(step);
  }
  /// The step that kernels count from.
  template <class Real>
  static std::int64_t first_step(group<Real> const& of) {
    return of.first_step_;
  }

  /// Enters what kernels of any elements find.
  template <class Space, class Real>
  static void add(memory<Space>& to, group<Real>& of) {
    for (int a = 0; a < of.storage_.size(); ++a)
      to.add(of.storage_[a].data(), of.storage_[a].size(), &of, changes(of, a));
    to.add(of.value_.data(), static_cast<std::size_t>(of.value_.size()), &of);
    to.add(of.open_.data(), of.open_.size(), &of);
    for (auto const& from : of.linked_)
      if (from.given() && from.where().index != nullptr)
        to.add(from.where().index, whole_lines<Real>(of.size()), &of, false);
    for (kernel::timed_table const& t : of.table_)
      to.add(t.values, static_cast<std::size_t>(t.rows * t.columns), &of, false);
    for (kernel::inversion_table const& t : of.inversion_table_) add(to, t, &of);
  }
  template <class Space, class Real>
  static void add(memory<Space>& to, population_base<Real>& of) {
    add(to, static_cast<group<Real>&>(of));
    to.add(of.fired_at_.data(), of.fired_at_.size(), static_cast<group<Real> const*>(&of));
  }
  template <class Space, class Real>
  static void add(memory<Space>& to, projection_base<Real>& of) {
    group<Real> const* const owner = &of;
    add(to, static_cast<group<Real>&>(of));
    for (auto const& index : of.index_) to.add(index.data(), index.size(), owner, false);
    if (of.numbers_ != nullptr) to.add(of.number_.data(), of.number_.size(), owner, false);
    for (ir::side const side : {ir::side::pre, ir::side::post}) {
      to.add(of.numbers_at(side).list, of.end_of(side).set.span(), owner, false);
    }
    add(to, of.rows_, owner);
    for (auto& lists : of.summed_)
      if (!lists.empty()) add(to, lists, owner);
    for (auto const& p : of.pathways_) add(to, *p, owner);
  }
  template <class Space>
  static void add(memory<Space>& to, synapse_rows const& rows, void const* owner) {
    auto const& starts = rows.starts_.narrow_starts();
    to.add(rows.bounds_.data(), rows.bounds_.size(), owner, false);
    if (auto const* const made = static_cast<made_rows<Space> const*>(rows.distant_.get())) {
      to.add_what_is_there(starts.data(), made->offsets(), owner);
      to.add_what_is_there(rows.bytes_at(0), made->targets(), owner);
      return;
    }
    to.add(starts.data(), starts.size(), owner, false);
    to.add(rows.narrow_target_.data(), rows.narrow_target_.size(), owner, false);
    to.add(rows.wide_target_.data(), rows.wide_target_.size(), owner, false);
  }
  template <class Space>
  static void add(memory<Space>& to, kernel::inversion_table const& t, void const* owner) {
    if (t.is_empty()) return;
    to.add(t.parts, std::size_t{1} << (64 - t.shift), owner, false);
    to.add(t.thresholds, static_cast<std::size_t>(t.count), owner, false);
  }

  /// The same for kernels of the device, of what has been entered.
  template <class Space>
  static kernel::link there(memory<Space> const& in, kernel::link of) {
    return {in.there(of.index), in.there(of.value)};
  }
  template <class Space>
  static kernel::inversion_table there(memory<Space> const& in, kernel::inversion_table of) {
    of.parts = in.there(of.parts);
    of.thresholds = of.count > 0 ? in.there(of.thresholds) : nullptr;
    of.steps = nullptr;
    return of;
  }
  template <class Space, class Real>
  static kernel::spike_history<Real> there(memory<Space> const& in,
                                           kernel::spike_history<Real> of) {
    of.flag = in.there(of.flag);
    of.last = in.there(of.last);
    of.fired_at = in.there(of.fired_at);
    of.open = in.there(of.open);
    return of;
  }
  template <class Space, class Real>
  static kernel::synapse_end<Real> end(memory<Space> const& in, projection_base<Real> const& of,
                                       ir::side side) {
    auto const& e = of.end_of(side);
    kernel::element_numbers numbers = of.numbers_at(side);
    numbers.list = in.there(numbers.list);
    return {in.there(index(of, side)), numbers, there(in, e.group->spikes())};
  }
  template <class Space, class Real>
  static std::vector<kernel::timed_table> tables(memory<Space> const& in, group<Real> const& of) {
    std::vector<kernel::timed_table> all;
    for (kernel::timed_table t : of.table_) {
      t.values = t.rows > 0 ? in.there(t.values) : nullptr;
      all.push_back(t);
    }
    return all;
  }
  template <class Space, class Real>
  static std::vector<kernel::inversion_table> inversions(memory<Space> const& in,
                                                         group<Real> const& of) {
    std::vector<kernel::inversion_table> all;
    for (kernel::inversion_table const& t : of.inversion_table_) all.push_back(there(in, t));
    return all;
  }
  template <class Space, class Real>
  static std::vector<double const*> elsewhere(memory<Space> const& in,
                                              projection_base<Real> const& of) {
    std::vector<double const*> all;
    for (double const* const x : of.shared_there_) all.push_back(in.there(x));
    return all;
  }
  template <class Space, class Real>
  static std::vector<Real*> arrays(memory<Space> const& in, group<Real> const& of) {
    std::vector<Real*> all;
    for (Real* const a : of.kernel_array_) all.push_back(in.there(a));
    return all;
  }
  /// By array: how far what the parts of synapses have is apart.
  template <class Real>
  static std::vector<std::size_t> part_sizes(projection_base<Real> const& of) {
    std::vector<std::size_t> all(static_cast<std::size_t>(of.model().arrays), 0);
    if (of.trace_arrays_.empty() || of.is_per_synapse(ir::side::pre)) return all;
    of.for_each_trace(ir::side::pre, [&](int, int array) {
      all[static_cast<std::size_t>(array)] = of.trace_stride(ir::side::pre);
    });
    return all;
  }
  /// How a pathway finds its synapses.
  template <class Space, class Real>
  static rows rows_of(memory<Space> const& in, projection_base<Real> const& of,
                      engine::pathway<Real> const& p) {
    synapse_rows const& all = of.rows();
    element_set const& set = of.end_of(p.trigger().end).set;
    rows r;
    r.first = set.begin();
    r.span = set.span();
    r.offsets = in.there(all.starts_.narrow_starts().data());
    r.offset_rows = all.rows_;
    r.first_source = all.source_offset_;
    r.narrow = all.narrow() ? in.there(all.narrow_target_.data()) : nullptr;
    r.wide = all.narrow() ? nullptr : in.there(all.wide_target_.data());
    r.bounds = in.there(all.bounds_.data());
    r.from_source = p.from_source();
    r.own_only = p.reads_own_logs();
    if (!p.lists_.empty()) {
      r.list_begin = in.there(p.lists_.begin_.data());
      r.list = p.lists_.list_.empty() ? nullptr : in.there(p.lists_.list_.data());
    }
    engine::delay_runs const& runs = p.runs_;
    r.run_offsets = runs.offsets_.empty() ? nullptr : in.there(runs.offsets_.data());
    r.run_stride = runs.stride_;
    r.run_begin = runs.begin_.empty() ? nullptr : in.there(runs.begin_.data());
    r.runs = runs.runs_.empty() ? nullptr : in.there(runs.runs_.data());
    return r;
  }
  template <class Real>
  static std::vector<std::int64_t> waits(engine::pathway<Real> const& p) {
    std::vector<std::int64_t> all;
    for (std::size_t d = 0; d < p.steps_.size(); ++d) all.push_back(p.wait(d));
    return all;
  }
  template <class Real>
  static std::int64_t first_step(engine::pathway<Real> const& p) {
    return p.first_step_;
  }
  /// The places of the synapses that a spike reaches in a step which was fired before delays have
  /// changed, by part; nothing where there are none.
  template <class Real>
  static std::vector<std::vector<std::uint32_t>> early(engine::pathway<Real> const& p,
                                                       std::int64_t step) {
    std::vector<std::vector<std::uint32_t>> all;
    for (std::size_t v = 0; v < p.under_way_.size(); ++v)
      if (p.under_way_[v].step == step)
        for (auto const& of_part : p.places_under_way_) all.push_back(of_part[v]);
    return all;
  }
  /// Whether there are such in some of the steps.
  template <class Real>
  static bool has_early(engine::pathway<Real> const& p, std::int64_t begin, std::int64_t end) {
    for (auto const& volley : p.under_way_)
      if (begin <= volley.step && volley.step < end) return true;
    return false;
  }
  /// The lists of a sum.
  template <class Space>
  static std::uint32_t const* begin_of(memory<Space> const& in,
                                       engine::synapse_lists const& lists) {
    return in.there(lists.begin_.data());
  }
  template <class Space>
  static std::uint32_t const* list_of(memory<Space> const& in, engine::synapse_lists const& lists) {
    return lists.list_.empty() ? nullptr : in.there(lists.list_.data());
  }

 private:
  template <class Real>
  static std::size_t whole_lines(std::size_t size) {
    return detail::host_array<Real>::whole_lines(size);
  }
  /// Whether somebody may write an array of elements in a run.
  template <class Real>
  static bool changes(group<Real> const& of, int array) {
    kernel::compiled_model const& model = of.model();
    if (!model.of_synapses) return true;
    for (int s = 0; s < model.variables.size(); ++s) {
      if (model.variables[s].array != array) continue;
      if (model.variables[s].symbol.owner != ir::side::here) return true;
      for (kernel::scheduled_kernel const& k : model.kernels)
        if (kernel::writes(model, k, s)) return true;
    }
    return static_cast<projection_base<Real> const&>(of).pinned_;
  }
  template <class Space>
  static void add(memory<Space>& to, engine::synapse_lists const& lists, void const* owner) {
    to.add(lists.begin_.data(), lists.begin_.size(), owner, false);
    to.add(lists.list_.data(), lists.list_.size(), owner, false);
  }
  template <class Space, class Real>
  static void add(memory<Space>& to, engine::pathway<Real> const& p, void const* owner) {
    if (!p.lists_.empty()) add(to, p.lists_, owner);
    to.add(p.runs_.begin_.data(), p.runs_.begin_.size(), owner, false);
    to.add(p.runs_.runs_.data(), p.runs_.runs_.size(), owner, false);
    to.add(p.runs_.offsets_.data(), p.runs_.offsets_.size(), owner, false);
  }
};

}  // namespace nernst::device
