// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/access.hpp>

#include <algorithm>

/// What a pathway computes of one end of a synapse and of time alone, such as what a trace has
/// decayed to, is the same for all synapses of a neuron: it can be computed once for all of these.
namespace nernst::kernel {

namespace detail {

/// What the value of an instruction depends on, from little to much.
enum class dependence : std::uint8_t { on_nothing, on_end, on_synapse };

constexpr dependence dependence_of(compiled_model const& m, scheduled_kernel const& k,
                                   instruction const& s, ir::side end) {
  auto const is_of_end = [&](ir::symbol const& v) { return v.owner == end; };
  switch (s.from) {
  case origin::literal:
  case origin::scalar:
    return dependence::on_nothing;
  case origin::time:
  case origin::step:
  case origin::shared:
  case origin::scale:
    return dependence::on_end;
  case origin::neighbour:
    return is_of_end(m.variables[s.a].symbol) ? dependence::on_end : dependence::on_synapse;
  case origin::linked:
    for (variable const& v : m.variables)
      if (v.array == s.a && !is_of_end(v.symbol)) return dependence::on_synapse;
    for (output const& o : m.stores(k))
      if (o.to == origin::linked && o.array == s.a) return dependence::on_synapse;
    return dependence::on_end;
  case origin::computed:
    return ir::is_random(s.code) || ir::is_lookup(s.code) ? dependence::on_synapse
                                                          : dependence::on_nothing;
  default:
    return dependence::on_synapse;
  }
}

}  // namespace detail

/// The part of a kernel of `Size` instructions that depends on the neuron at one end.
template <int Size>
struct end_part {
  detail::dependence depends[Size > 0 ? Size : 1] = {};
  /// The instructions whose values the rest of the kernel needs: so many. None where there is no
  /// function among them, as they are not worth the memory.
  int kept[Size > 0 ? Size : 1] = {};
  int count = 0;

  constexpr int place_of(int instruction) const {
    int const* const found = std::find(kept, kept + count, instruction);
    return found == kept + count ? ir::none : static_cast<int>(found - kept);
  }
};

template <int Size>
constexpr end_part<Size> find_end_part(compiled_model const& m, scheduled_kernel const& k,
                                       ir::side end) {
  using detail::dependence;
  ir::span<instruction const> const code = m.code(k);
  end_part<Size> found;
  bool is_needed[Size > 0 ? Size : 1] = {};
  bool has_function = false;
  for (int i = 0; i < Size; ++i) {
    instruction const& s = code[i];
    dependence& own = found.depends[i] = detail::dependence_of(m, k, s, end);
    if (s.from != origin::computed) continue;
    int const operands[] = {s.a, s.b, s.c};
    for (int j = 0; j < ir::operands(s.code); ++j) own = std::max(own, found.depends[operands[j]]);
    bool const is_function = ir::properties(s.code).cost.functions > 0;
    has_function = has_function || (is_function && own == dependence::on_end);
    for (int j = 0; j < ir::operands(s.code); ++j)
      if (own == dependence::on_synapse) is_needed[operands[j]] = true;
  }
  for (output const& o : m.stores(k)) is_needed[o.value] = true;
  for (int i = 0; i < Size && has_function; ++i) {
    bool const is_found = code[i].from == origin::computed;
    if (is_needed[i] && is_found && found.depends[i] == dependence::on_end)
      found.kept[found.count++] = i;
  }
  return found;
}

/// Kernel `Kernel` of a compiled model, taken apart; each part is what `evaluate` wants.
template <class Compiled, int Kernel, ir::side End>
class divided_kernel {
  static constexpr scheduled_kernel whole = Compiled::value.kernels[Kernel];
  static constexpr int size = whole.code.count;
  static constexpr end_part<size> found = find_end_part<size>(Compiled::value, whole, End);

  struct program {
    instruction code[size > 0 ? size : 1];
  };
  static constexpr instruction nothing{.from = origin::literal};
  static constexpr program of_end_program = [] {
    program p{};
    for (int i = 0; i < size; ++i)
      p.code[i] = found.depends[i] == detail::dependence::on_synapse
                      ? nothing
                      : Compiled::value.code(whole)[i];
    return p;
  }();
  static constexpr program of_synapse_program = [] {
    program p{};
    for (int i = 0; i < size; ++i) {
      instruction const& s = Compiled::value.code(whole)[i];
      bool const is_of_end =
          s.from == origin::computed && found.depends[i] == detail::dependence::on_end;
      int const place = found.place_of(i);
      p.code[i] = is_of_end && found.count > 0 ? nothing : s;
      if (place != ir::none)
        p.code[i] = instruction{.from = origin::linked, .a = Compiled::value.arrays + place};
    }
    return p;
  }();

  template <bool OfEnd>
  struct code {
    static constexpr compiled_model model = [] {
      compiled_model m = Compiled::value;
      m.instructions = {(OfEnd ? of_end_program : of_synapse_program).code, size};
      return m;
    }();
    static constexpr scheduled_kernel place = [] {
      scheduled_kernel k = whole;
      k.code = {0, size};
      return k;
    }();
    template <int Which>
    using function = typename Compiled::functions::template element<Which>;
  };

 public:
  /// How many values of the end the synapses need: 0 where nothing is to be had.
  static constexpr int count = found.count;
  /// The instruction that computes one of them.
  static constexpr int kept(int value) { return found.kept[value]; }
  /// What computes them; it has no outputs of its own.
  using of_end = code<true>;
  /// All else. It finds the values as linked ones, behind the arrays of the model.
  using of_synapse = code<false>;
};

}  // namespace nernst::kernel
