// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/discretisation.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace nernst {

namespace cable::detail {

NERNST_INLINE std::vector<double> equal_parts(branch const& one, double count) {
  if (count <= most_compartments) {
    int const n = std::max(1, static_cast<int>(count));
    std::vector<double> ends;
    for (int k = 1; k <= n; ++k) ends.push_back(static_cast<double>(k) / n);
    return ends;
  }
  nernst::detail::refuse<std::length_error>({"discretisation: expected at most ", most_compartments,
                                             " compartments in the branch '", one.name, "', found ",
                                             count});
}

NERNST_INLINE void require_positive(char const* what, double number) {
  if (std::isfinite(number) && number > 0) return;
  nernst::detail::refuse<std::invalid_argument>({what, " above 0, found ", number});
}

}  // namespace cable::detail

NERNST_INLINE std::vector<double> discretisation::ends(cable::branch const& one) const {
  return one.is_sphere || is_single() ? std::vector<double>{1} : ends_(one);
}

NERNST_INLINE discretisation fixed_per_branch(int count) {
  cable::detail::require_positive("fixed_per_branch: expected a number", count);
  return discretisation(
      [count](cable::branch const& b) { return cable::detail::equal_parts(b, count); });
}

NERNST_INLINE discretisation fixed_per_branch(std::function<int(cable::branch const&)> count) {
  return discretisation([count = std::move(count)](cable::branch const& b) {
    int const n = count(b);
    if (n >= 1) return cable::detail::equal_parts(b, n);
    nernst::detail::refuse<std::invalid_argument>(
        {"fixed_per_branch: expected at least 1 compartment in the branch '", b.name, "', found ",
         n});
  });
}

NERNST_INLINE discretisation greatest_length(cable::length length) {
  cable::detail::require_positive("greatest_length: expected a length", length.si);
  return discretisation([size = length.si](cable::branch const& b) {
    // A branch as long as three of them has three, also where rounding has it a bit longer.
    return cable::detail::equal_parts(b, std::ceil(b.length() / size - 1e-9));
  });
}

NERNST_INLINE discretisation d_lambda(double fraction, passive_membrane const& membrane,
                                      cable::frequency frequency) {
  cable::detail::require_positive("d_lambda: expected a fraction", fraction);
  cable::detail::require_positive("d_lambda: expected a frequency", frequency.si);
  cable::detail::require_positive("d_lambda: expected an axial resistivity",
                                  membrane.axial_resistivity.si);
  cable::detail::require_positive("d_lambda: expected a capacitance", membrane.capacitance.si);
  return discretisation([=, f = frequency.si](cable::branch const& b) {
    double const size = cable::electrotonic_length(b, membrane, f);
    double const half = (size / fraction + 0.9) / 2;
    return cable::detail::equal_parts(b, 2 * std::floor(half) + 1);
  });
}

NERNST_INLINE discretisation each_frustum() {
  return discretisation([](cable::branch const& b) {
    std::vector<double> ends;
    for (std::size_t k = 0; k < b.frusta.size(); ++k)
      if (b.frusta[k].length > 0) ends.push_back(b.ends[k] / b.length());
    ends.back() = 1;
    return ends;
  });
}

NERNST_INLINE discretisation single_compartment() {
  return discretisation({});
}

namespace cable {

NERNST_INLINE double electrotonic_length(branch const& one, passive_membrane const& membrane,
                                         double hertz) {
  double sum = 0;
  for (frustum const& f : one.frusta)
    sum += f.length / std::sqrt(f.proximal.radius + f.distal.radius);
  return sum * std::sqrt(4 * std::numbers::pi * hertz * membrane.axial_resistivity.si *
                         membrane.capacitance.si);
}

}  // namespace cable

}  // namespace nernst
