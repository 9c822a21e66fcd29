// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/network/checked_values.hpp>

#include <concepts>

namespace nernst {

namespace detail {
/// Whether there can be a population of a model. A mistake is one error.
template <class Model>
constexpr auto make_population() {
  if constexpr (kernel::ArtificialModel<Model>)
    return kernel::compiled<Model>::valid;
  else if constexpr (!kernel::require_neuron<Model>())
    return false;
  else
    return kernel::compiled<Model>::valid;
}
}  // namespace detail

namespace detail {
/// The same of anything that synapses connect: neurons, synapses, or mechanisms.
template <class Model>
constexpr auto make_elements() {
  return make_population<Model>();
}
template <class Model>
  requires kernel::is_between<Model> || kernel::MechanismModel<Model>
constexpr auto make_elements() {
  return kernel::compiled<Model>::valid;
}
/// Of a mechanism of a library nothing is known to the compiler.
template <class Model>
concept KnownAtRunTime = requires { requires Model::is_known_at_run_time; };
template <KnownAtRunTime Model>
constexpr auto make_elements() {
  return false;
}
/// Whether elements of a model can fire, as far as the compiler knows.
template <class Model>
constexpr auto can_fire() {
  if constexpr (!make_elements<Model>() || requires { requires Model::are_told_to_fire; })
    return true;
  else
    return kernel::compiled<Model>::value.has_spikes();
}
/// One compile error where they cannot, and something asks for their spikes.
template <ir::fixed_string Where, class Model>
constexpr auto require_spikes() {
  return nernst::detail::forbid<!can_fire<Model>(),
                                missing_threshold<Where, nernst::detail::model_name<Model>>>();
}
}  // namespace detail

/// Neurons of one model in a network: all of a population, a slice or another set of them, in
/// ascending order. A handle: copies speak of the same neurons, which live as long as the network;
/// later each access is a std::logic_error.
template <class Model, class Space, class Real>
class population {
 public:
  using model_type = Model;
  using execution_space = Space;
  using real = Real;

  explicit population(detail::population_slice<Real> const& slice) : slice_(slice) {}

  std::uint32_t size() const { return slice_.size(); }
  /// All are among the neurons [begin, end) of the population; of a slice it is these.
  std::uint32_t begin() const { return slice_.set.begin(); }
  std::uint32_t end() const { return slice_.set.end(); }

  /// The neurons [begin, end) of this one. \throws std::out_of_range
  population operator()(std::int64_t begin, std::int64_t end) const {
    return population(detail::slice_of(slice_, begin, end));
  }

  /// Neuron `number` of this one.
  template <std::integral Integer>
  population operator()(Integer number) const {
    return (*this)(static_cast<std::int64_t>(number), static_cast<std::int64_t>(number) + 1);
  }
  /// The neurons of this one with these numbers, which ascend: `cells({3, 7, 12})`. In the set they
  /// count from 0, in its order. \throws std::out_of_range, std::invalid_argument
  population operator()(std::vector<std::int64_t> const& numbers) const {
    return population(detail::set_of(slice_, numbers));
  }
  /// The same with a list of integers of any type.
  template <class Numbers>
    requires std::integral<typename Numbers::value_type>
  population operator()(Numbers const& numbers) const {
    return (*this)(std::vector<std::int64_t>(numbers.begin(), numbers.end()));
  }

  /// The values of a variable, with its unit checked by the compiler: `cells[v] = -60 * mV`.
  /// Subexpressions and `t dt i N not_refractory lastspike` can be read.
  template <detail::OwnVariable V>
  auto operator[](V const&) const {
    require_known<V::name>();
    return detail::checked_values<Real, V::written_unit, V::type>(slice_.elements(),
                                                                  variable(V::id()));
  }
  detail::mistaken operator[](detail::mistaken) const { return {}; }
  /// A timed array, to be given its values: `cells[current] = timed_values({0 * nA, 1 * nA}, 10 *
  /// ms)`.
  template <detail::TimedArray T>
  auto operator[](T const&) const {
    require_known<T::name>();
    return detail::checked_table<Real, T::written_unit>(slice_.elements(), variable(T::id()));
  }
  /// The values of a variable known by name at run time. \throws std::invalid_argument if there is
  /// none.
  values<Real> operator[](std::string_view id) const { return {slice_.elements(), variable(id)}; }
  /// Neurons are chosen in parentheses: `cells(7)`, `cells(7, 12)`.
  template <std::integral Integer>
  void operator[](Integer) const = delete;

  /// Lets a linked variable be element k of a variable of other neurons for element k here; both
  /// have the same size, or there is one other neuron for all. Shared variables can be linked to,
  /// too.
  /// \throws std::invalid_argument for sizes or units that differ, and for what cannot be linked.
  template <class Other>
  void link(std::string_view linked, Other const& other, std::string_view source) const {
    detail::link_variable(slice_, linked, other.slice(), source, {});
  }
  /// Lets it be element `index[k]` of the other neurons (or slice). \throws std::out_of_range
  template <class Other>
  void link(std::string_view linked, Other const& other, std::string_view source,
            std::vector<std::int32_t> const& index) const {
    detail::link_by_list(slice_, linked, other.slice(), source, index);
  }
  /// The same: `link("vpeer", cells, "v", {3, 10})`.
  template <class Other>
  void link(std::string_view linked, Other const& other, std::string_view source,
            std::initializer_list<std::int32_t> index) const {
    link(linked, other, source, std::vector<std::int32_t>(index));
  }
  /// The same with the indices in an integer variable of this population, which is read at the
  /// start of each run.
  template <class Other>
  void link(std::string_view linked, Other const& other, std::string_view source,
            std::string_view index) const {
    detail::link_by_variable(slice_, linked, other.slice(), source, index);
  }
  /// The same with variables of the models, their units checked by the compiler.
  template <detail::OwnVariable V, class Other, detail::OwnVariable From, class... Index>
    requires(V::kind == ir::role::linked)
  void link(V const&, Other const& other, From const&, Index const&... index) const {
    nernst::detail::require_same_dimension<"population.link", V::unit, From::unit>();
    if constexpr (sizeof...(Index) == 1 && (requires { Index::name; } && ...))
      link(V::id(), other, From::id(), Index::id()...);
    else
      link(V::id(), other, From::id(), index...);
  }
  template <detail::OwnVariable V, class Other, detail::OwnVariable From>
    requires(V::kind == ir::role::linked)
  void link(V const& linked, Other const& other, From const& source,
            std::initializer_list<std::int32_t> index) const {
    link(linked, other, source, std::vector<std::int32_t>(index));
  }

  /// What can be read under that name: variables, subexpressions, `t dt i N`, with a refractory
  /// period also `not_refractory lastspike`.
  /// \throws std::invalid_argument
  ir::symbol variable(std::string_view id) const { return detail::variable_of(neurons(), id); }

  /// Whether the neurons take part in runs, from the next one on. Those that do not stand still and
  /// do not fire. \throws std::invalid_argument for a slice.
  void active(bool on) const { detail::set_active(slice_, on); }
  bool active() const { return neurons().is_active(); }

  /// The tables that subexpressions are looked up in, as they were made for the latest run.
  std::vector<engine::table_report> tables() const { return neurons().tables(); }

  population_base<Real>& neurons() const { return *slice_.all; }
  detail::group_slice<Real> elements() const { return slice_.elements(); }
  /// As synapses see them.
  engine::connected_elements<Real> ends() const {
    population_base<Real>* const all = &*slice_.all;
    return {all, all->fires() ? all : nullptr, slice_.set, slice_.size()};
  }
  detail::population_slice<Real> const& slice() const { return slice_; }

 private:
  template <ir::fixed_string Name>
  static constexpr void require_known() {
    if constexpr (detail::make_elements<Model>()) {
      constexpr bool is_known = kernel::compiled<Model>::value.find(Name.view()) != ir::none ||
                                ir::find_builtin(Name.view()) != nullptr;
      nernst::detail::forbid<!is_known,
                             unknown_variable<Name, nernst::detail::model_name<Model>>>();
    }
  }

  detail::population_slice<Real> slice_;
};

}  // namespace nernst
