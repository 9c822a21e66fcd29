// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/timed_array.hpp>
#include <nernst/language/variable.hpp>
#include <nernst/network/deliver.hpp>
#include <nernst/network/timed_values.hpp>

namespace nernst {

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
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::value_type Type,
            bool Constant>
  std::vector<double>
  get(language::variable<Name, D, Kind, ir::side::here, Type, Constant> const&) const {
    require_known<Name>();
    return get(Name.view());
  }
  /// The same by name. \throws std::invalid_argument if there is none of that name.
  std::vector<double> get(std::string_view id) const { return synapses_->get(id); }
  /// Sets the values of a variable, in the same order. \throws std::invalid_argument for a wrong
  /// number of values.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::value_type Type,
            bool Constant>
  void set(language::variable<Name, D, Kind, ir::side::here, Type, Constant> const&,
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
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::value_type Type,
            bool Constant, ir::dimension Q>
  void set(language::variable<Name, D, Kind, ir::side::here, Type, Constant> const&,
           ir::quantity<Q> value) const {
    nernst::detail::require_same_dimension<"projection.set", D, Q>();
    require_known<Name>();
    set(Name.view(), value);
  }
  /// \throws std::invalid_argument also for another unit.
  template <ir::dimension Q>
  void set(std::string_view id, ir::quantity<Q> value) const {
    synapses_->set(id, value.si, Q);
  }
  /// Gives the values of a timed array.
  template <ir::fixed_string Name, ir::dimension D, ir::dimension E>
  void set(language::table<Name, D> const&, timed_values<E> const& given) const {
    nernst::detail::require_same_dimension<"projection.set", D, E>();
    require_known<Name>();
    synapses_->give(compiled::value.find(Name.view()), given.table());
  }

 private:
  template <ir::fixed_string Name>
  static constexpr void require_known() {
    if constexpr (compiled::value.find(Name.view()) == ir::none)
      nernst::detail::raise<unknown_variable<Name, nernst::detail::model_name<Model>>>();
  }

  detail::handle<projection_base<Real>> synapses_;
};

namespace detail {

/// What is wrong with a variable of a neuron that a synapse uses, if anything is: the neuron lacks
/// it, has it in another unit, does not store it, or relies on it in an exact integration while the
/// synapse writes it.
constexpr ir::diagnosis misfit(kernel::compiled_model const& synapse, int variable,
                               kernel::compiled_model const& neuron) {
  ir::symbol const& s = synapse.variables[variable].symbol;
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

/// One compile error if a synapse uses a variable that its source or target neurons do not have for
/// it.
template <class Synapse, class Source, class Target>
constexpr bool variables_fit() {
  constexpr bool valid = kernel::compiled<Source>::valid && kernel::compiled<Target>::valid;
  struct finding {
    static constexpr ir::diagnosis get() {
      if constexpr (!valid) return {};
      kernel::compiled_model const& synapse = kernel::compiled<Synapse, Source, Target>::value;
      for (int s = 0; s < synapse.variables.size(); ++s) {
        ir::side const owner = synapse.variables[s].symbol.owner;
        if (owner == ir::side::here) continue;
        ir::diagnosis const d = misfit(synapse, s,
                                       owner == ir::side::pre ? kernel::compiled<Source>::value
                                                              : kernel::compiled<Target>::value);
        if (!d.ok()) return d;
      }
      return {};
    }
  };
  nernst::detail::report<finding, Target>();
  return valid && finding::get().ok();
}

}  // namespace detail

}  // namespace nernst
