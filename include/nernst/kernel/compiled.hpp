// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/errors.hpp>
#include <nernst/ir/functors.hpp>
#include <nernst/kernel/derive.hpp>
#include <nernst/kernel/fixed_model.hpp>
#include <nernst/kernel/model_kind.hpp>

namespace nernst::kernel {

namespace detail {

/// Room for what most models need. It takes the compiler no time; a model that needs more is
/// derived a second time.
inline constexpr model_size usual_size{.variables = 512,
                                       .kernels = 64,
                                       .instructions = 16384,
                                       .outputs = 2048,
                                       .step_scalars = 2048,
                                       .operations = 8192,
                                       .results = 4096,
                                       .propagators = 16,
                                       .coefficients = 1024,
                                       .propagated_states = 512,
                                       .timings = 32,
                                       .times = 1024,
                                       .subexpressions = 512,
                                       .tested = 512,
                                       .events = 32,
                                       .pathways = 32,
                                       .functions = 32,
                                       .methods = 16,
                                       .equations = 512,
                                       .adaptive_states = 512,
                                       .scaled_states = 512,
                                       .tables = 64,
                                       .distributions = 64,
                                       .diffusions = 64};
static_assert(usual_size.is_complete());

/// The result of `Derive::run()` in static storage.
template <class Derive>
class compilation {
  static constexpr fixed_model<usual_size> roomy = fixed_model<usual_size>(Derive::run());
  static constexpr model_size size = roomy.size;
  static constexpr fixed_model<size> exact = [] {
    if constexpr (size.fits(usual_size))
      return fixed_model<size>(roomy.view());
    else
      return fixed_model<size>(Derive::run());
  }();

 public:
  static constexpr compiled_model value = exact.view();
};

/// The variables of a neuron that synapses may name.
constexpr ir::list<ir::symbol> public_symbols(compiled_model const& neuron) {
  ir::list<ir::symbol> all;
  for (variable const& v : neuron.variables) {
    ir::role const kind = v.symbol.kind;
    bool const has_value = is_stored(kind) || is_shared(kind) || kind == ir::role::linked ||
                           kind == ir::role::subexpression;
    bool const own = v.symbol.owner == ir::side::here && v.symbol.id.view().front() != '_';
    if (has_value && own) all.push_back(v.symbol);
  }
  if (neuron.has_refractory())
    for (ir::role const kind : {ir::role::not_refractory, ir::role::last_spike})
      all.push_back(ir::builtin(kind));
  return all;
}
/// A shared variable that the neuron itself changes is read anew in each step, and states are
/// scaled as the neuron keeps them.
constexpr void follow(ir::model& m, ir::side owner, ir::span<ir::symbol const> neuron) {
  for (ir::symbol& s : m.symbols)
    for (ir::symbol const& n : neuron) {
      if (s.owner != owner || s.id != n.id) continue;
      s.scaled = n.scaled;
      if (s.kind == ir::role::shared && n.kind == ir::role::shared_state) s.kind = n.kind;
    }
}

}  // namespace detail

/// Neurons that a synapse model is not told of.
struct any_neuron {};

/// What the compiler derives from a model, once, in static storage. `Model` is a struct with
/// `static constexpr auto model`, written in any of the languages. Of a synapse model `Source` and
/// `Target` are the models of its neurons; without them it is taken as it stands, which one that is
/// written in text cannot be, as it needs the units of their variables. A mistake in the model is
/// one compile error here. What is no model has an empty value, whatever is asked of it.
template <class Model, class Source = any_neuron, class Target = any_neuron>
struct compiled {
  static constexpr compiled_model value{};
  static constexpr bool valid = require_modelled<Model>();
  using functions = ir::type_list<>;
};
template <Modelled Model, class Source, class Target>
class compiled<Model, Source, Target> {
  struct derive {
    static constexpr derivation run() {
      if constexpr (detail::IntegratedModel<Model>) {
        return kernel::derive<typename decltype(Model::model)::own_method>(lower(Model::model));
      } else if constexpr (std::is_same_v<Source, any_neuron>) {
        return kernel::derive(lower(Model::model));
      } else {
        ir::list<ir::symbol> const source = detail::public_symbols(compiled<Source>::value);
        ir::list<ir::symbol> const target = detail::public_symbols(compiled<Target>::value);
        ir::model m = lower(Model::model, ir::span<ir::symbol const>(source),
                            ir::span<ir::symbol const>(target));
        detail::follow(m, ir::side::pre, source);
        detail::follow(m, ir::side::post, target);
        return kernel::derive(static_cast<ir::model&&>(m));
      }
    }
  };
  struct finding {
    static constexpr ir::diagnosis get() { return value.mistake; }
  };
  template <class Written>
  struct functors_of {
    using type = ir::type_list<>;
  };
  template <class Written>
    requires requires { typename Written::functions; }
  struct functors_of<Written> {
    using type = typename Written::functions;
  };

 public:
  static constexpr compiled_model value = detail::compilation<derive>::value;
  /// Whether there is something to execute. After a mistake, which this reports, there is not.
  static constexpr bool valid = [] {
    nernst::detail::report<finding, Model>();
    return value.mistake.ok();
  }();

  /// What computes the functions of the user, in the order of `compiled_model::functions`.
  using functions = typename functors_of<std::remove_const_t<decltype(Model::model)>>::type;
};

/// Synapses between neurons of two models, as something whose kernels are compiled.
template <class Synapse, class Source, class Target>
struct between {};
template <class Synapse, class Source, class Target>
class compiled<between<Synapse, Source, Target>> : public compiled<Synapse, Source, Target> {};

template <class Model>
inline constexpr bool is_between = false;
template <class Synapse, class Source, class Target>
inline constexpr bool is_between<between<Synapse, Source, Target>> = true;

/// The number of the kernel of neurons with a trigger, or `none`.
template <class Model, trigger What>
inline constexpr int number_of = compiled<Model>::value.find(What);

}  // namespace nernst::kernel
