// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/block_evaluator.hpp>
#include <nernst/engine/element_set.hpp>
#include <nernst/engine/executor.hpp>

namespace nernst::engine {

/// Random draws outside of a run have step numbers of their own: no run gets there. (Assignments
/// count in the low word.)
inline constexpr std::uint64_t assignment_steps = std::uint64_t{1} << 47;

/// The elements at places [begin, end), as far as their numbers are in a set.
struct element_range {
  std::size_t begin, end;
  element_set set = everything();

  static element_set everything() { return {0, 0xFFFFFFFF}; }
};

/// Where the neurons of some synapses are, for expressions that speak of them.
template <class Real>
class neurons_of_range {
 public:
  neurons_of_range(ir::tape_view const& expressions, environment<Real> const& where) {
    for (ir::node const& n : expressions.operations) {
      if (n.code != ir::op::symbol) continue;
      leaf const& x = where.leaves[n.which];
      bool const is_of_source = x.owner == ir::side::pre || x.kind == ir::role::index;
      if (is_of_source) reads_[0] = needs(where, ir::side::pre) || reads_[0];
      if (x.owner == ir::side::post) reads_[1] = needs(where, ir::side::post) || reads_[1];
    }
  }
  /// Finds those of the synapses at places [first, last), as long as this is there.
  template <class Elements>
  void enter(environment<Real>& here, Elements const& elements, std::size_t first,
             std::size_t last) {
    for (int side = 0; side < 2; ++side) {
      if (!reads_[side]) continue;
      ir::side const end = side == 0 ? ir::side::pre : ir::side::post;
      places_[side].resize(last - first);
      elements.read_ends(end, first, last, places_[side].data());
      here.of(end).index = places_[side].data();
      here.of(end).first_indexed = first;
    }
  }

 private:
  static bool needs(environment<Real> const& where, ir::side end) {
    scope<Real> const& neurons = where.scopes[static_cast<int>(end)];
    return neurons.arrays != nullptr && neurons.index == nullptr;
  }

  bool reads_[2] = {false, false};
  std::vector<std::int32_t> places_[2];
};

/// How many numbers, from the first on, differ in their low 32 bits only.
inline std::size_t count_of_one_word(std::size_t const* numbers, std::size_t count) {
  std::size_t differ = 0;
  for (std::size_t k = 0; k < count; ++k) differ |= numbers[k] ^ numbers[0];
  if (differ >> 32 == 0) return count;
  std::size_t alike = 1;
  while ((numbers[alike] ^ numbers[0]) >> 32 == 0) ++alike;
  return alike;
}

/// Evaluates expressions for some elements, and calls `visit(place, numbers, count, evaluated)` for
/// blocks of them, from several threads. Of `elements` it asks `read_numbers` and `read_ends`, as
/// of an `element_group`. Of numbers beyond 32 bits random draws have the high ones in the step.
template <class Real, class Elements, class Visit>
void for_each_block(executor const& run, ir::tape_view const& expressions,
                    environment<Real> const& where, element_range const& of,
                    Elements const& elements, Visit const& visit) {
  constexpr std::size_t share = 64 * block_evaluator<Real>::size;
  auto const shares = static_cast<std::int64_t>((of.end - of.begin + share - 1) / share);
  run.for_each("nernst::evaluate", shares, [&](std::int64_t number) {
    block_evaluator<Real> evaluate(expressions);
    environment<Real> here = where;
    std::size_t const first = of.begin + static_cast<std::size_t>(number) * share;
    std::size_t const last = std::min(of.end, first + share);
    std::vector<std::size_t> numbers(last - first);
    std::uint32_t low[block_evaluator<Real>::size];
    elements.read_numbers(first, last, numbers.data());
    neurons_of_range<Real> neurons(expressions, where);
    neurons.enter(here, elements, first, last);
    bool const is_everything = of.set.span() == element_range::everything().span();
    auto const in_set = [&](std::size_t k) {
      return k < numbers.size() && of.set.contains(static_cast<std::uint32_t>(numbers[k]));
    };
    std::size_t count = 1;
    for (std::size_t done = 0; done < numbers.size(); done += count) {
      count = is_everything ? std::min(evaluate.size, numbers.size() - done) : 1;
      if (!in_set(done)) continue;
      while (count < evaluate.size && in_set(done + count)) ++count;
      std::size_t const* const some = numbers.data() + done;
      count = count_of_one_word(some, count);
      for (std::size_t k = 0; k < count; ++k) low[k] = static_cast<std::uint32_t>(some[k]);
      here.element = first + done;
      here.key.step = where.key.step + (some[0] >> 32 << 32);
      evaluate(here, low, count);
      visit(first + done, some, count, evaluate);
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
template <class Real, class Elements>
void assign(executor const& run, ir::tape_view const& expression, environment<Real> const& where,
            element_range const& of, assignment_target<Real> const& to, Elements const& elements) {
  bool const is_conditional = expression.results.size() > 1;
  for_each_block(run, expression, where, of, elements,
                 [&](std::size_t place, std::size_t const*, std::size_t count,
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
