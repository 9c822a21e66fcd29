// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/symbol.hpp>

namespace nernst::ir {

/// `lastspike` of a neuron that has not fired, in seconds, as in Brian 2.
inline constexpr double before_first_spike = -1e4;

namespace detail {
inline constexpr dimension unit_of_noise{0, 0, rational(-1, 2), 0};

constexpr symbol builtin(string_view id, role kind, dimension unit,
                         value_type type = value_type::real) {
  return {.id = id, .kind = kind, .unit = unit, .type = type};
}
}  // namespace detail

/// The variables that every model has. Front ends enter them into a model where they are named.
inline constexpr symbol builtins[] = {
    detail::builtin("t", role::time, units::second),
    detail::builtin("dt", role::time_step, units::second),
    detail::builtin("t_in_timesteps", role::step, {}, value_type::integer),
    detail::builtin("i", role::index, {}, value_type::integer),
    detail::builtin("N", role::count, {}, value_type::integer),
    detail::builtin("xi", role::noise, detail::unit_of_noise),
    detail::builtin("not_refractory", role::not_refractory, {}, value_type::boolean),
    detail::builtin("lastspike", role::last_spike, units::second),
    detail::builtin("lastupdate", role::last_update, units::second),
    detail::builtin("N_incoming", role::incoming, {}, value_type::integer),
    detail::builtin("N_outgoing", role::outgoing, {}, value_type::integer),
};

/// The variable of that name which every model has, or null.
constexpr symbol const* find_builtin(string_view id) {
  for (symbol const& s : builtins)
    if (s.id == id) return &s;
  return nullptr;
}
constexpr symbol const& builtin(role kind) {
  symbol const* s = builtins;
  while (s->kind != kind) ++s;
  return *s;
}

}  // namespace nernst::ir
