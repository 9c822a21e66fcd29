// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/deliver.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/network/checked_values.hpp>
#include <nernst/network/connect/rule.hpp>
#include <nernst/network/delays.hpp>
#include <nernst/network/population.hpp>

namespace nernst {

namespace detail {
/// Whether there can be synapses of a model between neurons of two others. A mistake is one error,
/// of the model that has it.
template <class Synapse, class Source, class Target>
constexpr auto make_synapses() {
  if constexpr (!make_elements<Source>() || !make_elements<Target>())
    return false;
  else if constexpr (!kernel::require_synapse<Synapse>())
    return false;
  else
    return kernel::compiled<Synapse, Source, Target>::valid;
}
}  // namespace detail

/// Synapses of one model from neurons of the model `Source` onto those of the model `Target`. A
/// handle: copies speak of the same synapses, which live as long as the network; later each use is
/// a std::logic_error.
template <class Model, class Source, class Target, class Space, class Real>
class projection {
  using compiled = kernel::compiled<Model, Source, Target>;

 public:
  using model_type = kernel::between<Model, Source, Target>;
  using execution_space = Space;
  using real = Real;

  projection(detail::handle<projection_base<Real>> const& all, detail::network_state& state)
      : synapses_(all), state_(&state) {}

  /// The number of synapses.
  std::size_t size() const { return synapses_->size(); }
  std::size_t memory_bytes() const { return synapses_->memory_bytes(); }

  /// The source and the target of each synapse, counted within the slices or sets, in the order
  /// in which the synapses were made: by source, then by target, or as listed.
  std::vector<std::uint32_t> i() const { return synapses_->sources(); }
  std::vector<std::uint32_t> j() const { return synapses_->targets(); }
  /// How many synapses each target has, and each source.
  std::vector<std::uint32_t> incoming() const { return synapses_->counts(ir::side::post); }
  std::vector<std::uint32_t> outgoing() const { return synapses_->counts(ir::side::pre); }

  /// The values of a variable of the synapses, in that order, with its unit checked by the
  /// compiler: `synapses[w] = 0.5 * nS * uniform()`. Expressions may use the synapse's variables,
  /// those of its neurons (`pre(v)`, `post(v)`) and their numbers (`i`, `j`).
  template <detail::OwnVariable V>
  auto operator[](V const&) const {
    require_known<V::name>();
    return detail::checked_values<Real, V::written_unit, V::type>(elements(), variable(V::id()));
  }
  detail::mistaken operator[](detail::mistaken) const { return {}; }
  /// The values of a variable known by name at run time. \throws std::invalid_argument if there is
  /// none.
  values<Real> operator[](std::string_view id) const { return {elements(), variable(id)}; }
  /// A timed array, to be given its values.
  template <detail::TimedArray T>
  auto operator[](T const&) const {
    require_known<T::name>();
    return detail::checked_table<Real, T::written_unit>(elements(), variable(T::id()));
  }
  /// The delays of the first pathway, or of one by its name: one for all synapses, or one for each.
  delays<Real> operator[](language::delay_of_synapse) const {
    return delays<Real>(elements(), synapses_);
  }
  delays<Real> delay_of(std::string_view pathway) const {
    return delays<Real>(elements(), synapses_, pathway);
  }

  /// Whether the synapses take part in runs, from the next one on: what arrives at others, is lost.
  void active(bool on) const { synapses_->set_active(on); }
  bool active() const { return synapses_->is_active(); }

  /// Writes the values of a variable to a file, see `values::save`.
  template <class Variable>
  void save(Variable const& variable, std::string const& path) const {
    (*this)[variable].save(path);
  }

  /// What can be read under that name. \throws std::invalid_argument
  ir::symbol variable(std::string_view id) const { return detail::variable_of(*synapses_, id); }
  projection_base<Real>& synapses() const { return *synapses_; }
  /// As synapses onto these see them.
  engine::connected_elements<Real> ends() const {
    synapses_->require_listable("synapses onto them");
    return {&*synapses_,
            nullptr,
            {0, static_cast<std::uint32_t>(synapses_->rows().places())},
            static_cast<std::uint32_t>(synapses_->size())};
  }
  detail::group_slice<Real> elements() const {
    return detail::group_slice<Real>::whole(synapses_->group_handle(), state_);
  }

 private:
  template <ir::fixed_string Name>
  static constexpr void require_known() {
    if constexpr (detail::make_synapses<Model, Source, Target>())
      nernst::detail::forbid<(compiled::value.find(Name.view()) == ir::none),
                             unknown_variable<Name, nernst::detail::model_name<Model>>>();
  }

  detail::handle<projection_base<Real>> synapses_;
  detail::network_state* state_;
};

namespace detail {

/// What is wrong with something that every neuron has, but for refractoriness.
constexpr ir::diagnosis misfit_beside(ir::symbol const& s, kernel::compiled_model const& neuron) {
  if (!ir::is_of_refractoriness(s.kind) || neuron.has_refractory()) return {};
  ir::short_string<35> where(s.id.view());
  where += s.owner == ir::side::pre ? "_pre" : "_post";
  return {ir::mistake::missing_refractory, where, {}, {}};
}

/// Whether synapses make a variable of a neuron that its equation makes, too, a sum.
constexpr bool sums_up_solution(kernel::compiled_model const& synapse, int variable,
                                kernel::compiled_model const& neuron, int there) {
  bool is_solution = false;
  for (kernel::integrated_state const& e : neuron.equations)
    is_solution = is_solution || e.symbol == there;
  if (!is_solution) return false;
  for (kernel::scheduled_kernel const& k : synapse.kernels)
    if (kernel::is_sum(k) && kernel::writes(synapse, k, variable)) return true;
  return false;
}

/// What is wrong with a variable of a neuron that a synapse uses, if anything is: the neuron lacks
/// it, has it in another unit, does not store it, or relies on it in an exact integration while the
/// synapse writes it, or has an equation for what is to be a sum.
constexpr ir::diagnosis misfit(kernel::compiled_model const& synapse, int variable,
                               kernel::compiled_model const& neuron) {
  ir::symbol const& s = synapse.variables[variable].symbol;
  if (ir::is_kept_once(s.kind) || ir::is_scale(s.kind)) return {};
  if (ir::find_builtin(s.id) != nullptr) return misfit_beside(s, neuron);
  int const found = neuron.find(s.id);
  if (found == ir::none) return {ir::mistake::unknown_variable, s.id.view(), {}, {}};
  kernel::variable const& there = neuron.variables[found];
  if (!(there.symbol.unit == s.unit))
    return {ir::mistake::dimension_mismatch, s.id.view(), ir::to_text(there.symbol.unit).view(),
            ir::to_text(s.unit).view()};
  if (neuron.kept(found) != found)
    return {ir::mistake::not_supported, s.id.view(), "what each synapse has: per_synapse",
            "a trace or a total"};
  ir::role const kind = there.symbol.kind;
  if (kind == ir::role::subexpression || kind == ir::role::linked)
    return {ir::mistake::not_supported, ir::spelled(s).view(), "a variable that the neuron stores",
            "another kind"};
  if (sums_up_solution(synapse, variable, neuron, found))
    return {ir::mistake::misplaced_statement, s.id.view(), {}, "a sum, and it has an equation"};
  if (there.fixed && kernel::writes(synapse, variable))
    return {ir::mistake::misplaced_statement, s.id.view(), {}, "what method(exact) relies on"};
  return {};
}

/// Whether a variable was declared as one of a neuron.
constexpr bool is_of(ir::symbol const& s, kernel::compiled_model const& neuron) {
  int const found = neuron.find(s.id);
  return s.declared.is_known() && found != ir::none &&
         neuron.variables[found].symbol.declared == s.declared;
}
/// What is wrong with a variable of the synapse itself: somebody forgot whose it is.
constexpr ir::diagnosis borrowed(ir::symbol const& s, kernel::compiled_model const& source,
                                 kernel::compiled_model const& target) {
  bool const of_target = is_of(s, target);
  if (!of_target && !is_of(s, source)) return {};
  ir::short_string<35> instead(of_target ? "post(" : "pre(");
  (instead += s.id) += ')';
  return {ir::mistake::variable_of_neuron, s.id.view(), instead, {}};
}
/// What is wrong with any variable of a synapse, if anything is.
constexpr ir::diagnosis misfit(kernel::compiled_model const& synapse, int variable,
                               kernel::compiled_model const& source,
                               kernel::compiled_model const& target) {
  ir::symbol const& s = synapse.variables[variable].symbol;
  if (s.owner == ir::side::here) return borrowed(s, source, target);
  return misfit(synapse, variable, s.owner == ir::side::pre ? source : target);
}

/// One compile error if a synapse uses a variable that its source or target neurons do not have for
/// it.
template <class Synapse, class Source, class Target>
constexpr auto variables_fit() {
  struct finding {
    static constexpr ir::diagnosis get() {
      kernel::compiled_model const& synapse = kernel::compiled<Synapse, Source, Target>::value;
      for (int s = 0; s < synapse.variables.size(); ++s) {
        ir::diagnosis const d =
            misfit(synapse, s, kernel::compiled<Source>::value, kernel::compiled<Target>::value);
        if (!d.ok()) return d;
      }
      return {};
    }
  };
  nernst::detail::report<finding, Target>();
  return finding::get().ok();
}

/// One compile error if spikes of neurons at an end start a pathway, and these have none.
template <class Synapse, class Source, class Target, ir::side End>
constexpr auto spikes_are_there() {
  using neurons = std::conditional_t<End == ir::side::pre, Source, Target>;
  struct finding {
    static constexpr ir::diagnosis get() {
      constexpr ir::string_view where = End == ir::side::pre ? "on_pre" : "on_post";
      for (auto const& p : kernel::compiled<Synapse, Source, Target>::value.pathways)
        if (p.end == End && p.event == "spike" && !can_fire<neurons>())
          return {ir::mistake::missing_threshold, where, {}, {}};
      return {};
    }
  };
  nernst::detail::report<finding, neurons>();
  return finding::get().ok();
}

/// Whether there can be a projection. A mistake is one error.
template <class Synapse, class Source, class Target, class Connection>
constexpr auto make_projection() {
  if constexpr (!make_synapses<Synapse, Source, Target>())
    return false;
  else if constexpr (!variables_fit<Synapse, Source, Target>())
    return false;
  else if constexpr (!spikes_are_there<Synapse, Source, Target, ir::side::pre>() ||
                     !spikes_are_there<Synapse, Source, Target, ir::side::post>())
    return false;
  else
    return nernst::detail::forbid<!Rule<Connection>,
                                  not_a_rule<"connect", rule_name<Connection>()>>();
}

}  // namespace detail

}  // namespace nernst
