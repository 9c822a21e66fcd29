// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/errors.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/derive.hpp>
#include <nernst/kernel/facts.hpp>

namespace nernst::kernel {

namespace detail {
/// How many of everything a derivation holds.
struct counts {
  int variables = 0, nodes = 0, scalars = 0, blocks = 0, block_nodes = 0, entries = 0;
};

constexpr counts count(ir::model const& m, layout const& where, std::vector<integrate::exact_block> const& exact) {
  ir::flat_expressions const flat = ir::flatten(m.nodes, where.scalars);
  counts n{static_cast<int>(m.symbols.size()),
           static_cast<int>(flat.program.size()),
           static_cast<int>(where.scalars.size()),
           static_cast<int>(exact.size()),
           0,
           0};
  for (auto const& block : exact) {
    n.block_nodes += static_cast<int>(ir::flatten(m.nodes, block.matrix).program.size());
    n.entries += block.order * block.order;
  }
  return n;
}

/// The static storage behind `facts`.
template <int Variables, int Nodes, int Scalars, int Blocks, int BlockNodes, int Entries>
struct tables {
  template <class T, int N>
  using list = std::array<T, static_cast<std::size_t>(N)>;
  list<variable, Variables> variables{};
  list<ir::node, Nodes> nodes{};
  list<int, Scalars> scalars{};
  list<ir::node, BlockNodes> block_nodes{};
  list<int, Entries> entry{}, coefficient{};
  list<int, Blocks> order{}, node_count{};
  list<bool, Blocks> per_element{};

  constexpr tables() = default;
  constexpr tables(ir::model const& m, layout const& where, std::vector<integrate::exact_block> const& exact) {
    for (std::size_t k = 0; k < variables.size(); ++k) variables[k].symbol = m.symbols[k];
    for (std::size_t k = 0; k < where.arrays.size(); ++k) variables[static_cast<std::size_t>(where.arrays[k])].array = static_cast<int>(k);
    ir::flat_expressions const flat = ir::flatten(m.nodes, where.scalars);
    for (std::size_t k = 0; k < nodes.size(); ++k) nodes[k] = flat.program[k];
    for (std::size_t k = 0; k < scalars.size(); ++k) scalars[k] = flat.results[k];
    std::size_t at_node = 0, at_entry = 0;
    for (std::size_t b = 0; b < order.size(); ++b) {
      ir::flat_expressions const a = ir::flatten(m.nodes, exact[b].matrix);
      order[b] = exact[b].order;
      per_element[b] = exact[b].per_element;
      node_count[b] = static_cast<int>(a.program.size());
      for (ir::node const& n : a.program) block_nodes[at_node++] = n;
      for (std::size_t k = 0; k < a.results.size(); ++k, ++at_entry) {
        entry[at_entry] = a.results[k];
        coefficient[at_entry] = exact[b].coefficient[k];
      }
    }
  }

  constexpr void note_access(ir::symbol_set const& read, ir::symbol_set const& written) {
    for (std::size_t k = 0; k < variables.size(); ++k) {
      variables[k].read = variables[k].read || read.contains(static_cast<int>(k));
      variables[k].written = variables[k].written || written.contains(static_cast<int>(k));
    }
  }

  constexpr list<propagator, Blocks> propagators() const {
    list<propagator, Blocks> all{};
    std::size_t at_node = 0, at_entry = 0;
    for (std::size_t b = 0; b < order.size(); ++b) {
      auto const n = static_cast<std::size_t>(node_count[b]), e = static_cast<std::size_t>(order[b] * order[b]);
      all[b] = {
          order[b], per_element[b], {{block_nodes.data() + at_node, n}, {entry.data() + at_entry, e}}, {coefficient.data() + at_entry, e}};
      at_node += n;
      at_entry += e;
    }
    return all;
  }
};

template <counts N>
using tables_for = tables<N.variables, N.nodes, N.scalars, N.blocks, N.block_nodes, N.entries>;
}  // namespace detail

/// The kernels of a neuron.
enum neuron_block : int { update, update_and_reset, reset };

/// What the compiler derives from a neuron model, in static storage. `Model` is a struct with `static constexpr auto model`, written in any
/// of the languages. A mistake in it is one compile error here.
template <class Model>
struct neuron_code {
  using own_method = typename decltype(Model::model)::own_method;
  static constexpr neuron_derivation derive() { return derive_neuron<own_method>(lower(Model::model)); }

 private:
  struct outline {
    ir::diagnosis mistake;
    program_size size[3];
    detail::counts count;
    int arrays = 0;
  };
  static constexpr outline known = [] {
    neuron_derivation const d = derive();
    return outline{d.mistake,
                   {program_size(d.update), program_size(d.update_and_reset), program_size(d.reset)},
                   detail::count(d.model, d.where, d.exact),
                   static_cast<int>(d.where.arrays.size())};
  }();
  struct finding {
    static constexpr ir::diagnosis get() { return known.mistake; }
  };
  template <int Block>
  using fixed = fixed_program<known.size[Block].instructions, known.size[Block].stores>;
  static constexpr detail::counts count = known.count;
  struct storage {
    detail::tables_for<count> table;
    fixed<update> update_code;
    fixed<update_and_reset> fused_code;
    fixed<reset> reset_code;
    int last_spike = ir::none, flag = ir::none, refractory_steps = ir::none;
  };
  static constexpr storage all = [] {
    storage s{};
    if constexpr (!known.mistake.ok()) {
      nernst::detail::report<finding, Model>();
    } else {
      neuron_derivation const d = derive();
      s = {{d.model, d.where, d.exact},
           fixed<update>(d.update),
           fixed<update_and_reset>(d.update_and_reset),
           fixed<reset>(d.reset),
           d.last_spike,
           d.flag,
           d.refractory_steps};
      s.table.note_access(ir::reads(d.model, d.model.reset), ir::writes(d.model.reset));
      for (auto const& e : d.model.equations) s.table.variables[static_cast<std::size_t>(e.symbol)].frozen = e.unless_refractory;
    }
    return s;
  }();
  static constexpr auto propagators = all.table.propagators();

 public:
  static constexpr bool valid = [] {
    nernst::detail::report<finding, Model>();
    return known.mistake.ok();
  }();
  static constexpr nernst::kernel::facts facts{
      all.table.variables, known.arrays, {all.table.nodes, all.table.scalars}, propagators, all.last_spike, all.flag, all.refractory_steps};
  static constexpr int arrays = known.arrays, scalars = count.scalars;

  /// One kernel, as `evaluate` wants it.
  template <int Block>
  struct block {
    static constexpr auto const& program = []() -> auto const& {
      if constexpr (Block == update)
        return all.update_code;
      else if constexpr (Block == update_and_reset)
        return all.fused_code;
      else
        return all.reset_code;
    }
    ();
  };
};

}  // namespace nernst::kernel
