// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/code.hpp>

namespace nernst::kernel {

namespace detail {
/// The variables of a neuron that synapses may name.
template <class Neuron>
constexpr std::vector<ir::symbol> public_symbols() {
  std::vector<ir::symbol> all;
  if constexpr (neuron_code<Neuron>::valid)
    for (variable const& v : neuron_code<Neuron>::facts.variables) {
      ir::role const kind = v.symbol.kind;
      bool const stored =
          kind == ir::role::state || kind == ir::role::parameter || ir::is_shared(kind);
      if ((stored || kind == ir::role::subexpression || kind == ir::role::linked) &&
          v.symbol.id.view().front() != '_')
        all.push_back(v.symbol);
    }
  return all;
}
/// A shared variable that the neuron itself changes is read anew in each step.
constexpr void follow(ir::model& m, ir::side owner, std::vector<ir::symbol> const& neuron) {
  for (ir::symbol& s : m.symbols)
    for (ir::symbol const& n : neuron)
      if (s.owner == owner && s.kind == ir::role::shared && n.kind == ir::role::shared_state &&
          s.id == n.id.view())
        s.kind = n.kind;
}
}  // namespace detail

/// What the compiler derives from a synapse model between neurons of two models, in static storage.
/// A mistake in it is one compile error here. Without neurons the model is taken as it stands; one
/// that is written in text needs them for the units of their variables.
template <class Model, class Source = void, class Target = void>
struct synapse_code {
  static constexpr synapse_derivation derive() {
    if constexpr (std::is_void_v<Source>) {
      return derive_synapse(lower(Model::model));
    } else {
      std::vector<ir::symbol> const source = detail::public_symbols<Source>(),
                                    target = detail::public_symbols<Target>();
      ir::model m = lower(Model::model, std::span<ir::symbol const>(source),
                          std::span<ir::symbol const>(target));
      detail::follow(m, ir::side::pre, source);
      detail::follow(m, ir::side::post, target);
      return derive_synapse(std::move(m));
    }
  }

 private:
  struct outline {
    ir::diagnosis mistake;
    program_sizes size;
    detail::counts count;
    bool has_own = false;
  };
  static constexpr outline known = [] {
    synapse_derivation const d = derive();
    outline o{d.mistake, program_sizes(d.pathways), detail::count(d.model, d.where), false};
    for (int const array : d.where.arrays)
      o.has_own = o.has_own || d.model.at(array).owner == ir::side::here;
    for (int i = 0; i < d.model.nodes.size(); ++i)
      o.has_own = o.has_own || ir::is_random(d.model.nodes[i].code);
    return o;
  }();
  struct finding {
    static constexpr ir::diagnosis get() { return known.mistake; }
  };
  static constexpr program_sizes size = known.size;
  static constexpr detail::counts count = known.count;
  struct storage {
    detail::tables<count> table;
    fixed_programs<size> kernels;
  };
  static constexpr storage all = [] {
    storage s{};
    if constexpr (!known.mistake.ok()) {
      nernst::detail::report<finding, Model>();
    } else {
      synapse_derivation const d = derive();
      s = {detail::tables<count>(d.model, d.where), fixed_programs<size>(d.pathways)};
      for (auto const& p : d.model.pathways)
        s.table.note_access(ir::reads(d.model, p.statements), ir::writes(p.statements));
    }
    return s;
  }();

 public:
  static constexpr bool valid = [] {
    nernst::detail::report<finding, Model>();
    return known.mistake.ok();
  }();
  static constexpr nernst::kernel::facts facts = all.table.facts({}, {});
  /// Whether synapses have variables or random numbers of their own, which belong to a synapse
  /// wherever it is stored.
  static constexpr bool has_own = known.has_own;
  static constexpr int pathways = size.programs, arrays = all.table.arrays, scalars = count.scalars;

  /// Whose variable an array is: of the synapse or of one of its neurons.
  template <int Slot>
  static constexpr ir::side owner = [] {
    for (variable const& v : all.table.variables)
      if (v.array == Slot) return v.symbol.owner;
    return ir::side::here;
  }();

  /// One pathway, as `evaluate` wants it; they are numbered in source order.
  template <int Pathway>
  struct block {
    static constexpr fixed_program program = all.kernels[Pathway];
    template <int Tag>
    using function = detail::functor_of<Model, Tag>;
  };
};

}  // namespace nernst::kernel
