// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/string_view.hpp>

#include <cstdint>

namespace nernst::ir {

/// The integration methods a model may ask for.
enum class method_id : std::uint8_t {
  automatic,
  exact,
  exponential_euler,
  euler,
  rk2,
  rk4,
  heun,
  milstein,
  backward_euler,
  rosenbrock,
  rk45,
  scheme,  ///< the text in `model::scheme`
};

/// A name of a method, and what to take instead where it is not there.
struct method_name {
  string_view name;
  method_id id = method_id::automatic;
  string_view instead = {};
};

/// The table of methods: the first name of each is its own, others are those of Brian 2.
inline constexpr method_name method_names[] = {
    {"exact", method_id::exact},
    {"linear", method_id::exact},
    {"exponential_euler", method_id::exponential_euler},
    {"euler", method_id::euler},
    {"rk2", method_id::rk2},
    {"rk4", method_id::rk4},
    {"heun", method_id::heun},
    {"milstein", method_id::milstein},
    {"backward_euler", method_id::backward_euler},
    {"rosenbrock", method_id::rosenbrock},
    {"rk45", method_id::rk45},
    {"gsl", method_id::rk45},
    {"gsl_rkf45", method_id::rk45},
    {"gsl_rk2", method_id::automatic, "rk45"},
    {"gsl_rk4", method_id::automatic, "rk45"},
    {"gsl_rkck", method_id::automatic, "rk45"},
    {"gsl_rk8pd", method_id::automatic, "rk45"},
    {"independent", method_id::automatic, "exact"},
    {"scheme", method_id::scheme},
};

constexpr string_view name_of(method_id id) {
  for (method_name const& m : method_names)
    if (m.id == id && m.instead.empty()) return m.name;
  return "automatic";
}
/// The row of a name, or null.
constexpr method_name const* find_method(string_view called) {
  for (method_name const& m : method_names)
    if (m.name == called) return &m;
  return nullptr;
}

}  // namespace nernst::ir
