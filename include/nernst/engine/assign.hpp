// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_set.hpp>
#include <nernst/engine/environment.hpp>
#include <nernst/engine/executor.hpp>

namespace nernst::engine {

/// Random draws outside of a run have step numbers of their own: no run gets there.
inline constexpr std::uint64_t assignment_steps = std::uint64_t{1} << 47;

/// The places [begin, end) of an array, as far as the numbers of their elements are in a set, and
/// the type that their values have.
template <class Real>
struct assignment_target {
  Real* array;
  std::size_t begin, end;
  element_set set{0, 0xFFFFFFFF};
  ir::value_type type = ir::value_type::real;
};

/// Sets elements to the value of an expression; where it has a second result, only those of which
/// that is true. In parallel; the result does not depend on the number of threads.
template <class Real>
void assign(executor const& run, ir::tape_view const& expression, environment<Real> const& where,
            assignment_target<Real> const& to) {
  constexpr std::size_t share = 1024;
  auto const chunks = static_cast<std::int64_t>((to.end - to.begin + share - 1) / share);
  run.for_each("nernst::assign", chunks, [&](std::int64_t chunk) {
    ir::interpreter<environment<Real>> evaluate(expression);
    environment<Real> here = where;
    std::size_t const begin = to.begin + static_cast<std::size_t>(chunk) * share;
    std::size_t const end = begin + share < to.end ? begin + share : to.end;
    for (here.element = begin; here.element < end; ++here.element) {
      auto const place = static_cast<std::uint32_t>(here.element);
      std::uint32_t const number = here.numbers == nullptr ? place : here.numbers[place];
      if (!to.set.contains(number)) continue;
      double value[2] = {0, 1};
      evaluate(here, ir::span<double>(value, expression.results.size()));
      if (value[1] != 0) to.array[here.element] = static_cast<Real>(as_type(to.type, value[0]));
    }
  });
}

}  // namespace nernst::engine
