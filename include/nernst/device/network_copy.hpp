// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/composed_update.hpp>
#include <nernst/device/device_events.hpp>
#include <nernst/device/group_view.hpp>
#include <nernst/device/recording.hpp>
#include <nernst/device/spike_lists.hpp>
#include <nernst/engine/schedule.hpp>

#include <algorithm>
#include <map>
#include <vector>

namespace nernst::device {

/// What a network has in the memory of a space.
template <class Space, class Real>
class network_copy {
 public:
  using parts = engine::network_parts<Real>;
  using group = engine::element_group<Real>;
  using fired_lists = spike_lists<Space>;
  using recorded_rows = record_rows<Space, Real>;

  /// Makes room for the spikes of steps from `step` on, `count` of them.
  void start(parts const& of, std::int64_t step, std::int64_t count) {
    for (auto const& n : of.populations) {
      if (!n->fires()) continue;
      auto& lists = spikes_[n.get()];
      lists.resize(static_cast<std::size_t>(n->event_count()) + 1);
      for (int event = -1; event < n->event_count(); ++event) {
        auto& list = lists[static_cast<std::size_t>(event + 1)];
        list.set_bounds(n->bounds());
        if (n->numbers() != nullptr) list.set_places(n->places());
        list.start(n->logs(event), n->size(), step, n->history(),
                   static_cast<std::size_t>(count) + 1);
      }
    }
  }
  /// Takes everything from the host.
  void load(parts const& of) {
    memory_.clear();
    groups_.clear();
    pathways_.clear();
    records_.clear();
    for (auto const& n : of.populations) mirror::add(memory_, *n);
    for (auto const& s : of.projections) mirror::add(memory_, *s);
    for (auto const& i : of.inputs) add(*i);
    for (auto const& n : of.populations)
      if (auto* const update = composed_update<Space, Real>::of(*n)) update->load(memory_);
    events_.clear();
    for (auto const& n : of.populations)
      if (auto* const events = device_events<Space, Real>::of(*n)) events_.push_back(events);
    for (auto* const events : events_) events->load(memory_);
    for (auto const& n : of.populations) enter(*n);
    for (auto const& s : of.projections) {
      enter(*s);
      for (int p = 0; p < s->pathway_count(); ++p)
        pathways_.try_emplace(&s->pathway(p), memory_, *s, s->pathway(p));
    }
    for (auto const& s : of.states) enter(s);
  }
  void set_clock(step_clock const& to) { clock_.send(&to); }
  /// Lets the host have all that kernels may have changed.
  void fetch() {
    memory_.fetch();
    for (auto* const events : events_) events->take_back();
  }
  /// Whether elements send events to themselves, for which queues may have too little room; and
  /// whether they have had enough since they were loaded.
  bool has_events() const { return !events_.empty(); }
  bool had_room() const {
    bool had = true;
    for (auto* const events : events_) had = events->had_room(memory_) && had;
    return had;
  }
  /// Remembers what kernels may change, and lets it be so again.
  void keep() {
    memory_.keep();
    for_each_lists([](auto& lists) { lists.keep(); });
  }
  void put_back() {
    memory_.put_back();
    for_each_lists([](auto& lists) { lists.put_back(); });
  }

  device::memory<Space> const& memory() const { return memory_; }
  step_clock* clock() const { return clock_.data(); }
  group_view<Space, Real> const& view(group const& of) const { return groups_.at(&of); }
  pathway_view<Space, Real>& view(engine::pathway<Real> const& of) { return pathways_.at(&of); }
  fired_lists& spikes_of(engine::spike_source const* of, int event) {
    return spikes_.at(of)[static_cast<std::size_t>(event + 1)];
  }
  /// Null for a record that the host makes.
  recorded_rows* rows_of(detail::sampling_store const* record) {
    auto const found = records_.find(record);
    return found == records_.end() ? nullptr : &found->second;
  }
  template <class Do>
  void for_each_record(Do const& work) {
    for (auto& [of, rows] : records_) work(rows);
  }

  /// Lets the host's logs have all spikes.
  void fetch_spikes() {
    for_each_lists([](auto& lists) { lists.fetch(); });
  }
  /// Lets the host have what expressions about elements see: them, and what their variables may be
  /// linked to.
  void fetch_seen_by(group const& of) const {
    memory_.fetch(&of);
    for (auto const& from : of.linked())
      if (from.given()) memory_.fetch(&from.source());
    if (!of.model().of_synapses) return;
    auto const& synapses = static_cast<projection_base<Real> const&>(of);
    for (group const* const end : {&synapses.source(), &synapses.target()})
      if (end != &of) fetch_seen_by(*end);
  }

 private:
  template <class Do>
  void for_each_lists(Do const& work) {
    for (auto& [of, lists] : spikes_)
      for (auto& list : lists) work(list);
  }
  template <class Group>
  void enter(Group& of) {
    groups_.try_emplace(static_cast<group const*>(&of), memory_, of);
  }
  void enter(engine::watched_states<Real> const& s) {
    auto* const of = dynamic_cast<detail::row_store<Real>*>(s.store.get());
    bool const is_here = of != nullptr && of->takes_part && s.of->size() > 0;
    if (is_here && recorded_rows::copies(*of)) records_.try_emplace(of, memory_, *of);
  }
  void add(engine::neuron_input<Real> const& input) {
    auto const* const trains = dynamic_cast<engine::poisson_input<Real> const*>(&input);
    if (trains == nullptr) return;
    mirror::add(memory_, trains->table(), &input);
    element_set const& set = input.outline().set;
    memory_.add(set.numbers().list, set.span(), &input, false);
  }

  device::memory<Space> memory_;
  array<Space, step_clock> clock_{1};
  std::vector<device_events<Space, Real>*> events_;
  std::map<group const*, group_view<Space, Real>> groups_;
  std::map<engine::pathway<Real> const*, pathway_view<Space, Real>> pathways_;
  std::map<detail::sampling_store const*, recorded_rows> records_;
  std::map<engine::spike_source const*, std::vector<fired_lists>> spikes_;
};

}  // namespace nernst::device
