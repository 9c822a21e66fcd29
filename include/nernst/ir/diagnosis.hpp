// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/text.hpp>

namespace nernst::ir {

/// What can be wrong with a model.
enum class mistake {
  none,
  // units and types
  dimension_mismatch,  ///< a unit that does not fit
  not_a_condition,     ///< a number where a truth value is needed
  not_a_number,        ///< a truth value where a number is needed
  // names
  unknown_variable,    ///< a variable that is read but not defined here
  unknown_function,    ///< a function that is called but not defined here
  duplicate_variable,  ///< a name that is defined more than once
  duplicate_equation,  ///< two equations for one state
  reserved_name,       ///< a name that has a meaning of its own, or cannot be one
  name_too_long,       ///< longer than `name` can hold
  cyclic_definition,   ///< a subexpression that refers to itself
  // where things may stand
  missing_refractory,   ///< `unless_refractory` without `refractory`
  misplaced_noise,      ///< xi outside of equations, or the plain one in several
  misplaced_random,     ///< a random draw where it would be made anew at each use
  not_shared,           ///< a shared variable that would depend on single elements
  misplaced_statement,  ///< an assignment to something that cannot be assigned there
  unknown_flag,         ///< a flag that does not exist or does not go with this line
  unknown_event,        ///< an action for an event that is not defined
  misplaced_clause,     ///< a part of a neuron in a synapse, or the other way round
  repeated_clause,      ///< a clause that a model has at most once
  // integration
  unsuitable_method,   ///< the chosen integrator cannot integrate these equations
  no_suitable_method,  ///< no integrator can
  unknown_method,      ///< a method's name that is not known
  // text
  syntax_error,     ///< not in the grammar
  wrong_arguments,  ///< a function with too many or too few arguments
  not_a_base_unit,  ///< a scaled unit such as mV where a model's line needs volt
  not_supported,    ///< in the language, but not here yet
};

/// The finding of a check, as a value: run-time tests print it, compile-time checks lift it into
/// the type of an error. `where` names the place as the user wrote it; `expected` and `found` say
/// what was wanted there and what was there.
struct diagnosis {
  mistake what = mistake::none;
  basic_text<35> where, expected, found;

  /// The line and column in a text, from 1; 0 where there is none.
  int line = 0, column = 0;

  constexpr bool ok() const { return what == mistake::none; }
};

/// One sentence for people.
constexpr basic_text<191> to_text(diagnosis const& d) {
  using line = basic_text<191>;
  line t;
  auto say = [&](std::string_view a, std::string_view b, std::string_view c = {}) {
    t += a;
    t += b;
    t += c;
  };
  switch (d.what) {
  case mistake::none:
    return line("no mistake");
  case mistake::dimension_mismatch:
    say("the units do not fit in '", d.where, "'");
    break;
  case mistake::unknown_variable:
    say("the variable '", d.where, "' is not defined here");
    break;
  case mistake::duplicate_equation:
    say("there is more than one equation for '", d.where, "'");
    break;
  case mistake::unsuitable_method:
    say("the method '", d.where, "' cannot integrate these equations");
    break;
  case mistake::no_suitable_method:
    say("no integration method suits the equation of '", d.where, "'");
    break;
  case mistake::not_a_condition:
    say("'", d.where, "' is not a condition");
    break;
  case mistake::name_too_long:
    say("the name '", d.where, "' is too long");
    break;
  case mistake::missing_refractory:
    say("'", d.where, "' is frozen while refractory, but no refractory period is given");
    break;
  case mistake::not_a_number:
    say("'", d.where, "' is a condition, no number");
    break;
  case mistake::unknown_function:
    say("the function '", d.where, "' is not defined here");
    break;
  case mistake::duplicate_variable:
    say("the variable '", d.where, "' is defined more than once");
    break;
  case mistake::reserved_name:
    say("'", d.where, "' cannot be the name of a variable");
    break;
  case mistake::cyclic_definition:
    say("the definition of '", d.where, "' refers to itself");
    break;
  case mistake::misplaced_noise:
    say("noise cannot stand in '", d.where, "'");
    break;
  case mistake::misplaced_random:
    say("a random number cannot stand in '", d.where, "'");
    break;
  case mistake::not_shared:
    say("'", d.where, "' is shared but depends on single elements");
    break;
  case mistake::misplaced_statement:
    say("'", d.where, "' cannot be assigned here");
    break;
  case mistake::unknown_flag:
    say("the flag '", d.where, "' has no place here");
    break;
  case mistake::unknown_event:
    say("the event '", d.where, "' is not defined here");
    break;
  case mistake::repeated_clause:
    say("there is more than one '", d.where, "'");
    break;
  case mistake::misplaced_clause:
    say("'", d.where, "' has no place in this model");
    break;
  case mistake::unknown_method:
    say("there is no integration method '", d.where, "'");
    break;
  case mistake::syntax_error:
    say("cannot read '", d.where, "'");
    break;
  case mistake::wrong_arguments:
    say("the number of arguments of '", d.where, "' is wrong");
    break;
  case mistake::not_a_base_unit:
    say("'", d.where, "' is not a base unit");
    break;
  case mistake::not_supported:
    say("'", d.where, "' is not supported");
    break;
  }
  if (d.line > 0) {
    t += " (line ";
    t.append(d.line);
    t += ", column ";
    t.append(d.column);
    t += ")";
  }
  if (d.expected.size > 0) say(": expected ", d.expected);
  if (d.found.size > 0) say(", found ", d.found);
  return t;
}

}  // namespace nernst::ir
