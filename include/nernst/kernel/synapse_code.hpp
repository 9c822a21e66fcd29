// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/errors.hpp>
#include <nernst/kernel/derive.hpp>

namespace nernst::kernel {

/// What the compiler needs to know of a synapse model: the results of its derivation in static storage. A mistake in it is one compile
/// error here.
template <class Model>
struct synapse_code {
  static constexpr synapse_derivation derive() { return derive_synapse(lower(Model::model)); }

 private:
  struct facts {
    ir::diagnosis mistake;
    int pathways = 0, arrays = 0, scalars = 0;
    bool has_own = false;
  };
  static constexpr facts known = [] {
    synapse_derivation const d = derive();
    facts f{d.mistake, static_cast<int>(d.pathways.size()), static_cast<int>(d.where.arrays.size()), static_cast<int>(d.where.scalars.size())};
    for (int const array : d.where.arrays) f.has_own = f.has_own || d.model.at(array).owner == ir::side::here;
    for (int i = 0; i < d.model.nodes.size(); ++i) f.has_own = f.has_own || ir::is_random(d.model.nodes[i].code);
    return f;
  }();
  struct finding {
    static constexpr ir::diagnosis get() { return known.mistake; }
  };
  static constexpr bool checked = [] {
    nernst::detail::report<finding, Model>();
    return true;
  }();

 public:
  static constexpr bool valid = checked && known.mistake.ok();
  /// Whether synapses have variables or random numbers of their own, which belong to a synapse wherever it is stored.
  static constexpr bool has_own = known.has_own;
  /// Whether the synapse itself has a variable of that name.
  static constexpr bool has(std::string_view name) { return derive().model.find(name) != ir::none; }
  static constexpr int pathways = known.pathways, arrays = known.arrays, scalars = known.scalars;

  /// Whose variable an array is: of the synapse or of one of its neurons.
  template <int Slot>
  static constexpr ir::side owner = [] {
    synapse_derivation const d = derive();
    return d.model.at(d.where.arrays[Slot]).owner;
  }();

  /// One pathway, as `evaluate` wants it; they are numbered in source order.
  template <int Pathway>
  struct block {
    static constexpr program_size size = program_size(derive().pathways[Pathway]);
    static constexpr auto program = fixed_program<size.instructions, size.stores>(derive().pathways[Pathway]);
  };
};

}  // namespace nernst::kernel
