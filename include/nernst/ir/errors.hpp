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
}  // namespace detail

// The vocabulary of compile-time errors. Each is a type whose arguments tell the story; instantiating it is the error.

/// The units do not fit in `Where`: `Expected` was wanted, `Found` is there.
template <fixed_string Where, fixed_string Expected, fixed_string Found>
struct dimension_mismatch {
  static_assert(detail::never<dimension_mismatch>, "the units do not fit (see dimension_mismatch<where, expected, found>)");
};
/// `Where` needs a condition such as `v > V_t`; a number of unit `Found` is there.
template <fixed_string Where, fixed_string Found>
struct not_a_condition {
  static_assert(detail::never<not_a_condition>, "a condition such as v > V_t is expected (see not_a_condition<where, found>)");
};
/// The variable `Name` is not part of the model it is looked up in.
template <fixed_string Name, class Model>
struct unknown_variable {
  static_assert(detail::never<Model>, "the model has no such variable (see unknown_variable<name, model>)");
};
/// More than one equation defines `Name`.
template <fixed_string Name>
struct duplicate_equation {
  static_assert(detail::never<duplicate_equation>, "there is more than one equation for a variable (see duplicate_equation<name>)");
};
/// The method `Method` cannot integrate these equations, because of `Reason`.
template <fixed_string Method, fixed_string Reason>
struct unsuitable_method {
  static_assert(detail::never<unsuitable_method>,
                "the integration method does not suit the equations (see unsuitable_method<method, reason>)");
};
/// `Name` is frozen while refractory, but the model has no refractory period.
template <fixed_string Name>
struct missing_refractory {
  static_assert(detail::never<missing_refractory>, "unless_refractory needs refractory(...) in the model (see missing_refractory<name>)");
};

/// No integration method suits the equation of `Name`, because of `Reason`.
template <fixed_string Name, fixed_string Reason>
struct no_suitable_method {
  static_assert(detail::never<no_suitable_method>, "no integration method suits the equations (see no_suitable_method<name, reason>)");
};

/// A model has `Clause` more than once.
template <fixed_string Clause>
struct repeated_clause {
  static_assert(detail::never<repeated_clause>, "a model has this clause at most once (see repeated_clause<clause>)");
};
/// `Clause` has no place in a `Model` ("neuron" or "synapse").
template <fixed_string Model, fixed_string Clause>
struct misplaced_clause {
  static_assert(detail::never<misplaced_clause>, "the model cannot have this clause (see misplaced_clause<model, clause>)");
};

namespace detail {
/// Instantiates an error without making the caller ill-formed, so that a constant expression it is part of has a value and the error is the
/// only one. The deduced return type of this and of all callers lets compilers name the line of the user's program.
template <class Error>
constexpr auto raise() {
  return requires {
    sizeof(Error);
  };
}

/// One error if the dimensions differ, nothing otherwise.
template <fixed_string Where, ir::dimension Expected, ir::dimension Found>
constexpr auto require_same_dimension() {
  if constexpr (!(Expected == Found)) raise<dimension_mismatch<Where, unit_name<Expected>, unit_name<Found>>>();
}

/// Lifts the finding of a check, `Finding::get()`, into the type of an error: one message, the same for every front end.
template <class Finding, class Model>
constexpr auto report() {
  constexpr ir::diagnosis d = Finding::get();
  constexpr auto where = ir::fixed_string<d.where.size + 1>(d.where.view());
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
  else if constexpr (d.what == mistake::missing_refractory)
    raise<missing_refractory<where>>();
}
}  // namespace detail

}  // namespace nernst
