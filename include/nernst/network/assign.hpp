// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/for_each.hpp>
#include <nernst/network/neurons.hpp>

namespace nernst::detail {

/// What the variables of an expression stand for outside of a run, by symbol.
template <class Real>
struct bindings {
  using real = Real;
  std::vector<Real*> array;  ///< null for what has one value for all elements
  std::vector<double> value;
  int index = ir::none;  ///< the symbol that stands for the number of the element
};

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

/// Sets `target[begin] ... target[end - 1]` to the value of an expression, in parallel. The result does not depend on the number of
/// threads.
template <class Space, class Real>
void assign(ir::flat_expressions const& expression, bindings<Real> const& bound, Real* target, std::size_t begin, std::size_t end,
            kernel::draw_key key) {
  assign_chunk<Real> const work{&expression, {&bound.array, &bound.value, bound.index, begin, begin, key}, end, target};
  auto const chunks = static_cast<std::int64_t>((end - begin + work.length - 1) / work.length);
  for_each<Space>("nernst::assign", chunks, work);
}

}  // namespace nernst::detail
