// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/kernel/flush_denormals.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst {

template <class Real>
projection_base<Real>::projection_base(projection_outline<Real> const& outline, executor const& run,
                                       end_t const& source, end_t const& target, synapse_rows rows,
                                       double dt)
    : group(outline, run), deliver_(outline.deliver), needs_(outline.needs), source_(source),
      target_(target), rows_(std::move(rows)), shared_there_(model_.variables.size()),
      per_synapse_{!are_few(ir::side::pre), !are_few(ir::side::post)},
      handles_(*this, this->name()) {
  divide();
  this->leaves_ = engine::leaves_of(names());
  ends_ = end_;
  elsewhere_ = shared_there_.data();
  point_at_neurons();
  call(needs_.fill_counts);
  for (int k = 0; k < model_.pathways.size(); ++k) {
    int const kernel = model_.find(kernel::trigger::pathway, k);
    kernel::pathway_trigger const& t = model_.pathways[k];
    pathways_.push_back(
        std::make_unique<engine::pathway<Real>>(*this, k, kernel, end_of(t.end).spikes));
  }
  call(needs_.find_sums);
  this->set_dt(dt);
}

/// Makes arrays for the synapses that stand in rows.
template <class Real>
void projection_base<Real>::divide() {
  std::vector<typename group::extent_t> extents;
  for (std::uint32_t p = 0; p < rows_.partitions(); ++p)
    extents.push_back({rows_.begin(p), rows_.end(p)});
  this->allocate(rows_.size(), std::move(extents));
  call(needs_.allocate_traces);
  forget_numbers();
}

/// Lets the variables of the neurons be theirs.
template <class Real>
void projection_base<Real>::point_at_neurons() {
  for (int s = 0; s < model_.variables.size(); ++s) {
    ir::symbol const& v = model_.variables[s].symbol;
    if (v.owner == ir::side::here || ir::is_kept_once(v.kind)) continue;
    group& neurons = *end_of(v.owner).group;
    int const there = neurons.model().find(v.id);
    if (there == ir::none) continue;
    if (ir::is_shared(v.kind)) shared_there_[s] = &neurons.values()[there];
    if (model_.variables[s].array == ir::none) continue;
    std::int32_t const* const index = index_of(v.owner).data();
    this->point(s, neurons.arrays()[there], {index, nullptr});
  }
  for (ir::side const side : {ir::side::pre, ir::side::post}) {
    kernel::synapse_end<Real>& e = end_[number_of(side)];
    e.index = index_of(side).data();
    e.numbers = numbers_at(side);
  }
  call(needs_.point_at_traces);
}

template <class Real>
int projection_base<Real>::event_of(kernel::pathway_trigger const& t) const {
  end_t const& from = end_of(t.end);
  bool const of_spikes = t.event == "spike";
  if (from.spikes == nullptr || (of_spikes && !from.group->has_spikes()))
    detail::refuse<std::invalid_argument>({this->name(), ".", t.name.view(),
                                           ": expected neurons with a threshold, found '",
                                           from.group->name(), "', which has none"});
  if (of_spikes) return -1;
  auto const& known = from.group->model().events;
  for (int k = 0; k < known.size(); ++k)
    if (known[k] == t.event.view()) return k;
  detail::refuse<std::invalid_argument>({this->name(), ".", t.name.view(),
                                         ": expected an event of '", from.group->name(),
                                         "', found '", t.event.view(), "'"});
}

template <class Real>
engine::pathway<Real>& projection_base<Real>::pathway(std::string_view name) {
  std::string known;
  for (auto const& p : pathways_) {
    if (p->trigger().name == name) return *p;
    known += (known.empty() ? "" : ", ") + std::string(p->trigger().name.view());
  }
  detail::refuse<std::invalid_argument>(
      {this->name(), ": expected one of the pathways ", known, ", found '", name, "'"});
}

// ---- how synapses stand

template <class Real>
bool projection_base<Real>::can_sort() const {
  int from_source = 0;
  for (auto const& p : pathways_) from_source += p->from_source() ? 1 : 0;
  return from_source == 1 && !pinned_;
}

/// The arrays with a value for each synapse, by place.
template <class Real>
ir::list<int> projection_base<Real>::arrays_by_synapse() const {
  ir::list<int> all;
  for (kernel::variable const& v : model_.variables) {
    bool const is_own = v.symbol.owner == ir::side::here;
    bool const is_trace = v.symbol.kind == ir::role::trace && is_per_synapse(v.symbol.owner);
    if (v.array != ir::none && (is_own || is_trace)) all.push_back(v.array);
  }
  return all;
}

template <class Real>
std::vector<synapse_rows::key_runs>
projection_base<Real>::sort_rows(detail::packed_numbers const& key) {
  for (auto const& p : pathways_)
    if (!p->from_source()) p->forget_places();
  forget_numbers();
  sorted_ = true;
  ir::list<int> const by_synapse = arrays_by_synapse();
  auto runs = rows_.sort_rows(this->run(), key,
                              [&](std::uint32_t const* before, std::size_t begin, std::size_t end) {
                                for (int const a : by_synapse)
                                  detail::rearrange(this->storage_[a].data(), before, begin, end);
                              });
  forget_index();
  summed_.clear();
  call(needs_.find_sums);
  for (auto const& p : pathways_)
    if (!p->from_source()) p->find_places();
  return runs;
}

template <class Real>
std::uint32_t const* projection_base<Real>::numbers() const {
  bool const is_known = numbers_ != nullptr || rows_.is_in_order();
  if (!is_known) {
    this->require_listable("a list of their numbers");
    number_ = rows_.find_numbers(this->run());
    numbers_ = number_.data();
  }
  return numbers_;
}

template <class Real>
void projection_base<Real>::read_numbers(std::size_t begin, std::size_t end,
                                         std::size_t* to) const {
  bool const is_known = numbers_ != nullptr || rows_.is_in_order();
  if (is_known) return group::read_numbers(begin, end, to);
  rows_.read_numbers(begin, end, to);
}

template <class Real>
void projection_base<Real>::forget_numbers() {
  number_ = {};
  numbers_ = nullptr;
}

/// Whether kernels draw random numbers, which depend on the numbers of synapses.
template <class Real>
bool projection_base<Real>::draws() const {
  for (kernel::scheduled_kernel const& k : model_.kernels)
    for (kernel::instruction const& s : model_.code(k))
      if (ir::is_random(s.code)) return true;
  return false;
}

/// Where each synapse knows its element at an end, it finds it anew.
template <class Real>
void projection_base<Real>::forget_index() {
  for (detail::host_array<std::int32_t>& index : index_) {
    bool const known = index.data() != nullptr;
    index = {};
    if (known) require_index(&index == &index_[0] ? ir::side::pre : ir::side::post);
  }
}

template <class Real>
void projection_base<Real>::require_changeable() const {
  if (pinned_)
    detail::refuse<std::logic_error>(
        {this->name(), ": expected synapses that no other synapses connect to"});
  this->require_listable("changes of single ones");
}

template <class Real>
void projection_base<Real>::rebuild(connection_list const& list, std::vector<std::uint32_t> bounds,
                                    std::vector<std::uint32_t> const& before, std::int64_t now) {
  synapse_rows rows(this->run(), list, std::move(bounds), source_.set.begin(), target_.set.begin());
  spread_traces(ir::side::pre);
  spread_traces(ir::side::post);
  for (auto const& p : pathways_) {
    p->gather(now);
    p->forget_places();
  }
  std::vector<std::uint32_t> const old_place = this->places();
  auto const old = this->storage_;
  rows_ = std::move(rows);
  sorted_ = false;
  divide();
  std::vector<std::uint32_t> const place = this->places();
  for (int const a : arrays_by_synapse())
    for (std::size_t k = 0; k < before.size(); ++k)
      if (before[k] != engine::pathway<Real>::new_synapse)
        this->storage_[a][place[k]] = old[a][old_place[before[k]]];
  forget_index();
  point_at_neurons();
  call(needs_.fill_counts);
  summed_.clear();
  call(needs_.find_sums);
  for (auto const& p : pathways_) p->renumber(before);
  if (receiver_ != nullptr) receiver_->renumber(*this, before);
  for (auto const& p : pathways_) p->find_places();
}

// ---- before a run

template <class Real>
void projection_base<Real>::prepare(double dt) {
  call(needs_.place_traces);
  find_ends();
  find_order();
  group::prepare(dt);
  receiver_ = model_.own_events.any ? target_.group->events() : nullptr;
  bool const asks = draws() || receiver_ != nullptr || pinned_;
  asks ? static_cast<void>(numbers()) : forget_numbers();
  if (receiver_ != nullptr) receiver_->enter(*this);
}

/// Synapses that write variables of neurons beside pathways do so in the order in which they were
/// made.
template <class Real>
void projection_base<Real>::find_order() {
  order_.clear();
  bool needed = false;
  for (kernel::scheduled_kernel const& k : model_.kernels)
    needed =
        needed || (k.links && k.when_executed != kernel::trigger::pathway && !kernel::is_sum(k));
  if (!needed || numbers() == nullptr) return;
  order_.resize(static_cast<std::size_t>(this->partitions()));
  for (std::uint32_t const place : this->places())
    order_[static_cast<std::size_t>(this->owner(place))].push_back(place);
}

template <class Real>
void projection_base<Real>::start(std::int64_t step) {
  for (auto const& p : pathways_) p->start(step);
  for (ir::side const side : {ir::side::pre, ir::side::post})
    end_[number_of(side)].spikes = end_of(side).group->spikes();
}

// ---- spikes of targets that wait

template <class Real>
void projection_base<Real>::let_wait(bool may_wait, std::int64_t step) {
  waiting_.clear();
  if (may_wait) call(needs_.let_wait, step);
  if (waiting_.empty()) call(needs_.list_synapses);
}

template <class Real>
void projection_base<Real>::wait_where_possible(std::int64_t step) {
  bool can_wait = !pinned_ && this->size() > 0 && !is_per_synapse(ir::side::pre) &&
                  !is_per_synapse(ir::side::post);
  for (auto const& p : pathways_)
    can_wait = can_wait && p->has_one_delay() && (!p->from_source() || p->reaches_whole_rows());
  if (!can_wait) return;
  for (std::uint32_t p = 0; p < rows_.partitions(); ++p)
    waiting_.emplace_back(rows_.bounds()[p + 1] - rows_.bounds()[p],
                          rows_.source_end() - rows_.source_begin(), step, this->network_dt());
}

/// Lets spikes of targets find their synapses.
template <class Real>
void projection_base<Real>::list_synapses() {
  bool are_new = false;
  for (auto const& p : pathways_) are_new = p->require_lists() || are_new;
  if (are_new) find_ends();
}

template <class Real>
void projection_base<Real>::settle() {
  if (waiting_.empty()) return;
  this->run().for_each("nernst::synapses::settle", rows_.partitions(), [this](std::int64_t p) {
    kernel::flush_denormals const flushing;
    constexpr std::int32_t all = std::numeric_limits<std::int32_t>::max();
    settle_before(static_cast<int>(p), all, all);
  });
  waiting_.clear();
}

// ---- in a step

template <class Real>
void projection_base<Real>::execute(int kernel, int partition, kernel::step_context const& now) {
  if (partition >= this->partitions()) return;
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  if (is_of_neurons(k)) return (this->*needs_.execute_for_neurons)(kernel, partition, now);
  bool const in_order = k.links && !k.for_all && !order_.empty();
  if (!in_order) return group::execute(kernel, partition, now);
  std::vector<std::uint32_t> const& all = order_[static_cast<std::size_t>(partition)];
  act(kernel, partition, {all.data(), 0, all.size()}, now);
}

template <class Real>
void projection_base<Real>::act(int kernel, int partition, engine::synapse_part some,
                                kernel::step_context const& now) const {
  if (model_.kernels[kernel].is_empty()) return;
  std::uint32_t const* const list = some.list == nullptr ? nullptr : some.list + some.first;
  launches_[kernel].visit(arguments(now, partition), list, static_cast<std::uint32_t>(some.first),
                          static_cast<std::uint32_t>(some.last - some.first));
}

// ---- what is known

template <class Real>
engine::name_scope projection_base<Real>::names() const {
  return {.here = &model_, .source = &source_.group->model(), .target = &target_.group->model()};
}

template <class Real>
engine::environment<Real> projection_base<Real>::at(double time, std::int64_t step) const {
  engine::environment<Real> e = group::at(time, step);
  for (ir::side const side : {ir::side::pre, ir::side::post}) {
    engine::scope<Real>& there = e.of(side);
    there = end_of(side).group->view();
    there.numbers = numbers_at(side);
    there.count = end_of(side).count;
    there.index = index_of(side).data();
  }
  return e;
}

template <class Real>
std::size_t projection_base<Real>::memory_bytes() const {
  std::size_t bytes = group::memory_bytes() + rows_.memory_bytes();
  for (auto const& index : index_) bytes += index.memory_bytes();
  bytes += number_.memory_bytes();
  for (auto const& lists : summed_) bytes += lists.memory_bytes();
  for (auto const& p : pathways_) bytes += p->memory_bytes();
  return bytes;
}

}  // namespace nernst
