// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/program.hpp>

#include <span>

/// What was derived from a model, for people and for other programs.
namespace nernst::inspection {

/// How often a kernel does what, for one element.
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

  friend constexpr bool operator==(operation_counts const&, operation_counts const&) = default;
};

namespace detail {
/// x to the power n by repeated squaring, as `kernel::math::power` does it.
constexpr void count_power(operation_counts& c, int n) {
  if (n < 0) ++c.divisions;
  for (unsigned k = static_cast<unsigned>(n < 0 ? -n : n); k > 1; k /= 2)
    c.multiplications += k % 2 == 1 ? 2 : 1;
}
}  // namespace detail

constexpr operation_counts count_operations(std::span<kernel::instruction const> code) {
  using ir::op;
  operation_counts c;
  for (kernel::instruction const& s : code) {
    if (s.from == kernel::source::draw) ++(s.code == op::uniform ? c.uniform : c.normal);
    if (s.from != kernel::source::computed) continue;
    switch (s.code) {
    case op::negate:
    case op::add:
    case op::subtract:
      ++c.additions;
      break;
    case op::multiply:
      ++c.multiplications;
      break;
    case op::divide:
      ++c.divisions;
      break;
    case op::floor_mod:
      ++c.additions, ++c.multiplications, ++c.divisions, ++c.roundings;
      break;
    case op::floor_divide:
      ++c.divisions, ++c.roundings;
      break;
    case op::power:
      kernel::is_whole_power(s) ? detail::count_power(c, static_cast<int>(s.value))
                                : static_cast<void>(++c.functions);
      break;
    case op::sqrt:
      ++c.square_roots;
      break;
    case op::abs:
    case op::sign:
    case op::ceil:
    case op::floor:
    case op::truncate:
      ++c.roundings;
      break;
    case op::minimum:
    case op::maximum:
    case op::select:
      ++c.selections;
      break;
    case op::clip:
      c.selections += 2;
      break;
    case op::poisson:
      ++c.poisson;
      break;
    case op::binomial:
      ++c.binomial;
      break;
    default:
      if (ir::is_lookup(s.code))
        ++c.lookups;
      else if (ir::is_call(s.code))
        ++c.calls;
      else
        ++(ir::is_condition(s.code) ? c.comparisons : c.functions);
    }
  }
  return c;
}

/// How many values a kernel moves between memory and registers, for one element. What is the same
/// for all elements moves none.
struct traffic {
  int loaded = 0, stored = 0;
  int stored_on_spike = 0;  ///< only where an element fires
  int indices = 0;          ///< of elements of other populations, 4 bytes each

  friend constexpr bool operator==(traffic const&, traffic const&) = default;
};

constexpr traffic count_traffic(std::span<kernel::instruction const> code,
                                std::span<kernel::output const> stores) {
  traffic t;
  for (auto const& s : code) {
    bool const linked = s.from == kernel::source::linked;
    if (linked) ++t.indices;
    if (linked || s.from == kernel::source::array) ++t.loaded;
  }
  for (auto const& s : stores) {
    if (s.to == kernel::source::shared || s.to == kernel::source::advanced) continue;
    if (s.to == kernel::source::linked) ++t.indices;
    ++(s.on_spike ? t.stored_on_spike : t.stored);
  }
  return t;
}

}  // namespace nernst::inspection
