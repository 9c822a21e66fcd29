// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
#pragma GCC system_header  // g++ then leaves the macros of this table out of its messages

#include <nernst/ir/string_view.hpp>

#include <cstdint>

// The one table of what can be wrong with a model. From it come the enumeration, the sentences of
// run-time errors (diagnosis.hpp) and the types of compile-time errors (errors.hpp).
//
// A row has
//   the name of the mistake, which is that of the error's type;
//   what the compiler says;
//   what people read at run time, where * stands for the place;
//   what the arguments of the type are called, and which pieces of a diagnosis they are.

// clang-format off
#define NERNST_MISTAKES(row)                                                                       \
  /* units and types */                                                                            \
  row(dimension_mismatch, "the units do not fit", "the units do not fit in '*'",                   \
      "where, expected, found", where, expected, found)                                            \
  row(not_a_condition, "a condition such as v > V_t is expected", "'*' is not a condition",        \
      "where, found", where, found)                                                                \
  row(not_a_number, "a number is expected, not a condition (where(c, a, b) chooses)",              \
      "'*' is a condition, no number", "where", where)                                             \
  row(not_a_real, "an equation needs a real variable, no integer or boolean",                      \
      "the equation of '*' needs a real variable", "name", where)                                  \
  /* names */                                                                                      \
  row(unknown_variable, "the model has no such variable", "the variable '*' is not defined here",  \
      "name, model", where, model)                                                                 \
  row(unknown_function, "a function is not defined here", "the function '*' is not defined here",  \
      "name, expected", where, expected)                                                           \
  row(duplicate_variable, "a variable is defined more than once",                                  \
      "the variable '*' is defined more than once", "name", where)                                 \
  row(duplicate_equation, "there is more than one equation for a variable",                        \
      "there is more than one equation for '*'", "name", where)                                    \
  row(reserved_name, "the name has a meaning of its own", "'*' cannot be the name of a variable",  \
      "name", where, expected)                                                                     \
  row(name_too_long, "the name is too long", "the name '*' is too long",                           \
      "name, expected", where, expected)                                                           \
  row(cyclic_definition, "a definition refers to itself", "the definition of '*' refers to itself",\
      "name", where)                                                                               \
  row(variable_of_neuron, "a synapse uses a variable of its neuron as its own",                    \
      "the synapse uses '*' as its own", "name, expected", where, expected)                        \
  /* where things may stand */                                                                     \
  row(missing_refractory, "refractoriness needs refractory(...) in the model",                     \
      "'*' is about refractoriness, but no refractory period is given", "name", where)             \
  row(missing_threshold, "nobody fires without threshold(...) in the model of the neurons",        \
      "'*' needs a threshold", "where, model", where, model)                                       \
  row(misplaced_noise, "noise cannot stand here", "noise cannot stand in '*'",                     \
      "where, expected", where, expected)                                                          \
  row(misplaced_random, "a random number cannot stand here",                                       \
      "a random number cannot stand in '*'", "where, expected", where, expected)                   \
  row(not_shared, "a shared variable depends on single elements",                                  \
      "'*' is shared but depends on single elements", "name", where)                               \
  row(misplaced_statement, "this cannot be assigned here", "'*' cannot be assigned here",          \
      "where, found", where, found)                                                                \
  row(unknown_flag, "the flag has no place here", "the flag '*' has no place here",                \
      "flag, expected", where, expected)                                                           \
  row(unknown_event, "an event is not defined here", "the event '*' is not defined here",          \
      "name, expected", where, expected)                                                           \
  row(misplaced_clause, "the model cannot have this clause", "'*' has no place in this model",     \
      "model, clause", found, where)                                                               \
  row(no_effect, "this has no effect: was a variable of a neuron meant, post(x)?",                 \
      "'*' has no effect", "where, expected", where, expected)                                     \
  row(missing_current,                                                                             \
      "a spatial neuron has one line Im = ... : amp/meter**2, the current into it",                \
      "'*' is not defined as the current into the neuron", "name", where)                          \
  row(repeated_clause, "a model has this clause at most once", "there is more than one '*'",       \
      "clause", where)                                                                             \
  row(not_a_statement, "an assignment such as v = V_r is expected", "'*' takes assignments",       \
      "where, found", where, found)                                                                \
  row(not_a_clause, "an equation or a clause such as threshold(...) is expected",                  \
      "'*' takes clauses", "where, found", where, found)                                           \
  row(not_a_model, "this is no such model", "'*' is no such model",                                \
      "name, expected, found", model, expected, found)                                             \
  row(not_a_rule, "a rule of connection such as all_to_all() is expected", "'*' needs a rule",     \
      "where, found", where, found)                                                                \
  row(written_otherwise, "in C++ this is written otherwise", "'*' is written otherwise",           \
      "found, expected", found, expected)                                                          \
  /* integration */                                                                                \
  row(unsuitable_method, "the integration method does not suit the equations",                     \
      "the method '*' cannot integrate these equations", "method, reason", where, found)           \
  row(no_suitable_method, "no integration method suits the equations",                             \
      "no integration method suits the equation of '*'", "name, reason", where, found)             \
  row(not_linear, "elements at one place cannot be one: they do not add up what spikes bring",     \
      "'*' does not add up what spikes bring", "model, clause, variable", model, where, expected)  \
  row(unknown_method, "there is no such integration method",                                       \
      "there is no integration method '*'", "name, expected", where, expected)                     \
  /* texts */                                                                                      \
  row(syntax_error, "the text cannot be read", "cannot read '*'",                                  \
      "where, expected", where, expected)                                                          \
  row(wrong_arguments, "the number of arguments is wrong",                                         \
      "the number of arguments of '*' is wrong", "function, expected, found",                      \
      where, expected, found)                                                                      \
  row(not_a_base_unit, "this is not a base unit", "'*' is not a base unit",                        \
      "name, expected", where, expected)                                                           \
  row(not_supported, "this is not supported", "'*' is not supported",                              \
      "what, instead", where, expected)                                                            \
  /* .mod files */                                                                                 \
  row(misplaced_word, "this cannot stand here", "'*' cannot stand here",                           \
      "what, expected", where, expected)                                                           \
  row(not_a_state, "this is no STATE", "'*' is not a STATE", "name", where)                        \
  row(not_a_block, "there is no such block to solve", "there is no block '*' to solve",            \
      "name, expected", where, expected)                                                           \
  row(wrong_index, "arrays, and only they, have an index", "the index of '*' is wrong",            \
      "name, expected", where, expected)                                                           \
  row(unknown_unit, "the unit is not known", "the unit '*' is not known",                          \
      "name, expected", where, expected)                                                           \
  row(unknown_valence, "the valence of an ion is not known",                                       \
      "the valence of the ion '*' is not known", "name, expected", where, expected)
// clang-format on

namespace nernst::ir {

/// What can be wrong with a model.
enum class mistake : std::uint8_t {
  no_mistake,
#define NERNST_ROW(name, ...) name,
  NERNST_MISTAKES(NERNST_ROW)
#undef NERNST_ROW
};

/// What people read, with a `*` for the place.
constexpr string_view sentence_of(mistake what) {
  switch (what) {
  case mistake::no_mistake:
    return "no mistake";
#define NERNST_ROW(name, error, sentence, ...)                                                     \
  case mistake::name:                                                                              \
    return sentence;
    NERNST_MISTAKES(NERNST_ROW)
#undef NERNST_ROW
  }
  return {};
}

}  // namespace nernst::ir
