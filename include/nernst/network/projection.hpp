// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/timed_array.hpp>
#include <nernst/network/population.hpp>
#include <nernst/network/synapses.hpp>

namespace nernst {

/// Synapses of one model from neurons of the model `Source` onto those of the model `Target`. A
/// handle: copies speak of the same synapses, which live as long as the network.
template <class Model, class Source, class Target, class Space, class Real>
class projection {
  using code = kernel::synapse_code<Model, Source, Target>;

 public:
  explicit projection(synapses_of<Model, Source, Target, Space, Real>& all) : synapses_(&all) {}

  /// The number of synapses.
  std::uint64_t size() const { return synapses_->size(); }
  std::size_t memory_bytes() const { return synapses_->memory_bytes(); }

  /// The values of a variable of the synapses, in SI units and in the order in which the synapses
  /// were made: by source, then by target, or as listed; one value of a shared variable.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::value_type Type,
            bool Constant>
  std::vector<double>
  get(dsl::variable<Name, D, Kind, ir::side::here, Type, Constant> const&) const {
    require_known<Name>();
    return get(Name.view());
  }
  /// The same by name. \throws std::invalid_argument if there is none of that name.
  std::vector<double> get(std::string_view id) const {
    std::size_t const variable = symbol(id);
    Real const* const stored = synapses_->arrays()[variable];
    if (stored == nullptr) return {synapses_->values()[variable]};
    std::vector<double> out(size());
    for (std::uint64_t s = 0; s < size(); ++s)
      out[synapses_->rows().creation(s)] = static_cast<double>(stored[s]);
    return out;
  }
  /// Sets the values of a variable, in the same order. \throws std::invalid_argument for a wrong
  /// number of values.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::value_type Type,
            bool Constant>
  void set(dsl::variable<Name, D, Kind, ir::side::here, Type, Constant> const&,
           std::vector<double> const& given) const {
    static_assert(Kind != ir::role::shared,
                  "a shared variable has one value: projection.set(variable, quantity)");
    require_known<Name>();
    set(Name.view(), given);
  }
  void set(std::string_view id, std::vector<double> const& given) const {
    std::size_t const variable = symbol(id);
    Real* const stored = synapses_->arrays()[variable];
    if (given.size() != (stored == nullptr ? 1 : size()))
      throw std::invalid_argument(label(id) + ": expected " +
                                  std::to_string(stored == nullptr ? 1 : size()) +
                                  " values, found " + std::to_string(given.size()));
    ir::value_type const type = code::facts.variables[variable].symbol.type;
    if (stored == nullptr) synapses_->values()[variable] = detail::as_type(type, given[0]);
    for (std::uint64_t s = 0; stored != nullptr && s < size(); ++s)
      stored[s] = static_cast<Real>(detail::as_type(type, given[synapses_->rows().creation(s)]));
  }
  /// Sets a variable of all synapses to one quantity.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::value_type Type,
            bool Constant, ir::dimension Q>
  void set(dsl::variable<Name, D, Kind, ir::side::here, Type, Constant> const&,
           dsl::quantity<Q> value) const {
    nernst::detail::require_same_dimension<"projection.set", D, Q>();
    require_known<Name>();
    set(Name.view(), value);
  }
  /// \throws std::invalid_argument also for another unit.
  template <ir::dimension Q>
  void set(std::string_view id, dsl::quantity<Q> value) const {
    std::size_t const variable = symbol(id);
    ir::symbol const& s = code::facts.variables[variable].symbol;
    if (!(s.unit == Q))
      throw std::invalid_argument(label(id) + ": expected a value in " +
                                  std::string(ir::to_text(s.unit).view()) + ", found " +
                                  std::string(ir::to_text(Q).view()));
    double const x = detail::as_type(s.type, value.si);
    Real* const stored = synapses_->arrays()[variable];
    if (stored == nullptr)
      synapses_->values()[variable] = x;
    else
      std::fill_n(stored, size(), static_cast<Real>(x));
  }
  /// Gives the values of a timed array.
  template <ir::fixed_string Name, ir::dimension D, ir::dimension E>
  void set(dsl::table<Name, D> const&, timed_values<E> const& given) const {
    nernst::detail::require_same_dimension<"projection.set", D, E>();
    require_known<Name>();
    synapses_->give(code::facts.find(Name.view()), {given.values(), given.columns(), given.dt()});
  }

 private:
  std::string label(std::string_view id) const {
    return synapses_->name() + "[" + std::string(id) + "]";
  }
  template <ir::fixed_string Name>
  static constexpr void require_known() {
    if constexpr (code::facts.find(Name.view()) == ir::none)
      nernst::detail::raise<unknown_variable<Name, Model>>();
  }
  std::size_t symbol(std::string_view id) const {
    int const s = code::facts.find(id);
    ir::role const kind = s == ir::none
                              ? ir::role::time
                              : code::facts.variables[static_cast<std::size_t>(s)].symbol.kind;
    if (kind != ir::role::state && kind != ir::role::parameter && kind != ir::role::shared)
      throw std::invalid_argument(label(id) + ": expected a variable of the synapses");
    return static_cast<std::size_t>(s);
  }

  synapses_of<Model, Source, Target, Space, Real>* synapses_;
};

namespace detail {
/// One compile error if a synapse uses a variable that its source or target neurons lack, have in
/// another unit or do not store, or writes one that an exact integration was computed from.
template <class Synapse, class Source, class Target>
constexpr bool variables_fit() {
  constexpr bool valid = kernel::neuron_code<Source>::valid && kernel::neuron_code<Target>::valid;
  struct finding {
    static constexpr ir::diagnosis get() {
      if constexpr (!valid) return {};
      for (kernel::variable const& v :
           kernel::synapse_code<Synapse, Source, Target>::facts.variables) {
        ir::symbol const& s = v.symbol;
        if (s.owner == ir::side::here) continue;
        kernel::facts const& neuron = s.owner == ir::side::pre ? kernel::neuron_code<Source>::facts
                                                               : kernel::neuron_code<Target>::facts;
        int const found = neuron.find(s.id);
        if (found == ir::none) return {ir::mistake::unknown_variable, s.id.view(), {}, {}};
        kernel::variable const& there = neuron.variables[static_cast<std::size_t>(found)];
        ir::dimension const unit = there.symbol.unit;
        if (!(unit == s.unit))
          return {ir::mistake::dimension_mismatch, s.id.view(), ir::to_text(unit).view(),
                  ir::to_text(s.unit).view()};
        ir::role const kind = there.symbol.kind;
        if (kind == ir::role::subexpression || kind == ir::role::linked)
          return {ir::mistake::not_supported, s.id.view(), "a variable that the neuron stores",
                  "another kind"};
        if (v.written && there.fixed)
          return {
              ir::mistake::misplaced_statement, s.id.view(), {}, "what method(exact) relies on"};
      }
      return {};
    }
  };
  nernst::detail::report<finding, Target>();
  return valid && finding::get().ok();
}
}  // namespace detail

}  // namespace nernst
