// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/population.hpp>
#include <nernst/network/synapses.hpp>

namespace nernst {

/// Synapses of one model onto neurons of the model `Target`. A handle: copies speak of the same synapses, which live as long as the
/// network.
template <class Model, class Target, class Space, class Real>
class projection {
 public:
  explicit projection(synapses_of<Model, Target, Space, Real>& all) : synapses_(&all) {}

  /// The number of synapses.
  std::uint64_t size() const { return synapses_->size(); }
  std::size_t memory_bytes() const { return synapses_->memory_bytes(); }

  /// The values of a variable of the synapses, in SI units and in the order in which the synapses were made: by source, then by target, or
  /// as listed; one value of a shared variable.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind>
  std::vector<double> get(dsl::variable<Name, D, Kind> const&) const {
    Real const* const stored = array<Name>();
    if (stored == nullptr) return {synapses_->values()[symbol<Name>()]};
    std::vector<double> out(size());
    for (std::uint64_t s = 0; s < size(); ++s) out[synapses_->rows().creation(s)] = static_cast<double>(stored[s]);
    return out;
  }
  /// Sets the values of a variable, in the same order. \throws std::invalid_argument for a wrong number of values.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind>
  void set(dsl::variable<Name, D, Kind> const&, std::vector<double> const& given) const {
    static_assert(Kind != ir::role::shared, "a shared variable has one value: projection.set(variable, quantity)");
    if (given.size() != size())
      throw std::invalid_argument(synapses_->name() + "[" + std::string(Name.view()) + "]: expected " + std::to_string(size()) +
                                  " values, found " + std::to_string(given.size()));
    Real* const stored = array<Name>();
    for (std::uint64_t s = 0; s < size(); ++s) stored[s] = static_cast<Real>(given[synapses_->rows().creation(s)]);
  }
  /// Sets a variable of all synapses to one quantity.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::dimension Q>
  void set(dsl::variable<Name, D, Kind> const&, dsl::quantity<Q> value) const {
    nernst::detail::require_same_dimension<"projection.set", D, Q>();
    if constexpr (Kind == ir::role::shared)
      synapses_->values()[symbol<Name>()] = value.si;
    else {
      Real* const stored = array<Name>();
      for (std::uint64_t s = 0; s < size(); ++s) stored[s] = static_cast<Real>(value.si);
    }
  }

 private:
  template <ir::fixed_string Name>
  std::size_t symbol() const {
    constexpr bool known = kernel::synapse_code<Model>::facts.find(Name.view()) != ir::none;
    if constexpr (!known) nernst::detail::raise<unknown_variable<Name, Model>>();
    return static_cast<std::size_t>(kernel::synapse_code<Model>::facts.find(Name.view()));
  }
  template <ir::fixed_string Name>
  Real* array() const {
    return synapses_->arrays()[symbol<Name>()];
  }

  synapses_of<Model, Target, Space, Real>* synapses_;
};

namespace detail {
/// One compile error if a synapse uses a variable that its source or target neurons lack, or has it in another unit.
template <class Synapse, class Source, class Target>
constexpr bool variables_fit() {
  constexpr bool valid = kernel::neuron_code<Source>::valid && kernel::neuron_code<Target>::valid;
  struct finding {
    static constexpr ir::diagnosis get() {
      if constexpr (!valid) return {};
      for (kernel::variable const& v : kernel::synapse_code<Synapse>::facts.variables) {
        ir::symbol const& s = v.symbol;
        if (s.owner == ir::side::here) continue;
        kernel::facts const& neuron = s.owner == ir::side::pre ? kernel::neuron_code<Source>::facts : kernel::neuron_code<Target>::facts;
        int const found = neuron.find(s.id);
        if (found == ir::none) return {ir::mistake::unknown_variable, s.id.view(), {}, {}};
        ir::dimension const unit = neuron.variables[static_cast<std::size_t>(found)].symbol.unit;
        if (!(unit == s.unit)) return {ir::mistake::dimension_mismatch, s.id.view(), ir::to_text(unit).view(), ir::to_text(s.unit).view()};
      }
      return {};
    }
  };
  nernst::detail::report<finding, Target>();
  return valid && finding::get().ok();
}
}  // namespace detail

}  // namespace nernst
