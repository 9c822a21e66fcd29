// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/block_evaluator.hpp>
#include <nernst/engine/element_set.hpp>
#include <nernst/engine/executor.hpp>

namespace nernst::engine {

/// Random draws outside of a run have step numbers of their own: no run gets there.
inline constexpr std::uint64_t assignment_steps = std::uint64_t{1} << 47;

/// The elements at places [begin, end), as far as their numbers are in a set.
struct element_range {
  std::size_t begin, end;
  element_set set = everything();

  static element_set everything() { return {0, 0xFFFFFFFF}; }
};

/// Evaluates expressions for some elements, and calls `visit(place, numbers, count, evaluated)` for
/// blocks of them, from several threads. `numbers_of(begin, end, to)` writes the numbers of the
/// elements at these places.
template <class Real, class NumbersOf, class Visit>
void for_each_block(executor const& run, ir::tape_view const& expressions,
                    environment<Real> const& where, element_range const& of,
                    NumbersOf const& numbers_of, Visit const& visit) {
  constexpr std::size_t share = 64 * block_evaluator<Real>::size;
  auto const shares = static_cast<std::int64_t>((of.end - of.begin + share - 1) / share);
  run.for_each("nernst::evaluate", shares, [&](std::int64_t number) {
    block_evaluator<Real> evaluate(expressions);
    environment<Real> here = where;
    std::size_t const first = of.begin + static_cast<std::size_t>(number) * share;
    std::size_t const last = std::min(of.end, first + share);
    std::vector<std::uint32_t> numbers(last - first);
    numbers_of(first, last, numbers.data());
    bool const is_everything = of.set.span() == element_range::everything().span();
    auto const in_set = [&](std::size_t k) {
      return k < numbers.size() && of.set.contains(numbers[k]);
    };
    std::size_t count = 1;
    for (std::size_t done = 0; done < numbers.size(); done += count) {
      count = is_everything ? std::min(evaluate.size, numbers.size() - done) : 1;
      if (!in_set(done)) continue;
      while (count < evaluate.size && in_set(done + count)) ++count;
      here.element = first + done;
      evaluate(here, numbers.data() + done, count);
      visit(first + done, numbers.data() + done, count, evaluate);
    }
  });
}

/// The array that values go to, by place, and the type that they have.
template <class Real>
struct assignment_target {
  Real* array;
  ir::value_type type = ir::value_type::real;
};

/// Sets elements to the value of an expression; where it has a second result, only those of which
/// that is true. In parallel; the result does not depend on the number of threads.
template <class Real, class NumbersOf>
void assign(executor const& run, ir::tape_view const& expression, environment<Real> const& where,
            element_range const& of, assignment_target<Real> const& to,
            NumbersOf const& numbers_of) {
  bool const is_conditional = expression.results.size() > 1;
  for_each_block(run, expression, where, of, numbers_of,
                 [&](std::size_t place, std::uint32_t const*, std::size_t count,
                     block_evaluator<Real> const& evaluated) {
                   Real* const array = to.array + place;
                   double const* const value = evaluated.result(0);
                   double const* const chosen = evaluated.result(is_conditional ? 1 : 0);
                   bool const is_plain = !is_conditional && to.type == ir::value_type::real;
                   for (std::size_t k = 0; k < count && is_plain; ++k)
                     array[k] = static_cast<Real>(value[k]);
                   for (std::size_t k = 0; k < count && !is_plain; ++k)
                     if (!is_conditional || chosen[k] != 0)
                       array[k] = static_cast<Real>(as_type(to.type, value[k]));
                 });
}

}  // namespace nernst::engine
