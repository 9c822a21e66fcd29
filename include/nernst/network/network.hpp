// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/callback.hpp>
#include <nernst/network/connect.hpp>
#include <nernst/network/kernel_launch.hpp>
#include <nernst/network/network_base.hpp>
#include <nernst/network/population.hpp>
#include <nernst/network/projection.hpp>
#include <nernst/network/runtime.hpp>

#include <Kokkos_Core.hpp>

namespace nernst {

namespace detail {
/// What is called where a mistake has been reported, or could not be: a private member `model`
/// looks like one with a mistake in it.
template <class Handle>
[[gnu::error("the member `model` of a model cannot be used: is it private?")]] Handle
has_no_usable_model();
}  // namespace detail

/// Populations, the projections between them, and what is recorded of them. `Space` is the Kokkos
/// execution space (one the host can reach), `Real` the type of the state. The network owns
/// everything that it hands out handles to; records may outlive it.
template <class Space = Kokkos::DefaultExecutionSpace, class Real = double>
class network : public network_base<Real> {
  static_assert(Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible,
                "networks run on host spaces; choose network<Kokkos::DefaultHostExecutionSpace>");
  using base = network_base<Real>;

 public:
  /// \throws std::invalid_argument unless dt > 0, std::logic_error unless Kokkos runs (see
  /// `nernst::runtime`).
  explicit network(network_options const& options) : base(options, executor::of<Space>()) {}

  /// New neurons of a model, a `nernst::population`. All variables start at 0.
  template <class Model>
  auto population(std::uint32_t size, std::string name = {}) {
    using handle = nernst::population<Model, Space, Real>;
    if constexpr (detail::make_population<Model>()) {
      return handle(
          base::add(population_outline<Real>{{.name = std::move(name),
                                              .model = kernel::compiled<Model>::value,
                                              .launches = detail::launches_of<Model, Real>(),
                                              .constants = constants_of<Model>(),
                                              .object = 0},
                                             size}));
    } else {
      return detail::has_no_usable_model<handle>();
    }
  }

  /// Synapses from the neurons of one population (or slice) to those of another, by a connection
  /// rule: a `nernst::projection`. All have the same delay; 0 lets a spike act in the step in which
  /// it is fired, as in Brian 2.
  template <class Synapse, class Source, class Target, class Rule>
  auto connect(nernst::population<Source, Space, Real> const& source,
               nernst::population<Target, Space, Real> const& target, Rule const& rule,
               ir::quantity<"s"> delay = ir::quantity<"s">{0.0}, std::string name = {}) {
    using handle = projection<Synapse, Source, Target, Space, Real>;
    if constexpr (detail::make_projection<Synapse, Source, Target, Rule>()) {
      using model = kernel::between<Synapse, Source, Target>;
      projection_outline<Real> outline{
          {.name = std::move(name),
           .model = kernel::compiled<model>::value,
           .launches = detail::launches_of<model, Real>(),
           .constants = constants_of<Synapse>(),
           .object = base::next_object(source.slice().elements(), target.slice().elements())},
          &detail::compiled_pathways<Synapse, Source, Target, Real>::deliver};
      connection_list const list = rule.build(this->run_, {.sources = source.size(),
                                                           .targets = target.size(),
                                                           .seed = this->state_.seed,
                                                           .object = outline.object});
      return handle(base::add(std::move(outline), ends_of(source.slice()), ends_of(target.slice()),
                              list, delay.si),
                    this->state_);
    } else {
      return detail::has_no_usable_model<handle>();
    }
  }

  /// More neurons behind those of a population, a `nernst::population` of the new ones; all their
  /// variables start at 0. Handles, records and synapses go on to speak of the neurons that they
  /// spoke of. \throws std::logic_error during a run, and for neurons with linked variables.
  template <class Model>
  auto grow(nernst::population<Model, Space, Real> const& of, std::uint32_t count) {
    return nernst::population<Model, Space, Real>(base::grow(of.slice(), count));
  }
  /// More synapses of a projection, behind those that it has; all their variables start at 0, their
  /// delay is the shortest there is. \throws std::logic_error during a run.
  template <class Synapse, class Source, class Target, detail::Rule Rule>
  void connect_more(projection<Synapse, Source, Target, Space, Real> const& synapses,
                    Rule const& rule) {
    base::require_own(synapses.elements(), "connect_more");
    projection_base<Real>& all = synapses.synapses();
    base::connect_more(all, rule.build(this->run_, base::request_for(all)));
  }
  /// Removes the synapses for which a condition holds, in C++ or as a text; the others keep their
  /// order, their values and the spikes that are under way to them. \throws std::logic_error during
  /// a run.
  template <class Synapse, class Source, class Target, class Condition>
  void remove(projection<Synapse, Source, Target, Space, Real> const& synapses,
              Condition const& condition) {
    base::require_own(synapses.elements(), "remove");
    values<Real> const any(synapses.elements(), *ir::find_builtin("i"));
    base::remove(synapses.synapses(), any[condition].holds());
  }

  /// Without a rule it is not known who is connected with whom.
  template <class Synapse, class Source, class Target>
  auto connect(nernst::population<Source, Space, Real> const&,
               nernst::population<Target, Space, Real> const&) {
    nernst::detail::raise<not_a_rule<"connect", "nothing">, Synapse>();
    return nernst::detail::mistaken{};
  }

  /// Records the spikes of a population (or slice) from now on.
  template <class Model>
  spike_record record_spikes(nernst::population<Model, Space, Real> const& of) {
    return base::record_spikes(of.slice());
  }
  /// Records which neurons have an event of the model, in the same way. \throws
  /// std::invalid_argument for an unknown event.
  template <class Model>
  spike_record record_events(nernst::population<Model, Space, Real> const& of,
                             std::string_view event) {
    return base::record_event(of.slice(), event);
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
    return base::record_states(of.slice().elements(), variables, std::move(neurons), when);
  }

  /// Simulates for a time; the next run goes on where this one ended. `reporter` is called with a
  /// `report::progress_info` now and then; an exception that it throws ends the run at that point.
  /// \throws std::invalid_argument for a negative duration, std::runtime_error for what is watched
  /// for: the run has ended behind the step in which it was found.
  template <report::Reporter Reporter = report::none_t>
  void run(ir::quantity<"s"> duration, Reporter const& reporter = report::none,
           watch what = watch::nothing) {
    base::simulate(duration.si, detail::any_reporter::of(reporter), what);
  }
  void run(ir::quantity<"s"> duration, watch what) { run(duration, report::none, what); }

  /// Calls a function at multiples of a time, in a slot of the step behind everything else there.
  /// It may read and change whatever can be between runs, `stop()` the run, and throw.
  template <class Function>
  void every(ir::quantity<"s"> period, Function function, ir::instant when = {ir::slot::start, 0}) {
    base::add(
        std::make_unique<engine::callback_of<Function>>(period.si, when, std::move(function)));
  }

 private:
  static engine::connected_elements<Real> ends_of(detail::population_slice<Real> const& s) {
    return {&*s.all, &*s.all, s.begin, s.end};
  }
  /// What texts about a population may name beside its variables.
  template <class Model>
  static ir::span<brian::constant const> constants_of() {
    if constexpr (requires { Model::model.constants.data(); })
      return Model::model.constants;
    else
      return {};
  }
};

}  // namespace nernst
