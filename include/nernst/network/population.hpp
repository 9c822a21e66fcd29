// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/timed_array.hpp>
#include <nernst/language/variable.hpp>
#include <nernst/network/neurons_of.hpp>
#include <nernst/network/values.hpp>

namespace nernst {

namespace detail {
inline void require_slice(std::string const& name, std::int64_t begin, std::int64_t end,
                          std::uint32_t size) {
  if (0 <= begin && begin <= end && end <= size) return;
  throw std::out_of_range(name + ": expected a slice inside [0, " + std::to_string(size) +
                          "), found [" + std::to_string(begin) + ", " + std::to_string(end) + ")");
}
}  // namespace detail

/// Neurons of one model in a network: all of a population, or the slice [begin, end). A handle:
/// copies speak of the same neurons, which live as long as the network.
template <class Model, class Space, class Real>
class population {
 public:
  using model_type = Model;
  using execution_space = Space;
  using real = Real;

  population(neurons_of<Model, Space, Real>& all, detail::network_state& state)
      : neurons_(&all), state_(&state), begin_(0), end_(all.size()) {}

  std::uint32_t size() const { return end_ - begin_; }
  std::uint32_t begin() const { return begin_; }
  std::uint32_t end() const { return end_; }

  /// The neurons [begin, end) of this one. \throws std::out_of_range
  population operator()(std::int64_t begin, std::int64_t end) const {
    detail::require_slice(neurons_->name(), begin, end, size());
    population slice = *this;
    slice.begin_ = begin_ + static_cast<std::uint32_t>(begin);
    slice.end_ = begin_ + static_cast<std::uint32_t>(end);
    return slice;
  }

  /// The values of a variable, with its unit checked by the compiler: `cells[v] = -60 * mV`.
  /// Subexpressions and `t dt i N not_refractory lastspike` can be read.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::value_type Type,
            bool Constant>
  auto operator[](dsl::variable<Name, D, Kind, ir::side::here, Type, Constant> const&) const {
    require_known<Name>();
    return checked_values<D, Type>(*this, variable(Name.view()));
  }
  /// A timed array, to be given its values: `cells[current] = timed_values({0 * nA, 1 * nA}, 10 *
  /// ms)`.
  template <ir::fixed_string Name, ir::dimension D>
  auto operator[](dsl::table<Name, D> const&) const {
    require_known<Name>();
    return checked_table<D>(*this, {ir::name(Name.view()), ir::role::table, ir::side::here, D});
  }
  /// The values of a variable known by name at run time. \throws std::invalid_argument if there is
  /// none.
  values<population> operator[](std::string_view id) const { return {*this, variable(id)}; }

  /// Lets a linked variable be element k of a variable of other neurons for element k here; both
  /// have the same size, or there is one other neuron for all. Shared variables can be linked to,
  /// too.
  /// \throws std::invalid_argument for sizes or units that differ, and for what cannot be linked.
  template <class Other>
  void link(std::string_view linked, Other const& other, std::string_view source) const {
    std::vector<std::int32_t> index;
    if (other.size() == 1 && size() != 1) index.assign(size(), 0);
    connect(linked, other, source, std::move(index));
  }
  /// Lets it be element `index[k]` of the other neurons (or slice). \throws std::out_of_range
  template <class Other>
  void link(std::string_view linked, Other const& other, std::string_view source,
            std::vector<std::int32_t> const& index) const {
    if (index.size() != size())
      throw std::invalid_argument(sizes(linked, size(), "indices", index.size()));
    connect(linked, other, source, index);
  }
  /// The same with the indices in an integer variable of this population, which is read at the
  /// start of each run.
  template <class Other>
  void link(std::string_view linked, Other const& other, std::string_view source,
            std::string_view index) const {
    ir::symbol const& s = variable(index);
    if (s.type != ir::value_type::integer || s.kind != ir::role::parameter)
      throw std::invalid_argument(
          label(linked) + ": expected an integer parameter of this population as index, found '" +
          std::string(index) + "'");
    connect(linked, other, source, std::vector<std::int32_t>(size(), 0),
            neurons_->facts().find(index));
  }
  /// The same with variables of the models, their units checked by the compiler.
  template <ir::fixed_string Name, ir::dimension D, ir::value_type Type, class Other,
            ir::fixed_string From, ir::dimension E, ir::role Kind, ir::value_type FromType,
            bool Constant, class... Index>
  void link(dsl::variable<Name, D, ir::role::linked, ir::side::here, Type> const&,
            Other const& other,
            dsl::variable<From, E, Kind, ir::side::here, FromType, Constant> const&,
            Index const&... index) const {
    nernst::detail::require_same_dimension<"population.link", D, E>();
    if constexpr (sizeof...(Index) == 1 && (requires { Index::name; } && ...))
      link(Name.view(), other, From.view(), Index::id()...);
    else
      link(Name.view(), other, From.view(), index...);
  }

  /// What can be read under that name: variables, subexpressions, `t dt i N`, with a refractory
  /// period also `not_refractory lastspike`.
  /// \throws std::invalid_argument
  ir::symbol variable(std::string_view id) const {
    kernel::facts const& facts = neurons_->facts();
    using binder = detail::expression_binder<Real>;
    if (binder::is_known(facts, id)) {
      int const s = facts.find(id);
      if (s != ir::none) return facts.variables[static_cast<std::size_t>(s)].symbol;
      return {ir::name(id), ir::role::subexpression, ir::side::here,
              id == "t" || id == "dt" || id == "lastspike" ? ir::units::second : ir::units::one};
    }
    std::string known;
    for (auto const& v : facts.variables) {
      if (v.symbol.kind == ir::role::table && v.symbol.id == id) return v.symbol;
      if (binder::is_known(facts, v.symbol.id))
        known += (known.empty() ? "" : ", ") + std::string(v.symbol.id.view());
    }
    throw std::invalid_argument(neurons_->name() + ": expected one of the variables " + known +
                                ", found '" + std::string(id) + "'");
  }

  neurons_of<Model, Space, Real>& neurons() const { return *neurons_; }
  detail::network_state& state() const { return *state_; }

 private:
  template <ir::fixed_string Name>
  static constexpr void require_known() {
    using code = kernel::neuron_code<Model>;
    if constexpr (code::valid && code::facts.find(Name.view()) == ir::none &&
                  detail::builtin_of(Name.view()) == detail::unknown)
      nernst::detail::raise<unknown_variable<Name, Model>>();
  }

  /// Values that only take expressions of their own dimension.
  template <ir::dimension D, ir::value_type Type>
  struct checked_values : values<population> {
    using values<population>::values;
    template <detail::Written T>
    void operator=(T const& expression) const {
      if constexpr (Type == ir::value_type::boolean && !dsl::Operand<T>)
        values<population>::operator=(expression);
      else
        values<population>::operator=(
            dsl::detail::expect<"population[variable] = ...", D>(expression));
    }
    void operator=(std::vector<double> const& given) const { values<population>::operator=(given); }
    void operator=(std::string_view expression) const { values<population>::operator=(expression); }
    using values<population>::operator[];
    template <dsl::Condition C>
    checked_values operator[](C const& condition) const {
      checked_values chosen = *this;
      static_cast<values<population>&>(chosen).choose(values<population>::operator[](condition));
      return chosen;
    }
  };
  template <ir::dimension D>
  struct checked_table : values<population> {
    using values<population>::values;
    template <ir::dimension E>
    void operator=(timed_values<E> const& given) const {
      nernst::detail::require_same_dimension<"population[array] = ...", D, E>();
      values<population>::operator=(given);
    }
  };

  std::string label(std::string_view id) const {
    return neurons_->name() + "[" + std::string(id) + "]";
  }
  std::string sizes(std::string_view id, std::size_t expected, char const* what,
                    std::size_t found) const {
    return label(id) + ": expected " + std::to_string(expected) + " " + what + ", found " +
           std::to_string(found);
  }

  template <class Other>
  void connect(std::string_view linked, Other const& other, std::string_view source,
               std::vector<std::int32_t> index, int reader = ir::none) const {
    ir::symbol const here = variable(linked), there = other.variable(source);
    kernel::facts const &facts = neurons_->facts(), &others = other.neurons().facts();
    auto refuse = [&](std::string const& expected, std::string const& found) {
      throw std::invalid_argument(label(linked) + ": expected " + expected + ", found " + found);
    };
    std::string const name = "'" + std::string(source) + "'";
    if (here.kind != ir::role::linked) refuse("a linked variable", "another kind");
    if (size() != neurons_->size()) refuse("a whole population", "a slice");
    if (!(here.unit == there.unit))
      refuse("a variable in " + std::string(ir::to_text(here.unit).view()),
             "one in " + std::string(ir::to_text(there.unit).view()));
    bool const shared = ir::is_shared(there.kind);
    if (!shared && there.kind != ir::role::state && there.kind != ir::role::parameter &&
        there.kind != ir::role::linked)
      refuse("a variable that is stored, or linked itself", name);
    int const from = others.find(source), to = facts.find(linked);
    bool const own =
        static_cast<void const*>(&other.neurons()) == static_cast<void const*>(neurons_);
    if (own && there.kind != ir::role::parameter && !shared)
      refuse("a variable that stays the same during a run, or one of another population", name);
    bool written = facts.variables[static_cast<std::size_t>(to)].written;
    for (auto const& e : facts.extras) written = written || e.links;
    if (written && others.variables[static_cast<std::size_t>(from)].fixed)
      refuse("a variable that an exact integration does not rely on", name);
    if (written && (shared || (other.size() == 1 && size() > 1)))
      refuse("one neuron for each, since statements write it", "one for all");
    if (shared) {
      neurons_->link(to, linkage<Real>(other.neurons(), from));
      return;
    }
    if (index.empty() && other.size() != size())
      throw std::invalid_argument(sizes(linked, size(), "neurons", other.size()));
    for (std::int32_t& k : index) {
      if (k < 0 || static_cast<std::uint32_t>(k) >= other.size())
        throw std::out_of_range(label(linked) + ": expected an index in [0, " +
                                std::to_string(other.size()) + "), found " + std::to_string(k));
      k += static_cast<std::int32_t>(other.begin());
    }
    if (index.empty() && other.size() != other.neurons().size())
      for (std::uint32_t k = 0; k < size(); ++k)
        index.push_back(static_cast<std::int32_t>(other.begin() + k));
    if (there.kind == ir::role::linked) {
      linkage<Real> const& next = other.neurons().linked()[static_cast<std::size_t>(from)];
      if (!next.given()) refuse("a variable that is linked already", name);
      if (reader != ir::none) refuse("a list of indices", "a variable");
      neurons_->link(to, next.through(index));
      return;
    }
    linkage<Real> link = index.empty() ? linkage<Real>(other.neurons(), from)
                                       : linkage<Real>(other.neurons(), from, std::move(index));
    if (reader != ir::none) link.read_index_from(*neurons_, reader, other.begin(), other.size());
    neurons_->link(to, std::move(link));
  }

  neurons_of<Model, Space, Real>* neurons_;
  detail::network_state* state_;
  std::uint32_t begin_, end_;
};

}  // namespace nernst
