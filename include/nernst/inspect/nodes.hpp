// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/program.hpp>

#include <span>

namespace nernst::inspection {

/// The first variable of a kind, or `none`.
constexpr int symbol_of(ir::model const& m, ir::role kind) {
  for (std::size_t s = 0; s < m.symbols.size(); ++s)
    if (m.symbols[s].kind == kind) return static_cast<int>(s);
  return ir::none;
}

/// The variable that an instruction reads, or `none` where it reads none or a scalar.
constexpr int symbol_read(ir::model const& m, kernel::layout const& where,
                          kernel::instruction const& s) {
  using kernel::source;
  switch (s.from) {
  case source::array:
  case source::linked:
    return where.arrays[static_cast<std::size_t>(s.a)];
  case source::shared:
    return s.a;
  case source::advanced:
    return where.advanced[static_cast<std::size_t>(s.a)];
  case source::time:
    return symbol_of(m, ir::role::time);
  case source::step:
    return symbol_of(m, ir::role::step);
  case source::substep:
    return symbol_of(m, ir::role::substep);
  case source::elapsed:
    return symbol_of(m, ir::role::elapsed);
  case source::index:
    return symbol_of(m, ir::role::index);
  default:
    return ir::none;
  }
}

/// The variable that a store writes.
constexpr int symbol_written(kernel::layout const& where, kernel::output const& s) {
  if (s.to == kernel::source::shared) return s.array;
  return (s.to == kernel::source::advanced ? where.advanced
                                           : where.arrays)[static_cast<std::size_t>(s.array)];
}
/// Whether a store is the error of a substep, which takes the place of the last variable.
constexpr bool is_error(kernel::layout const& where, kernel::output const& s) {
  return s.to == kernel::source::advanced &&
         static_cast<std::size_t>(s.array) + 1 == where.advanced.size();
}

/// For each instruction of a program the node that it computes in the graph of the model: equal
/// expressions are one node, in whatever kernels they stand. May add nodes.
class program_nodes {
 public:
  program_nodes(ir::model& m, kernel::layout const& where, kernel::program const& p)
      : m_(m), where_(where) {
    prologue = list(p.prologue, {});
    std::vector<int> step_scalars;
    for (int const at : p.step_scalars)
      step_scalars.push_back(prologue[static_cast<std::size_t>(at)]);
    code = list(p.code, step_scalars);
  }

  std::vector<int> code, prologue;

 private:
  std::vector<int> list(std::span<kernel::instruction const> instructions,
                        std::vector<int> const& step_scalars) {
    std::vector<int> node;
    auto operand = [&node](int i) {
      return i == ir::none ? ir::none : node[static_cast<std::size_t>(i)];
    };
    for (auto const& s : instructions) {
      switch (s.from) {
      case kernel::source::literal:
        node.push_back(m_.nodes.literal(s.value));
        break;
      case kernel::source::scalar:
        node.push_back(where_.scalars[static_cast<std::size_t>(s.a)]);
        break;
      case kernel::source::step_scalar:
        node.push_back(step_scalars[static_cast<std::size_t>(s.a)]);
        break;
      case kernel::source::draw:
        node.push_back(m_.nodes.random(s.code, s.a));
        break;
      case kernel::source::computed:
        node.push_back(m_.nodes.make(s.code, operand(s.a), operand(s.b), operand(s.c), s.tag));
        break;
      default:
        node.push_back(m_.nodes.symbol(symbol_read(m_, where_, s)));
      }
    }
    return node;
  }

  ir::model& m_;
  kernel::layout const& where_;
};

}  // namespace nernst::inspection
