// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/block_evaluator.hpp>
#include <nernst/engine/element_set.hpp>
#include <nernst/engine/executor.hpp>

namespace nernst::engine {

/// Random draws outside of a run have step numbers of their own: no run gets there.
inline constexpr std::uint64_t assignment_steps = std::uint64_t{1} << 47;

/// Evaluates expressions for the elements at places [begin, end), and calls `visit(place, numbers,
/// count, evaluated)` for blocks of them, from several threads. `numbers_of(begin, end, to)` writes
/// the numbers of the elements with these places.
template <class Real, class NumbersOf, class Visit>
void for_each_block(executor const& run, ir::tape_view const& expressions,
                    environment<Real> const& where, std::size_t begin, std::size_t end,
                    NumbersOf const& numbers_of, Visit const& visit) {
  constexpr std::size_t share = 64 * block_evaluator<Real>::size;
  auto const shares = static_cast<std::int64_t>((end - begin + share - 1) / share);
  run.for_each("nernst::evaluate", shares, [&](std::int64_t number) {
    block_evaluator<Real> evaluate(expressions);
    environment<Real> here = where;
    std::size_t const first = begin + static_cast<std::size_t>(number) * share;
    std::size_t const last = std::min(end, first + share);
    std::vector<std::uint32_t> numbers(last - first);
    numbers_of(first, last, numbers.data());
    for (std::size_t done = 0; done < numbers.size(); done += evaluate.size) {
      std::size_t const count = std::min(numbers.size() - done, evaluate.size);
      here.element = first + done;
      evaluate(here, numbers.data() + done, count);
      visit(first + done, numbers.data() + done, count, evaluate);
    }
  });
}

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
/// that is true. `numbers_of(begin, end, to)` writes the numbers of the elements with these places.
/// In parallel; the result does not depend on the number of threads.
template <class Real, class NumbersOf>
void assign(executor const& run, ir::tape_view const& expression, environment<Real> const& where,
            assignment_target<Real> const& to, NumbersOf const& numbers_of) {
  bool const is_conditional = expression.results.size() > 1;
  bool const is_whole = to.set.span() == 0xFFFFFFFF && to.type == ir::value_type::real;
  for_each_block(run, expression, where, to.begin, to.end, numbers_of,
                 [&](std::size_t place, std::uint32_t const* numbers, std::size_t count,
                     block_evaluator<Real> const& evaluated) {
                   Real* const array = to.array + place;
                   double const* const value = evaluated.result(0);
                   if (is_whole && !is_conditional) {
                     for (std::size_t k = 0; k < count; ++k) array[k] = static_cast<Real>(value[k]);
                     return;
                   }
                   double const* const chosen = evaluated.result(is_conditional ? 1 : 0);
                   for (std::size_t k = 0; k < count; ++k) {
                     bool const is_set = !is_conditional || chosen[k] != 0;
                     if (is_set && to.set.contains(numbers[k]))
                       array[k] = static_cast<Real>(as_type(to.type, value[k]));
                   }
                 });
}

}  // namespace nernst::engine
