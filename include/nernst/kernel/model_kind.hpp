// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/errors.hpp>
#include <nernst/ir/model.hpp>
#include <nernst/ir/string_view.hpp>

#include <type_traits>

namespace nernst::kernel {

namespace detail {

template <class Model>
concept Named = requires { Model::model; };
/// What a model was written as, without its constness.
template <class Model>
using written = std::remove_const_t<decltype(Model::model)>;
struct has_name {
  int model;
};
template <class Model>
struct with_name : Model, has_name {};
/// Whether there is a member of that name, usable or not: it makes the name ambiguous.
template <class Model>
concept Declared =
    std::is_class_v<Model> && !std::is_final_v<Model> && !requires { &with_name<Model>::model; };
template <class Model>
concept Mistaken = Named<Model> && std::is_same_v<written<Model>, nernst::detail::mistaken>;
/// Whether the compiler knows the value of `Model::model`.
template <class Model>
concept Constant = Named<Model> && requires {
  typename std::bool_constant<(static_cast<void>(written<Model>(Model::model)), true)>;
};

template <class Model>
concept IntegratedModel = Constant<Model> && requires { typename written<Model>::own_method; };
template <class Model>
concept Placed = Named<Model> && requires { written<Model>::placed; };

}  // namespace detail

/// A struct with `static constexpr auto model` of neurons, written in any of the languages: it says
/// how they are integrated.
template <class Model>
concept NeuronModel = detail::IntegratedModel<Model> && !detail::Placed<Model>;
/// One of mechanisms, which are spread over membranes or at places.
template <class Model>
concept MechanismModel = detail::IntegratedModel<Model> && detail::Placed<Model>;
/// One of mechanisms in no compartment, of which there are populations as of neurons.
template <class Model>
concept ArtificialModel =
    MechanismModel<Model> && (Model::model.placed == ir::placement::artificial);
/// One of synapses.
template <class Model>
concept SynapseModel = detail::Constant<Model> && !detail::IntegratedModel<Model> &&
                       requires { typename detail::written<Model>::functions; };
template <class Model>
concept Modelled = NeuronModel<Model> || MechanismModel<Model> || SynapseModel<Model>;

namespace detail {

/// Why something is no model, or not the one that is wanted.
template <class Model>
constexpr auto kind_name() {
  using ir::fixed_string;
  if constexpr (NeuronModel<Model>)
    return fixed_string("a model of neurons");
  else if constexpr (MechanismModel<Model>)
    return fixed_string("a mechanism of compartments");
  else if constexpr (SynapseModel<Model>)
    return fixed_string("a model of synapses");
  else if constexpr (requires { &Model::operator(); })
    return fixed_string("a function");
  else if constexpr (requires { typename Model::functions; })
    return fixed_string("the model itself, not its struct");
  else if constexpr (!Named<Model>)
    return fixed_string("no `static constexpr auto model`");
  else if constexpr (std::is_convertible_v<written<Model>, ir::string_view>)
    return fixed_string("a text (use brian::neuron(text))");
  else if constexpr (requires { typename written<Model>::functions; })
    return fixed_string("a `model` that is not constexpr");
  else
    return fixed_string("no neuron(...) and no synapse(...)");
}
template <class Model, ir::fixed_string Expected, bool Fits>
constexpr auto require_model() {
  // A member that cannot even be named is an error of its own.
  constexpr bool reported = Mistaken<Model> || (Declared<Model> && !Named<Model>);
  if constexpr (!Fits && !reported)
    nernst::detail::raise<
        not_a_model<nernst::detail::model_name<Model>, Expected, kind_name<Model>()>>();
  return Fits;
}

}  // namespace detail

/// Whether there is a model of neurons, of synapses, or of mechanisms. What is none is one error,
/// `not_a_model`.
template <class Model>
constexpr auto require_neuron() {
  return detail::require_model<Model, "a model of neurons", NeuronModel<Model>>();
}
template <class Model>
constexpr auto require_synapse() {
  return detail::require_model<Model, "a model of synapses", SynapseModel<Model>>();
}
template <class Model, ir::placement Placed>
constexpr auto require_placed() {
  if constexpr (MechanismModel<Model>) {
    constexpr bool fits = Model::model.placed == Placed;
    if constexpr (Placed == ir::placement::density)
      return detail::require_model<Model, "a mechanism made by density(...)", fits>();
    else
      return detail::require_model<Model, "a mechanism made by point(...)", fits>();
  } else {
    return detail::require_model<Model, "a mechanism", false>();
  }
}
template <class Model>
constexpr auto require_modelled() {
  return detail::require_model<Model, "a struct with a constexpr `model`", Modelled<Model>>();
}

}  // namespace nernst::kernel
