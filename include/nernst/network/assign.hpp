// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/neurons.hpp>

#include <stdexcept>

namespace nernst::detail {

/// Evaluates an expression for a range of elements: what a work item of `assign` does with its share.
template <class Real>
struct assign_chunk {
  static constexpr std::size_t length = 1024;
  ir::flat_expressions const* expression;
  element_environment<Real> environment;
  std::size_t end;
  Real* target;

  void operator()(std::int64_t chunk) const {
    ir::interpreter<element_environment<Real>> evaluate(*expression);
    element_environment<Real> here = environment;
    std::size_t const begin = environment.first + static_cast<std::size_t>(chunk) * length;
    std::size_t const last = begin + length < end ? begin + length : end;
    for (here.element = begin; here.element < last; ++here.element) {
      double value = 0;
      evaluate(here, std::span<double>(&value, 1));
      target[here.element] = static_cast<Real>(value);
    }
  }
};

/// Random draws outside of a run have step numbers of their own: no run gets there.
inline constexpr std::uint64_t assignment_steps = std::uint64_t{1} << 47;

/// Sets `target[begin] ... target[end - 1]` to the value of an expression, in parallel. Variables are found by name: `array(id)` gives the
/// array of an element's variable or null, `value(id)` a pointer to a shared one or null. The result does not depend on the number of threads.
template <class Space, class Real, class Array, class Value>
void assign(ir::model const& expression, int root, Real* target, std::size_t begin, std::size_t end, kernel::draw_key key, std::string_view where,
            Array const& array, Value const& value) {
  std::vector<Real*> arrays;
  std::vector<double> values;
  int index = ir::none;
  for (ir::symbol const& s : expression.symbols) {
    arrays.push_back(array(s.id));
    double const* const shared = value(s);
    if (s.kind == ir::role::index) index = static_cast<int>(arrays.size()) - 1;
    values.push_back(shared != nullptr ? *shared : 0);
    if (arrays.back() == nullptr && shared == nullptr && s.kind != ir::role::index)
      throw std::invalid_argument(std::string(where) + ": expected variables of this model in the expression, found '" + std::string(s.id.view()) + "'");
  }
  if (begin == end) return;
  ir::flat_expressions const flat = ir::flatten(expression.nodes, std::span<int const>(&root, 1));
  assign_chunk<Real> const work{&flat, {&arrays, &values, index, begin, begin, key}, end, target};
  auto const chunks = static_cast<std::int64_t>((end - begin + work.length - 1) / work.length);
  using policy = Kokkos::RangePolicy<Space, Kokkos::IndexType<std::int64_t>>;
  Kokkos::parallel_for("nernst::assign", policy(0, chunks), work);
  Kokkos::fence();
}

}  // namespace nernst::detail
