// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/evaluation.hpp>
#include <nernst/kernel/compiled_model.hpp>
#include <nernst/kernel/value.hpp>

#include <utility>

namespace nernst::kernel {

/// Kernel `K` of a compiled model, as `evaluate` wants it. `Compiled` is a `compiled<...>`.
template <class Compiled, int K>
struct kernel_code {
  static constexpr compiled_model model = Compiled::value;
  static constexpr scheduled_kernel place = model.kernels[K];
  /// What computes function `Which` of the user.
  template <int Which>
  using function = typename Compiled::functions::template element<Which>;
};

/// The two programs of a kernel: for each element, and once per step.
enum class program_part : bool { element, step };

namespace detail {

/// How an instruction is executed: what its operands are taken as, and what makes the result.
enum class execution : std::uint8_t {
  read,     ///< no operands
  choose,   ///< a truth value and two numbers
  invert,   ///< a truth value
  combine,  ///< two truth values
  compare,  ///< two numbers; gives a truth value
  draw,     ///< numbers, as all that follow
  look_up,
  call,     ///< a function of the user
  raise,    ///< a whole power of one number
  operate,  ///< an operation
};
constexpr execution execution_of(instruction const& s) {
  bool const logical = ir::properties(s.code).unit == ir::unit_rule::conditions;
  int const operands = ir::operands(s.code);
  if (s.from != origin::computed) return execution::read;
  if (s.code == ir::op::select) return execution::choose;
  if (logical) return operands == 1 ? execution::invert : execution::combine;
  if (s.is_mask) return execution::compare;
  if (ir::is_random(s.code)) return execution::draw;
  if (ir::is_lookup(s.code)) return execution::look_up;
  if (ir::is_call(s.code)) return execution::call;
  return is_whole_power(s) ? execution::raise : execution::operate;
}
/// How many numbers it takes.
constexpr int operands_of(instruction const& s) {
  return is_whole_power(s) ? 1 : ir::operands(s.code);
}

// What programs consist of, as variables of their own: device code may read these, but no elements
// of constexpr arrays, and may call no host functions, not even for constants.
template <class Code, program_part Part, int I>
inline constexpr instruction instruction_at =
    (Part == program_part::element ? Code::model.code(Code::place)
                                   : Code::model.prologue(Code::place))[I];
template <class Code, program_part Part, int I>
inline constexpr execution execution_at = execution_of(instruction_at<Code, Part, I>);
template <class Code, program_part Part, int I>
inline constexpr int operands_at = operands_of(instruction_at<Code, Part, I>);
template <class Code, int I>
inline constexpr output output_at = Code::model.stores(Code::place)[I];
/// Which of the scaled states of neurons an output updates, or `none`.
template <class Code, int I>
inline constexpr int scaled_output = Code::model.scaled_by(output_at<Code, I>);
template <class Code, int I>
inline constexpr int step_scalar_at = Code::model.scalars_of_step(Code::place)[I];

/// The values of a program's instructions: locals that the compiler keeps in machine registers.
template <class Value, int N>
struct registers {
  Value real[N > 0 ? N : 1];
  mask_of<Value> mask[N > 0 ? N : 1];
};

/// The value of an instruction as a number, and as a truth value.
template <class Code, program_part Part, int I, class Value, class Registers>
NERNST_FUNCTION Value number(Registers const& r) {
  if constexpr (instruction_at<Code, Part, I>.is_mask)
    return kernel::select(r.mask[I], Value(real_of<Value>(1)), Value(real_of<Value>(0)));
  else
    return r.real[I];
}
template <class Code, program_part Part, int I, class Value, class Registers>
NERNST_FUNCTION mask_of<Value> truth(Registers const& r) {
  if constexpr (instruction_at<Code, Part, I>.is_mask)
    return r.mask[I];
  else
    return ir::evaluation<ir::op::not_equal>::of(r.real[I], Value(real_of<Value>(0)));
}

/// A function of the user: for a pack at once where it can, else lane by lane.
template <class Function, class Value, class... Arguments>
NERNST_FUNCTION Value call(Arguments const&... x) {
  if constexpr (requires { Value(Function{}(x...)); }) {
    return Value(Function{}(x...));
  } else {
    using real = real_of<Value>;
    constexpr int count = sizeof...(x);
    alignas(Value) real lanes[count][width_of<Value>] = {};
    int k = 0;
    (store<Value>(lanes[k++], x), ...);
    for (std::size_t i = 0; i < width_of<Value>; ++i) {
      if constexpr (count == 1)
        lanes[0][i] = static_cast<real>(Function{}(lanes[0][i]));
      else if constexpr (count == 2)
        lanes[0][i] = static_cast<real>(Function{}(lanes[0][i], lanes[1][i]));
      else
        lanes[0][i] = static_cast<real>(Function{}(lanes[0][i], lanes[1][i], lanes[2][i]));
    }
    return load<Value>(lanes[0]);
  }
}

/// The value of an instruction that is no operation.
template <class Code, program_part Part, int I, class Value, class Memory>
NERNST_FUNCTION Value read(Memory const& memory) {
  constexpr instruction now = instruction_at<Code, Part, I>;
  constexpr origin from = now.from;
  if constexpr (from == origin::literal)
    return Value(static_cast<real_of<Value>>(now.value));
  else if constexpr (from == origin::array)
    return memory.template array<now.a>();
  else if constexpr (from == origin::linked)
    return memory.template linked<now.a>();
  else if constexpr (from == origin::scalar)
    return memory.template scalar<now.a>();
  else if constexpr (from == origin::step_scalar)
    return memory.template step_scalar<now.a>();
  else if constexpr (from == origin::shared)
    return memory.template shared<now.a>();
  else if constexpr (from == origin::scale)
    return memory.template scale<now.a>();
  else if constexpr (from == origin::adaptive_result)
    return memory.template adaptive_result<now.a>();
  else if constexpr (from == origin::time)
    return memory.time();
  else if constexpr (from == origin::step)
    return memory.step();
  else if constexpr (from == origin::adaptive_step)
    return memory.adaptive_step();
  else if constexpr (from == origin::elapsed)
    return memory.elapsed();
  else if constexpr (from == origin::index)
    return memory.index();
  else if constexpr (from == origin::neighbour)
    return memory.template neighbour<now.a>();
  else
    return memory.template draw<now.code>(now.which);
}

/// The value of what is computed from numbers.
template <class Code, program_part Part, int I, class Value, class Memory, class... Operands>
NERNST_FUNCTION Value compute(Memory const& memory, Operands const&... x) {
  constexpr instruction now = instruction_at<Code, Part, I>;
  constexpr execution how = execution_at<Code, Part, I>;
  if constexpr (how == execution::draw)
    return memory.template draw<now.code, now.table>(now.which, x...);
  else if constexpr (how == execution::look_up)
    return memory.template lookup<now.which>(x...);
  else if constexpr (how == execution::call)
    return call<typename Code::template function<now.which>, Value>(x...);
  else if constexpr (how == execution::raise)
    return ir::whole_power<static_cast<int>(now.value)>(x...);
  else
    return ir::evaluation<now.code>::of(x...);
}

template <class Code, program_part Part, int I, class Value, class Memory, class Registers>
NERNST_FUNCTION void execute(Memory const& memory, Registers& r) {
  constexpr instruction now = instruction_at<Code, Part, I>;
  constexpr execution how = execution_at<Code, Part, I>;
  constexpr int operands = operands_at<Code, Part, I>;
  if constexpr (now.from == origin::open)
    r.mask[I] = memory.open();
  else if constexpr (how == execution::read)
    r.real[I] = read<Code, Part, I, Value>(memory);
  else if constexpr (how == execution::choose)
    r.real[I] =
        kernel::select(truth<Code, Part, now.a, Value>(r), number<Code, Part, now.b, Value>(r),
                       number<Code, Part, now.c, Value>(r));
  else if constexpr (how == execution::invert)
    r.mask[I] = ir::evaluation<now.code>::of(truth<Code, Part, now.a, Value>(r));
  else if constexpr (how == execution::combine)
    r.mask[I] = ir::evaluation<now.code>::of(truth<Code, Part, now.a, Value>(r),
                                             truth<Code, Part, now.b, Value>(r));
  else if constexpr (how == execution::compare)
    r.mask[I] = ir::evaluation<now.code>::of(number<Code, Part, now.a, Value>(r),
                                             number<Code, Part, now.b, Value>(r));
  else if constexpr (operands == 1)
    r.real[I] = compute<Code, Part, I, Value>(memory, number<Code, Part, now.a, Value>(r));
  else if constexpr (operands == 2)
    r.real[I] = compute<Code, Part, I, Value>(memory, number<Code, Part, now.a, Value>(r),
                                              number<Code, Part, now.b, Value>(r));
  else
    r.real[I] = compute<Code, Part, I, Value>(memory, number<Code, Part, now.a, Value>(r),
                                              number<Code, Part, now.b, Value>(r),
                                              number<Code, Part, now.c, Value>(r));
}

// Halves instead of one fold expression: compilers limit the length of those.
template <class Code, program_part Part, int Begin, int End, class Value, class Memory,
          class Registers>
NERNST_FUNCTION void execute_all(Memory const& memory, Registers& r) {
  if constexpr (End - Begin == 1) {
    execute<Code, Part, Begin, Value>(memory, r);
  } else if constexpr (End - Begin > 1) {
    constexpr int middle = Begin + (End - Begin) / 2;
    execute_all<Code, Part, Begin, middle, Value>(memory, r);
    execute_all<Code, Part, middle, End, Value>(memory, r);
  }
}

template <class Code, int Begin, int End, class Value, class Registers>
NERNST_FUNCTION void take_step_scalars(Registers const& r, Value* out) {
  if constexpr (End - Begin == 1) {
    out[Begin] = number<Code, program_part::step, step_scalar_at<Code, Begin>, Value>(r);
  } else if constexpr (End - Begin > 1) {
    constexpr int middle = Begin + (End - Begin) / 2;
    take_step_scalars<Code, Begin, middle>(r, out);
    take_step_scalars<Code, middle, End>(r, out);
  }
}

template <class Code, int Begin, int End, class Value, class Memory, class Registers>
NERNST_FUNCTION void write_all(Memory const& memory, Registers const& r, bool spiked) {
  if constexpr (End - Begin == 1) {
    constexpr output now = output_at<Code, Begin>;
    if (now.on_spike && !spiked) return;
    if constexpr (constexpr int state = scaled_output<Code, Begin>; state != ir::none)
      if (!memory.template takes<state>()) return;
    Value const v = number<Code, program_part::element, now.value, Value>(r);
    if constexpr (now.to == origin::array)
      memory.template put<now.array>(v);
    else if constexpr (now.to == origin::linked)
      memory.template put_linked<now.array>(v);
    else if constexpr (now.to == origin::adaptive_result)
      memory.template put_adaptive_result<now.array>(v);
    else
      memory.template put_shared<now.array>(v);
  } else if constexpr (End - Begin > 1) {
    constexpr int middle = Begin + (End - Begin) / 2;
    write_all<Code, Begin, middle, Value>(memory, r, spiked);
    write_all<Code, middle, End, Value>(memory, r, spiked);
  }
}

}  // namespace detail

/// Runs the prologue of a kernel: what is the same for all elements in a step goes to `out`, which
/// has a place for each step scalar. Needed before `evaluate` in each step.
template <class Code, class Real, class Memory>
NERNST_FUNCTION void prepare_step(Memory const& memory, Real* out) {
  constexpr int n = Code::place.prologue.count;
  constexpr int scalars = Code::place.step_scalars.count;
  if constexpr (n > 0) {
    detail::registers<Real, n> r;
    detail::execute_all<Code, program_part::step, 0, n, Real>(memory, r);
    detail::take_step_scalars<Code, 0, scalars, Real>(r, out);
  }
}

/// Runs a kernel for one value's worth of elements (one, or a SIMD batch) and returns which of them
/// fire. `Value` is a number, a pack, or any type with `ir::mathematics`.
///
/// `Memory` offers what the origins of the program's instructions and the destinations of its
/// outputs ask for: `array<slot>()`, `put<slot>(value)`, `scalar<slot>()`, `step_scalar<k>()`,
/// `time()`, `step()`, `index()`, `draw<op>(number)`, `draw<op, table>(number, operands...)`,
/// `lookup<table>(time)`, `lookup<table>(time, column)`, `linked<slot>()`,
/// `put_linked<slot>(value)`, `shared<symbol>()`, `put_shared<symbol>(value)`, `scale<symbol>()`,
/// `takes<scaled state>()`,
/// `adaptive_result<k>()`, `put_adaptive_result<k>(value)`, `adaptive_step()`, `elapsed()`,
/// `neighbour<symbol>()`.
template <class Code, class Value, class Memory>
NERNST_FUNCTION mask_of<Value> evaluate(Memory const& memory) {
  constexpr int n = Code::place.code.count;
  constexpr int spike = Code::place.spike;
  constexpr int outputs = Code::place.outputs.count;
  detail::registers<Value, n> r;
  detail::execute_all<Code, program_part::element, 0, n, Value>(memory, r);
  mask_of<Value> fires(false);
  if constexpr (spike != ir::none)
    fires = detail::truth<Code, program_part::element, spike, Value>(r);
  detail::write_all<Code, 0, outputs, Value>(memory, r, kernel::any(fires));
  return fires;
}

/// The values of some of a kernel's instructions, which nothing else is done with.
template <class Code, class Value, int... Instructions, class Memory>
NERNST_FUNCTION void evaluate_some(Memory const& memory, Value* values) {
  constexpr int n = Code::place.code.count;
  detail::registers<Value, n> r;
  detail::execute_all<Code, program_part::element, 0, n, Value>(memory, r);
  int next = 0;
  ((values[next++] = detail::number<Code, program_part::element, Instructions, Value>(r)), ...);
}

}  // namespace nernst::kernel
