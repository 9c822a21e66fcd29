// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/runtime.hpp>
#include <nernst/engine/step_loop.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/network/network_base.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <exception>
#include <new>
#include <stdexcept>
#include <utility>

namespace nernst {

namespace detail {

/// The rows that a piece of a run adds to records: those up to `end` stay, whatever happens.
template <class Real>
struct recorded_rows {
  std::vector<engine::watched_states<Real>>& records;
  std::int64_t end;

  void reserve(std::int64_t until) const {
    for (auto& r : records) with_memory_for(r.store->name, [&] { r.store->reserve(until); });
  }
  ~recorded_rows() {
    for (auto& r : records) r.store->cut(end);
  }
};

/// All records look at what a piece of a run has left, and only then pass it on. An error of one
/// does not keep the others from it.
template <class Real>
void collect_records(engine::network_parts<Real>& parts, std::int64_t end) {
  for (auto& s : parts.spikes) s->collect(end);
  for (auto& s : parts.states) s.store->collect(end);
  std::exception_ptr error;
  auto const pass_on = [&](record_store& one) {
    try {
      one.pass_on();
    } catch (...) {
      if (error == nullptr) error = std::current_exception();
    }
  };
  for (auto& s : parts.spikes) pass_on(*s);
  for (auto& s : parts.states) pass_on(*s.store);
  if (error != nullptr) std::rethrow_exception(error);
}

}  // namespace detail

template <class Real>
network_base<Real>::network_base(network_options const& options, executor const& run)
    : run_(run), clock_(options.dt.si), parts_(std::make_unique<engine::network_parts<Real>>()) {
  detail::require_runtime("network");
  threads_ = run.threads();
  state_.dt = clock_.dt();
  state_.seed = options.seed;
  profiles_ = options.profile;
}

template <class Real>
network_base<Real>::~network_base() = default;

template <class Real>
detail::population_slice<Real> network_base<Real>::add(population_outline<Real> outline) {
  auto& all = parts_->populations;
  if (outline.name.empty()) outline.name = detail::message({"population ", all.size()});
  outline.object = next_object();
  detail::with_memory_for(outline.name, [&] {
    all.push_back(std::make_unique<population_base<Real>>(outline, run_, threads_));
  });
  ++objects_;
  all.back()->set_dt(clock_.dt());
  return {all.back()->handle(), &state_, 0, outline.size};
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
detail::handle<projection_base<Real>> network_base<Real>::add(
    projection_outline<Real> outline, engine::connected_elements<Real> const& source,
    engine::connected_elements<Real> const& target, connection_list list, double delay) {
  auto& all = parts_->projections;
  target.group->pin();
  place_targets(list, target);
  kernel::compiled_model const& model = outline.model;
  if (outline.name.empty()) outline.name = detail::message({"projection ", all.size()});
  engine::element_group<Real> const& targets = *target.group;
  require_before_update(outline, source, ir::side::pre);
  require_before_update(outline, target, ir::side::post);
  bool const one = kernel::needs_one_thread(model, source.group == target.group);
  std::vector<std::uint32_t> bounds = targets.partition_bounds(one);
  std::unique_ptr<projection_base<Real>> made;
  detail::with_memory_for(outline.name, [&] {
    synapse_rows rows(run_, list, std::move(bounds), source.begin, target.begin);
    made = std::make_unique<projection_base<Real>>(outline, run_, source, target, std::move(rows),
                                                   clock_.dt());
    for (int k = 0; k < made->pathway_count(); ++k)
      made->pathway(k).set_delays({made->pathway(k).from_source() ? delay : 0.0}, clock_.step());
    all.push_back(std::move(made));
  });
  ++objects_;
  remember_delays();
  if (!kernel::commute(targets.model(), model, ir::side::post)) target.group->await_resets();
  if (!kernel::commute(source.group->model(), model, ir::side::pre)) source.group->await_resets();
  return all.back()->handle();
}

template <class Real>
void network_base<Real>::add(values<Real> const& target, std::uint64_t number,
                             language::written_expression const& rate,
                             language::written_expression const& weight) {
  auto const& slice = target.elements();
  require_own(slice, "poisson_input");
  if (!rate.is_constant())
    detail::refuse<std::invalid_argument>(
        {"poisson_input to ", slice.all->name(), ": expected a rate without variables"});
  auto made = std::make_unique<engine::poisson_input<Real>>(
      engine::poisson_input_outline<Real>{.target = &*slice.all,
                                          .begin = slice.begin,
                                          .end = slice.end,
                                          .symbol = slice.all->model().find(target.symbol().id),
                                          .number = number,
                                          .rate = rate.value(),
                                          .weight = weight.is_constant() ? weight.value() : 0,
                                          .expression = {},
                                          .object = next_object()});
  if (!weight.is_constant()) made->set_weight(target.bind(weight));
  made->prepare(clock_.dt());
  slice.all->await_resets();
  parts_->inputs.push_back(std::move(made));
  ++objects_;
}

/// Synapses as targets are stored in an order of their own.
template <class Real>
void network_base<Real>::place_targets(connection_list& list,
                                       engine::connected_elements<Real> const& target) {
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
std::uint32_t network_base<Real>::next_object(detail::group_slice<Real> const& source,
                                              detail::group_slice<Real> const& target) const {
  for (auto const* const side : {&source, &target})
    if (&side->network() != &state_)
      detail::refuse<std::invalid_argument>(
          {"connect: expected two populations of this network, found '", source.all->name(),
           "' and '", target.all->name(), "', of which '", side->all->name(),
           "' is of another one"});
  return next_object();
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
  for (auto& c : parts_->callbacks) c->prepare(dt.si);
  for (auto& s : parts_->projections)
    for (int k = 0; k < s->pathway_count(); ++k) {
      s->pathway(k).gather(from);
      s->pathway(k).change_dt(dt.si, from, to);
    }
  for (auto& s : parts_->projections) s->set_dt(dt.si);
  for (auto& n : parts_->populations) n->change_dt(dt.si, from, to);
  remember_delays();
  for (auto& s : parts_->spikes) s->change_dt(dt.si, to);
  for (auto& s : parts_->states) s.store->change_dt(dt.si, to);
  clock_ = changed;
  state_.dt = dt.si;
  state_.step = to;
  state_.time = clock_.t();
}

// ---- records

template <class Real>
void network_base<Real>::require_own(detail::group_slice<Real> const& of, char const* asked) const {
  if (&of.network() != &state_)
    detail::refuse<std::invalid_argument>({asked,
                                           ": expected a population of this network, found '",
                                           of.all->name(), "' of another one"});
}

template <class Real>
spike_record network_base<Real>::record_spikes(detail::population_slice<Real> const& of,
                                               keep what) {
  require_own(of.elements(), "record_spikes");
  return record_log(of, detail::spikes_of(*of.all), what);
}

template <class Real>
spike_record network_base<Real>::record_spikes(detail::population_slice<Real> const& of,
                                               detail::spike_values const& wanted) {
  require_own(of.elements(), "record_spikes");
  return record_log(of, detail::spikes_of(*of.all), wanted);
}

template <class Real>
spike_record network_base<Real>::record_event(detail::population_slice<Real> const& of,
                                              std::string_view event, keep what) {
  require_own(of.elements(), "record_events");
  return record_log(of, detail::events_of(*of.all, event), what);
}

template <class Real>
spike_record network_base<Real>::record_event(detail::population_slice<Real> const& of,
                                              std::string_view event,
                                              detail::spike_values const& wanted) {
  require_own(of.elements(), "record_events");
  return record_log(of, detail::events_of(*of.all, event), wanted);
}

template <class Real>
spike_record network_base<Real>::record_log(detail::population_slice<Real> const& of,
                                            detail::spike_place const& where, keep what) {
  auto made = detail::new_spike_store(of, where, what);
  made->change_dt(clock_.dt(), clock_.step());
  parts_->spikes.push_back(made);
  return spike_record(std::move(made));
}

template <class Real>
spike_record network_base<Real>::record_log(detail::population_slice<Real> const& of,
                                            detail::spike_place const& where,
                                            detail::spike_values const& wanted) {
  auto const into = detail::new_spike_store(of, where, keep::spikes);
  auto sampler = detail::new_spike_sampler(of, where, wanted, into);
  into->change_dt(clock_.dt(), clock_.step());
  watch_states(of.elements(), std::move(sampler));
  parts_->spikes.push_back(into);
  return spike_record(into);
}

template <class Real>
rate_record network_base<Real>::record_rate(detail::population_slice<Real> const& of) {
  require_own(of.elements(), "record_rate");
  auto made = detail::new_rate_store(of);
  made->change_dt(clock_.dt(), clock_.step());
  parts_->spikes.push_back(made);
  return rate_record(std::move(made));
}

template <class Real>
state_record<Real> network_base<Real>::record_states(detail::group_slice<Real> const& of,
                                                     detail::state_request const& wanted) {
  require_own(of, "record");
  auto made = detail::new_state_store(of, wanted);
  made->prepare(clock_.dt());
  made->change_dt(clock_.dt(), clock_.step());
  watch_states(of, made);
  return state_record<Real>(std::move(made));
}

template <class Real>
void network_base<Real>::record_now(detail::state_store<Real>& record) {
  for (auto const& s : parts_->states)
    if (s.store.get() == &record) return record.record_now(*s.of, {clock_.t(), clock_.step(), {}});
  detail::refuse<std::invalid_argument>({"record_now: expected a record of this network"});
}

template <class Real>
void network_base<Real>::watch_states(detail::group_slice<Real> const& of,
                                      std::shared_ptr<detail::sampling_store> made) {
  // A record between update and reset must not see the reset.
  ir::instant const when = made->when;
  if (when >= ir::instant{ir::slot::groups, 0} && when < ir::instant{ir::slot::resets, 0})
    of.all->await_resets();
  parts_->states.push_back({std::move(made), &*of.all});
}

// ---- runs

template <class Real>
void network_base<Real>::simulate(double duration, detail::any_reporter const& reporter,
                                  watch what) {
  std::int64_t const begin = clock_.step();
  std::int64_t const end = begin + clock_.steps_until(duration);
  double const t_start = clock_.now();
  remember_delays();
  // A function of the user between update and reset must not see the reset.
  for (auto const& c : parts_->callbacks)
    if (c->when() >= ir::instant{ir::slot::groups, 0} &&
        c->when() < ir::instant{ir::slot::resets, 0})
      for (auto& n : parts_->populations) n->await_resets();
  for (auto& n : parts_->populations) n->prepare(clock_.dt());
  for (auto& s : parts_->projections) s->prepare(clock_.dt());
  for (auto& s : parts_->inputs) s->prepare(clock_.dt());
  for (auto& s : parts_->states) s.store->prepare(clock_.dt());
  engine::lookout<Real> watching(what, *parts_, threads_);
  report::throttle throttle(reporter.period);
  detail::interrupt_guard const guard;
  running_ = true;
  stopped_ = false;
  interrupted_ = false;
  try {
    reporter(report::at(0, 0, t_start, duration));
    simulate_steps(begin, end, throttle, watching, [&](double completed) {
      reporter(report::at(throttle.elapsed(), completed, t_start, duration));
    });
  } catch (...) {
    running_ = false;
    if (clock_.step() != begin) clock_.interrupt();
    throw;
  }
  running_ = false;
  stopped_ ? clock_.interrupt() : clock_.complete(duration);
  double const steps = static_cast<double>(end - begin);
  double const made = static_cast<double>(clock_.step() - begin);
  reporter(report::at(throttle.elapsed(), stopped_ ? made / steps : 1, t_start, duration, true));
}

template <class Real>
template <class Report>
void network_base<Real>::simulate_steps(std::int64_t begin, std::int64_t end,
                                        report::throttle& throttle, engine::lookout<Real>& watching,
                                        Report const& report) {
  ir::list<engine::task<Real>> const tasks = engine::schedule_of(*parts_);
  std::int64_t piece = 64;
  while (clock_.step() < end && !stopped_) {
    double const before = throttle.elapsed();
    std::int64_t const left = end - clock_.step();
    std::int64_t const wanted = piece < left ? piece : left;
    std::int64_t const made = simulate_piece(wanted, tasks, watching);
    clock_.tick(made);
    enter_step(clock_.step());
    if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
    interrupted_ = detail::interrupt_is_pending;
    stopped_ = stopped_ || interrupted_;
    if (watching.has_found()) watching.end_run(clock_.step(), clock_.t());
    // Pieces of a twentieth of a second: reports come in time, and starting one costs nothing in
    // comparison.
    double const took = throttle.elapsed() - before;
    if (made == piece && took < 0.025 && piece < 65536) piece *= 2;
    if (took > 0.1 && piece > 1) piece /= 2;
    if (clock_.step() == end || !throttle.due()) continue;
    report(static_cast<double>(clock_.step() - begin) / static_cast<double>(end - begin));
  }
}

/// What users see between two pieces of a run.
template <class Real>
void network_base<Real>::enter_step(std::int64_t step) {
  state_.time = static_cast<double>(step) * clock_.dt();
  state_.step = step;
  detail::collect_records(*parts_, step);
}

/// How many steps there are before one in which a function of the user is called.
template <class Real>
std::int64_t network_base<Real>::steps_before_call(std::int64_t most) const {
  std::int64_t const begin = clock_.step();
  for (std::int64_t n = 0; n < most; ++n)
    for (auto const& c : parts_->callbacks)
      if (c->is_due(begin + n)) return n;
  return most;
}

/// Some steps, up to the next one in which functions of the user are called, or that one.
template <class Real>
std::int64_t network_base<Real>::simulate_piece(std::int64_t steps,
                                                ir::list<engine::task<Real>> const& tasks,
                                                engine::lookout<Real>& watching) {
  std::int64_t const step = clock_.step();
  if (!parts_->callbacks.empty()) steps = steps_before_call(steps);
  std::int64_t const count = steps == 0 ? 1 : steps;
  for (auto& n : parts_->populations)
    detail::with_memory_for(n->name(), [&] { n->start(step, static_cast<std::size_t>(count)); });
  for (auto& s : parts_->projections) s->start(step);
  detail::recorded_rows<Real> rows{parts_->states, step};
  rows.reserve(step + count);
  if (steps > 0) {
    std::int64_t const made = simulate_tasks(steps, tasks, 0, tasks.size(), watching);
    rows.end = step + made;
    return made;
  }
  int first = 0;
  for (int k = 0; k < tasks.size(); ++k) {
    if (tasks[k].what != engine::activity::call) continue;
    engine::callback& function = *parts_->callbacks[tasks[k].call];
    if (!function.is_due(step)) continue;
    if (k > first) simulate_tasks(1, tasks, first, k, watching);
    call(function);
    first = k + 1;
    if (failure_ != nullptr) break;
  }
  simulate_tasks(1, tasks, first, tasks.size(), watching);
  rows.end = step + 1;
  return 1;
}

/// What it throws has to wait: the step is made to its end.
template <class Real>
void network_base<Real>::call(engine::callback& function) {
  if (failure_ != nullptr) return;
  report::throttle const watch(0);
  try {
    function();
  } catch (...) {
    failure_ = std::current_exception();
  }
  if (profiles_) detail::add_time(profile_, {}, "call", watch.elapsed());
}

/// The tasks [first, last) of some steps; returns how many were made.
template <class Real>
std::int64_t
network_base<Real>::simulate_tasks(std::int64_t steps, ir::list<engine::task<Real>> const& tasks,
                                   int first, int last, engine::lookout<Real>& watching) {
  std::int64_t const begin = clock_.step();
  barrier gate(threads_);
  std::vector<double> seconds(profiles_ ? static_cast<std::size_t>(tasks.size()) : 0);
  engine::step_loop<Real> const loop(*parts_, tasks, gate, watching,
                                     {.begin = begin,
                                      .end = begin + steps,
                                      .dt = clock_.dt(),
                                      .seed = state_.seed,
                                      .draws_ahead = clock_.made() - begin,
                                      .first = first,
                                      .last = last,
                                      .seconds = profiles_ ? seconds.data() : nullptr});
  run_.run_team(threads_, loop);
  for (int k = first; k < last && profiles_; ++k)
    detail::add_time(profile_, tasks[k].of == nullptr ? "" : tasks[k].of->name(),
                     engine::name_of(tasks[k]), seconds[static_cast<std::size_t>(k)]);
  return loop.done() - begin;
}

template <class Real>
std::string network_base<Real>::schedule() const {
  return engine::to_text(engine::schedule_of(*parts_));
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
