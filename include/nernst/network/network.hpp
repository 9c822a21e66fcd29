// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

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
          base::add(population_outline<Real>{.name = std::move(name),
                                             .model = kernel::compiled<Model>::value,
                                             .launches = detail::launches_of<Model, Real>(),
                                             .constants = constants_of<Model>(),
                                             .size = size,
                                             .object = 0}));
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
      using compiled = kernel::compiled<Synapse, Source, Target>;
      projection_outline<Real> outline{
          .name = std::move(name),
          .model = compiled::value,
          .deliver = &detail::compiled_pathways<Synapse, Source, Target, Real>::deliver,
          .delay = delay.si,
          .object = base::next_object(source.slice(), target.slice())};
      connection_list const list = rule.build(this->run_, {.sources = source.size(),
                                                           .targets = target.size(),
                                                           .seed = this->state_.seed,
                                                           .object = outline.object});
      return handle(base::add(std::move(outline), source.slice(), target.slice(), list));
    } else {
      return detail::has_no_usable_model<handle>();
    }
  }

  /// Without a rule it is not known who is connected with whom.
  template <class Synapse, class Source, class Target>
  auto connect(nernst::population<Source, Space, Real> const&,
               nernst::population<Target, Space, Real> const&) {
    nernst::detail::raise<not_a_rule<"connect", "nothing">, Synapse>();
    return nernst::detail::mistaken{};
  }

  /// Records the spikes of a population (or slice) from now on; or `keep::counts`, how many each
  /// neuron has.
  template <class Model>
  spike_record record_spikes(nernst::population<Model, Space, Real> const& of,
                             keep what = keep::spikes) {
    return base::record_spikes(of.slice(), what);
  }
  /// Records the spikes, and the values that variables have in each: right behind the threshold, or
  /// in another slot, `{slot::after_resets, 0}` say. \throws std::invalid_argument for an unknown
  /// variable, and a slot before the threshold.
  template <class Model>
  spike_record record_spikes(nernst::population<Model, Space, Real> const& of,
                             std::vector<std::string> const& variables) {
    return base::record_spikes(of.slice(), detail::spike_values{variables, {}});
  }
  template <class Model>
  spike_record record_spikes(nernst::population<Model, Space, Real> const& of,
                             std::vector<std::string> const& variables, ir::instant when) {
    return base::record_spikes(of.slice(), detail::spike_values{variables, when});
  }
  /// Records which neurons have an event of the model, in the same way. \throws
  /// std::invalid_argument for an unknown event.
  template <class Model>
  spike_record record_events(nernst::population<Model, Space, Real> const& of,
                             std::string_view event, keep what = keep::spikes) {
    return base::record_event(of.slice(), event, what);
  }
  template <class Model>
  spike_record record_events(nernst::population<Model, Space, Real> const& of,
                             std::string_view event, std::vector<std::string> const& variables) {
    return base::record_event(of.slice(), event, detail::spike_values{variables, {}});
  }
  template <class Model>
  spike_record record_events(nernst::population<Model, Space, Real> const& of,
                             std::string_view event, std::vector<std::string> const& variables,
                             ir::instant when) {
    return base::record_event(of.slice(), event, detail::spike_values{variables, when});
  }
  /// Records the rate of a population (or slice) in each step from now on.
  template <class Model>
  rate_record record_rate(nernst::population<Model, Space, Real> const& of) {
    return base::record_rate(of.slice());
  }

  /// Records variables of some neurons (of all if none are named) once in every step from now on,
  /// or in those at multiples of a period: at the step's start, or in another slot. Subexpressions
  /// and linked variables can be recorded, too.
  /// \throws std::invalid_argument for an unknown variable and a period that is no multiple of dt,
  /// std::out_of_range for a neuron that is not there.
  template <class Model>
  state_record<Real> record(nernst::population<Model, Space, Real> const& of,
                            std::vector<std::string> const& variables,
                            std::vector<std::uint32_t> neurons = {},
                            ir::instant when = {ir::slot::start, 0},
                            ir::quantity<"s"> period = ir::quantity<"s">{0.0}) {
    return base::record_states(of.slice(), {variables, std::move(neurons), when, period.si});
  }

  /// Takes the values for a record once more: the present ones, between two runs.
  /// \throws std::invalid_argument if it is of another network.
  void record_now(state_record<Real> const& record) { base::record_now(record.store()); }

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

 private:
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
