// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/callback.hpp>
#include <nernst/engine/runtime.hpp>
#include <nernst/io/spike_file.hpp>
#include <nernst/kernel/connection_model.hpp>
#include <nernst/network/connect.hpp>
#include <nernst/network/element_list.hpp>
#include <nernst/network/input/poisson.hpp>
#include <nernst/network/input/spike_generator.hpp>
#include <nernst/network/network_base.hpp>
#include <nernst/network/outline.hpp>
#include <nernst/network/population.hpp>
#include <nernst/network/projection.hpp>
#include <nernst/network/variable_names.hpp>

#include <Kokkos_Core.hpp>

#if defined(KOKKOS_ENABLE_CUDA) || defined(KOKKOS_ENABLE_HIP) || defined(KOKKOS_ENABLE_SYCL) ||    \
    defined(NERNST_DEFAULT_SPACE)
#include <nernst/device.hpp>
#endif

/// The real type of networks that name none. All files of a program define it alike:
/// `-DNERNST_DEFAULT_REAL=float` runs it in single precision.
#if !defined(NERNST_DEFAULT_REAL)
#define NERNST_DEFAULT_REAL double
#endif
/// The space of networks that name none, likewise:
/// `-DNERNST_DEFAULT_SPACE="nernst::device_space<Kokkos::OpenMP>"`.
#if !defined(NERNST_DEFAULT_SPACE)
#define NERNST_DEFAULT_SPACE Kokkos::DefaultExecutionSpace
#endif

namespace nernst {

template <class Mechanism, class Space, class Real>
class coalesced;  // of <nernst/cable.hpp>

namespace detail {
/// What synapses connect: a population, some of its neurons, or a projection.
template <class T, class Space, class Real>
concept ElementsOf = requires(T const& x) {
  typename T::model_type;
  requires std::same_as<typename T::execution_space, Space>;
  requires std::same_as<typename T::real, Real>;
  x.ends();
};

/// What is called where a mistake has been reported, or could not be: a private member `model`
/// looks like one with a mistake in it.
template <class Handle>
[[gnu::error("the member `model` of a model cannot be used: is it private?")]] Handle
has_no_usable_model();
}  // namespace detail

/// Populations, the projections between them, and what is recorded of them. `Space` is the Kokkos
/// execution space, or a `device_space` or `atomic_space`; `Real` the type of the state. The
/// network owns everything that it hands out handles to; records may outlive it.
template <class Space = NERNST_DEFAULT_SPACE, class Real = NERNST_DEFAULT_REAL>
class network : public network_base<Real> {
  using base = network_base<Real>;
  using work = detail::work_space<Space>;

 public:
  /// \throws std::invalid_argument unless dt > 0, std::logic_error unless Kokkos runs (see
  /// `nernst::runtime`).
  explicit network(network_options const& options)
      : base(options, executor::of<typename work::host>(), work::template accelerator<Real>()) {}

  /// New neurons of a model, a `nernst::population`. All variables start at 0.
  template <class Model>
  auto population(std::uint32_t size, std::string name = {}) {
    using handle = nernst::population<Model, Space, Real>;
    if constexpr (detail::make_population<Model>()) {
      return handle(base::add(population_outline<Real>{
          detail::outline_in<Model, Space, Real>(std::move(name), detail::constants_of<Model>()),
          size}));
    } else {
      return detail::has_no_usable_model<handle>();
    }
  }

  /// Synapses from the neurons of one population (slice, set) to those of another, or to synapses
  /// of a projection, by a connection rule, or a condition in a text: a `nernst::projection`. All
  /// have the same delay; 0 lets a spike act in the step in which it is fired, as in Brian 2.
  template <class Synapse, detail::ElementsOf<Space, Real> From, detail::ElementsOf<Space, Real> To,
            class Rule>
  auto connect(From const& source, To const& target, Rule const& rule,
               ir::quantity<"s"> delay = ir::quantity<"s">{0.0}, std::string name = {}) {
    using Source = typename From::model_type;
    using Target = typename To::model_type;
    using handle = projection<Synapse, Source, Target, Space, Real>;
    if constexpr (detail::any_mistaken<Rule>) {
      return detail::has_no_usable_model<handle>();
    } else if constexpr (detail::make_projection<Synapse, Source, Target,
                                                 detail::rule_type<Rule>>()) {
      return handle(
          base::connect(
              detail::projection_outline_in<Synapse, Source, Target, Space, Real>(std::move(name)),
              {source.elements(), source.ends()}, {target.elements(), target.ends()},
              detail::any_rule(detail::rule_of(rule)), delay.si),
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

  /// Connections to a point mechanism: what its `on_spike` says. They have the variables that it
  /// declares as `connection<"...">(...)`.
  template <detail::ElementsOf<Space, Real> From, detail::ElementsOf<Space, Real> To, class Rule>
    requires kernel::MechanismModel<typename To::model_type>
  auto connect(From const& source, To const& target, Rule const& rule,
               ir::quantity<"s"> delay = ir::quantity<"s">{0.0}, std::string name = {}) {
    using model = kernel::connection<typename To::model_type>;
    return connect<model>(source, target, rule, delay, std::move(name));
  }
  /// The same to one of a library, see `c_abi::load`. \throws std::invalid_argument where it takes
  /// no spikes.
  template <detail::ElementsOf<Space, Real> From, detail::ElementsOf<Space, Real> To, class Rule>
    requires detail::KnownAtRunTime<typename To::model_type>
  auto connect(From const& source, To const& target, Rule const& rule,
               ir::quantity<"s"> delay = ir::quantity<"s">{0.0}, std::string name = {}) {
    using Target = typename To::model_type;
    using handle =
        projection<typename Target::connections, typename From::model_type, Target, Space, Real>;
    if constexpr (detail::any_mistaken<Rule>)
      return detail::has_no_usable_model<handle>();
    else
      return handle(
          base::connect(Target::template connections_to<Real>(target.neurons(), std::move(name)),
                        {source.elements(), source.ends()}, {target.elements(), target.ends()},
                        detail::any_rule(detail::rule_of(rule)), delay.si),
          this->state_);
  }
  /// The same to places, of which those in one compartment are one element: a rule counts places.
  template <detail::ElementsOf<Space, Real> From, class Mechanism, class Rule>
  auto connect(From const& source, coalesced<Mechanism, Space, Real> const& target,
               Rule const& rule, ir::quantity<"s"> delay = ir::quantity<"s">{0.0},
               std::string name = {}) {
    return connect(source, target.population(), target.by_place(rule), delay, std::move(name));
  }
  /// Cells with branches, see `nernst::cells` (of <nernst/cable.hpp>).
  template <class... Arguments>
  auto cells(std::uint32_t number, Arguments const&... of) {
    return make_cells(*this, number, of...);
  }
  /// Those of several shapes: `net.cells(shapes, d_lambda(0.1))`.
  template <class Shape, class... Arguments>
  auto cells(std::vector<Shape> const& shapes, Arguments const&... of) {
    return make_cells(*this, shapes, of...);
  }
  /// A neuron with branches of a model made by `brian::spatial_neuron`, see
  /// `nernst::spatial_neuron` (of <nernst/cable.hpp>).
  template <class Model, class... Arguments>
  auto spatial_neuron(Arguments const&... of) {
    return make_spatial_neuron<Model>(*this, of...);
  }

  /// Without a rule it is not known who is connected with whom.
  template <class Synapse, detail::ElementsOf<Space, Real> From, detail::ElementsOf<Space, Real> To>
  auto connect(From const&, To const&) {
    nernst::detail::raise<not_a_rule<"connect", "nothing">, Synapse>();
    return nernst::detail::mistaken{};
  }

  /// Records the spikes of a population (or slice) from now on; or `keep::counts`, how many each
  /// neuron has.
  template <class Model>
  spike_record record_spikes(nernst::population<Model, Space, Real> const& of,
                             keep what = keep::spikes) {
    if constexpr (detail::require_spikes<"record_spikes", Model>())
      return base::record_spikes(of.slice(), what);
    else
      return detail::has_no_usable_model<spike_record>();
  }
  /// Records the spikes, and the values that variables have in each: right behind the threshold, or
  /// in another slot, `{slot::after_resets, 0}` say. \throws std::invalid_argument for an unknown
  /// variable, and a slot before the threshold.
  template <class Model>
  spike_record record_spikes(nernst::population<Model, Space, Real> const& of,
                             variable_names const& variables) {
    if constexpr (detail::require_spikes<"record_spikes", Model>())
      return base::record_spikes(of.slice(), detail::spike_values{variables.texts(), {}});
    else
      return detail::has_no_usable_model<spike_record>();
  }
  template <class Model>
  spike_record record_spikes(nernst::population<Model, Space, Real> const& of,
                             variable_names const& variables, ir::instant when) {
    if constexpr (detail::require_spikes<"record_spikes", Model>())
      return base::record_spikes(of.slice(), detail::spike_values{variables.texts(), when});
    else
      return detail::has_no_usable_model<spike_record>();
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
                             std::string_view event, variable_names const& variables) {
    return base::record_event(of.slice(), event, detail::spike_values{variables.texts(), {}});
  }
  template <class Model>
  spike_record record_events(nernst::population<Model, Space, Real> const& of,
                             std::string_view event, variable_names const& variables,
                             ir::instant when) {
    return base::record_event(of.slice(), event, detail::spike_values{variables.texts(), when});
  }
  /// Records the rate of a population (or slice) in each step from now on.
  template <class Model>
  rate_record record_rate(nernst::population<Model, Space, Real> const& of) {
    if constexpr (detail::require_spikes<"record_rate", Model>())
      return base::record_rate(of.slice());
    else
      return detail::has_no_usable_model<rate_record>();
  }

  /// Records variables of some neurons (of all if none are named) once in every step from now on,
  /// or in those at multiples of a period: at the step's start, or in another slot. Subexpressions
  /// and linked variables can be recorded, too.
  /// \throws std::invalid_argument for an unknown variable and a period that is no multiple of dt,
  /// std::out_of_range for a neuron that is not there.
  template <class Model>
  state_record<Real> record(nernst::population<Model, Space, Real> const& of,
                            variable_names const& variables, element_list const& neurons = {},
                            ir::instant when = {ir::slot::start, 0},
                            ir::quantity<"s"> period = ir::quantity<"s">{0.0}) {
    return base::record_states(of.slice().elements(),
                               {variables.texts(), neurons.numbers(), when, period.si});
  }

  /// The same at the start of steps.
  template <class Model>
  state_record<Real> record(nernst::population<Model, Space, Real> const& of,
                            variable_names const& variables, element_list const& neurons,
                            ir::quantity<"s"> period) {
    return record(of, variables, neurons, {ir::slot::start, 0}, period);
  }

  /// Records variables of some synapses in the same way, by their numbers.
  template <class Synapse, class Source, class Target>
  state_record<Real> record(projection<Synapse, Source, Target, Space, Real> const& of,
                            variable_names const& variables, element_list const& synapses = {},
                            ir::instant when = {ir::slot::start, 0},
                            ir::quantity<"s"> period = ir::quantity<"s">{0.0}) {
    return base::record_states(of.elements(),
                               {variables.texts(), synapses.numbers(), when, period.si});
  }
  template <class Synapse, class Source, class Target>
  state_record<Real> record(projection<Synapse, Source, Target, Space, Real> const& of,
                            variable_names const& variables, element_list const& synapses,
                            ir::quantity<"s"> period) {
    return record(of, variables, synapses, {ir::slot::start, 0}, period);
  }

  /// Takes the values for a record once more: the present ones, between two runs.
  /// \throws std::invalid_argument if it is of another network.
  void record_now(state_record<Real> const& record) { base::record_now(record.store()); }

  using base::set_dt;
  /// Lets neurons of a population, or synapses, make longer steps than the network: a multiple of
  /// its dt, in which their states advance and, of neurons, thresholds are tested and resets made.
  /// Spikes, resets included, still act when they arrive. The dt of the network lets them follow
  /// that again. \throws std::invalid_argument for another dt, and for a slice; std::logic_error
  /// during a run.
  template <detail::ElementsOf<Space, Real> Elements>
  void set_dt(Elements const& of, ir::quantity<"s"> dt) {
    base::set_own_dt(of.elements(), dt.si);
  }

  /// Simulates for a time; the next run goes on where this one ended. `reporter` is called with a
  /// `report::progress_info` now and then; an exception that it throws ends the run at that point.
  /// \throws std::invalid_argument for a negative duration, std::runtime_error for what is watched
  /// for: the run has ended behind the step in which it was found; std::logic_error within a run.
  template <report::Reporter Reporter = report::none_t>
  void run(ir::quantity<"s"> duration, Reporter const& reporter = report::none,
           watch what = watch::nothing) {
    base::simulate(duration.si, detail::any_reporter::of(reporter), what);
  }
  void run(ir::quantity<"s"> duration, watch what) { run(duration, report::none, what); }

  /// Neurons that fire at random, see `poisson_neurons`: each with a rate, which is a quantity, a
  /// formula of `i`, a text (evaluated once), or a `timed_values` of rates. \throws
  /// std::invalid_argument for rates below 0, also where the parameter is set again.
  template <class Rate>
  auto poisson(std::uint32_t size, Rate const& rate, std::string name = {}) {
    auto const cells = population<poisson_neurons>(size, std::move(name));
    cells[poisson_neurons::rate] = rate;
    return cells;
  }
  template <ir::unit U>
  auto poisson(std::uint32_t size, timed_values<U> const& rates, std::string name = {}) {
    if (rates.columns() != 1 && rates.columns() != size)
      nernst::detail::refuse<std::invalid_argument>(
          {"poisson: expected rates with one column or ", size, ", found ", rates.columns()});
    for (double const rate : rates.table().values)
      if (!(rate >= 0))
        nernst::detail::refuse<std::invalid_argument>(
            {"poisson: expected rates of at least 0 Hz, found ", rate, " Hz"});
    auto const cells = population<poisson_neurons_in_time>(size, std::move(name));
    cells[poisson_neurons_in_time::rates] = rates;
    cells[poisson_neurons_in_time::has_columns] = rates.columns() == 1 ? 0 : 1;
    return cells;
  }
  /// Neurons that fire at random and together, see `correlated_poisson_neurons`.
  template <class Rate>
  auto correlated_poisson(std::uint32_t size, Rate const& rate, double correlation,
                          std::string name = {}) {
    if (!(correlation > 0 && correlation <= 1))
      nernst::detail::refuse<std::invalid_argument>(
          {"correlated_poisson: expected a correlation in (0, 1], found ", correlation});
    auto const cells = population<correlated_poisson_neurons>(size, std::move(name));
    cells[correlated_poisson_neurons::rate] = rate;
    cells[correlated_poisson_neurons::correlation] = correlation;
    return cells;
  }
  /// Neurons that fire at given times (in seconds, with a unit if it is given), and again after
  /// each period. What lies in the past when a run begins is left out.
  /// \throws std::invalid_argument, std::out_of_range: see `engine::given_spikes`.
  auto spikes(std::uint32_t size, element_list const& neurons, std::vector<double> times,
              ir::quantity<"s"> period = ir::quantity<"s">{0.0}, std::string name = {}) {
    engine::given_spikes given(neurons.numbers(), std::move(times), period.si, size, "spikes");
    given.prepare(this->dt(), "spikes");
    spike_generator<Space, Real> const cells(
        population<given_neurons>(size, std::move(name)).slice());
    cells.neurons().give(std::move(given));
    return cells;
  }
  /// Neurons that fire as a file says: see `io::read_spike_file`.
  auto spikes_from(std::uint32_t size, std::string const& path,
                   ir::quantity<"s"> period = ir::quantity<"s">{0.0}, std::string name = {}) {
    std::vector<double> times;
    std::vector<std::uint32_t> neurons;
    for (io::spike const& s : io::read_spike_file(path)) {
      times.push_back(s.t);
      // A negative number is beyond all neurons, which is refused.
      neurons.push_back(static_cast<std::uint32_t>(s.i));
    }
    return spikes(size, neurons, std::move(times), period, std::move(name));
  }
  /// Input to each neuron from `number` Poisson neurons of its own with a common rate: in each step
  /// `variable` grows by `weight` times a binomial number. The weight is a quantity, or a formula
  /// of the neuron's variables. Gives a `nernst::poisson_input`. \throws std::invalid_argument
  /// where rate dt is not in [0, 1].
  template <class Model, detail::OwnVariable V, language::Operand Rate, language::Operand Weight>
    requires(V::type == ir::value_type::real && !V::constant)
  auto poisson_input(nernst::population<Model, Space, Real> const& target, V const& variable,
                     std::uint64_t number, Rate const& rate, Weight const& weight) {
    using language::detail::operand;
    auto const checked_rate = operand<"poisson_input: rate", ir::units::hertz>(rate);
    auto const checked = operand<"poisson_input: weight", V::unit>(weight);
    if constexpr (!language::detail::any_mistaken<std::remove_const_t<decltype(checked_rate)>,
                                                  std::remove_const_t<decltype(checked)>>)
      return base::add(values<Real>(target.slice().elements(), target.variable(variable.id())),
                       number, language::flatten(checked_rate), language::flatten(checked));
  }

  /// Calls a function at multiples of a time, in a slot of the step behind everything else there.
  /// It may read and change whatever can be between runs, `stop()` the run, and throw: then the
  /// step is completed, and the run ends.
  template <class Function>
  void every(ir::quantity<"s"> period, Function function, ir::instant when = {ir::slot::start, 0}) {
    base::add(
        std::make_unique<engine::callback_of<Function>>(period.si, when, std::move(function)));
  }
};

}  // namespace nernst
