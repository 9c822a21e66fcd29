// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/linear.hpp>

#include <array>

namespace nernst::kernel {

/// Where an instruction gets its value from.
enum class source : std::uint8_t {
  computed,  ///< from the instructions `a`, `b`, `c`
  literal,   ///< `value`
  array,     ///< the element's place in array `a`
  scalar,    ///< scalar `a`: one value per population, computed once per run
  time,      ///< t
  step,      ///< the number of the step
  index,     ///< the number of the element
  draw,      ///< the random number `a`
};

/// One step of a kernel. The instructions of a program stand in order of evaluation.
struct instruction {
  ir::op code = ir::op::literal;
  source from = source::computed;
  bool is_mask = false;
  int a = ir::none, b = ir::none, c = ir::none;
  double value = 0;
};

/// Writes the value of an instruction to the element's place in an array; `on_spike` ones change nothing unless the element fires.
struct output {
  int array = ir::none;
  int value = ir::none;
  bool on_spike = false;
};

/// Straight-line code for one element: loads, arithmetic, stores, and the instruction that says whether the element fires.
struct program {
  std::vector<instruction> code;
  std::vector<output> stores;
  int spike = ir::none;
};

/// Where the kernels of a model find its variables: one array per variable that varies between elements, and the scalars, which are
/// expressions of literals, shared variables, coefficients and dt and cost nothing per element.
struct layout {
  std::vector<int> arrays;        ///< symbol of each array
  std::vector<int> scalars;       ///< node of each scalar
  std::vector<char> elementwise;  ///< for each symbol, whether it is an array

  constexpr int array(int symbol) const { return position(arrays, symbol); }
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

/// Brings expressions into schedule order. Whatever is the same for all elements during a run becomes a scalar, so that `exp(-dt/tau)` is
/// computed once; every node is evaluated once, however many stores use it.
constexpr program make_program(ir::model const& m, layout& where, std::vector<ir::assignment> const& stores, int spike = ir::none) {
  std::vector<int> roots;
  roots.reserve(stores.size() + 1);
  for (auto const& s : stores) roots.push_back(s.value);
  roots.push_back(spike);
  auto const order = ir::schedule(m.nodes, roots);
  int const size = m.nodes.size();
  // Plain pointers: constant evaluation counts the calls of operators.
  ir::node const* const nodes = m.nodes.data();
  ir::symbol const* const symbols = m.symbols.data();
  ir::buffer<char> constants(size), needs(size);
  ir::buffer<int> places(size), slots(static_cast<int>(m.symbols.size()));
  char *const constant = constants.data(), *const wanted = needs.data();
  int *const place = places.data(), *const slot = slots.data();
  int const arrays = static_cast<int>(where.arrays.size());
  int const* const array = where.arrays.data();
  for (int k = 0; k < arrays; ++k) slot[array[k]] = k;

  for (int const i : order) {
    ir::node const& n = nodes[i];
    bool same = !ir::is_random(n.code);
    if (n.code == ir::op::symbol) {
      ir::role const kind = symbols[n.a].kind;
      same = where.elementwise[static_cast<std::size_t>(n.a)] == 0 && kind != ir::role::time && kind != ir::role::step &&
             kind != ir::role::index;
    }
    if (n.code >= ir::op::negate) {
      same = constant[n.a] != 0;
      if (n.code >= ir::op::add) same = same && constant[n.b] != 0;
      if (n.code == ir::op::select) same = same && constant[n.c] != 0;
      if (!same) {
        wanted[n.a] = 1;
        if (n.code >= ir::op::add) wanted[n.b] = 1;
        if (n.code == ir::op::select) wanted[n.c] = 1;
      }
    }
    constant[i] = same;
  }
  for (int const r : roots)
    if (r != ir::none) wanted[r] = 1;

  program p;
  p.code.reserve(static_cast<std::size_t>(order.size()));
  int count = 0;
  for (int const i : order) {
    if (wanted[i] == 0) continue;
    ir::node const& n = nodes[i];
    instruction s;
    s.code = n.code;
    if (n.code == ir::op::literal) {
      s.from = source::literal;
      s.value = n.value;
    } else if (constant[i] != 0) {
      s.code = ir::op::symbol;
      s.from = source::scalar;
      s.a = where.scalar(i);
    } else if (n.code == ir::op::symbol) {
      ir::role const kind = symbols[n.a].kind;
      s.from = kind == ir::role::time    ? source::time
               : kind == ir::role::step  ? source::step
               : kind == ir::role::index ? source::index
                                         : source::array;
      if (s.from == source::array) s.a = slot[n.a];
    } else if (ir::is_random(n.code)) {
      s.from = source::draw;
      s.a = n.a;
    } else {
      s.is_mask = ir::is_condition(n.code);
      s.a = place[n.a];
      if (n.code >= ir::op::add) s.b = place[n.b];
      if (n.code == ir::op::select) s.c = place[n.c];
      // A power with a whole exponent becomes multiplications.
      if (n.code == ir::op::power && nodes[n.b].code == ir::op::literal) s.value = nodes[n.b].value;
    }
    place[i] = count++;
    p.code.push_back(s);
  }

  p.stores.reserve(stores.size());
  for (auto const& s : stores) {
    ir::node const& n = nodes[s.value];
    auto is_old_value = [&](ir::node const& x) { return x.code == ir::op::symbol && x.a == s.symbol; };
    if (is_old_value(n)) continue;
    bool const rare = spike != ir::none && n.code == ir::op::select && n.a == spike && is_old_value(nodes[n.c]);
    p.stores.push_back({slot[s.symbol], place[s.value], rare});
  }
  if (spike != ir::none) p.spike = place[spike];
  return p;
}

/// A program in static storage, for the compiler to read instruction by instruction.
template <int Instructions, int Stores>
struct fixed_program {
  static constexpr int size = Instructions;
  static constexpr int store_count = Stores;
  std::array<instruction, static_cast<std::size_t>(Instructions)> code{};
  std::array<output, static_cast<std::size_t>(Stores)> stores{};
  int spike = ir::none;

  constexpr fixed_program() = default;
  constexpr explicit fixed_program(program const& p) : spike(p.spike) {
    instruction const* from = p.code.data();
    for (instruction& i : code) i = *from++;
    output const* store = p.stores.data();
    for (output& o : stores) o = *store++;
  }
};

/// The size of a program, to give a fixed one its capacity.
struct program_size {
  int instructions = 0, stores = 0;
  constexpr program_size() = default;
  constexpr explicit program_size(program const& p)
      : instructions(static_cast<int>(p.code.size())), stores(static_cast<int>(p.stores.size())) {}
};

}  // namespace nernst::kernel
