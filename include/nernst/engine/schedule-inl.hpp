// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/access_finder.hpp>
#include <nernst/engine/schedule.hpp>

namespace nernst::engine {

NERNST_INLINE std::string_view to_text(activity what) {
  switch (what) {
  case activity::execute:
    return "execute";
  case activity::once:
    return "execute once";
  case activity::record:
    return "record";
  case activity::update:
    return "update";
  case activity::add_up:
    return "add up";
  case activity::deliver:
    return "deliver";
  case activity::reset:
    return "reset";
  case activity::inject:
    return "inject";
  case activity::notify:
    return "notify";
  case activity::rest:
    return "rest";
  case activity::meet:
    return "meet";
  case activity::call:
    return "call";
  }
  return {};
}

template <class Real>
class schedule_builder {
 public:
  explicit schedule_builder(network_parts<Real> const& network) : network_(network) {
    for (auto const& n : network.populations) enter_population(*n);
    for (auto const& s : network.projections) enter_projection(*s);
    for (auto const& s : network.inputs)
      if (s->is_active()) enter_input(*s);
    for (auto const& s : network.states)
      if (s.store->takes_part) enter_record(s);
    for (int k = 0; k < network.callbacks.size(); ++k)
      enter({.what = activity::call, .when = network.callbacks[k]->when(), .call = k});
  }

  ir::list<task<Real>> with_meetings() const {
    ir::list<task<Real>> all;
    if (std::int64_t const steps = steps_together(); steps > 0) {
      all = tasks_;
      all.push_back(meeting({ir::slot::after_end, 0}, true));
      all.back().every = steps;
      return all;
    }
    int since = 0;  // the first task behind the last meeting
    int first_meeting = ir::none;
    bool spikes_are_known = false;
    int const last_log = last_writer_of_logs();
    for (int k = 0; k < tasks_.size(); ++k) {
      bool meets = false;
      for (int e = since; e < k && !meets; ++e) meets = conflict(tasks_[e], tasks_[k]);
      if (meets) {
        bool const looks = !spikes_are_known && k > last_log;
        spikes_are_known = spikes_are_known || looks;
        if (first_meeting == ir::none) first_meeting = k;
        all.push_back(meeting(tasks_[k].when, looks));
        since = k;
      }
      all.push_back(tasks_[k]);
    }
    int const head = first_meeting == ir::none ? tasks_.size() : first_meeting;
    bool meets = !spikes_are_known;
    for (int e = since; e < tasks_.size() && !meets; ++e)
      for (int l = 0; l < head && !meets; ++l) meets = conflict(tasks_[e], tasks_[l]);
    if (meets) all.push_back(meeting({ir::slot::after_end, 0}, !spikes_are_known));
    return all;
  }

 private:
  using find = access_finder<Real>;
  using trigger = kernel::trigger;

  static task<Real> meeting(ir::instant when, bool looks) {
    return {.what = activity::meet, .when = when, .looks = looks};
  }
  static bool conflict(task<Real> const& earlier, task<Real> const& later) {
    for (access const& x : earlier.touches)
      for (access const& y : later.touches)
        if (engine::conflict(x, y)) return true;
    return false;
  }
  /// How many steps threads can make without one another; 0 where they need each other within one.
  std::int64_t steps_together() const {
    constexpr std::int64_t most = 64, most_spikes = std::int64_t{1} << 20;
    for (task<Real> const& earlier : tasks_)
      for (task<Real> const& later : tasks_)
        if (conflict(earlier, later)) return 0;
    std::int64_t steps = most;
    for (auto const& n : network_.populations) {
      if (!n->fires()) continue;
      std::int64_t const partition = std::int64_t{n->size()} / n->partitions() + 1;
      steps = std::min(steps, std::max(std::int64_t{1}, most_spikes / partition));
    }
    return steps;
  }
  int last_writer_of_logs() const {
    for (int k = tasks_.size(); k-- > 0;)
      for (access const& a : tasks_[k].touches)
        if (a.appends) return k;
    return ir::none;
  }

  /// At equal instants: the actions of a model come before a record in slot `start`, and behind the
  /// library's own parts elsewhere; functions of the user come last.
  static bool comes_first(task<Real> const& t) {
    bool of_model = false;
    if (t.what == activity::execute || t.what == activity::once) {
      trigger const what = t.of->model().kernels[t.kernel].when_executed;
      of_model = what == trigger::timed || what == trigger::act;
    }
    return (t.when.when == ir::slot::start) == of_model;
  }
  static bool is_before(task<Real> const& x, task<Real> const& y) {
    if (x.when != y.when) return x.when < y.when;
    if ((x.what == activity::call) != (y.what == activity::call)) return y.what == activity::call;
    return comes_first(x) && !comes_first(y);
  }
  /// Enters a task behind all that come before it or have the same place.
  void enter(task<Real> const& t) {
    int place = tasks_.size();
    while (place > 0 && is_before(t, tasks_[place - 1])) --place;
    tasks_.insert(place, t);
    tasks_[place].stride = stride(t);
  }
  /// How many steps of the network lie between those in which its object makes one; a sum has
  /// those of the neurons that it is for.
  static std::int64_t stride(task<Real> const& t) {
    bool const at_any_time = t.what == activity::deliver || t.what == activity::record ||
                             t.what == activity::rest || t.what == activity::call ||
                             t.what == activity::notify;
    if (at_any_time) return 1;
    kernel::compiled_model const& model = t.of->model();
    bool const is_sum = t.synapses != nullptr && kernel::is_sum(model.kernels[t.kernel]);
    if (!is_sum) return t.of->stride();
    int const made = kernel::written_by(model, model.kernels[t.kernel]);
    return t.synapses->end_of(model.variables[made].symbol.owner).group->stride();
  }

  static bool crosses_partitions(element_group<Real> const& elements) {
    for (auto const& to : elements.linked())
      if (to.given() && to.crosses(elements)) return true;
    return false;
  }

  void enter_population(population_base<Real>& neurons) {
    if (!neurons.is_active() && !neurons.fires()) return;
    if (!neurons.is_active()) return enter_rest(neurons);
    kernel::compiled_model const& model = neurons.model();
    bool const crosses = crosses_partitions(neurons);
    if (neurons.events() != nullptr) enter_events(neurons);
    for (int k = 0; k < model.kernels.size(); ++k) {
      kernel::scheduled_kernel const& kernel = model.kernels[k];
      task<Real> t{.what = activity::execute,
                   .when = kernel.when,
                   .kernel = k,
                   .of = &neurons,
                   .neurons = &neurons};
      switch (kernel.when_executed) {
      case trigger::update:
        if (neurons.is_driven()) continue;
        for (population_base<Real>* const other : neurons.driven()) enter_driven(t, *other);
        t.what = activity::update;
        find::enter(t.touches, neurons, trigger::attempt, reach::own);
        if (!neurons.reset_waits) find::enter(t.touches, neurons, trigger::reset, reach::own);
        enter_refractoriness(t, neurons);
        if (!model.has(trigger::threshold)) enter_spikes(t, neurons);
        if (neurons.stages() > 1) {
          enter_stages(t, neurons);
          continue;
        }
        break;
      case trigger::reset:
        if (!neurons.reset_waits) continue;
        t.what = activity::reset;
        t.alone = crosses && kernel.links;
        t.touches.push_back(find::log_of(&neurons, -1, false, by(t)));
        break;
      case trigger::update_and_reset:
      case trigger::attempt:
      case trigger::initialise:
      case trigger::current:
      case trigger::ion_current:
      case trigger::event:
        continue;
      case trigger::threshold:
        enter_spikes(t, neurons);
        break;
      case trigger::check:
        t.touches.push_back(find::log_of(&neurons, kernel.which, true, reach::own));
        break;
      case trigger::act:
        if (kernel.for_all) t.what = activity::once;
        t.alone = crosses && kernel.links;
        t.touches.push_back(find::log_of(&neurons, kernel.which, false, by(t)));
        break;
      default:
        if (kernel.for_all) t.what = activity::once;
        t.alone = crosses && kernel.links;
      }
      find::enter(t.touches, neurons, kernel, by(t));
      enter(t);
    }
  }
  /// Before spikes arrive, and behind that.
  void enter_events(population_base<Real>& elements) {
    constexpr int before = -2, behind = 2;
    for (int const order : {before, behind}) {
      task<Real> t{.what = activity::notify,
                   .when = {ir::slot::synapses, order},
                   .of = &elements,
                   .neurons = &elements};
      find::enter(t.touches, elements, trigger::event, reach::own);
      for (int s = 0; s < elements.model().variables.size(); ++s)
        if (elements.model().variables[s].symbol.id.view().starts_with('_'))
          t.touches.push_back(find::access_to(elements, s, true, reach::own));
      for (auto const& s : network_.projections)
        if (&s->target() == &elements && s->model().own_events.any)
          for (trigger const what : {trigger::pathway, trigger::event})
            find::enter(t.touches, *s, what, reach::own);
      enter(t);
    }
  }
  /// What others do as a part of an update.
  static void enter_driven(task<Real>& t, population_base<Real> const& other) {
    for (trigger const what : {trigger::current, trigger::update})
      find::enter(t.touches, other, what, reach::own);
    for (int s = 0; s < other.model().variables.size(); ++s)
      if (other.model().variables[s].symbol.kind == ir::role::local)
        t.touches.push_back(find::access_to(other, s, true, reach::own));
    if (other.fires() && !other.model().has(trigger::threshold)) enter_spikes(t, other);
  }
  /// In each threads need what others have left in the one before. The last of four changes what
  /// belongs to others.
  void enter_stages(task<Real> t, population_base<Real> const& neurons) {
    constexpr int last = 3;
    int const before_first = neurons.sees_others() ? neurons.stages() - 1 : last;
    ir::list<access> const touches = t.touches;
    for (t.stage = 0; t.stage < neurons.stages(); ++t.stage) {
      int const before = t.stage == 0 ? before_first : t.stage - 1;
      t.touches = touches;
      t.touches.push_back({&neurons, find::stages - before, false, reach::any});
      t.touches.push_back({&neurons, find::stages - t.stage, true});
      if (t.stage == last)
        for (population_base<Real>* const other : neurons.driven())
          for (int s = 0; s < other->model().variables.size(); ++s)
            t.touches.push_back(find::access_to(*other, s, true, reach::any));
      enter(t);
    }
  }
  void enter_rest(population_base<Real>& neurons) {
    task<Real> t{.what = activity::rest,
                 .when = {ir::slot::thresholds, 0},
                 .of = &neurons,
                 .neurons = &neurons};
    for (int e = -1; e < neurons.event_count(); ++e)
      t.touches.push_back(find::log_of(&neurons, e, true, reach::own));
    enter(t);
  }
  static void enter_spikes(task<Real>& t, population_base<Real> const& neurons) {
    t.touches.push_back(find::log_of(&neurons, -1, true, reach::own));
    enter_refractoriness(t, neurons);
  }
  static void enter_refractoriness(task<Real>& t, population_base<Real> const& neurons) {
    t.touches.push_back(
        {static_cast<element_group<Real> const*>(&neurons), find::refractoriness, true});
  }
  static reach by(task<Real> const& t) {
    bool const one =
        t.alone || t.what == activity::once || (t.synapses != nullptr && t.synapses->is_alone());
    return one ? reach::one : reach::own;
  }

  void enter_projection(projection_base<Real>& synapses) {
    if (!synapses.is_active()) return;
    kernel::compiled_model const& model = synapses.model();
    for (int k = 0; k < model.kernels.size(); ++k) {
      kernel::scheduled_kernel const& kernel = model.kernels[k];
      bool const is_for_traces = kernel.when_executed == trigger::pathway &&
                                 model.find(trigger::trace, kernel.which) != ir::none;
      bool const is_event = kernel.when_executed == trigger::pathway && model.own_events.any;
      if (kernel.is_empty() && !is_for_traces && !is_event) continue;
      task<Real> t{.what = kernel.for_all ? activity::once : activity::execute,
                   .when = kernel.when,
                   .kernel = k,
                   .of = &synapses,
                   .synapses = &synapses};
      if (kernel.when_executed == trigger::attempt || kernel.when_executed == trigger::reset ||
          kernel.when_executed == trigger::update_and_reset ||
          kernel.when_executed == trigger::trace || kernel.when_executed == trigger::event)
        continue;
      if (kernel.when_executed == trigger::sum) {
        t.what = activity::add_up;
        enter_sum(t);
      } else {
        if (kernel.when_executed == trigger::pathway) enter_pathway(t, kernel.which);
        if (is_for_traces)
          find::enter(t.touches, synapses, model.kernels[model.find(trigger::trace, kernel.which)],
                      by(t));
        find::enter(t.touches, synapses, kernel, by(t));
        if (kernel.when_executed == trigger::pathway)
          find::enter(t.touches, synapses, trigger::event, by(t));
      }
      enter(t);
    }
  }
  static void enter_pathway(task<Real>& t, int number) {
    engine::pathway<Real> const& p = t.synapses->pathway(number);
    t.what = activity::deliver;
    t.pathway = number;
    reach const whose = p.reads_own_logs() ? by(t) : reach::any;
    t.touches.push_back(find::log_of(p.source(), t.synapses->event_of(p.trigger()), false, whose));
    t.touches.back().waits = true;
  }
  /// A sum is made by the owner of the neuron, out of synapses that others may own.
  static void enter_sum(task<Real>& t) {
    kernel::compiled_model const& model = t.of->model();
    kernel::scheduled_kernel const& k = model.kernels[t.kernel];
    int const target = kernel::written_by(model, k);
    ir::side const side = model.variables[target].symbol.owner;
    bool const is_local = side == ir::side::post && !t.synapses->is_alone();
    for (int s = 0; s < model.variables.size(); ++s)
      if (kernel::reads(model, k, s)) {
        bool const own = model.variables[s].symbol.owner != ir::side::pre && is_local;
        t.touches.push_back(find::access_to(*t.of, s, false, own ? reach::own : reach::any));
      }
    access written = find::access_to(*t.of, target, true, reach::own);
    written.by = reach::own;
    t.touches.push_back(written);
  }

  void enter_input(neuron_input<Real>& input) {
    element_group<Real>& target = *input.outline().target;
    task<Real> t{
        .what = activity::inject, .when = {ir::slot::synapses, 0}, .of = &target, .input = &input};
    t.touches.push_back(find::access_to(target, input.outline().symbol, true, reach::own));
    t.touches.push_back({&target, find::refractoriness, false});
    if (input.outline().expression)
      for (int k = 0; k < target.model().variables.size(); ++k)
        t.touches.push_back(find::access_to(target, k, false, reach::own));
    enter(t);
  }
  void enter_record(watched_states<Real> const& s) {
    task<Real> t{
        .what = activity::record, .when = s.store->when, .of = s.of, .store = s.store.get()};
    for (int k = 0; k < s.of->model().variables.size(); ++k)
      t.touches.push_back(find::access_to(*s.of, k, false, reach::own));
    t.touches.push_back({s.of, find::refractoriness, false});
    enter(t);
  }

  network_parts<Real> const& network_;
  ir::list<task<Real>> tasks_;
};

template <class Real>
ir::list<task<Real>> schedule_of(network_parts<Real> const& network) {
  return schedule_builder<Real>(network).with_meetings();
}

template <class Real>
std::int64_t series_of(ir::list<task<Real>> const& schedule) {
  std::int64_t steps = 1;
  for (task<Real> const& t : schedule) steps = std::max(steps, t.every);
  return steps;
}

template <class Real>
std::string name_of(activity what, element_group<Real> const* of, int pathway) {
  std::string name(to_text(what));
  if (pathway != ir::none) name += " " + std::string(of->model().pathways[pathway].name.view());
  return name;
}

template <class Real>
std::string to_text(ir::list<task<Real>> const& schedule) {
  std::string all;
  for (task<Real> const& t : schedule) {
    std::string line(ir::to_text(t.when.when));
    if (t.when.order != 0) line += " " + std::to_string(t.when.order);
    line.resize(line.size() < 22 ? 22 : line.size() + 1, ' ');
    line += name_of(t.what, t.of, t.pathway);
    if (t.of != nullptr) line += " " + t.of->name();
    if (t.alone) line += " (one thread)";
    if (t.every > 1) line += " (once in " + std::to_string(t.every) + " steps)";
    if (t.stride != 1) line += " (every " + std::to_string(t.stride) + " steps)";
    all += line + "\n";
  }
  return all;
}

}  // namespace nernst::engine
