// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/linear.hpp>

#include <array>

namespace nernst::kernel {

/// Where an instruction gets its value from.
enum class source : std::uint8_t {
  computed,     ///< from the instructions `a`, `b`, `c`
  literal,      ///< `value`
  array,        ///< the element's place in array `a`
  linked,       ///< the place in array `a` of the element that this one is linked to
  scalar,       ///< scalar `a`: one value per population, computed once per run
  step_scalar,  ///< scalar `a` of those that are computed once per step
  shared,       ///< the present value of the shared variable with symbol `a`
  advanced,     ///< value `a` of those that an integrator with steps of its own has found
  time,         ///< t
  step,         ///< the number of the step
  substep,      ///< the length of a step of such an integrator
  elapsed,      ///< the time from the start of the step to that of such a step
  index,        ///< the number of the element
  draw,         ///< the random number `a`
};

/// One step of a kernel. The instructions of a program stand in order of evaluation.
struct instruction {
  ir::op code = ir::op::literal;
  source from = source::computed;
  bool is_mask = false;
  int a = ir::none, b = ir::none, c = ir::none;
  double value = 0;  ///< of a literal, or of the exponent where that is a literal; else 0
  int tag = 0;       ///< which draw, timed array (a symbol) or function of the user
};

/// Whether an instruction is a power with a whole exponent, which is computed by multiplications.
constexpr bool is_whole_power(instruction const& s) {
  return s.code == ir::op::power && s.value != 0 && s.value >= -64 && s.value <= 64 &&
         static_cast<double>(static_cast<int>(s.value)) == s.value;
}

/// Writes the value of an instruction to the element's place in an array; `on_spike` ones change
/// nothing unless the element fires.
struct output {
  int array = ir::none;
  int value = ir::none;
  bool on_spike = false;
  source to = source::array;  ///< or `linked`, `advanced`, or `shared`: then `array` is the symbol
};

/// Straight-line code for one element: loads, arithmetic, stores, and the instruction that says
/// whether the element fires. What is the same for all elements in a step is computed once, in a
/// prologue whose results are the step scalars.
struct program {
  std::vector<instruction> code;
  std::vector<output> stores;
  int spike = ir::none;
  std::vector<instruction> prologue;
  std::vector<int> step_scalars;
};

/// Where the kernels of a model find its variables: one array per variable that varies between
/// elements, and the scalars, which are expressions of literals, shared variables, coefficients and
/// dt and cost nothing per element.
struct layout {
  std::vector<int> arrays;        ///< symbol of each array
  std::vector<int> scalars;       ///< node of each scalar
  std::vector<char> elementwise;  ///< for each symbol, whether it is an array
  std::vector<int> advanced;  ///< symbols of what an integrator with steps of its own finds, in the
                              ///< order of its results

  constexpr int array(int symbol) const { return position(arrays, symbol); }
  constexpr ir::frequency frequency(int symbol, ir::role kind) const {
    auto const s = static_cast<std::size_t>(symbol);
    return s < elementwise.size() && elementwise[s] != 0 ? ir::per_element : ir::frequency_of(kind);
  }
  constexpr int scalar(int node) {
    int const known = position(scalars, node);
    if (known != ir::none) return known;
    scalars.push_back(node);
    return static_cast<int>(scalars.size()) - 1;
  }

 private:
  static constexpr int position(std::vector<int> const& in, int what) {
    for (std::size_t i = 0; i < in.size(); ++i)
      if (in[i] == what) return static_cast<int>(i);
    return ir::none;
  }
};

namespace detail {

constexpr source source_of(ir::role kind) {
  switch (kind) {
  case ir::role::time:
    return source::time;
  case ir::role::step:
    return source::step;
  case ir::role::substep:
    return source::substep;
  case ir::role::elapsed:
    return source::elapsed;
  case ir::role::index:
    return source::index;
  case ir::role::shared_state:
    return source::shared;
  case ir::role::advanced:
    return source::advanced;
  case ir::role::linked:
    return source::linked;
  default:
    return source::array;
  }
}

/// Turns scheduled nodes into instructions. Nodes of one frequency are computed in one list; from
/// those that are computed less often a list only takes results.
class assembler {
 public:
  constexpr assembler(ir::model const& m, layout& where, bool with_prologue)
      : nodes_(m.nodes.data()), symbols_(m.symbols.data()), where_(where),
        with_prologue_(with_prologue), often_(m.nodes.size()), needs_(m.nodes.size()),
        places_(m.nodes.size()), slots_(static_cast<int>(m.symbols.size())) {
    int const arrays = static_cast<int>(where.arrays.size());
    int const* const array = where.arrays.data();
    for (int k = 0; k < arrays; ++k) slots_[array[k]] = k;
    for (std::size_t k = 0; k < where.advanced.size(); ++k)
      slots_[where.advanced[k]] = static_cast<int>(k);
  }

  constexpr program operator()(ir::buffer<int> const& order, std::vector<int> const& roots) {
    classify(order);
    char* const wanted = needs_.data();
    for (int const r : roots)
      if (r != ir::none) wanted[r] = 1;
    program p;
    p.code.reserve(static_cast<std::size_t>(order.size()));
    if (with_prologue_) {
      for (int const i : order)
        if (often_[i] == ir::per_step && wanted[i] != 0 && nodes_[i].code >= ir::op::negate) {
          assemble_prologue(order, p);
          break;
        }
    }
    assemble(order, ir::per_element, p.code);
    return p;
  }
  constexpr int place(int node) const { return places_[node]; }
  constexpr int slot(int symbol) const { return slots_[symbol]; }

 private:
  constexpr void classify(ir::buffer<int> const& order) {
    char *const often = often_.data(), *const wanted = needs_.data();
    for (int const i : order) {
      ir::node const& n = nodes_[i];
      char f = ir::is_random(n.code) ? ir::per_element : ir::per_run;
      if (n.code == ir::op::symbol) {
        f = where_.frequency(n.a, symbols_[n.a].kind);
      } else if (n.code >= ir::op::negate) {
        if (ir::is_lookup(n.code)) f = ir::per_step;
        if (often[n.a] > f) f = often[n.a];
        if (n.code >= ir::op::add && often[n.b] > f) f = often[n.b];
        if (n.code >= ir::op::select && often[n.c] > f) f = often[n.c];
      }
      if (f == ir::per_step && !with_prologue_) f = ir::per_element;
      often[i] = f;
      if (f != ir::per_element || n.code < ir::op::negate) continue;
      wanted[n.a] = 1;
      if (n.code >= ir::op::add) wanted[n.b] = 1;
      if (n.code >= ir::op::select) wanted[n.c] = 1;
    }
  }

  constexpr void assemble_prologue(ir::buffer<int> const& order, program& p) {
    // What the elements want of the step is wanted now; so are its operands.
    for (int const i : order)
      if (often_[i] == ir::per_step && needs_[i] != 0 && nodes_[i].code >= ir::op::negate)
        step_scalar_.push_back(i);
    ir::buffer<char> const kept = needs_;
    for (int k = order.size(); k-- > 0;) {
      int const i = order[k];
      if (often_[i] != ir::per_step || needs_[i] == 0) continue;
      ir::node const& n = nodes_[i];
      if (n.code >= ir::op::negate) needs_[n.a] = 1;
      if (n.code >= ir::op::add) needs_[n.b] = 1;
      if (n.code >= ir::op::select) needs_[n.c] = 1;
    }
    assemble(order, ir::per_step, p.prologue);
    for (int const i : step_scalar_) p.step_scalars.push_back(places_[i]);
    needs_ = kept;
  }

  constexpr void assemble(ir::buffer<int> const& order, ir::frequency own,
                          std::vector<instruction>& code) {
    int count = 0, next_step_scalar = 0;
    char const *const often = often_.data(), *const wanted = needs_.data();
    int* const place = places_.data();
    for (int const i : order) {
      if (wanted[i] == 0 || often[i] > own) continue;
      ir::node const& n = nodes_[i];
      instruction s;
      s.code = n.code;
      if (n.code == ir::op::literal) {
        s.from = source::literal;
        s.value = n.value;
      } else if (often[i] == ir::per_run) {
        s.code = ir::op::symbol;
        s.from = source::scalar;
        s.a = where_.scalar(i);
      } else if (n.code == ir::op::symbol) {
        s.from = source_of(symbols_[n.a].kind);
        s.a = s.from == source::shared ? n.a : slots_[n.a];
      } else if (own == ir::per_element && often[i] == ir::per_step) {
        s.code = ir::op::symbol;
        s.from = source::step_scalar;
        while (step_scalar_[next_step_scalar] != i) ++next_step_scalar;
        s.a = next_step_scalar;
      } else if (n.code < ir::op::negate) {
        s.from = source::draw;
        s.a = n.a;
      } else {
        s.is_mask = ir::is_condition(n.code);
        s.tag = n.tag;
        s.a = place[n.a];
        if (n.code >= ir::op::add) s.b = place[n.b];
        if (n.code >= ir::op::select) s.c = place[n.c];
        // A power with a whole exponent becomes multiplications.
        if (n.code == ir::op::power && nodes_[n.b].code == ir::op::literal)
          s.value = nodes_[n.b].value;
      }
      place[i] = count++;
      code.push_back(s);
    }
  }

  ir::node const* nodes_;
  ir::symbol const* symbols_;
  layout& where_;
  bool with_prologue_;
  ir::buffer<char> often_, needs_;
  ir::buffer<int> places_, slots_, step_scalar_;
};

}  // namespace detail

/// Whether what is the same for all elements in a step is computed once per step.
enum class prologue : bool { without, with };

/// Brings expressions into schedule order. Whatever is the same for all elements during a run
/// becomes a scalar, so that `exp(-dt/tau)` is computed once; what is the same during a step, such
/// as `sin(w t)`, is computed once per step; every node is evaluated once, however many stores use
/// it.
constexpr program make_program(ir::model const& m, layout& where,
                               std::vector<ir::assignment> const& stores, int spike = ir::none,
                               prologue steps = prologue::with) {
  std::vector<int> roots;
  roots.reserve(stores.size() + 1);
  for (auto const& s : stores) roots.push_back(s.value);
  roots.push_back(spike);
  detail::assembler assemble(m, where, steps == prologue::with);
  program p = assemble(ir::schedule(m.nodes, roots), roots);

  p.stores.reserve(stores.size());
  for (auto const& s : stores) {
    ir::node const& n = m.nodes[s.value];
    auto is_old_value = [&](ir::node const& x) {
      return x.code == ir::op::symbol && x.a == s.symbol;
    };
    if (is_old_value(n)) continue;
    bool const rare =
        spike != ir::none && n.code == ir::op::select && n.a == spike && is_old_value(m.nodes[n.c]);
    source const to = detail::source_of(m.at(s.symbol).kind);
    p.stores.push_back({to == source::shared ? s.symbol : assemble.slot(s.symbol),
                        assemble.place(s.value), rare, to});
  }
  if (spike != ir::none) p.spike = assemble.place(spike);
  return p;
}

/// A program in static storage, for the compiler to read instruction by instruction.
struct fixed_program {
  instruction const* code = nullptr;
  output const* stores = nullptr;
  int spike = ir::none;
  instruction const* prologue = nullptr;
  int const* step_scalars = nullptr;
  int size = 0, store_count = 0, prologue_size = 0, step_scalar_count = 0;
};

/// How much programs take in static storage.
struct program_sizes {
  int programs = 0, instructions = 0, stores = 0, step_scalars = 0;

  constexpr program_sizes() = default;
  constexpr explicit program_sizes(std::span<program const> all)
      : programs(static_cast<int>(all.size())) {
    for (program const& p : all) {
      instructions += static_cast<int>(p.code.size() + p.prologue.size());
      stores += static_cast<int>(p.stores.size());
      step_scalars += static_cast<int>(p.step_scalars.size());
    }
  }
};

/// Several programs in static storage.
template <program_sizes N>
class fixed_programs {
 public:
  constexpr fixed_programs() = default;
  constexpr explicit fixed_programs(std::span<program const> all) {
    place at;
    place* next = places_.data();
    for (program const& p : all) {
      at.size = static_cast<int>(p.code.size());
      at.store_count = static_cast<int>(p.stores.size());
      at.prologue_size = static_cast<int>(p.prologue.size());
      at.step_scalar_count = static_cast<int>(p.step_scalars.size());
      at.spike = p.spike;
      *next++ = at;
      copy(p.code, code_.data(), at.code);
      copy(p.prologue, code_.data(), at.code);
      copy(p.stores, stores_.data(), at.stores);
      copy(p.step_scalars, step_scalars_.data(), at.step_scalars);
    }
  }
  constexpr fixed_program operator[](int k) const {
    place const& at = places_[static_cast<std::size_t>(k)];
    instruction const* const code = code_.data() + at.code;
    return {code,
            stores_.data() + at.stores,
            at.spike,
            code + at.size,
            step_scalars_.data() + at.step_scalars,
            at.size,
            at.store_count,
            at.prologue_size,
            at.step_scalar_count};
  }

 private:
  struct place {
    int code = 0, stores = 0, step_scalars = 0, spike = ir::none, size = 0, store_count = 0,
        prologue_size = 0, step_scalar_count = 0;
  };
  template <class T>
  static constexpr void copy(std::vector<T> const& from, T* to, int& at) {
    T const* next = from.data();
    for (std::size_t left = from.size(); left > 0; --left) to[at++] = *next++;
  }
  template <class T, int Size>
  using list = std::array<T, static_cast<std::size_t>(Size)>;
  list<place, N.programs> places_{};
  list<instruction, N.instructions> code_{};
  list<output, N.stores> stores_{};
  list<int, N.step_scalars> step_scalars_{};
};

}  // namespace nernst::kernel
