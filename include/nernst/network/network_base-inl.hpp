// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/listed_synapses.hpp>
#include <nernst/engine/poisson_input.hpp>
#include <nernst/engine/runtime.hpp>
#include <nernst/engine/step_loop.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/network/connect/slice_values.hpp>
#include <nernst/network/memory.hpp>
#include <nernst/network/network_base.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <exception>
#include <new>
#include <stdexcept>
#include <utility>

namespace nernst {

template <class Real>
network_base<Real>::network_base(network_options const& options, executor const& run,
                                 std::unique_ptr<engine::accelerator<Real>> device)
    : run_(run), clock_(options.dt.si), exactness_(options.exactness),
      parts_(std::make_unique<engine::network_parts<Real>>()), device_(std::move(device)) {
  detail::require_runtime("network");
  threads_ = device_ == nullptr ? run.threads() : device_->partitions();
  team_ = engine::team_size(std::min(threads_, run.processors()));
  state_.dt = clock_.dt();
  state_.seed = options.seed;
  profiles_ = options.profile;
}

template <class Real>
network_base<Real>::~network_base() = default;

template <class Real>
detail::population_slice<Real> network_base<Real>::add(population_outline<Real>&& outline) {
  return install(std::move(outline), [](auto const& of, executor const& run, int partitions) {
    std::unique_ptr<population_base<Real>> made;
    detail::with_memory_for(
        of.name, [&] { made = std::make_unique<population_base<Real>>(of, run, partitions); });
    return made;
  });
}

template <class Real>
void network_base<Real>::complete(population_outline<Real>& outline) const {
  if (outline.name.empty())
    outline.name = detail::message({"population ", parts_->populations.size()});
  outline.object = next_object();
}

template <class Real>
detail::population_slice<Real>
network_base<Real>::enter(std::unique_ptr<population_base<Real>> made) {
  require_no_run("a new population");
  made->set_dt(clock_.dt());
  parts_->populations.push_back(std::move(made));
  ++objects_;
  population_base<Real>& entered = *parts_->populations.back();
  return {entered.handle(), &state_, {0, entered.size()}};
}

/// Elements of cells fire by number, while their variables have places.
template <class Real>
void network_base<Real>::require_no_source_variables(
    projection_outline<Real> const& synapses, engine::connected_elements<Real> const& source) {
  if (source.spikes == nullptr || source.group->numbers() == nullptr) return;
  for (kernel::variable const& v : synapses.model.variables)
    if (v.symbol.owner == ir::side::pre)
      detail::refuse<std::invalid_argument>({synapses.name, ": expected no variable of '",
                                             source.group->name(), "', found '", v.symbol.id.view(),
                                             "_pre'"});
}

/// Where nothing in the model of a neuron says otherwise, its threshold is tested as soon as its
/// state is updated.
template <class Real>
void network_base<Real>::require_before_update(projection_outline<Real> const& synapses,
                                               engine::connected_elements<Real> const& end,
                                               ir::side part) {
  kernel::compiled_model const& model = synapses.model;
  int const s = kernel::used_before_threshold(end.group->model(), model, part);
  if (s == ir::none) return;
  detail::refuse<std::invalid_argument>(
      {synapses.name, ": expected statements with '", model.variables[s].symbol.id.view(), "' of '",
       end.group->name(), "' before its state update or behind its threshold, found some between"});
}

template <class Real>
void network_base<Real>::require_own(synapse_end const& source, synapse_end const& target) const {
  for (auto const* const end : {&source, &target})
    if (&end->chosen.network() != &state_)
      detail::refuse<std::invalid_argument>(
          {"connect: expected two populations of this network, found '", source.chosen.all->name(),
           "' and '", target.chosen.all->name(), "', of which '", end->chosen.all->name(),
           "' is of another one"});
}

/// What the rule of the next object is asked for.
template <class Real>
connection_request
network_base<Real>::request_between(detail::group_slice<Real> const& source,
                                    detail::group_slice<Real> const& target) const {
  return {.sources = static_cast<std::uint32_t>(source.size()),
          .targets = static_cast<std::uint32_t>(target.size()),
          .seed = state_.seed,
          .object = next_object(),
          .one_population = source.all == target.all,
          .source_set = source.set,
          .target_set = target.set,
          .of_sources = detail::values_of(source),
          .of_targets = detail::values_of(target)};
}

template <class Real>
detail::handle<projection_base<Real>>
network_base<Real>::connect(projection_outline<Real>&& outline, synapse_end const& from,
                            synapse_end const& to, detail::any_rule const& rule, double delay) {
  require_own(from, to);
  complete(outline);
  connection_request request = request_between(from.chosen, to.chosen);
  request.limit = limit_of(outline, from.stored, to.stored);
  connections made = rule(run_, request);
  detail::check_synapse_count("connect", made.list.target.size(), request.limit.listed());
  return add(std::move(outline), from.stored, to.stored, std::move(made), delay);
}

template <class Real>
void network_base<Real>::complete(projection_outline<Real>& outline) const {
  if (outline.name.empty())
    outline.name = detail::message({"projection ", parts_->projections.size()});
  outline.object = next_object();
}

/// How many synapses there may be. Where 32 bits need not number them, memory is the limit: targets
/// take two bytes at least.
template <class Real>
synapse_limit network_base<Real>::limit_of(projection_outline<Real> const& outline,
                                           engine::connected_elements<Real> const& source,
                                           engine::connected_elements<Real> const& target) const {
  synapse_limit limit;
  limit.of = outline.name;
  std::string_view why = engine::reason_to_list(outline.model);
  if (device_ != nullptr) why = ", as a device makes the steps";
  if (outline.beside != nullptr) why = ", as a library lets spikes act";
  if (!why.empty()) limit.why = why;
  if (!why.empty() || !is_in_places(source, target)) return limit;
  std::size_t bytes = sizeof(std::uint16_t);
  for (kernel::variable const& v : outline.model.variables)
    if (v.array != ir::none && ir::is_stored(v.symbol.kind) && v.symbol.owner == ir::side::here)
      bytes += sizeof(Real);
  return {detail::physical_memory() / bytes, outline.name, ", as memory has room for no more"};
}

/// Whether elements count as places do.
template <class Real>
bool network_base<Real>::is_in_places(engine::connected_elements<Real> const& source,
                                      engine::connected_elements<Real> const& target) {
  return source.set.is_slice() && target.set.is_slice() && target.group->numbers() == nullptr &&
         !source.group->model().of_synapses;
}

/// Synapses that a rule has made.
template <class Real>
detail::handle<projection_base<Real>> network_base<Real>::add(
    projection_outline<Real>&& outline, engine::connected_elements<Real> const& source,
    engine::connected_elements<Real> const& target, connections&& made, double delay) {
  auto& all = parts_->projections;
  kernel::compiled_model const& model = outline.model;
  require_no_source_variables(outline, source);
  require_before_update(outline, source, ir::side::pre);
  require_before_update(outline, target, ir::side::post);
  bool const one = kernel::needs_one_thread(model, source.group == target.group);
  detail::with_memory_for(outline.name, [&] {
    auto added = std::make_unique<projection_base<Real>>(
        outline, run_, source, target, rows_of(std::move(made), source, target, one), clock_.dt());
    added->require_only_sums(all);
    for (int k = 0; k < added->pathway_count(); ++k)
      added->pathway(k).begin(added->pathway(k).from_source() ? delay : 0.0, clock_.step());
    all.push_back(std::move(added));
  });
  if (source.group->model().of_synapses) source.group->pin();
  target.group->pin();
  ++objects_;
  if (!kernel::commute(target.group->model(), model, ir::side::post)) target.group->await_resets();
  if (!kernel::commute(source.group->model(), model, ir::side::pre)) source.group->await_resets();
  return all.back()->handle();
}

/// The synapses as they are stored. What is made row by row has to count as places do; in one
/// partition, columns are for one thread.
template <class Real>
synapse_rows
network_base<Real>::rows_of(connections&& made, engine::connected_elements<Real> const& source,
                            engine::connected_elements<Real> const& target, bool as_one) const {
  std::vector<std::uint32_t> bounds = target.group->partition_bounds(as_one);
  std::uint32_t const from = source.set.begin(), to = target.set.begin();
  bool const in_order = target.group->numbers() == nullptr && !source.group->model().of_synapses;
  if (device_ != nullptr && in_order && made.law().is_known())
    return device_->connect(made.rule(), made.law(), source.set, target.set, std::move(bounds));
  bool const in_places = is_in_places(source, target);
  if (in_places && made.rows.row) return {run_, made.rows, std::move(bounds), from, to};
  bool const is_divided = bounds.size() > 2 || threads_ == 1;
  if (in_places && made.columns.column && is_divided)
    return made.columns.to_rows(run_, made.columns, std::move(bounds), from, to);
  connection_list list = detail::list_of(run_, std::move(made));
  place(list, source, target);
  return {run_, list, std::move(bounds), from, to};
}

template <class Real>
nernst::poisson_input<Real> network_base<Real>::add(values<Real> const& target,
                                                    std::uint64_t number,
                                                    language::written_expression const& rate,
                                                    language::written_expression const& weight) {
  auto const& slice = target.elements();
  require_own(slice, "poisson_input");
  if (!rate.is_constant())
    detail::refuse<std::invalid_argument>(
        {"poisson_input to ", slice.all->name(), ": expected a rate without variables"});
  std::optional<engine::bound_expression> formula;
  if (!weight.is_constant()) formula = target.bind(weight);
  auto made = std::make_unique<engine::poisson_input<Real>>(
      engine::input_outline<Real>{.target = &*slice.all,
                                  .set = slice.set,
                                  .symbol = slice.all->model().find(target.symbol().id),
                                  .expression = std::move(formula),
                                  .object = next_object()},
      engine::poisson_trains{
          .number = number, .rate = rate.value(), .weight = formula ? 0 : weight.value()});
  made->prepare();
  slice.all->await_resets();
  parts_->inputs.push_back(std::move(made));
  ++objects_;
  return nernst::poisson_input<Real>(parts_->inputs.back()->handle());
}

/// Makes places, counted from the first one at each end, of numbers within sets, and of synapses at
/// either end, which are stored in an order of their own.
template <class Real>
void network_base<Real>::place(connection_list& list,
                               engine::connected_elements<Real> const& source,
                               engine::connected_elements<Real> const& target) {
  if (source.group->model().of_synapses)
    detail::move_rows(list, source.group->places(), source.set.span());
  if (!source.set.is_slice()) detail::spread_rows(list, source.set);
  if (!target.set.is_slice()) detail::spread_targets(list, target.set);
  if (target.group->numbers() == nullptr) return;
  std::vector<std::uint32_t> const place = target.group->places();
  for (std::uint32_t& t : list.target) t = place[t];
}

/// Lets each source of spikes keep them for the longest delay.
template <class Real>
void network_base<Real>::remember_delays() {
  for (auto& n : parts_->populations) {
    n->forget_delays();
    for (auto const& s : parts_->projections)
      for (int k = 0; k < s->pathway_count(); ++k)
        if (s->pathway(k).source() == n.get()) n->remember(s->pathway(k).longest());
  }
}

template <class Real>
void network_base<Real>::add(std::unique_ptr<engine::callback> function) {
  function->prepare(clock_.dt());
  parts_->callbacks.push_back(std::move(function));
}

template <class Real>
std::uint32_t network_base<Real>::next_object() const {
  constexpr std::uint32_t most = 65536;
  if (objects_ == most)
    detail::refuse<std::length_error>(
        {"network: expected at most 65536 populations and projections"});
  return objects_;
}

template <class Real>
void network_base<Real>::set_dt(ir::quantity<"s"> dt) {
  require_no_run("set_dt");
  clock changed = clock_;
  changed.set_dt(dt.si);
  if (dt.si == clock_.dt()) return;
  std::int64_t const from = clock_.step();
  std::int64_t const to = changed.step();
  for (auto const& s : parts_->projections)
    for (int k = 0; k < s->pathway_count(); ++k) s->pathway(k).require_dt(dt.si);
  for (auto& c : parts_->callbacks) c->require_dt(dt.si);
  for (auto const& n : parts_->populations) n->require_own_dt(n->own_dt(), dt.si);
  for (auto const& s : parts_->projections) s->require_own_dt(s->own_dt(), dt.si);
  for (auto& c : parts_->callbacks) c->prepare(dt.si);
  for (auto& s : parts_->projections)
    for (int k = 0; k < s->pathway_count(); ++k) {
      s->pathway(k).gather(from);
      s->pathway(k).change_dt(dt.si, from, to);
    }
  for (auto& s : parts_->projections) s->set_dt(dt.si);
  for (auto& n : parts_->populations) n->change_dt(dt.si, from, to);
  for (auto& s : parts_->spikes) s->change_dt(dt.si, to);
  for (auto& s : parts_->states) s.store->change_dt(dt.si, to);
  clock_ = changed;
  state_.dt = dt.si;
  state_.step = to;
  state_.time = clock_.t();
}

template <class Real>
void network_base<Real>::set_own_dt(detail::group_slice<Real> const& of, double dt) {
  require_no_run("set_dt");
  require_own(of, "set_dt");
  detail::require_whole(*of.all, of.set, "make their steps");
  of.all->require_own_dt(dt, clock_.dt());
  bool const is_that_of_network = dt < 1.5 * clock_.dt();
  of.all->set_own_dt(is_that_of_network ? 0 : dt, clock_.step());
}

template <class Real>
std::vector<memory_entry> network_base<Real>::memory() const {
  std::vector<memory_entry> all;
  for (auto const& n : parts_->populations) all.push_back({n->name(), n->memory_bytes()});
  for (auto const& s : parts_->projections) all.push_back({s->name(), s->memory_bytes()});
  for (auto const& s : parts_->spikes) all.push_back({s->name, s->memory_bytes()});
  for (auto const& s : parts_->states) all.push_back({s.store->name, s.store->memory_bytes()});
  return all;
}

}  // namespace nernst
