// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/math.hpp>
#include <nernst/kernel/philox.hpp>
#include <nernst/kernel/program.hpp>

#include <utility>

namespace nernst::kernel {

// `Code::program` as scalars: device code may read these, but no elements of constexpr arrays, and
// may call no host functions.

/// The part of a program that is run for each element, and the part that is run once per step.
enum part : int { body, prologue_part };

template <class Code>
struct size_of {
  static constexpr int instructions = Code::program.size, stores = Code::program.store_count,
                       spike = Code::program.spike;
  static constexpr int prologue = Code::program.prologue_size,
                       step_scalars = Code::program.step_scalar_count;
};
template <class Code, int Part, int I>
struct instruction_at {
  static constexpr instruction full = [] {
    if constexpr (Part == body)
      return Code::program.code[I];
    else
      return Code::program.prologue[I];
  }();
  static constexpr ir::op code = full.code;
  static constexpr source from = full.from;
  static constexpr bool is_mask = full.is_mask;
  static constexpr int a = full.a, b = full.b, c = full.c, tag = full.tag;
  static constexpr double value = full.value;
  static constexpr int operands = ir::operands(code);
  static constexpr bool is_condition = ir::is_condition(code), is_random = ir::is_random(code),
                        is_lookup = ir::is_lookup(code), is_call = ir::is_call(code);
  static constexpr bool is_whole_power = kernel::is_whole_power(full);
};
template <class Code, int I>
struct store_at {
  static constexpr output full = Code::program.stores[I];
  static constexpr int array = full.array;
  static constexpr int value = full.value;
  static constexpr bool on_spike = full.on_spike;
  static constexpr source to = full.to;
};
template <class Code, int I>
struct step_scalar_at {
  static constexpr int value = Code::program.step_scalars[I];
};

/// The values of a program's instructions: locals that the compiler keeps in machine registers.
template <class Value, int N>
struct registers {
  Value real[N];
  mask_of<Value> mask[N];
};

namespace detail {

template <class Code, int Part, int I, class Value, class Registers>
NERNST_FUNCTION Value real_operand(Registers const& r) {
  if constexpr (instruction_at<Code, Part, I>::is_mask)
    return select(r.mask[I], Value(1), Value(0));
  else
    return r.real[I];
}
template <class Code, int Part, int I, class Value, class Registers>
NERNST_FUNCTION mask_of<Value> mask_operand(Registers const& r) {
  if constexpr (instruction_at<Code, Part, I>::is_mask)
    return r.mask[I];
  else
    return r.real[I] != Value(0);
}

template <ir::op Op, class Value>
NERNST_FUNCTION Value unary(Value x) {
  using ir::op;
  if constexpr (Op == op::negate)
    return -x;
  else if constexpr (Op == op::abs)
    return math::abs(x);
  else if constexpr (Op == op::sign)
    return math::sign(x);
  else if constexpr (Op == op::ceil)
    return math::ceil(x);
  else if constexpr (Op == op::floor)
    return math::floor(x);
  else if constexpr (Op == op::sqrt)
    return math::sqrt(x);
  else if constexpr (Op == op::exp)
    return math::exp(x);
  else if constexpr (Op == op::expm1)
    return math::expm1(x);
  else if constexpr (Op == op::exprel)
    return math::exprel(x);
  else if constexpr (Op == op::log)
    return math::log(x);
  else if constexpr (Op == op::log10)
    return math::log10(x);
  else if constexpr (Op == op::log1p)
    return math::log1p(x);
  else if constexpr (Op == op::sin)
    return math::sin(x);
  else if constexpr (Op == op::cos)
    return math::cos(x);
  else if constexpr (Op == op::tan)
    return math::tan(x);
  else if constexpr (Op == op::asin)
    return math::asin(x);
  else if constexpr (Op == op::acos)
    return math::acos(x);
  else if constexpr (Op == op::atan)
    return math::atan(x);
  else if constexpr (Op == op::sinh)
    return math::sinh(x);
  else if constexpr (Op == op::cosh)
    return math::cosh(x);
  else if constexpr (Op == op::tanh)
    return math::tanh(x);
  else if constexpr (Op == op::erf)
    return math::erf(x);
  else
    return math::trunc(x);
}

template <ir::op Op, class Value>
NERNST_FUNCTION Value binary(Value x, Value y) {
  using ir::op;
  if constexpr (Op == op::add)
    return x + y;
  else if constexpr (Op == op::subtract)
    return x - y;
  else if constexpr (Op == op::multiply)
    return x * y;
  else if constexpr (Op == op::divide)
    return x / y;
  else if constexpr (Op == op::power)
    return math::pow(x, y);
  else if constexpr (Op == op::floor_mod)
    return math::floor_mod(x, y);
  else if constexpr (Op == op::floor_divide)
    return math::floor(x / y);
  else if constexpr (Op == op::atan2)
    return math::atan2(x, y);
  else if constexpr (Op == op::minimum)
    return math::minimum(x, y);
  else
    return math::maximum(x, y);
}

template <ir::op Op, class Value>
NERNST_FUNCTION mask_of<Value> compare(Value x, Value y) {
  using ir::op;
  if constexpr (Op == op::less)
    return x < y;
  else if constexpr (Op == op::less_equal)
    return x <= y;
  else if constexpr (Op == op::greater)
    return x > y;
  else if constexpr (Op == op::greater_equal)
    return x >= y;
  else if constexpr (Op == op::equal)
    return x == y;
  else
    return x != y;
}

/// A function of the user: for a pack at once where it can, else lane by lane.
template <class Function, class Value, class... Arguments>
NERNST_FUNCTION Value call(Arguments const&... x) {
  if constexpr (requires { Value(Function{}(x...)); }) {
    return Value(Function{}(x...));
  } else {
    using real = real_of<Value>;
    alignas(Value) real lanes[sizeof...(x) + 1][width_of<Value>] = {};
    int k = 0;
    ((store<Value>(lanes[k++], x)), ...);
    for (std::size_t i = 0; i < width_of<Value>; ++i) {
      if constexpr (sizeof...(x) == 1)
        lanes[1][i] = static_cast<real>(Function{}(lanes[0][i]));
      else if constexpr (sizeof...(x) == 2)
        lanes[2][i] = static_cast<real>(Function{}(lanes[0][i], lanes[1][i]));
      else
        lanes[3][i] = static_cast<real>(Function{}(lanes[0][i], lanes[1][i], lanes[2][i]));
    }
    return load<Value>(lanes[sizeof...(x)]);
  }
}

template <class Code, int Part, int I, class Value, class Memory, class Registers>
NERNST_FUNCTION void step(Memory const& memory, Registers& r) {
  using now = instruction_at<Code, Part, I>;
  using ir::op;
  constexpr op code = now::code;
  if constexpr (now::from == source::literal)
    r.real[I] = Value(static_cast<real_of<Value>>(now::value));
  else if constexpr (now::from == source::array)
    r.real[I] = memory.template array<now::a>();
  else if constexpr (now::from == source::linked)
    r.real[I] = memory.template linked<now::a>();
  else if constexpr (now::from == source::scalar)
    r.real[I] = memory.template scalar<now::a>();
  else if constexpr (now::from == source::step_scalar)
    r.real[I] = memory.template step_scalar<now::a>();
  else if constexpr (now::from == source::shared)
    r.real[I] = memory.template shared<now::a>();
  else if constexpr (now::from == source::advanced)
    r.real[I] = memory.template advanced<now::a>();
  else if constexpr (now::from == source::time)
    r.real[I] = memory.time();
  else if constexpr (now::from == source::step)
    r.real[I] = memory.step();
  else if constexpr (now::from == source::substep)
    r.real[I] = memory.substep();
  else if constexpr (now::from == source::elapsed)
    r.real[I] = memory.elapsed();
  else if constexpr (now::from == source::index)
    r.real[I] = memory.index();
  else if constexpr (now::from == source::draw)
    r.real[I] = memory.template draw<code>(now::a);
  else if constexpr (code == op::select)
    r.real[I] = select(mask_operand<Code, Part, now::a, Value>(r),
                       real_operand<Code, Part, now::b, Value>(r),
                       real_operand<Code, Part, now::c, Value>(r));
  else if constexpr (code == op::logical_not)
    r.mask[I] = !mask_operand<Code, Part, now::a, Value>(r);
  else if constexpr (code == op::logical_and)
    r.mask[I] =
        mask_operand<Code, Part, now::a, Value>(r) && mask_operand<Code, Part, now::b, Value>(r);
  else if constexpr (code == op::logical_or)
    r.mask[I] =
        mask_operand<Code, Part, now::a, Value>(r) || mask_operand<Code, Part, now::b, Value>(r);
  else if constexpr (code == op::poisson)
    r.real[I] = memory.template draw<code>(now::tag, real_operand<Code, Part, now::a, Value>(r));
  else if constexpr (code == op::binomial)
    r.real[I] = memory.template draw<code>(now::tag, real_operand<Code, Part, now::a, Value>(r),
                                           real_operand<Code, Part, now::b, Value>(r));
  else if constexpr (code == op::lookup)
    r.real[I] = memory.template lookup<now::tag>(real_operand<Code, Part, now::a, Value>(r));
  else if constexpr (code == op::lookup_2)
    r.real[I] = memory.template lookup<now::tag>(real_operand<Code, Part, now::a, Value>(r),
                                                 real_operand<Code, Part, now::b, Value>(r));
  else if constexpr (code == op::call_1)
    r.real[I] = call<typename Code::template function<now::tag>, Value>(
        real_operand<Code, Part, now::a, Value>(r));
  else if constexpr (code == op::call_2)
    r.real[I] = call<typename Code::template function<now::tag>, Value>(
        real_operand<Code, Part, now::a, Value>(r), real_operand<Code, Part, now::b, Value>(r));
  else if constexpr (code == op::call_3)
    r.real[I] = call<typename Code::template function<now::tag>, Value>(
        real_operand<Code, Part, now::a, Value>(r), real_operand<Code, Part, now::b, Value>(r),
        real_operand<Code, Part, now::c, Value>(r));
  else if constexpr (now::is_whole_power)
    r.real[I] =
        math::power<static_cast<int>(now::value)>(real_operand<Code, Part, now::a, Value>(r));
  else if constexpr (now::operands == 1)
    r.real[I] = unary<code>(real_operand<Code, Part, now::a, Value>(r));
  else if constexpr (now::is_condition)
    r.mask[I] = compare<code>(real_operand<Code, Part, now::a, Value>(r),
                              real_operand<Code, Part, now::b, Value>(r));
  else
    r.real[I] = binary<code>(real_operand<Code, Part, now::a, Value>(r),
                             real_operand<Code, Part, now::b, Value>(r));
}

// Halves instead of one fold expression: compilers limit the length of those.
template <class Code, int Part, int Begin, int End, class Value, class Memory, class Registers>
NERNST_FUNCTION void steps(Memory const& memory, Registers& r) {
  if constexpr (End - Begin == 1)
    step<Code, Part, Begin, Value>(memory, r);
  else if constexpr (End - Begin > 1) {
    steps<Code, Part, Begin, Begin + (End - Begin) / 2, Value>(memory, r);
    steps<Code, Part, Begin + (End - Begin) / 2, End, Value>(memory, r);
  }
}

template <class Code, int Begin, int End, class Value, class Registers>
NERNST_FUNCTION void results(Registers const& r, Value* out) {
  if constexpr (End - Begin == 1)
    out[Begin] = real_operand<Code, prologue_part, step_scalar_at<Code, Begin>::value, Value>(r);
  else if constexpr (End - Begin > 1) {
    results<Code, Begin, Begin + (End - Begin) / 2>(r, out);
    results<Code, Begin + (End - Begin) / 2, End>(r, out);
  }
}

template <class Code, int Begin, int End, class Value, class Memory, class Registers>
NERNST_FUNCTION void stores(Memory const& memory, Registers const& r, bool spiked) {
  if constexpr (End - Begin == 1) {
    using now = store_at<Code, Begin>;
    if (now::on_spike && !spiked) return;
    Value const v = real_operand<Code, body, now::value, Value>(r);
    if constexpr (now::to == source::array)
      memory.template put<now::array>(v);
    else if constexpr (now::to == source::linked)
      memory.template put_linked<now::array>(v);
    else if constexpr (now::to == source::advanced)
      memory.template put_advanced<now::array>(v);
    else
      memory.template put_shared<now::array>(v);
  } else if constexpr (End - Begin > 1) {
    stores<Code, Begin, Begin + (End - Begin) / 2, Value>(memory, r, spiked);
    stores<Code, Begin + (End - Begin) / 2, End, Value>(memory, r, spiked);
  }
}

}  // namespace detail

/// Runs the prologue of `Code::program`: what is the same for all elements in a step goes to `out`,
/// which has a place for each step scalar. Needed before `evaluate` in each step.
template <class Code, class Real, class Memory>
NERNST_FUNCTION void prepare_step(Memory const& memory, Real* out) {
  using size = size_of<Code>;
  if constexpr (size::prologue > 0) {
    registers<Real, size::prologue> r;
    detail::steps<Code, prologue_part, 0, size::prologue, Real>(memory, r);
    detail::results<Code, 0, size::step_scalars, Real>(r, out);
  }
}

/// Runs `Code::program` for one value's worth of elements (one, or a SIMD batch) and returns which
/// of them fire. `Memory` offers what the sources of the program's instructions and the
/// destinations of its stores ask for: `array<slot>()`, `put<slot>(value)`, `scalar<slot>()`,
/// `step_scalar<k>()`, `time()`, `step()`, `index()`, `draw<op>(number, operands...)`,
/// `lookup<table>(time)`, `lookup<table>(time, column)`, `linked<slot>()`,
/// `put_linked<slot>(value)`, `shared<symbol>()`, `put_shared<symbol>(value)`, `advanced<k>()`,
/// `put_advanced<k>(value)`, `substep()`, `elapsed()`.
template <class Code, class Value, class Memory>
NERNST_FUNCTION mask_of<Value> evaluate(Memory const& memory) {
  using size = size_of<Code>;
  constexpr int n = size::instructions;
  registers<Value, n> r;
  detail::steps<Code, body, 0, n, Value>(memory, r);
  constexpr int spike = size::spike;
  mask_of<Value> fires(false);
  if constexpr (spike != ir::none) fires = detail::mask_operand<Code, body, spike, Value>(r);
  detail::stores<Code, 0, size::stores, Value>(memory, r, any(fires));
  return fires;
}

}  // namespace nernst::kernel
