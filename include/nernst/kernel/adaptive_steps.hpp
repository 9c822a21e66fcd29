// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/value.hpp>

#include <math.h>

namespace nernst::kernel {

/// How many substeps are tried in one step before an element is given up.
inline constexpr int most_substeps = 10000;

/// Advances `state` by a step of length `dt` in substeps whose error is at most 1. Each lane of
/// `Value` has substeps of its own; lanes that are done wait for the others.
///
/// `attempt(state, elapsed, step, next)` tries a substep of length `step` that begins `elapsed`
/// after the start of the step: it fills `next` and returns the error, which falls with the power
/// `order` of `step`. Its results may be anything, NaN too, in lanes that are done or where the
/// substep is too long.
///
/// `length` is what the lane begins with, or 0 for `dt`, and becomes what it would go on with, at
/// most `dt`. The states of an element become NaN where a substep would be too short to matter, or
/// after `most_substeps`. Returns how often `attempt` was called.
template <class Value, int States, class Attempt>
NERNST_FUNCTION int advance(Value (&state)[States], Value& length, Value dt, int order,
                            Attempt const& attempt) {
  using real = real_of<Value>;
  constexpr real safety = real(0.9);
  constexpr real least_factor = real(0.2);
  constexpr real most_factor = 5;
  constexpr real least_error = real(1e-20);
  // Device code may not call std::numeric_limits.
  constexpr real epsilon = sizeof(real) == 8 ? real(0x1p-52) : real(0x1p-23);
  constexpr real nan = real(NAN);
  Value const zero(real(0));
  Value const one(real(1));
  Value const too_short = dt * Value(epsilon);
  Value const exponent(real(-1) / static_cast<real>(order));
  Value elapsed = zero;
  Value next_length = kernel::select(length > zero && length < dt, length, dt);
  mask_of<Value> active = elapsed < dt;
  int attempts = 0;
  for (; attempts < most_substeps && kernel::any(active); ++attempts) {
    // Half of what is left where that is more than one substep and less than two, so that no tiny
    // one remains.
    Value const rest = dt - elapsed;
    Value const half = rest * Value(real(0.5));
    mask_of<Value> const is_last = next_length >= rest;
    Value const step =
        kernel::select(is_last, rest, kernel::select(next_length > half, half, next_length));
    Value next[States];
    Value const error = attempt(state, elapsed, step, next);
    mask_of<Value> const accepted = active && error <= one;
    for (int k = 0; k < States; ++k) state[k] = kernel::select(accepted, next[k], state[k]);
    elapsed = kernel::select(accepted, kernel::select(is_last, dt, elapsed + step), elapsed);
    Value const positive = kernel::select(error < Value(least_error), Value(least_error), error);
    Value factor = Value(safety) * ir::mathematics<Value>::pow(positive, exponent);
    factor =
        kernel::select(factor > Value(least_factor), factor, Value(least_factor));  // of NaN, too
    factor = kernel::select(factor < Value(most_factor), factor, Value(most_factor));
    Value const proposed = step * factor;
    // What a substep at the end of the step was cut to says nothing against longer ones.
    Value const longer = kernel::select(accepted && next_length > proposed, next_length, proposed);
    next_length =
        kernel::select(active, kernel::select(step < next_length, longer, proposed), next_length);
    active = active && elapsed < dt && next_length > too_short;
  }
  mask_of<Value> const done = !(elapsed < dt);
  for (int k = 0; k < States; ++k) state[k] = kernel::select(done, state[k], Value(nan));
  length = kernel::select(next_length < dt, next_length, dt);
  return attempts;
}

}  // namespace nernst::kernel
