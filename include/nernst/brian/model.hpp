// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/lower.hpp>

#include <string_view>

namespace nernst::brian {

/// A neuron as it was written: equations and clauses. `constants` are the values of its names.
template <int P, int C, class Functions>
struct neuron_model : clause<P, C> {
  using own_method = void;
  using functions_clause = Functions;
  using functions = typename Functions::functors;
};
/// A neuron with branches as it was written: what each of its compartments does.
template <int P, int C, class Functions>
struct spatial_model : neuron_model<P, C, Functions> {
  static constexpr ir::placement placed = ir::placement::density;
};
/// A synapse as it was written.
template <int P, int C, class Functions>
struct synapse_model : clause<P, C> {
  using functions_clause = Functions;
  using functions = typename Functions::functors;
};

namespace detail {
template <class... Clauses>
struct only_functions {
  using type = ir::functions_clause<>;
};
template <class First, class... Rest>
struct only_functions<First, Rest...> : only_functions<Rest...> {};
template <class First, class... Rest>
  requires is_functions<First>
struct only_functions<First, Rest...> {
  static_assert(!(is_functions<Rest> || ...), "a model has functions(...) at most once");
  using type = First;
};

template <class Clause>
inline constexpr int pieces_in = Clause::piece_count;
template <class... F>
inline constexpr int pieces_in<ir::functions_clause<F...>> = 0;
template <class Clause>
inline constexpr int constants_in = Clause::constant_count;
template <class... F>
inline constexpr int constants_in<ir::functions_clause<F...>> = 0;

template <int P, int C>
constexpr void append(piece*& pieces, constant*& constants, clause<P, C> const& from) {
  for (piece const& p : from.pieces) *pieces++ = p;
  for (constant const& c : from.constants) *constants++ = c;
}
template <class... F>
constexpr void append(piece*&, constant*&, ir::functions_clause<F...> const&) {}

/// Whether all are clauses. The first that is none is an error.
template <ir::fixed_string Where, class... Clauses>
constexpr auto are_clauses() {
  if constexpr (nernst::detail::any_mistaken<Clauses...>)
    return false;
  else
    return (nernst::detail::forbid<!Clause<Clauses>,
                                   not_a_clause<Where, "what is none of nernst::brian">>() &&
            ...);
}

template <template <int, int, class> class Model, class... Clauses>
constexpr auto join(Clauses const&... c) {
  Model<(pieces_in<Clauses> + ... + 0), (constants_in<Clauses> + ... + 0),
        typename only_functions<Clauses...>::type>
      all;
  piece* pieces = all.pieces.data();
  constant* constants = all.constants.data();
  (append(pieces, constants, c), ...);
  return all;
}
}  // namespace detail

/// A neuron model out of equations, a text or a sum of `equations(...)`, and clauses in any order.
/// Nothing is read before `lower`.
template <int P, class... Clauses>
constexpr auto neuron(equation_set<P> const& equations, Clauses const&... clauses) {
  if constexpr (detail::are_clauses<"brian::neuron", Clauses...>())
    return detail::join<neuron_model>(equations, clauses...);
  else
    return nernst::detail::mistaken{};
}
template <class... Clauses>
constexpr auto neuron(std::string_view equations, Clauses const&... clauses) {
  return brian::neuron(brian::equations(equations), clauses...);
}
/// A model of the compartments of a neuron with branches, Brian's SpatialNeuron. One line is the
/// current through the membrane, inwards, `Im = ... : amp/meter**2`; currents in amp with the flag
/// `point current` are added to it. Compartments have `v area diameter length distance volume Cm Ri
/// Ic time_constant space_constant r_length_1 r_length_2 x y z`. The threshold is that of all of
/// them, or of one (`spatial_neuron::threshold_at`).
template <int P, class... Clauses>
constexpr auto spatial_neuron(equation_set<P> const& equations, Clauses const&... clauses) {
  if constexpr (detail::are_clauses<"brian::spatial_neuron", Clauses...>())
    return detail::join<spatial_model>(equations, clauses...);
  else
    return nernst::detail::mistaken{};
}
template <class... Clauses>
constexpr auto spatial_neuron(std::string_view equations, Clauses const&... clauses) {
  return brian::spatial_neuron(brian::equations(equations), clauses...);
}
/// A synapse model out of the lines that define its variables, if it has any, and clauses.
template <class First, class... Clauses>
constexpr auto synapse(First const& first, Clauses const&... clauses) {
  if constexpr (detail::Text<First>)
    return brian::synapse(brian::equations(first), clauses...);
  else if constexpr (detail::are_clauses<"brian::synapse", First, Clauses...>())
    return detail::join<synapse_model>(first, clauses...);
  else
    return nernst::detail::mistaken{};
}

/// Enters functions of the user's own into a model that is to be made, see `ir::functions_clause`.
using enter_functions = void (*)(ir::model&);

/// The intermediate representation of the pieces of a neuron. What cannot be read is told by
/// `model::mistake`.
constexpr ir::model lower_neuron(ir::span<piece const> pieces, ir::span<constant const> constants,
                                 enter_functions functions = nullptr) {
  detail::lowering into;
  if (functions != nullptr) functions(into.result());
  return into.run(pieces, constants);
}
/// The same of the compartments of a neuron with branches.
constexpr ir::model lower_spatial_neuron(ir::span<piece const> pieces,
                                         ir::span<constant const> constants,
                                         enter_functions functions = nullptr) {
  detail::lowering into(ir::placement::density);
  if (functions != nullptr) functions(into.result());
  return into.run(pieces, constants);
}
/// The same of a synapse between two neurons with these variables. Names that end in `_pre` and
/// `_post` are theirs; a name that the synapse does not define is the target's.
constexpr ir::model lower_synapse(ir::span<piece const> pieces, ir::span<constant const> constants,
                                  ir::span<ir::symbol const> source_variables,
                                  ir::span<ir::symbol const> target_variables,
                                  enter_functions functions = nullptr) {
  detail::lowering into({source_variables, target_variables});
  if (functions != nullptr) functions(into.result());
  return into.run(pieces, constants);
}
template <int P, int C, class Functions>
constexpr ir::model lower(neuron_model<P, C, Functions> const& written) {
  return lower_neuron(written.pieces, written.constants, &Functions::enter);
}
template <int P, int C, class Functions>
constexpr ir::model lower(spatial_model<P, C, Functions> const& written) {
  return lower_spatial_neuron(written.pieces, written.constants, &Functions::enter);
}
template <int P, int C, class Functions>
constexpr ir::model lower(synapse_model<P, C, Functions> const& written,
                          ir::span<ir::symbol const> source_variables,
                          ir::span<ir::symbol const> target_variables) {
  return lower_synapse(written.pieces, written.constants, source_variables, target_variables,
                       &Functions::enter);
}

}  // namespace nernst::brian
