// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace nernst::ir {

/// How often something is computed: the cost of one operation, or of a whole kernel.
struct operation_counts {
  int additions = 0;        ///< and subtractions and changes of sign
  int multiplications = 0;  ///< those of whole powers among them
  int divisions = 0;
  int square_roots = 0;
  int functions = 0;    ///< exp, exprel, sin, pow ...: each is one
  int calls = 0;        ///< of functions of the user
  int roundings = 0;    ///< floor, ceil, int, abs, sign
  int comparisons = 0;  ///< and logical operations
  int selections = 0;   ///< where, minimum, maximum
  int lookups = 0;      ///< in timed arrays
  int uniform = 0, normal = 0, poisson = 0, binomial = 0;

  /// Arithmetic with floating-point numbers. A function counts as one operation, whatever it takes.
  constexpr int flop() const {
    return additions + multiplications + divisions + square_roots + functions + calls;
  }
  constexpr int draws() const { return uniform + normal + poisson + binomial; }

  constexpr operation_counts& operator+=(operation_counts const& more) {
    additions += more.additions;
    multiplications += more.multiplications;
    divisions += more.divisions;
    square_roots += more.square_roots;
    functions += more.functions;
    calls += more.calls;
    roundings += more.roundings;
    comparisons += more.comparisons;
    selections += more.selections;
    lookups += more.lookups;
    uniform += more.uniform;
    normal += more.normal;
    poisson += more.poisson;
    binomial += more.binomial;
    return *this;
  }
  friend constexpr bool operator==(operation_counts const&, operation_counts const&) = default;
};

}  // namespace nernst::ir
