// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/code.hpp>

namespace nernst::kernel {

/// What the compiler derives from a synapse model, in static storage. A mistake in it is one compile error here.
template <class Model>
struct synapse_code {
  static constexpr synapse_derivation derive() { return derive_synapse(lower(Model::model)); }

 private:
  struct outline {
    ir::diagnosis mistake;
    detail::counts count;
    int pathways = 0, arrays = 0;
    bool has_own = false;
  };
  static constexpr outline known = [] {
    synapse_derivation const d = derive();
    outline o{d.mistake, detail::count(d.model, d.where, {}), static_cast<int>(d.pathways.size()), static_cast<int>(d.where.arrays.size()),
              false};
    for (int const array : d.where.arrays) o.has_own = o.has_own || d.model.at(array).owner == ir::side::here;
    for (int i = 0; i < d.model.nodes.size(); ++i) o.has_own = o.has_own || ir::is_random(d.model.nodes[i].code);
    return o;
  }();
  struct finding {
    static constexpr ir::diagnosis get() { return known.mistake; }
  };
  static constexpr detail::counts count = known.count;
  static constexpr auto table = [] {
    detail::tables_for<count> t{};
    if constexpr (!known.mistake.ok()) {
      nernst::detail::report<finding, Model>();
    } else {
      synapse_derivation const d = derive();
      t = {d.model, d.where, {}};
      for (auto const& p : d.model.pathways) t.note_access(ir::reads(d.model, p.statements), ir::writes(p.statements));
    }
    return t;
  }();
  static constexpr std::array<program_size, static_cast<std::size_t>(known.pathways)> sizes = [] {
    std::array<program_size, static_cast<std::size_t>(known.pathways)> s{};
    synapse_derivation const d = derive();
    for (std::size_t k = 0; k < s.size(); ++k) s[k] = program_size(d.pathways[k]);
    return s;
  }();

 public:
  static constexpr bool valid = [] {
    nernst::detail::report<finding, Model>();
    return known.mistake.ok();
  }();
  static constexpr nernst::kernel::facts facts{table.variables, known.arrays, {table.nodes, table.scalars}, {}, ir::none,
                                               ir::none,        ir::none};
  /// Whether synapses have variables or random numbers of their own, which belong to a synapse wherever it is stored.
  static constexpr bool has_own = known.has_own;
  static constexpr int pathways = known.pathways, arrays = known.arrays, scalars = count.scalars;

  /// Whose variable an array is: of the synapse or of one of its neurons.
  template <int Slot>
  static constexpr ir::side owner = [] {
    for (variable const& v : table.variables)
      if (v.array == Slot) return v.symbol.owner;
    return ir::side::here;
  }();

  /// One pathway, as `evaluate` wants it; they are numbered in source order.
  template <int Pathway>
  struct block {
    static constexpr auto program = fixed_program<sizes[Pathway].instructions, sizes[Pathway].stores>(derive().pathways[Pathway]);
  };
};

}  // namespace nernst::kernel
