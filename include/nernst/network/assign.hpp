// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/for_each.hpp>
#include <nernst/network/neurons.hpp>

namespace nernst::detail {

/// Evaluates an expression for a range of elements: what a work item of `assign` does with its
/// share.
template <class Real>
struct assign_chunk {
  static constexpr std::size_t length = 1024;
  ir::flat_expressions const* expression;
  element_environment<Real> environment;
  std::size_t begin, end;
  ir::value_type type;
  Real* target;

  void operator()(std::int64_t chunk) const {
    ir::interpreter<element_environment<Real>> evaluate(*expression);
    element_environment<Real> here = environment;
    std::size_t const from = begin + static_cast<std::size_t>(chunk) * length;
    std::size_t const to = from + length < end ? from + length : end;
    for (here.element = from; here.element < to; ++here.element) {
      double value[2] = {0, 1};
      evaluate(here, std::span<double>(value, expression->results.size()));
      if (value[1] != 0) target[here.element] = static_cast<Real>(as_type(type, value[0]));
    }
  }
};

/// Random draws outside of a run have step numbers of their own: no run gets there.
inline constexpr std::uint64_t assignment_steps = std::uint64_t{1} << 47;

/// Sets `target[begin] ... target[end - 1]` to the value of an expression; where it has a second
/// result, only those of which that is true. In parallel; the result does not depend on the number
/// of threads.
template <class Space, class Real>
void assign(ir::flat_expressions const& expression, element_environment<Real> const& environment,
            Real* target, std::size_t begin, std::size_t end,
            ir::value_type type = ir::value_type::real) {
  assign_chunk<Real> const work{&expression, environment, begin, end, type, target};
  auto const chunks = static_cast<std::int64_t>((end - begin + work.length - 1) / work.length);
  for_each<Space>("nernst::assign", chunks, work);
}

}  // namespace nernst::detail
