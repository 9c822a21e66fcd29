// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/node.hpp>
#include <nernst/ir/symbol.hpp>

namespace nernst::kernel {

/// Where an instruction gets its value from.
enum class origin : std::uint8_t {
  computed,         ///< from the instructions `a`, `b`, `c`
  literal,          ///< `value`
  array,            ///< the element's place in array `a`, as also of its compartment
  linked,           ///< the place in array `a` of the element that this one is linked to, as a
                    ///< synapse is to its neurons
  scalar,           ///< scalar `a`: one value per population, computed once per run
  step_scalar,      ///< scalar `a` of those that are computed once per step
  shared,           ///< the present value of the shared variable with symbol `a`
  scale,            ///< the scale of a state, or its inverse: symbol `a`
  adaptive_result,  ///< value `a` of those that an integrator with steps of its own has found
  time,             ///< t
  step,             ///< the number of the step
  adaptive_step,    ///< the length of a step of such an integrator
  elapsed,          ///< the time from the start of the step to that of such a step
  index,            ///< the number of the element
  open,             ///< whether the element is not refractory
  neighbour,        ///< what a neuron of a synapse has beside its variables: symbol `a`
  draw,             ///< the random number `which`
};

/// Where kernels find a variable of a kind; arrays, if nothing else is said.
constexpr origin origin_of(ir::role kind) {
  switch (kind) {
  case ir::role::time:
    return origin::time;
  case ir::role::step:
    return origin::step;
  case ir::role::adaptive_step:
    return origin::adaptive_step;
  case ir::role::elapsed:
    return origin::elapsed;
  case ir::role::index:
    return origin::index;
  case ir::role::not_refractory:
    return origin::open;
  case ir::role::shared_state:
    return origin::shared;
  case ir::role::scale:
  case ir::role::inverse_scale:
    return origin::scale;
  case ir::role::adaptive_result:
    return origin::adaptive_result;
  case ir::role::linked:
  case ir::role::total:
    return origin::linked;
  default:
    return origin::array;
  }
}

/// The same of a variable that a synapse may have from one of its neurons.
constexpr origin origin_of(ir::symbol const& s) {
  if (s.owner == ir::side::here) return origin_of(s.kind);
  bool const beside = s.kind == ir::role::index || ir::is_of_refractoriness(s.kind);
  if (beside) return origin::neighbour;
  return ir::is_stored(s.kind) ? origin::linked : origin_of(s.kind);
}

/// One step of a kernel. The instructions of a program stand in order of evaluation.
struct instruction {
  ir::op code = ir::op::literal;
  origin from = origin::computed;
  bool is_mask = false;
  int a = ir::none, b = ir::none, c = ir::none;
  int which = 0;         ///< which draw, timed array (a symbol) or function of the user
  double value = 0;      ///< of a literal, or of the exponent where that is a literal; else 0
  int table = ir::none;  ///< the `distribution` of a draw whose parameters stay the same
};

/// A distribution that is the same during a run, so that numbers are drawn from a table: poisson or
/// binomial, and the scalars that are its parameters.
struct distribution {
  ir::op code = ir::op::poisson;
  int a = ir::none, b = ir::none;

  friend constexpr bool operator==(distribution const&, distribution const&) = default;
};

/// Whether an instruction is a power with a whole exponent, which is computed by multiplications.
constexpr bool is_whole_power(instruction const& s) {
  bool const small = s.value != 0 && s.value >= -64 && s.value <= 64;
  return s.code == ir::op::power && small &&
         static_cast<double>(static_cast<int>(s.value)) == s.value;
}

/// Writes the value of an instruction to the element's place in an array; `on_spike` ones change
/// nothing unless the element fires.
struct output {
  int array = ir::none;
  int value = ir::none;
  bool on_spike = false;
  origin to =
      origin::array;  ///< or `linked`, `adaptive_result`, or `shared`: then `array` is the symbol
};

}  // namespace nernst::kernel
