// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/variable.hpp>
#include <nernst/network/connect/pair_formula.hpp>

namespace nernst {

namespace detail {

/// The whole numbers that a loop runs through: low, low + step, ... before high, or some of them.
struct counter_values {
  pair_formula low = {}, high = {}, step = {}, probability = {}, size = {};
  bool is_sample = false;
};
/// Those of `sample`, of which it is not known yet how many.
class unfinished_sample {
 public:
  explicit unfinished_sample(counter_values const& bounds) : bounds_(bounds) {}

  /// Each of the numbers with a probability, independently of the others.
  template <class P>
  auto probability(P const& p) const {
    return with_part(bounds_, &counter_values::probability,
                     number_formula<"sample(...).probability(p)">(p));
  }
  /// That many different ones, in order.
  template <class N>
  auto size(N const& n) const {
    return with_part(bounds_, &counter_values::size, number_formula<"sample(...).size(n)">(n));
  }

 private:
  counter_values bounds_;
};

/// What can run through numbers.
template <class V>
concept Counter = language::Variable<V> && requires {
  requires V::type == ir::value_type::integer&& V::owner == ir::side::here;
};
/// A variable and what it runs through.
struct counter_loop {
  ir::identifier counter = {};
  counter_values values = {};
};

template <ir::fixed_string Where, class... Bounds>
auto counter_bounds(Bounds const&... b) {
  if constexpr ((any_mistaken<decltype(number_formula<Where>(b))> || ...)) {
    return mistaken{};
  } else {
    pair_formula const given[] = {number_formula<Where>(b)...};
    counter_values all;
    constexpr std::size_t count = sizeof...(Bounds);
    if (count > 1) all.low = given[0];
    all.high = given[count > 1 ? 1 : 0];
    if (count > 2) all.step = given[2];
    return all;
  }
}

}  // namespace detail

/// Connects each source with the target of an index that is computed from it, or the reverse;
/// several indices where a variable runs through numbers.
class generator_rule {
 public:
  enum class direction : std::uint8_t { to_target, from_source };

  generator_rule(direction way, std::string_view text) : way_(way), text_(text) {}
  generator_rule(direction way, detail::pair_formula const& index, detail::counter_loop const& loop)
      : way_(way), index_(index), loop_(loop) {}

  /// Only where a condition holds: an expression or a text.
  template <class C>
  auto where(C const& condition) const {
    return detail::with_part(*this, &generator_rule::condition_,
                             detail::condition_formula<"where(condition)">(condition));
  }
  /// That many synapses each time: an expression or a text, of which the whole part counts.
  template <class N>
  auto number(N const& n) const {
    return detail::with_part(*this, &generator_rule::number_,
                             detail::number_formula<"number(n)">(n));
  }
  /// Leaves out indices of elements that are not there, and samples what there is where more is
  /// asked for, both of which are errors else.
  generator_rule skip_if_invalid() const {
    generator_rule r = *this;
    r.skip_ = true;
    return r;
  }

  /// \throws std::invalid_argument for formulas that do not fit the populations or each other,
  /// std::out_of_range for an index that is not there, std::length_error above the limit.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  direction way_;
  detail::pair_formula index_, condition_, number_;
  detail::counter_loop loop_;
  std::string text_;
  bool skip_ = false;
};

namespace detail {
template <generator_rule::direction Way, ir::fixed_string Where, class Index, class... Loop>
auto make_generator(Index const& index, Loop const&... loop) {
  if constexpr (any_mistaken<Loop...>) {
    return mistaken{};
  } else if constexpr (!(std::is_same_v<Loop, counter_loop> && ...)) {
    raise<written_otherwise<Where, "(index, for_each(k, range(...)))">, Loop...>();
    return mistaken{};
  } else if constexpr (Text<Index> && sizeof...(Loop) > 0) {
    raise<written_otherwise<Where, "(\"k for k in range(...)\")">, Index>();
    return mistaken{};
  } else if constexpr (Text<Index>) {
    return generator_rule(Way, std::string_view(index));
  } else {
    auto const formula = number_formula<Where>(index);
    if constexpr (any_mistaken<std::remove_const_t<decltype(formula)>>)
      return formula;
    else
      return generator_rule(Way, formula, counter_loop{loop...});
  }
}
}  // namespace detail

namespace dsl {

/// 0 ... high - 1, low ... high - 1, or steps from low towards high, which is left out.
template <class... Bounds>
  requires(sizeof...(Bounds) >= 1 && sizeof...(Bounds) <= 3)
auto range(Bounds const&... bounds) {
  return nernst::detail::counter_bounds<"range(low, high, step)">(bounds...);
}
/// Some of `range`: `sample(N).probability(0.1)` or `sample(N).size(10)`.
template <class... Bounds>
  requires(sizeof...(Bounds) >= 1 && sizeof...(Bounds) <= 3)
auto sample(Bounds const&... bounds) {
  auto all = nernst::detail::counter_bounds<"sample(low, high, step)">(bounds...);
  if constexpr (nernst::detail::any_mistaken<decltype(all)>) {
    return all;
  } else {
    all.is_sample = true;
    return nernst::detail::unfinished_sample(all);
  }
}
/// Lets a variable, `parameter<"k">(integer)`, run through `range(...)` or `sample(...)`.
template <class Variable, class Values>
auto for_each(Variable const&, Values const& values) {
  using nernst::detail::raise;
  if constexpr (nernst::detail::any_mistaken<Variable, Values>) {
    return nernst::detail::mistaken{};
  } else if constexpr (!nernst::detail::Counter<Variable>) {
    raise<written_otherwise<"for_each", "a variable declared as integer">, Variable>();
    return nernst::detail::mistaken{};
  } else if constexpr (!std::is_same_v<Values, nernst::detail::counter_values>) {
    raise<written_otherwise<"for_each", "range(...), sample(...).size(n)">, Values>();
    return nernst::detail::mistaken{};
  } else {
    return nernst::detail::counter_loop{ir::identifier(Variable::id()), values};
  }
}
/// Connects each source i with the target of an index: `to_target((i + 1) % post(N))`, or with
/// several, `to_target(i + k, for_each(k, range(-3, 4))).where(k != 0).skip_if_invalid()`. As a
/// text of Brian 2: `to_target("i + k for k in range(-3, 4) if k != 0")`.
template <class Index, class... Loop>
  requires(sizeof...(Loop) < 2)
auto to_target(Index const& index, Loop const&... loop) {
  return nernst::detail::make_generator<generator_rule::direction::to_target, "to_target(index)">(
      index, loop...);
}
/// Connects each target j with the source of an index, in the same way.
template <class Index, class... Loop>
  requires(sizeof...(Loop) < 2)
auto from_source(Index const& index, Loop const&... loop) {
  return nernst::detail::make_generator<generator_rule::direction::from_source,
                                        "from_source(index)">(index, loop...);
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/generator-inl.hpp>
#endif
