// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/errors.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/facts.hpp>
#include <nernst/kernel/stages.hpp>

namespace nernst::kernel {

namespace detail {
/// How many of everything a derivation holds.
struct counts {
  int variables = 0, nodes = 0, scalars = 0, blocks = 0, block_nodes = 0, entries = 0;
  int extras = 0, timings = 0, times = 0, named_nodes = 0, named = 0, subexpressions = 0,
      events = 0, functions = 0, advanced = 0;
};

constexpr int length(auto const& list) {
  return static_cast<int>(list.size());
}

constexpr counts count(ir::model const& m, layout const& where) {
  counts n;
  n.variables = length(m.symbols);
  n.nodes = length(ir::flatten(m.nodes, where.scalars).program);
  n.scalars = length(where.scalars);
  n.functions = length(m.functions);
  return n;
}
/// What is evaluated by name, in the order of `facts::named`.
constexpr std::vector<int> named_nodes(neuron_derivation const& d) {
  std::vector<int> all = d.periods;
  all.insert(all.end(), d.subexpressions.begin(), d.subexpressions.end());
  return all;
}
constexpr counts count(neuron_derivation const& d) {
  counts n = count(d.model, d.where);
  n.blocks = length(d.exact);
  for (auto const& block : d.exact) {
    n.block_nodes += length(ir::flatten(d.model.nodes, block.matrix).program);
    n.entries += block.order * block.order;
  }
  n.extras = length(d.extras);
  n.timings = length(d.model.actions);
  for (auto const& a : d.model.actions) n.times += length(a.times);
  std::vector<int> const named = named_nodes(d);
  n.named_nodes = length(ir::flatten(d.model.nodes, named).program);
  n.named = length(named);
  n.subexpressions = length(d.subexpressions);
  n.events = length(d.model.events);
  n.advanced = length(d.advanced);
  return n;
}

/// The static storage behind `facts`.
template <counts N>
struct tables {
  template <class T, int Size>
  using list = std::array<T, static_cast<std::size_t>(Size)>;
  list<variable, N.variables> variables{};
  list<ir::node, N.nodes> nodes{};
  list<int, N.scalars> scalars{};
  list<ir::node, N.block_nodes> block_nodes{};
  list<int, N.entries> entry{}, coefficient{};
  list<int, N.blocks> order{}, node_count{};
  list<bool, N.blocks> per_element{};
  list<extra, N.extras> extras{};
  list<int, N.timings> period{}, time_count{};
  list<double, N.times> times{};
  list<ir::node, N.named_nodes> named_nodes{};
  list<int, N.named> named{};
  list<int, N.subexpressions> subexpressions{};
  list<ir::name, N.events> events{};
  list<ir::function, N.functions> functions{};
  list<int, N.advanced> advanced{};
  substepping substeps;
  int arrays = 0;
  int last_spike = ir::none, flag = ir::none, refractory_steps = ir::none;
  bool reset_waits = false, threshold_apart = false;

  constexpr tables() = default;
  constexpr tables(ir::model const& m, layout const& where) : arrays(length(where.arrays)) {
    for (std::size_t k = 0; k < variables.size(); ++k) variables[k].symbol = m.symbols[k];
    for (std::size_t k = 0; k < where.arrays.size(); ++k)
      variables[static_cast<std::size_t>(where.arrays[k])].array = static_cast<int>(k);
    enter(ir::flatten(m.nodes, where.scalars), nodes, scalars);
    for (std::size_t k = 0; k != functions.size(); ++k) functions[k] = m.functions[k];
  }
  constexpr explicit tables(neuron_derivation const& d) : tables(d.model, d.where) {
    enter_propagators(d);
    for (std::size_t k = 0; k != extras.size(); ++k) extras[k] = d.extras[k];
    std::size_t at_period = 0, at_time = 0;
    for (std::size_t k = 0; k != period.size(); ++k) {
      auto const& a = d.model.actions[k];
      period[k] = a.period == ir::none ? ir::none : static_cast<int>(at_period++);
      time_count[k] = length(a.times);
      for (double const t : a.times) times[at_time++] = t;
    }
    enter(ir::flatten(d.model.nodes, detail::named_nodes(d)), named_nodes, named);
    for (std::size_t k = 0; k != subexpressions.size(); ++k)
      subexpressions[k] = d.model.subexpressions[k].symbol;
    for (std::size_t k = 0; k != events.size(); ++k) events[k] = d.model.events[k].id;
    for (std::size_t k = 0; k != advanced.size(); ++k) advanced[k] = d.advanced[k];
    substeps = d.substeps;
    note_access(ir::reads(d.model, d.model.reset), ir::writes(d.model.reset));
    for (auto const& e : d.model.equations)
      variables[static_cast<std::size_t>(e.symbol)].frozen = e.unless_refractory;
    last_spike = d.last_spike;
    flag = d.flag;
    refractory_steps = d.refractory_steps;
    reset_waits = d.reset_waits;
    threshold_apart = d.threshold_apart;
  }

  constexpr void note_access(ir::symbol_set const& read, ir::symbol_set const& written) {
    for (std::size_t k = 0; k < variables.size(); ++k) {
      variables[k].read = variables[k].read || read.contains(static_cast<int>(k));
      variables[k].written = variables[k].written || written.contains(static_cast<int>(k));
    }
  }

  constexpr list<propagator, N.blocks> propagators() const {
    list<propagator, N.blocks> all{};
    std::size_t at_node = 0, at_entry = 0;
    for (std::size_t b = 0; b != order.size(); ++b) {
      auto const n = static_cast<std::size_t>(node_count[b]),
                 e = static_cast<std::size_t>(order[b] * order[b]);
      all[b] = {order[b],
                per_element[b],
                {{block_nodes.data() + at_node, n}, {entry.data() + at_entry, e}},
                {coefficient.data() + at_entry, e}};
      at_node += n;
      at_entry += e;
    }
    return all;
  }
  constexpr list<timing, N.timings> timings() const {
    list<timing, N.timings> all{};
    std::size_t at = 0;
    for (std::size_t k = 0; k != all.size(); ++k) {
      auto const n = static_cast<std::size_t>(time_count[k]);
      all[k] = {period[k], {times.data() + at, n}};
      at += n;
    }
    return all;
  }
  constexpr nernst::kernel::facts facts(std::span<propagator const> p,
                                        std::span<timing const> t) const {
    return {variables,
            arrays,
            {nodes, scalars},
            p,
            last_spike,
            flag,
            refractory_steps,
            extras,
            reset_waits,
            threshold_apart,
            t,
            {named_nodes, named},
            subexpressions,
            events,
            functions,
            substeps,
            advanced};
  }

 private:
  template <class Nodes, class Results>
  static constexpr void enter(ir::flat_expressions const& flat, Nodes& nodes, Results& results) {
    for (std::size_t k = 0; k != nodes.size(); ++k) nodes[k] = flat.program[k];
    for (std::size_t k = 0; k != results.size(); ++k) results[k] = flat.results[k];
  }
  constexpr void enter_propagators(neuron_derivation const& d) {
    std::size_t at_node = 0, at_entry = 0;
    for (std::size_t b = 0; b != order.size(); ++b) {
      ir::flat_expressions const a = ir::flatten(d.model.nodes, d.exact[b].matrix);
      order[b] = d.exact[b].order;
      per_element[b] = d.exact[b].per_element;
      node_count[b] = length(a.program);
      for (ir::node const& n : a.program) {
        block_nodes[at_node++] = n;
        if (n.code == ir::op::symbol && per_element[b])
          variables[static_cast<std::size_t>(n.a)].fixed = true;
      }
      for (std::size_t k = 0; k < a.results.size(); ++k, ++at_entry) {
        entry[at_entry] = a.results[k];
        coefficient[at_entry] = d.exact[b].coefficient[k];
      }
    }
  }
};

/// The `K`th of a list of types.
template <class List, int K>
struct element;
template <template <class...> class List, class First, class... Rest>
struct element<List<First, Rest...>, 0> {
  using type = First;
};
template <template <class...> class List, class First, class... Rest, int K>
  requires(K > 0)
struct element<List<First, Rest...>, K> : element<List<Rest...>, K - 1> {};

struct no_functions {};
/// The functors that a written model calls, in the order of `ir::model::functions`.
template <class Written>
struct functors_of {
  using type = no_functions;
};
template <class Written>
  requires requires { typename Written::functions; }
struct functors_of<Written> {
  using type = typename Written::functions;
};
/// The functor that nodes of `Model` with tag `Tag` call.
template <class Model, int Tag>
using functor_of =
    typename element<typename functors_of<std::remove_const_t<decltype(Model::model)>>::type,
                     Tag>::type;
}  // namespace detail

/// What the compiler derives from a neuron model, in static storage. `Model` is a struct with
/// `static constexpr auto model`, written in any of the languages. A mistake in it is one compile
/// error here.
template <class Model>
struct neuron_code {
  using own_method = typename decltype(Model::model)::own_method;
  /// The same at run time, with the method and all that is not needed to compile.
  static constexpr neuron_derivation derive() {
    return derive_neuron<own_method>(lower(Model::model));
  }

 private:
  using stages = derivation_stages<Model>;
  struct finding {
    static constexpr ir::diagnosis get() { return stages::mistake; }
  };

 public:
  static constexpr bool valid = [] {
    nernst::detail::report<finding, Model>();
    return stages::mistake.ok();
  }();

 private:
  /// What is derived, with all scalars.
  static constexpr neuron_derivation derived() {
    neuron_derivation d = stages::result();
    if constexpr (valid) {
      auto const& all = kernel_stage<Model, kernel_count - 1>::scalars;
      d.where.scalars.assign(all.begin(), all.end());
    }
    return d;
  }
  static constexpr int kernel_count = static_cast<int>(stages::result().bodies.size());
  static constexpr detail::counts count = detail::count(derived());
  static constexpr detail::tables<count> table = detail::tables<count>(derived());
  static constexpr auto propagators = table.propagators();
  static constexpr auto timings = table.timings();

 public:
  static constexpr nernst::kernel::facts facts = table.facts(propagators, timings);
  static constexpr int arrays = table.arrays, scalars = count.scalars, extras = count.extras;
  /// How many states an integrator advances by steps of its own.
  static constexpr int advanced = count.advanced;
  /// The array of one of these states.
  template <int K>
  static constexpr int advanced_array = table.advanced[K];
  static constexpr substepping substeps = table.substeps;

  /// One kernel, as `evaluate` wants it.
  template <int Block>
  struct block {
    static constexpr fixed_program program = [] {
      if constexpr (valid)
        return kernel_stage<Model, Block>::program;
      else
        return fixed_program{};
    }();
    template <int Tag>
    using function = detail::functor_of<Model, Tag>;
  };
};

}  // namespace nernst::kernel
