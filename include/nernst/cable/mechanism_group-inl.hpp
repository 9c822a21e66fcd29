// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/ion_group.hpp>
#include <nernst/cable/mechanism_group.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst::cable {

template <class Real>
mechanism_group<Real>::mechanism_group(mechanism_outline<Real> outline, executor const& run,
                                       cell_group<Real>& cells)
    : base(outline.of, run, outline.where.place_bounds()), cells_(cells),
      where_(std::move(outline.where)), first_cell_(outline.first_cell),
      last_cell_(outline.last_cell), compartments_(std::move(outline.compartments)),
      initialise_(model_.find(kernel::trigger::initialise)),
      current_(model_.find(kernel::trigger::current)),
      update_(model_.find(kernel::trigger::update)) {
  if (!where_.numbers().empty()) {
    this->numbers_ = where_.numbers().data();
    place_of_ = this->places();
  }
  link_to_cells();
  divide();
}

template <class Real>
bool mechanism_group<Real>::writes(std::string_view local) const {
  int const s = model_.find(local);
  return s != ir::none && kernel::writes(model_, s);
}
template <class Real>
bool mechanism_group<Real>::reads(std::string_view local) const {
  int const s = model_.find(local);
  return s != ir::none && kernel::reads(model_, model_.kernels[update_], s);
}
template <class Real>
bool mechanism_group<Real>::uses(std::string_view local) const {
  return model_.find(local) != ir::none;
}

template <class Real>
void mechanism_group<Real>::link_to_cells() {
  for (int s = 0; s < model_.variables.size(); ++s) {
    kernel::variable const& v = model_.variables[s];
    if (v.symbol.kind != ir::role::local) continue;
    auto const [there, symbol] = cells_.find_local(v.symbol.id, model_.placed);
    engine::element_group<Real>::link(s, linkage<Real>(*there, symbol, where_.compartment_place()));
    if (v.array != ir::none) local_.push_back(v.array);
  }
  this->follow_links();
}

/// Whether the places of elements matter beside their values.
template <class Real>
bool mechanism_group<Real>::needs_order() const {
  for (kernel::instruction const& s : model_.instructions)
    if (ir::is_random(s.code) || s.from == kernel::origin::index || s.from == kernel::origin::open)
      return true;
  return false;
}

template <class Real>
void mechanism_group<Real>::divide() {
  for (int k = 0; k < model_.kernels.size(); ++k) {
    std::vector<int> arrays;
    for (kernel::output const& o : model_.stores(model_.kernels[k]))
      if (o.to == kernel::origin::array || o.to == kernel::origin::linked)
        arrays.push_back(o.array);
    written_.push_back(std::move(arrays));
  }
  for (int b = 0; b < static_cast<int>(cells_.layout().blocks().size()); ++b) {
    block_parts parts;
    std::vector<element_run> rest;
    for (element_run const& r : where_.runs(b)) {
      std::uint32_t const whole = r.begin + (r.end - r.begin) / width * width;
      if (whole > r.begin) parts.runs.push_back({r.begin, whole, r.shift});
      if (whole < r.end) rest.push_back({whole, r.end, r.shift});
    }
    gather(parts, rest);
    parts_.push_back(std::move(parts));
  }
  workspace_.resize(static_cast<std::size_t>(this->partitions()));
  for (workspace& w : workspace_) {
    w.arrays.resize(static_cast<std::size_t>(model_.arrays));
    w.links.resize(static_cast<std::size_t>(model_.arrays));
    w.packs = nernst::detail::host_array<Real>(static_cast<std::size_t>(model_.arrays) * width);
  }
}

/// Two elements of one pack have different compartments, as both add to what is there.
template <class Real>
void mechanism_group<Real>::gather(block_parts& to, std::vector<element_run> const& rest) const {
  bool const apart = needs_order();
  for (element_run const& r : rest) {
    bool begins = apart;
    for (std::uint32_t e = r.begin; e < r.end; ++e) {
      auto const there = static_cast<std::uint32_t>(e + r.shift);
      gathered* last = to.rest.empty() ? nullptr : &to.rest.back();
      if (last != nullptr) {
        auto* const end = last->compartment + last->count;
        begins = begins || last->count == width || std::find(+last->compartment, end, there) != end;
      }
      if (last == nullptr || begins) {
        to.rest.push_back({});
        last = &to.rest.back();
      }
      begins = false;
      last->element[last->count] = e;
      last->compartment[last->count++] = there;
    }
  }
}

template <class Real>
std::uint32_t* mechanism_group<Real>::sweep(int kernel, int block, int partition,
                                            kernel::step_context const& now, std::uint32_t* fired) {
  auto const launch = launches_[kernel].sweep;
  bool const is_idle = model_.kernels[kernel].is_empty();
  if (is_idle || launch == nullptr) return fired;
  workspace& in = workspace_[static_cast<std::size_t>(partition)];
  block_parts const& parts = parts_[static_cast<std::size_t>(block)];
  nernst::detail::kernel_arguments<Real> here = this->arguments(now);
  here.now.key.object = this->object();
  std::copy_n(here.arrays, in.arrays.size(), in.arrays.begin());
  here.arrays = in.arrays.data();
  for (element_run const& r : parts.runs) {
    for (int const a : local_)
      in.arrays[static_cast<std::size_t>(a)] = this->kernel_array_[a] + r.shift;
    fired = launch(here, r.begin, r.end, fired);
  }
  for (gathered const& some : parts.rest) fired = sweep_gathered(kernel, some, in, here, fired);
  return fired;
}

template <class Real>
std::uint32_t* mechanism_group<Real>::sweep_gathered(int kernel, gathered const& some,
                                                     workspace& in,
                                                     nernst::detail::kernel_arguments<Real> here,
                                                     std::uint32_t* fired) const {
  std::uint32_t const first = some.element[0];
  auto const pack_of = [&](int a) { return in.packs.data() + static_cast<std::size_t>(a) * width; };
  kernel::link const* const links = here.around.links;
  auto const place_in = [&](int a, std::uint32_t lane) -> std::size_t {
    bool const is_local = std::find(local_.begin(), local_.end(), a) != local_.end();
    if (is_local) return some.compartment[lane];
    std::int32_t const* const index = links[a].index;
    std::uint32_t const element = some.element[lane];
    return index == nullptr ? element : static_cast<std::size_t>(index[element]);
  };
  for (int a = 0; a < model_.arrays; ++a) {
    Real* const pack = pack_of(a);
    in.links[static_cast<std::size_t>(a)] = {nullptr, links[a].value};
    if (this->kernel_array_[a] == nullptr) continue;
    for (std::uint32_t k = 0; k < width; ++k)
      pack[k] = this->kernel_array_[a][place_in(a, k < some.count ? k : 0)];
    in.arrays[static_cast<std::size_t>(a)] = pack - first;
  }
  here.around.links = in.links.data();
  std::uint32_t* const last = launches_[kernel].sweep(here, first, first + some.count, fired);
  for (; fired != last; ++fired) *fired = some.element[*fired - first];
  for (int const a : written_[static_cast<std::size_t>(kernel)])
    for (std::uint32_t k = 0; k < some.count; ++k)
      this->kernel_array_[a][place_in(a, k)] = pack_of(a)[k];
  return fired;
}

template <class Real>
std::vector<std::uint32_t> mechanism_group<Real>::turns() const {
  std::vector<std::pair<std::int32_t, std::uint32_t>> turn;  // the compartment, and which turn
  std::vector<std::uint32_t> all;
  auto const enter = [&](std::uint32_t e) {
    turn.emplace_back(where_.compartment_place()[e], static_cast<std::uint32_t>(all.size()));
    all.push_back(e);
  };
  for (block_parts const& of : parts_) {
    for (element_run const& r : of.runs)
      for (std::uint32_t e = r.begin; e < r.end; ++e) enter(e);
    for (gathered const& g : of.rest) std::for_each(g.element, g.element + g.count, enter);
  }
  std::sort(turn.begin(), turn.end());
  bool has_several = false;
  std::vector<std::uint32_t> sorted;
  for (std::size_t k = 0; k < turn.size(); ++k) {
    has_several = has_several || (k > 0 && turn[k].first == turn[k - 1].first);
    sorted.push_back(all[turn[k].second]);
  }
  return has_several ? sorted : std::vector<std::uint32_t>();
}

template <class Real>
void mechanism_group<Real>::initialise(int block, int partition, kernel::step_context const& now) {
  sweep(initialise_, block, partition, now, nullptr);
}
template <class Real>
void mechanism_group<Real>::add_currents(int block, int partition,
                                         kernel::step_context const& now) {
  sweep(current_, block, partition, now, nullptr);
  for (int const k : ion_currents_) sweep(k, block, partition, now, nullptr);
}

template <class Real>
void mechanism_group<Real>::find_ions() {
  ion_currents_.clear();
  for (int k = 0; k < model_.kernels.size(); ++k) {
    if (model_.kernels[k].when_executed != kernel::trigger::ion_current) continue;
    std::string_view const id =
        model_.variables[kernel::written_by(model_, model_.kernels[k])].symbol.id;
    ion_group<Real> const* const ion = cells_.ion(id.substr(0, id.find('.')));
    if (ion->is_counted) ion_currents_.push_back(k);
  }
}

template <class Real>
void mechanism_group<Real>::begin_step(int partition) {
  if (fires_in_update())
    workspace_[static_cast<std::size_t>(partition)].fired = this->logs()[partition].next();
}
template <class Real>
void mechanism_group<Real>::advance(int block, int partition, kernel::step_context const& now) {
  std::uint32_t*& fired = workspace_[static_cast<std::size_t>(partition)].fired;
  fired = sweep(update_, block, partition, now, fired);
}
template <class Real>
void mechanism_group<Real>::end_step(int partition, kernel::step_context const& now) {
  if (!fires_in_update()) return;
  if (model_.own_events.fires) return this->commit_events(partition);
  auto const p = static_cast<std::size_t>(partition);
  this->commit(this->logs()[partition], workspace_[p].fired, partition, now);
}

template <class Real>
void mechanism_group<Real>::call_by_number(std::uint32_t* first, std::uint32_t* last) const {
  if (this->numbers_ == nullptr) return;
  for (std::uint32_t* n = first; n != last; ++n) *n = this->numbers_[*n];
  std::sort(first, last);
}

template <class Real>
void mechanism_group<Real>::set_own_dt(double dt, std::int64_t now) {
  if (dt != 0)
    nernst::detail::refuse<std::invalid_argument>(
        {this->name(), ": expected the steps of its cells, found others of ", dt, " s"});
  base::set_own_dt(dt, now);
}

/// Other kernels than those that the cells let act.
template <class Real>
void mechanism_group<Real>::execute(int kernel, int partition, kernel::step_context const& now) {
  if (model_.kernels[kernel].for_all) return base::execute(kernel, partition, now);
  if (model_.kernels[kernel].when_executed == kernel::trigger::act)
    return base::execute(kernel, partition, now);
  spike_log* const log = this->log_of(kernel, partition);
  std::uint32_t* fired = log == nullptr ? nullptr : log->next();
  cell_layout const& cells = cells_.layout();
  for (int b = cells.first_block(partition); b < cells.last_block(partition); ++b)
    fired = sweep(kernel, b, partition, now, fired);
  if (log != nullptr) this->commit(*log, fired, partition, now);
}

template <class Real>
void mechanism_group<Real>::visit(int kernel, int partition, kernel::step_context const& now,
                                  ir::span<std::uint32_t const> elements) {
  workspace& in = workspace_[static_cast<std::size_t>(partition)];
  nernst::detail::kernel_arguments<Real> here = this->arguments(now);
  here.now.key.object = this->object();
  std::copy_n(here.arrays, in.arrays.size(), in.arrays.begin());
  here.arrays = in.arrays.data();
  for (std::uint32_t const number : elements) {
    std::uint32_t const e = place_of_.empty() ? number : place_of_[number];
    std::int64_t const shift = std::int64_t{where_.compartment_place()[e]} - e;
    for (int const a : local_)
      in.arrays[static_cast<std::size_t>(a)] = this->kernel_array_[a] + shift;
    launches_[kernel].visit(here, &e, 0, 1);
  }
}

template <class Real>
std::size_t mechanism_group<Real>::memory_bytes() const {
  return base::memory_bytes() + where_.compartment_place().size() * sizeof(std::int32_t) +
         where_.numbers().size() * sizeof(std::uint32_t);
}

}  // namespace nernst::cable
