// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/node.hpp>

namespace nernst::brian::detail {

/// What a line of equations is. A set of them says where a flag may stand.
enum line_kind : unsigned { differential = 1, definition = 2, parameter = 4 };

/// What may stand in parentheses behind the unit of a line.
enum flag : unsigned {
  constant_flag = 1,
  shared_flag = 2,
  linked_flag = 4,
  unless_refractory_flag = 8,
  constant_over_dt_flag = 16,
  event_driven_flag = 32,
  clock_driven_flag = 64,
  summed_flag = 128,
  point_current_flag = 256,
};

struct known_flag {
  ir::string_view name;
  flag bit;
  unsigned in_neurons = 0, in_synapses = 0, in_compartments = 0;  ///< on which lines
};
namespace flag_lines {
inline constexpr unsigned defined = definition | parameter, any = differential | defined;
}
inline constexpr known_flag known_flags[] = {
    {"unless refractory", unless_refractory_flag, differential, 0, 0},
    {"constant", constant_flag, parameter, parameter, parameter},
    {"shared", shared_flag, flag_lines::defined, flag_lines::defined, flag_lines::defined},
    {"constant over dt", constant_over_dt_flag, definition, definition, definition},
    {"linked", linked_flag, parameter, parameter, parameter},
    {"event-driven", event_driven_flag, 0, differential, 0},
    {"clock-driven", clock_driven_flag, 0, differential, 0},
    {"summed", summed_flag, 0, definition, 0},
    {"point current", point_current_flag, 0, 0, flag_lines::any},
};

/// One line of a set of equations: `x : unit`, `x = expression : unit` or
/// `dx/dt = expression : unit`, with flags.
struct equation_line {
  line_kind kind = parameter;
  unsigned flags = 0;
  int source = 0;      ///< in which text
  int name_token = 0;  ///< where the name stands in it
  int expression = 0;  ///< the first token of the expression
  int symbol = ir::none;

  constexpr bool has(flag f) const { return (flags & f) != 0; }
};

}  // namespace nernst::brian::detail
