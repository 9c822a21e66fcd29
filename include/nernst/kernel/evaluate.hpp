// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/math.hpp>
#include <nernst/kernel/philox.hpp>
#include <nernst/kernel/program.hpp>

#include <utility>

namespace nernst::kernel {

// `Code::program` as scalars: device code may read these, but no elements of constexpr arrays, and may call no host functions.

template <class Code>
struct size_of {
  static constexpr int instructions = Code::program.size, stores = Code::program.store_count, spike = Code::program.spike;
};
template <class Code, int I>
struct instruction_at {
  static constexpr instruction full = Code::program.code[I];
  static constexpr ir::op code = full.code;
  static constexpr source from = full.from;
  static constexpr bool is_mask = full.is_mask;
  static constexpr int a = full.a, b = full.b, c = full.c;
  static constexpr double value = full.value;
  static constexpr int operands = ir::operands(code);
  static constexpr bool is_condition = ir::is_condition(code);
  static constexpr bool whole = value >= -64 && value <= 64 && static_cast<double>(static_cast<int>(value)) == value;
};
template <class Code, int I>
struct store_at {
  static constexpr output full = Code::program.stores[I];
  static constexpr int array = full.array;
  static constexpr int value = full.value;
  static constexpr bool on_spike = full.on_spike;
};

/// The values of a program's instructions: locals that the compiler keeps in machine registers.
template <class Value, int N>
struct registers {
  Value real[N];
  mask_of<Value> mask[N];
};

namespace detail {

template <class Code, int I, class Value, class Registers>
NERNST_FUNCTION Value real_operand(Registers const& r) {
  if constexpr (instruction_at<Code, I>::is_mask)
    return select(r.mask[I], Value(1), Value(0));
  else
    return r.real[I];
}
template <class Code, int I, class Value, class Registers>
NERNST_FUNCTION mask_of<Value> mask_operand(Registers const& r) {
  if constexpr (instruction_at<Code, I>::is_mask)
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
  else
    return math::tanh(x);
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

template <class Code, int I, class Value, class Memory, class Registers>
NERNST_FUNCTION void step(Memory const& memory, Registers& r) {
  using now = instruction_at<Code, I>;
  using ir::op;
  constexpr op code = now::code;
  if constexpr (now::from == source::literal)
    r.real[I] = Value(static_cast<real_of<Value>>(now::value));
  else if constexpr (now::from == source::array)
    r.real[I] = memory.template array<now::a>();
  else if constexpr (now::from == source::scalar)
    r.real[I] = memory.template scalar<now::a>();
  else if constexpr (now::from == source::time)
    r.real[I] = memory.time();
  else if constexpr (now::from == source::step)
    r.real[I] = memory.step();
  else if constexpr (now::from == source::index)
    r.real[I] = memory.index();
  else if constexpr (now::from == source::draw)
    r.real[I] = memory.template draw<code>(now::a);
  else if constexpr (code == op::select)
    r.real[I] = select(mask_operand<Code, now::a, Value>(r), real_operand<Code, now::b, Value>(r), real_operand<Code, now::c, Value>(r));
  else if constexpr (code == op::logical_not)
    r.mask[I] = !mask_operand<Code, now::a, Value>(r);
  else if constexpr (code == op::logical_and)
    r.mask[I] = mask_operand<Code, now::a, Value>(r) && mask_operand<Code, now::b, Value>(r);
  else if constexpr (code == op::logical_or)
    r.mask[I] = mask_operand<Code, now::a, Value>(r) || mask_operand<Code, now::b, Value>(r);
  else if constexpr (code == op::power && now::whole && now::value != 0)
    r.real[I] = math::power<static_cast<int>(now::value)>(real_operand<Code, now::a, Value>(r));
  else if constexpr (now::operands == 1)
    r.real[I] = unary<code>(real_operand<Code, now::a, Value>(r));
  else if constexpr (now::is_condition)
    r.mask[I] = compare<code>(real_operand<Code, now::a, Value>(r), real_operand<Code, now::b, Value>(r));
  else
    r.real[I] = binary<code>(real_operand<Code, now::a, Value>(r), real_operand<Code, now::b, Value>(r));
}

// Halves instead of one fold expression: compilers limit the length of those.
template <class Code, int Begin, int End, class Value, class Memory, class Registers>
NERNST_FUNCTION void steps(Memory const& memory, Registers& r) {
  if constexpr (End - Begin == 1)
    step<Code, Begin, Value>(memory, r);
  else if constexpr (End - Begin > 1) {
    steps<Code, Begin, Begin + (End - Begin) / 2, Value>(memory, r);
    steps<Code, Begin + (End - Begin) / 2, End, Value>(memory, r);
  }
}

template <class Code, int Begin, int End, class Value, class Memory, class Registers>
NERNST_FUNCTION void stores(Memory const& memory, Registers const& r, bool spiked) {
  if constexpr (End - Begin == 1) {
    using now = store_at<Code, Begin>;
    if (!now::on_spike || spiked) memory.template put<now::array>(real_operand<Code, now::value, Value>(r));
  } else if constexpr (End - Begin > 1) {
    stores<Code, Begin, Begin + (End - Begin) / 2, Value>(memory, r, spiked);
    stores<Code, Begin + (End - Begin) / 2, End, Value>(memory, r, spiked);
  }
}

}  // namespace detail

/// Runs `Code::program` for one value's worth of elements (one, or a SIMD batch) and returns which of them fire.
/// `Memory` offers `array<slot>()`, `put<slot>(value)`, `scalar<slot>()`, `time()`, `step()`, `index()` and `draw<op>(number)`.
template <class Code, class Value, class Memory>
NERNST_FUNCTION mask_of<Value> evaluate(Memory const& memory) {
  using size = size_of<Code>;
  constexpr int n = size::instructions;
  registers<Value, n> r;
  detail::steps<Code, 0, n, Value>(memory, r);
  constexpr int spike = size::spike;
  mask_of<Value> fires(false);
  if constexpr (spike != ir::none) fires = detail::mask_operand<Code, spike, Value>(r);
  detail::stores<Code, 0, size::stores, Value>(memory, r, any(fires));
  return fires;
}

}  // namespace nernst::kernel
