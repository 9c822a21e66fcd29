// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/literal_text.hpp>

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
  std::string_view name;
  method_id id = method_id::automatic;
  std::string_view instead = {};
};

/// The table of methods: the first name of each is its own, others are those of Brian 2.
inline constexpr method_name method_names[] = {
    {"exact"sv, method_id::exact},
    {"linear"sv, method_id::exact},
    {"exponential_euler"sv, method_id::exponential_euler},
    {"euler"sv, method_id::euler},
    {"rk2"sv, method_id::rk2},
    {"rk4"sv, method_id::rk4},
    {"heun"sv, method_id::heun},
    {"milstein"sv, method_id::milstein},
    {"backward_euler"sv, method_id::backward_euler},
    {"rosenbrock"sv, method_id::rosenbrock},
    {"rk45"sv, method_id::rk45},
    {"gsl"sv, method_id::rk45},
    {"gsl_rkf45"sv, method_id::rk45},
    {"gsl_rk2"sv, method_id::automatic, "rk45"sv},
    {"gsl_rk4"sv, method_id::automatic, "rk45"sv},
    {"gsl_rkck"sv, method_id::automatic, "rk45"sv},
    {"gsl_rk8pd"sv, method_id::automatic, "rk45"sv},
    {"independent"sv, method_id::automatic, "exact"sv},
    {"scheme"sv, method_id::scheme},
};

constexpr std::string_view name_of(method_id id) {
  for (method_name const& m : method_names)
    if (m.id == id && m.instead.empty()) return m.name;
  return "automatic";
}
/// The row of a name, or null.
constexpr method_name const* find_method(std::string_view called) {
  for (method_name const& m : method_names)
    if (m.name == called) return &m;
  return nullptr;
}

}  // namespace nernst::ir
