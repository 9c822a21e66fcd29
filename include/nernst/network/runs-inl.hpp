// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/step_loop.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/network/network_base.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <exception>
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
    for (auto& r : records)
      if (r.store->takes_part) with_memory_for(r.store->name, [&] { r.store->reserve(until); });
  }
  ~recorded_rows() {
    for (auto& r : records)
      if (r.store->takes_part) r.store->cut(end);
  }
};

/// All records look at what a piece of a run has left, and only then pass it on. An error of one
/// does not keep the others from it.
template <class Real>
void collect_records(engine::network_parts<Real>& parts, std::int64_t end, double dt) {
  auto const collect = [&](record_store& one) {
    one.takes_part ? one.collect(end) : one.change_dt(dt, end);
  };
  for (auto& s : parts.spikes) collect(*s);
  for (auto& s : parts.states) collect(*s.store);
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
void network_base<Real>::simulate(double duration, detail::any_reporter const& reporter,
                                  watch what) {
  require_no_run("run");
  std::int64_t const begin = clock_.step();
  std::int64_t const end = begin + clock_.steps_until(duration);
  double const t_start = clock_.now();
  remember_delays();
  for (auto const& c : parts_->callbacks)
    if (ir::is_between_update_and_reset(c->when()))
      for (auto& n : parts_->populations) n->await_resets();
  for (auto& n : parts_->populations) n->expect_no_changes(parts_->callbacks.empty());
  for (auto& n : parts_->populations) n->prepare(clock_.dt());
  for (auto& s : parts_->projections) s->prepare(clock_.dt());
  engine::lookout<Real> watching(what, *parts_, threads_);
  bool const unseen = !watching.is_on() && !reporter.may_look && device_ == nullptr;
  bool const fast = unseen && exactness_ == exactness::fast;
  for (auto& n : parts_->populations) n->let_scale(fast && may_scale(*n), begin);
  for (auto& s : parts_->projections) {
    s->follow_scales(begin);
    s->let_round(exactness_ == exactness::fast);
  }
  for (auto& s : parts_->projections)
    detail::with_memory_for(
        s->name(), [&] { s->let_wait(unseen && nobody_looks_at(*s, end - begin), begin); });
  for (auto& s : parts_->inputs) s->prepare();
  for (auto& s : parts_->states) s.store->prepare(clock_.dt());
  for (auto& s : parts_->spikes) s->begin_run();
  for (auto& s : parts_->states) s.store->begin_run();
  report::throttle throttle(reporter.period);
  detail::interrupt_guard const guard;
  running_ = true;
  stopped_ = false;
  interrupted_ = false;
  try {
    reporter(report::at(0, 0, t_start, duration));
    simulate_steps(begin, end, throttle, watching, [&](double completed) {
      if (reporter.may_look) let_host_see();
      reporter(report::at(throttle.elapsed(), completed, t_start, duration));
    });
  } catch (...) {
    running_ = false;
    let_users_look();
    if (clock_.step() != begin) clock_.interrupt();
    throw;
  }
  running_ = false;
  let_users_look();
  stopped_ ? clock_.interrupt() : clock_.complete(duration);
  double const steps = static_cast<double>(end - begin);
  double const made = static_cast<double>(clock_.step() - begin);
  reporter(report::at(throttle.elapsed(), stopped_ ? made / steps : 1, t_start, duration, true));
}

/// Makes values what users see behind the steps of a run.
template <class Real>
void network_base<Real>::let_users_look() {
  let_host_see();
  for (auto& s : parts_->projections) s->settle();
  for (auto& n : parts_->populations) n->restore_scales(clock_.step());
  for (auto& s : parts_->projections) s->follow_scales(clock_.step());
}

/// Lets the host have what an accelerator has in its memory, which it takes over before its next
/// step.
template <class Real>
void network_base<Real>::let_host_see() {
  if (device_ == nullptr) return;
  device_->fetch();
  device_->forget();
}

/// Whether nobody but kernels and inputs sees scaled states of neurons in a run, and all of them
/// count the same steps.
template <class Real>
bool network_base<Real>::may_scale(population_base<Real> const& neurons) const {
  bool may = neurons.is_active() && neurons.stride() == 1 && parts_->callbacks.empty();
  may = may && !kernel::reads_scales_in_update(neurons.model());
  for (auto const& s : parts_->states) may = may && s.of != &neurons;
  for (auto const& s : parts_->inputs)
    may = may && (s->outline().target != &neurons || !s->outline().expression);
  for (auto const& other : parts_->populations) may = may && !other->is_linked_to(neurons);
  for (auto const& s : parts_->projections) {
    bool const is_end = &s->source() == &neurons || &s->target() == &neurons;
    may = may && !s->is_linked_to(neurons);
    if (is_end) may = may && s->stride() == 1 && !kernel::reads_scales_in_update(s->model());
  }
  return may;
}

/// Whether nobody sees the variables of synapses in so many steps of a run.
template <class Real>
bool network_base<Real>::nobody_looks_at(engine::element_group<Real> const& synapses,
                                         std::int64_t steps) const {
  bool looks = !parts_->callbacks.empty() || steps > std::numeric_limits<std::int32_t>::max();
  for (auto const& s : parts_->states) looks = looks || s.of == &synapses;
  for (auto const& s : parts_->inputs) looks = looks || s->outline().target == &synapses;
  return !looks;
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
    std::int64_t wanted = piece < left ? piece : left;
    if (device_ != nullptr)
      wanted = watching.is_on() ? 1 : std::min(wanted, device_->most_steps(*parts_));
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
  detail::collect_records(*parts_, step, clock_.dt());
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
  std::int64_t const count = steps == 0 ? 1 : steps, series = engine::series_of(tasks);
  start_piece(step, count, series);
  bool const is_here = device_ == nullptr || !device_->is_ahead();
  for (auto& n : parts_->populations)
    if (is_here && n->events() != nullptr && n->is_active())
      n->events()->start({static_cast<double>(step) * clock_.dt(),
                          step,
                          {state_.seed, n->object(), static_cast<std::uint64_t>(clock_.made())}});
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

template <class Real>
void network_base<Real>::start_piece(std::int64_t step, std::int64_t count, std::int64_t series) {
  if (device_ != nullptr)
    for (auto& n : parts_->populations)
      if (n->counts_anew(step)) let_host_see();
  for (auto& n : parts_->populations)
    detail::with_memory_for(n->name(), [&] {
      n->start(step, static_cast<std::size_t>(count), static_cast<std::size_t>(series));
    });
  for (auto& s : parts_->projections) s->start(step);
  if (device_ != nullptr) device_->start(*parts_, step, count);
}

/// What it throws has to wait: the step is made to its end.
template <class Real>
void network_base<Real>::call(engine::callback& function) {
  report::throttle const watch(0);
  let_host_see();
  try {
    function();
  } catch (...) {
    failure_ = std::current_exception();
  }
  if (profiles_) add_time({engine::activity::call, nullptr, ir::none, watch.elapsed()});
}

/// The tasks [first, last) of some steps; returns how many were made.
template <class Real>
std::int64_t
network_base<Real>::simulate_tasks(std::int64_t steps, ir::list<engine::task<Real>> const& tasks,
                                   int first, int last, engine::lookout<Real>& watching) {
  std::int64_t const begin = clock_.step();
  std::vector<double> seconds(profiles_ ? static_cast<std::size_t>(tasks.size()) : 0);
  engine::step_range const range{.begin = begin,
                                 .end = begin + steps,
                                 .dt = clock_.dt(),
                                 .seed = state_.seed,
                                 .draws_ahead = clock_.made() - begin,
                                 .first = first,
                                 .last = last,
                                 .seconds = profiles_ ? seconds.data() : nullptr};
  std::int64_t made = steps;
  if (device_ == nullptr) {
    barrier gate(team_.now());
    engine::step_loop<Real> const loop(*parts_, tasks, gate, watching, threads_, range);
    report::throttle const watch(0);
    long const before = engine::interruptions();
    run_.run_team(threads_, loop);
    made = loop.done() - begin;
    team_.hear(static_cast<double>(made), watch.elapsed(), engine::interruptions() - before);
  } else {
    device_->make_steps(tasks, range);
    if (watching.is_on() && last == tasks.size()) look_everywhere(watching);
  }
  for (int k = first; k < last && profiles_; ++k)
    add_time({tasks[k].what, tasks[k].of, tasks[k].pathway, seconds[static_cast<std::size_t>(k)]});
  return made;
}

/// Behind a step of an accelerator.
template <class Real>
void network_base<Real>::look_everywhere(engine::lookout<Real>& watching) const {
  device_->fetch();
  for (int p = 0; p < threads_; ++p) watching.look(p);
}

template <class Real>
void network_base<Real>::add_time(engine::task_time<Real> const& spent) {
  for (engine::task_time<Real>& t : times_)
    if (t.what == spent.what && t.of == spent.of && t.pathway == spent.pathway) {
      t.seconds += spent.seconds;
      return;
    }
  times_.push_back(spent);
}

template <class Real>
std::vector<profile_entry> network_base<Real>::profile() const {
  double sum = 0;
  for (engine::task_time<Real> const& t : times_) sum += t.seconds;
  std::vector<profile_entry> all;
  for (engine::task_time<Real> const& t : times_)
    all.push_back({.object = t.of == nullptr ? "" : t.of->name(),
                   .task = engine::name_of(t.what, t.of, t.pathway),
                   .seconds = t.seconds,
                   .fraction = sum > 0 ? t.seconds / sum : 0});
  std::sort(all.begin(), all.end(), [](profile_entry const& x, profile_entry const& y) {
    if (x.seconds != y.seconds) return x.seconds > y.seconds;
    return x.object != y.object ? x.object < y.object : x.task < y.task;
  });
  return all;
}

template <class Real>
std::string network_base<Real>::schedule() const {
  return engine::to_text(engine::schedule_of(*parts_));
}

}  // namespace nernst
