// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/barrier.hpp>
#include <nernst/network/clock.hpp>
#include <nernst/network/connect.hpp>
#include <nernst/network/memory.hpp>
#include <nernst/network/population.hpp>
#include <nernst/network/projection.hpp>
#include <nernst/network/record.hpp>
#include <nernst/network/report.hpp>
#include <nernst/network/step_loop.hpp>
#include <nernst/network/team.hpp>

#include <cstdlib>
#include <initializer_list>

namespace nernst {

/// How a network is simulated.
struct network_options {
  dsl::quantity<ir::units::second> dt{1e-4};  ///< the length of a step
  std::uint64_t seed =
      0;  ///< of everything random; the same seed gives the same spikes on any number of threads
};

/// Populations, the projections between them, and what is recorded of them. `Space` is the Kokkos
/// execution space (one the host can reach), `Real` the type of the state. The network owns
/// everything that it hands out handles to.
template <class Space = Kokkos::DefaultExecutionSpace, class Real = double>
class network {
  static_assert(Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible,
                "networks run on host spaces; choose network<Kokkos::DefaultHostExecutionSpace>");

 public:
  /// \throws std::invalid_argument unless dt > 0, std::logic_error unless Kokkos runs (see
  /// `nernst::runtime`).
  explicit network(network_options const& options) : clock_(options.dt.si) {
    detail::require_runtime("network");
    threads_ = team_size<Space>();
    state_.dt = clock_.dt();
    state_.seed = options.seed;
  }
  network(network const&) = delete;
  network& operator=(network const&) = delete;

  /// New neurons of a model. All variables start at 0.
  template <class Model>
  nernst::population<Model, Space, Real> population(std::uint32_t size, std::string name = {}) {
    using code = kernel::neuron_code<Model>;
    if constexpr (code::valid) {
      if (name.empty()) name = "population " + std::to_string(neurons_.size());
      auto made = std::make_unique<neurons_of<Model, Space, Real>>(std::move(name), size, threads_,
                                                                   next_object());
      auto& all = *made;
      all.set_dt(clock_.dt());
      neurons_.push_back(std::move(made));
      return nernst::population<Model, Space, Real>(all, state_);
    } else {
      std::abort();  // does not compile: the mistake has been reported
    }
  }

  /// Synapses from the neurons of one population (or slice) to those of another, by a connection
  /// rule. All have the same delay; 0 lets a spike act in the step in which it is fired, as in
  /// Brian 2.
  template <class Synapse, class Source, class Target, class Rule>
  projection<Synapse, Source, Target, Space, Real>
  connect(nernst::population<Source, Space, Real> const& source,
          nernst::population<Target, Space, Real> const& target, Rule const& rule,
          dsl::quantity<ir::units::second> delay = dsl::quantity<ir::units::second>{0.0},
          std::string name = {}) {
    using code = kernel::synapse_code<Synapse, Source, Target>;
    if constexpr (code::valid && detail::variables_fit<Synapse, Source, Target>()) {
      std::int64_t const steps = delay_steps(delay.si, clock_.dt());
      if (name.empty()) name = "projection " + std::to_string(synapses_.size());
      std::uint32_t const object = next_object();
      connection_list const list =
          rule.template build<Space>(source.size(), target.size(), state_.seed, object);
      bool const one_thread = kernel::needs_one_thread(
          code::facts, static_cast<void const*>(&source.neurons()) == &target.neurons());
      synapse_rows rows(Space(), list,
                        one_thread ? std::vector<std::uint32_t>{0, target.neurons().size()}
                                   : target.neurons().bounds(),
                        source.begin(), target.begin(),
                        code::has_own ? creation_order::keep : creation_order::drop);
      auto made = std::make_unique<synapses_of<Synapse, Source, Target, Space, Real>>(
          std::move(name), steps, source.neurons(), target.neurons(), std::move(rows), object);
      auto& all = *made;
      all.first_step = clock_.step();
      if (steps > source.neurons().longest_delay) source.neurons().longest_delay = steps;
      constexpr bool target_waits =
          !kernel::commute(kernel::neuron_code<Target>::facts, code::facts, ir::side::post);
      constexpr bool source_waits =
          !kernel::commute(kernel::neuron_code<Source>::facts, code::facts, ir::side::pre);
      target.neurons().reset_waits |= target_waits;
      source.neurons().reset_waits |= source_waits;
      synapses_.push_back(std::move(made));
      return projection<Synapse, Source, Target, Space, Real>(all);
    } else {
      std::abort();  // does not compile: the mistake has been reported
    }
  }

  /// Records the spikes of a population (or slice) from now on.
  template <class Model>
  spike_record record_spikes(nernst::population<Model, Space, Real> const& of) {
    return record_log(of, of.neurons().logs(), of.neurons().name());
  }
  /// Records which neurons have an event of the model, in the same way. \throws
  /// std::invalid_argument for an unknown event.
  template <class Model>
  spike_record record_events(nernst::population<Model, Space, Real> const& of,
                             std::string_view event) {
    auto const& known = of.neurons().facts().events;
    for (std::size_t k = 0; k < known.size(); ++k)
      if (known[k] == event)
        return record_log(of, of.neurons().events(static_cast<int>(k)),
                          of.neurons().name() + "::" + std::string(event));
    throw std::invalid_argument(of.neurons().name() + ": expected an event of the model, found '" +
                                std::string(event) + "'");
  }

  /// Records variables of some neurons (of all if none are named) once in every step from now on:
  /// at its start, or in another slot. Subexpressions and linked variables can be recorded, too.
  /// \throws std::invalid_argument for an unknown variable, std::out_of_range for a neuron that is
  /// not there.
  template <class Model>
  state_record<Real> record(nernst::population<Model, Space, Real> const& of,
                            std::vector<std::string> const& variables,
                            std::vector<std::uint32_t> neurons = {},
                            ir::instant when = {ir::slot::start, 0}) {
    auto made = std::make_unique<detail::state_store<Real>>();
    made->name = of.neurons().name();
    made->dt = clock_.dt();
    made->first_step = clock_.step();
    made->when = when;
    made->computed.resize(of.neurons().logs().size());
    for (auto const& id : variables) {
      ir::symbol const variable = of.variable(id);
      bool const stored = variable.kind == ir::role::state || variable.kind == ir::role::parameter;
      made->variable.push_back(stored ? of.neurons().array(id) : nullptr);
      if (stored) continue;
      if (variable.kind == ir::role::table)
        throw std::invalid_argument(
            "record: expected a variable with one value per neuron, found '" + id + "'");
      for (auto& each : made->computed) each.emplace_back(of.neurons(), id, of.begin(), of.size());
    }
    if (neurons.empty())
      for (std::uint32_t n = 0; n < of.size(); ++n) neurons.push_back(n);
    for (std::uint32_t const n : neurons) {
      if (n >= of.size())
        throw std::out_of_range("record: expected neurons in [0, " + std::to_string(of.size()) +
                                "), found " + std::to_string(n));
      made->neuron.push_back(of.begin() + n);
    }
    // A record between update and reset must not see the reset.
    if (when >= ir::instant{ir::slot::groups, 0} && when < ir::instant{ir::slot::resets, 0})
      of.neurons().reset_waits = true;
    states_.push_back({std::move(made), &of.neurons()});
    return state_record<Real>(*states_.back().store);
  }

  /// Simulates for a time; the next run goes on where this one ended. `reporter` is called with a
  /// `report::progress_info` now and then; an exception that it throws ends the run at that point.
  /// \throws std::invalid_argument for a negative duration.
  template <class Reporter = report::none_t>
  void run(dsl::quantity<ir::units::second> duration, Reporter const& reporter = report::none) {
    std::int64_t const steps = clock_.steps_until(duration.si), begin = clock_.step(),
                       end = begin + steps;
    double const t_start = clock_.now();
    for (auto& n : neurons_) n->prepare(clock_.dt());
    for (auto& s : synapses_) s->prepare(clock_.dt());
    report::throttle throttle(reporter);
    reporter(report::at(0, 0, t_start, duration.si));
    std::int64_t piece = 64;
    while (clock_.step() < end) {
      double const before = throttle.elapsed();
      std::int64_t const made =
          run_piece(piece < end - clock_.step() ? piece : end - clock_.step());
      clock_.tick(made);
      state_.time = clock_.t();
      state_.step = clock_.step();
      for (auto& s : spikes_) s->collect(clock_.step());
      // Pieces of a twentieth of a second: reports come in time, and starting one costs nothing in
      // comparison.
      double const took = throttle.elapsed() - before;
      if (made == piece && took < 0.025 && piece < 65536) piece *= 2;
      if (took > 0.1 && piece > 1) piece /= 2;
      if (clock_.step() == end || !throttle.due()) continue;
      try {
        reporter(report::at(throttle.elapsed(),
                            static_cast<double>(clock_.step() - begin) / static_cast<double>(steps),
                            t_start, duration.si));
      } catch (...) {
        clock_.interrupt();
        throw;
      }
    }
    clock_.complete(duration.si);
    reporter(report::at(throttle.elapsed(), 1, t_start, duration.si, true));
  }

  /// Simulated time since the start, in seconds.
  double time() const { return clock_.now(); }
  double dt() const { return clock_.dt(); }
  /// The number of threads that work on a step.
  int threads() const { return threads_; }

  /// What each object holds, in bytes.
  std::vector<memory_entry> memory() const {
    std::vector<memory_entry> all;
    for (auto const& n : neurons_) all.push_back({n->name(), n->memory_bytes()});
    for (auto const& s : synapses_) all.push_back({s->name(), s->memory_bytes()});
    for (auto const& s : spikes_)
      all.push_back({"spikes of " + s->name, s->step.capacity() * sizeof(std::int64_t) +
                                                 s->neuron.capacity() * sizeof(std::int32_t)});
    for (auto const& s : states_)
      all.push_back({"record of " + s.store->name, s.store->data.capacity() * sizeof(Real)});
    return all;
  }

 private:
  template <class Model>
  spike_record record_log(nernst::population<Model, Space, Real> const& of,
                          std::vector<spike_log> const& logs, std::string name) {
    spikes_.push_back(std::make_unique<detail::spike_store>(detail::spike_store{std::move(name),
                                                                                &logs,
                                                                                of.begin(),
                                                                                of.end(),
                                                                                clock_.dt(),
                                                                                clock_.step(),
                                                                                clock_.step(),
                                                                                {},
                                                                                {}}));
    return spike_record(*spikes_.back());
  }

  std::uint32_t next_object() {
    if (objects_ == 65536)
      throw std::length_error("network: expected at most 65536 populations and projections");
    return objects_++;
  }

  std::int64_t run_piece(std::int64_t steps) {
    std::int64_t const begin = clock_.step();
    for (auto& n : neurons_) n->start(begin, static_cast<std::size_t>(steps));
    for (auto& s : synapses_) s->start(begin);
    for (auto& s : states_) s.store->reserve(begin + steps);
    barrier gate(threads_);
    step_loop<Real> loop{neurons_, synapses_,    step_plan<Real>(neurons_, synapses_, states_),
                         gate,     clock_.dt(),  state_.seed,
                         begin,    begin + steps};
    run_team<Space>(threads_, loop);
    for (auto& s : states_) s.store->reserve(loop.done());
    return loop.done() - begin;
  }

  clock clock_;
  detail::network_state state_;
  int threads_ = 1;
  std::uint32_t objects_ = 0;
  std::vector<std::unique_ptr<neurons<Real>>> neurons_;
  std::vector<std::unique_ptr<synapses>> synapses_;
  std::vector<std::unique_ptr<detail::spike_store>> spikes_;
  std::vector<watched_states<Real>> states_;
};

}  // namespace nernst
