// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/timed_array.hpp>
#include <nernst/language/variable.hpp>
#include <nernst/network/connect/rule.hpp>
#include <nernst/network/deliver.hpp>
#include <nernst/network/population.hpp>
#include <nernst/network/timed_values.hpp>

namespace nernst {

namespace detail {
/// Whether there can be synapses of a model between neurons of two others. A mistake is one error,
/// of the model that has it.
template <class Synapse, class Source, class Target>
constexpr auto make_synapses() {
  if constexpr (!make_population<Source>() || !make_population<Target>())
    return false;
  else if constexpr (!kernel::require_synapse<Synapse>())
    return false;
  else
    return kernel::compiled<Synapse, Source, Target>::valid;
}
}  // namespace detail

/// Synapses of one model from neurons of the model `Source` onto those of the model `Target`. A
/// handle: copies speak of the same synapses, which live as long as the network; later each use is
/// a std::logic_error.
template <class Model, class Source, class Target, class Space, class Real>
class projection {
  using compiled = kernel::compiled<Model, Source, Target>;

 public:
  explicit projection(detail::handle<projection_base<Real>> const& all) : synapses_(all) {}

  /// The number of synapses.
  std::uint64_t size() const { return synapses_->size(); }
  std::size_t memory_bytes() const { return synapses_->memory_bytes(); }

  /// The values of a variable of the synapses, in SI units and in the order in which the synapses
  /// were made: by source, then by target, or as listed; one value of a shared variable.
  template <ir::fixed_string Name, ir::unit U, ir::role Kind, ir::value_type Type, bool Constant>
  std::vector<double>
  get(language::variable<Name, U, Kind, ir::side::here, Type, Constant> const&) const {
    require_known<Name>();
    return get(Name.view());
  }
  /// The same by name. \throws std::invalid_argument if there is none of that name.
  std::vector<double> get(std::string_view id) const { return synapses_->get(id); }
  /// Sets the values of a variable, in the same order. \throws std::invalid_argument for a wrong
  /// number of values.
  template <ir::fixed_string Name, ir::unit U, ir::role Kind, ir::value_type Type, bool Constant>
  void set(language::variable<Name, U, Kind, ir::side::here, Type, Constant> const&,
           std::vector<double> const& given) const {
    static_assert(Kind != ir::role::shared,
                  "a shared variable has one value: projection.set(variable, quantity)");
    require_known<Name>();
    set(Name.view(), given);
  }
  void set(std::string_view id, std::vector<double> const& given) const {
    synapses_->set(id, given);
  }
  /// Sets a variable of all synapses to one quantity.
  template <ir::fixed_string Name, ir::unit U, ir::role Kind, ir::value_type Type, bool Constant,
            ir::unit Q>
  void set(language::variable<Name, U, Kind, ir::side::here, Type, Constant> const&,
           ir::quantity<Q> value) const {
    nernst::detail::require_same_dimension<"projection.set", ir::dimension_of<U>,
                                           ir::dimension_of<Q>>();
    require_known<Name>();
    set(Name.view(), value);
  }
  /// A number is a quantity without a unit.
  template <ir::fixed_string Name, ir::unit U, ir::role Kind, ir::value_type Type, bool Constant,
            ir::Arithmetic T>
  void set(language::variable<Name, U, Kind, ir::side::here, Type, Constant> const& variable,
           T value) const {
    set(variable, ir::quantity(value));
  }
  /// \throws std::invalid_argument also for another unit.
  template <ir::unit Q>
  void set(std::string_view id, ir::quantity<Q> value) const {
    synapses_->set(id, value.si, ir::dimension_of<Q>);
  }
  /// Gives the values of a timed array.
  template <ir::fixed_string Name, ir::unit U, ir::unit Given>
  void set(language::table<Name, U> const&, timed_values<Given> const& given) const {
    nernst::detail::require_same_dimension<"projection.set", ir::dimension_of<U>,
                                           ir::dimension_of<Given>>();
    require_known<Name>();
    synapses_->give(compiled::value.find(Name.view()), given.table());
  }

 private:
  template <ir::fixed_string Name>
  static constexpr void require_known() {
    if constexpr (detail::make_synapses<Model, Source, Target>())
      nernst::detail::forbid<(compiled::value.find(Name.view()) == ir::none),
                             unknown_variable<Name, nernst::detail::model_name<Model>>>();
  }

  detail::handle<projection_base<Real>> synapses_;
};

namespace detail {

/// What is wrong with something that every neuron has, but for refractoriness.
constexpr ir::diagnosis misfit_beside(ir::symbol const& s, kernel::compiled_model const& neuron) {
  if (!ir::is_of_refractoriness(s.kind) || neuron.has_refractory()) return {};
  ir::short_string<35> where(s.id.view());
  where += s.owner == ir::side::pre ? "_pre" : "_post";
  return {ir::mistake::missing_refractory, where, {}, {}};
}

/// What is wrong with a variable of a neuron that a synapse uses, if anything is: the neuron lacks
/// it, has it in another unit, does not store it, or relies on it in an exact integration while the
/// synapse writes it.
constexpr ir::diagnosis misfit(kernel::compiled_model const& synapse, int variable,
                               kernel::compiled_model const& neuron) {
  ir::symbol const& s = synapse.variables[variable].symbol;
  if (ir::find_builtin(s.id) != nullptr) return misfit_beside(s, neuron);
  int const found = neuron.find(s.id);
  if (found == ir::none) return {ir::mistake::unknown_variable, s.id.view(), {}, {}};
  kernel::variable const& there = neuron.variables[found];
  if (!(there.symbol.unit == s.unit))
    return {ir::mistake::dimension_mismatch, s.id.view(), ir::to_text(there.symbol.unit).view(),
            ir::to_text(s.unit).view()};
  ir::role const kind = there.symbol.kind;
  if (kind == ir::role::subexpression || kind == ir::role::linked)
    return {ir::mistake::not_supported, s.id.view(), "a variable that the neuron stores",
            "another kind"};
  if (there.fixed && kernel::writes(synapse, variable))
    return {ir::mistake::misplaced_statement, s.id.view(), {}, "what method(exact) relies on"};
  return {};
}

/// Whether a variable was declared as one of a neuron.
constexpr bool is_of(ir::symbol const& s, kernel::compiled_model const& neuron) {
  int const found = neuron.find(s.id);
  return s.declared.is_known() && found != ir::none &&
         neuron.variables[found].symbol.declared == s.declared;
}
/// What is wrong with a variable of the synapse itself: somebody forgot whose it is.
constexpr ir::diagnosis borrowed(ir::symbol const& s, kernel::compiled_model const& source,
                                 kernel::compiled_model const& target) {
  bool const of_target = is_of(s, target);
  if (!of_target && !is_of(s, source)) return {};
  ir::short_string<35> instead(of_target ? "post(" : "pre(");
  (instead += s.id) += ')';
  return {ir::mistake::variable_of_neuron, s.id.view(), instead, {}};
}
/// What is wrong with any variable of a synapse, if anything is.
constexpr ir::diagnosis misfit(kernel::compiled_model const& synapse, int variable,
                               kernel::compiled_model const& source,
                               kernel::compiled_model const& target) {
  ir::symbol const& s = synapse.variables[variable].symbol;
  if (s.owner == ir::side::here) return borrowed(s, source, target);
  return misfit(synapse, variable, s.owner == ir::side::pre ? source : target);
}

/// One compile error if a synapse uses a variable that its source or target neurons do not have for
/// it.
template <class Synapse, class Source, class Target>
constexpr auto variables_fit() {
  struct finding {
    static constexpr ir::diagnosis get() {
      kernel::compiled_model const& synapse = kernel::compiled<Synapse, Source, Target>::value;
      for (int s = 0; s < synapse.variables.size(); ++s) {
        ir::diagnosis const d =
            misfit(synapse, s, kernel::compiled<Source>::value, kernel::compiled<Target>::value);
        if (!d.ok()) return d;
      }
      return {};
    }
  };
  nernst::detail::report<finding, Target>();
  return finding::get().ok();
}

/// Whether there can be a projection. A mistake is one error.
template <class Synapse, class Source, class Target, class Connection>
constexpr auto make_projection() {
  if constexpr (!make_synapses<Synapse, Source, Target>())
    return false;
  else if constexpr (!variables_fit<Synapse, Source, Target>())
    return false;
  else
    return nernst::detail::forbid<!Rule<Connection>,
                                  not_a_rule<"connect", rule_name<Connection>()>>();
}

}  // namespace detail

}  // namespace nernst
