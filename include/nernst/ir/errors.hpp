// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/dimension.hpp>

namespace nernst {

using ir::fixed_string;

namespace detail {
template <class>
inline constexpr bool never = false;

/// A text computed by a constexpr function object, as a template argument without trailing padding.
template <class Text>
inline constexpr auto literal_of = [] {
  constexpr auto t = Text::get();
  return ir::fixed_string<t.size + 1>(t.view());
}();

template <ir::dimension D>
struct unit_text {
  static constexpr auto get() { return ir::to_text(D); }
};
template <ir::dimension D>
inline constexpr auto unit_name = literal_of<unit_text<D>>;

template <int I>
struct number_text {
  static constexpr auto get() { return ir::basic_text<11>().append(I); }
};
template <int I>
inline constexpr auto number_name = literal_of<number_text<I>>;
}  // namespace detail

// The vocabulary of compile-time errors. Each is a type whose arguments tell the story;
// instantiating it is the error.

/// The units do not fit in `Where`: `Expected` was wanted, `Found` is there.
template <fixed_string Where, fixed_string Expected, fixed_string Found>
struct dimension_mismatch {
  static_assert(detail::never<dimension_mismatch>,
                "the units do not fit (see dimension_mismatch<where, expected, found>)");
};
/// `Where` needs a condition such as `v > V_t`; a number of unit `Found` is there.
template <fixed_string Where, fixed_string Found>
struct not_a_condition {
  static_assert(detail::never<not_a_condition>,
                "a condition such as v > V_t is expected (see not_a_condition<where, found>)");
};
/// `Where` needs a number; a condition is there.
template <fixed_string Where>
struct not_a_number {
  static_assert(detail::never<not_a_number>,
                "a number is expected, not a condition (see not_a_number<where>)");
};
/// The variable `Name` is not part of the model it is looked up in.
template <fixed_string Name, class Model>
struct unknown_variable {
  static_assert(detail::never<Model>,
                "the model has no such variable (see unknown_variable<name, model>)");
};
/// More than one equation defines `Name`.
template <fixed_string Name>
struct duplicate_equation {
  static_assert(detail::never<duplicate_equation>,
                "there is more than one equation for a variable (see duplicate_equation<name>)");
};
/// The method `Method` cannot integrate these equations, because of `Reason`.
template <fixed_string Method, fixed_string Reason>
struct unsuitable_method {
  static_assert(
      detail::never<unsuitable_method>,
      "the integration method does not suit the equations (see unsuitable_method<method, reason>)");
};
/// `Name` is frozen while refractory, but the model has no refractory period.
template <fixed_string Name>
struct missing_refractory {
  static_assert(
      detail::never<missing_refractory>,
      "unless_refractory needs refractory(...) in the model (see missing_refractory<name>)");
};

/// No integration method suits the equation of `Name`, because of `Reason`.
template <fixed_string Name, fixed_string Reason>
struct no_suitable_method {
  static_assert(detail::never<no_suitable_method>,
                "no integration method suits the equations (see no_suitable_method<name, reason>)");
};

/// A model has `Clause` more than once.
template <fixed_string Clause>
struct repeated_clause {
  static_assert(detail::never<repeated_clause>,
                "a model has this clause at most once (see repeated_clause<clause>)");
};
/// `Clause` has no place in a `Model` ("neuron" or "synapse").
template <fixed_string Model, fixed_string Clause>
struct misplaced_clause {
  static_assert(detail::never<misplaced_clause>,
                "the model cannot have this clause (see misplaced_clause<model, clause>)");
};

/// `Name` is defined more than once.
template <fixed_string Name>
struct duplicate_variable {
  static_assert(detail::never<duplicate_variable>,
                "a variable is defined more than once (see duplicate_variable<name>)");
};
/// The function `Name` is not defined here: `Expected` is missing.
template <fixed_string Name, fixed_string Expected>
struct unknown_function {
  static_assert(detail::never<unknown_function>,
                "a function is not defined here (see unknown_function<name, expected>)");
};
/// The event `Name` is not defined here: `Expected` is missing.
template <fixed_string Name, fixed_string Expected>
struct unknown_event {
  static_assert(detail::never<unknown_event>,
                "an event is not defined here (see unknown_event<name, expected>)");
};
/// The definition of `Name` refers to itself.
template <fixed_string Name>
struct cyclic_definition {
  static_assert(detail::never<cyclic_definition>,
                "a definition refers to itself (see cyclic_definition<name>)");
};
/// Noise cannot stand in `Where`.
template <fixed_string Where, fixed_string Expected>
struct misplaced_noise {
  static_assert(detail::never<misplaced_noise>,
                "noise cannot stand here (see misplaced_noise<where, expected>)");
};
/// A random number cannot stand in `Where`, where it would be drawn anew at each use.
template <fixed_string Where, fixed_string Expected>
struct misplaced_random {
  static_assert(detail::never<misplaced_random>,
                "a random number cannot stand here (see misplaced_random<where, expected>)");
};
/// `Name` is shared but depends on single elements.
template <fixed_string Name>
struct not_shared {
  static_assert(detail::never<not_shared>,
                "a shared variable depends on single elements (see not_shared<name>)");
};
/// `Where` assigns to what cannot be assigned there: `Found`.
template <fixed_string Where, fixed_string Found>
struct misplaced_statement {
  static_assert(detail::never<misplaced_statement>,
                "this cannot be assigned here (see misplaced_statement<where, found>)");
};
/// `Name` cannot be given to a variable: it has a meaning of its own, or `Expected` is broken.
template <fixed_string Name, fixed_string Expected = "">
struct reserved_name {
  static_assert(detail::never<reserved_name>,
                "the name has a meaning of its own (see reserved_name<name>)");
};
/// `Name` is too long.
template <fixed_string Name, fixed_string Expected>
struct name_too_long {
  static_assert(detail::never<name_too_long>,
                "the name is too long (see name_too_long<name, expected>)");
};
/// `Flag` does not exist or does not go with this line; `Expected` do.
template <fixed_string Flag, fixed_string Expected>
struct unknown_flag {
  static_assert(detail::never<unknown_flag>,
                "the flag has no place here (see unknown_flag<flag, expected>)");
};
/// `Name` is no base unit: the lines of a model say `Expected`.
template <fixed_string Name, fixed_string Expected>
struct not_a_base_unit {
  static_assert(detail::never<not_a_base_unit>,
                "this is not a base unit (see not_a_base_unit<name, expected>)");
};
/// A text cannot be read at `Where`, where `Expected` could stand.
template <fixed_string Where, fixed_string Expected>
struct syntax_error {
  static_assert(detail::never<syntax_error>,
                "the text cannot be read (see syntax_error<where, expected>)");
};
/// There is no method `Name`.
template <fixed_string Name, fixed_string Expected>
struct unknown_method {
  static_assert(detail::never<unknown_method>,
                "there is no such integration method (see unknown_method<name, expected>)");
};
/// `What` is in the language, but not here yet; `Instead` may serve.
template <fixed_string What, fixed_string Instead>
struct not_supported {
  static_assert(detail::never<not_supported>,
                "this is not supported (see not_supported<what, instead>)");
};
/// The equation of `Name` needs a real variable; this is an integer or a boolean.
template <fixed_string Name>
struct not_a_real {
  static_assert(detail::never<not_a_real>,
                "an equation needs a real variable, no integer or boolean (see not_a_real<name>)");
};
/// `Function` is called with `Found` arguments but takes `Expected`.
template <fixed_string Function, fixed_string Expected, fixed_string Found>
struct wrong_arguments {
  static_assert(
      detail::never<wrong_arguments>,
      "the number of arguments is wrong (see wrong_arguments<function, expected, found>)");
};

namespace detail {
/// Instantiates an error without making the caller ill-formed, so that a constant expression it is
/// part of has a value and the error is the only one. The deduced return type of this and of all
/// callers lets compilers name the line of the user's program.
template <class Error>
constexpr auto raise() {
  return requires { sizeof(Error); };
}

/// One error if the dimensions differ, nothing otherwise.
template <fixed_string Where, ir::dimension Expected, ir::dimension Found>
constexpr auto require_same_dimension() {
  if constexpr (!(Expected == Found))
    raise<dimension_mismatch<Where, unit_name<Expected>, unit_name<Found>>>();
}

/// Lifts the finding of a check, `Finding::get()`, into the type of an error: one message, the same
/// for every front end.
template <class Finding, class Model>
constexpr auto report() {
  constexpr ir::diagnosis d = Finding::get();
  constexpr ir::basic_text<64> place = [](ir::diagnosis const& found_there) {
    ir::basic_text<64> t(found_there.where.view());
    if (found_there.line == 0) return t;
    (t += " (line ").append(found_there.line);
    (t += ":").append(found_there.column);
    return t += ")";
  }(d);
  constexpr auto where = ir::fixed_string<place.size + 1>(place.view());
  constexpr auto expected = ir::fixed_string<d.expected.size + 1>(d.expected.view());
  constexpr auto found = ir::fixed_string<d.found.size + 1>(d.found.view());
  using ir::mistake;
  if constexpr (d.what == mistake::dimension_mismatch)
    raise<dimension_mismatch<where, expected, found>>();
  else if constexpr (d.what == mistake::unknown_variable)
    raise<unknown_variable<where, Model>>();
  else if constexpr (d.what == mistake::duplicate_equation)
    raise<duplicate_equation<where>>();
  else if constexpr (d.what == mistake::unsuitable_method)
    raise<unsuitable_method<where, found>>();
  else if constexpr (d.what == mistake::no_suitable_method)
    raise<no_suitable_method<where, found>>();
  else if constexpr (d.what == mistake::not_a_condition)
    raise<not_a_condition<where, found>>();
  else if constexpr (d.what == mistake::duplicate_variable)
    raise<duplicate_variable<where>>();
  else if constexpr (d.what == mistake::unknown_function)
    raise<unknown_function<where, expected>>();
  else if constexpr (d.what == mistake::unknown_event)
    raise<unknown_event<where, expected>>();
  else if constexpr (d.what == mistake::cyclic_definition)
    raise<cyclic_definition<where>>();
  else if constexpr (d.what == mistake::misplaced_noise)
    raise<misplaced_noise<where, expected>>();
  else if constexpr (d.what == mistake::misplaced_random)
    raise<misplaced_random<where, expected>>();
  else if constexpr (d.what == mistake::not_shared)
    raise<not_shared<where>>();
  else if constexpr (d.what == mistake::misplaced_statement)
    raise<misplaced_statement<where, found>>();
  else if constexpr (d.what == mistake::reserved_name)
    raise<reserved_name<where, expected>>();
  else if constexpr (d.what == mistake::name_too_long)
    raise<name_too_long<where, expected>>();
  else if constexpr (d.what == mistake::unknown_flag)
    raise<unknown_flag<where, expected>>();
  else if constexpr (d.what == mistake::not_a_base_unit)
    raise<not_a_base_unit<where, expected>>();
  else if constexpr (d.what == mistake::syntax_error)
    raise<syntax_error<where, expected>>();
  else if constexpr (d.what == mistake::unknown_method)
    raise<unknown_method<where, expected>>();
  else if constexpr (d.what == mistake::not_supported)
    raise<not_supported<where, expected>>();
  else if constexpr (d.what == mistake::wrong_arguments)
    raise<wrong_arguments<where, expected, found>>();
  else if constexpr (d.what == mistake::misplaced_clause)
    raise<misplaced_clause<found, where>>();
  else if constexpr (d.what == mistake::repeated_clause)
    raise<repeated_clause<where>>();
  else if constexpr (d.what == mistake::not_a_number)
    raise<not_a_number<where>>();
  else if constexpr (d.what == mistake::missing_refractory)
    raise<missing_refractory<where>>();
}
}  // namespace detail

}  // namespace nernst
