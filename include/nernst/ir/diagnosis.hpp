// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/text.hpp>

namespace nernst::ir {

/// What can be wrong with a model.
enum class mistake {
  none,
  dimension_mismatch,  ///< a unit that does not fit
  unknown_variable,    ///< a variable that is read but not defined here
  duplicate_equation,  ///< two equations for one state
  unsuitable_method,   ///< the chosen integrator cannot integrate these equations
  no_suitable_method,  ///< no integrator can
  not_a_condition,     ///< a number where a truth value is needed
  name_too_long,       ///< longer than `name` can hold
  missing_refractory,  ///< `unless_refractory` without `refractory`
};

/// The finding of a check, as a value: run-time tests print it, compile-time checks lift it into the type of an error.
/// `where` names the place as the user wrote it; `expected` and `found` say what was wanted there and what was there.
struct diagnosis {
  mistake what = mistake::none;
  basic_text<35> where, expected, found;

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
  }
  if (d.expected.size > 0) say(": expected ", d.expected);
  if (d.found.size > 0) say(", found ", d.found);
  return t;
}

}  // namespace nernst::ir
