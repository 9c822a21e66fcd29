// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/parse.hpp>
#include <nernst/language/lower.hpp>
#include <nernst/network/assign.hpp>
#include <nernst/network/bound_expression.hpp>
#include <nernst/network/timed_values.hpp>

#include <optional>

namespace nernst {

namespace detail {
/// What populations and projections need of their network.
struct network_state {
  double dt = 0;
  std::uint64_t seed = 0;
  double time = 0;
  std::int64_t step = 0;
  std::uint64_t assignments = 0;
};

/// What can stand on the right of an assignment.
template <class T>
concept Written = dsl::Operand<T> || dsl::Condition<T> || std::same_as<T, bool>;
}  // namespace detail

/// The values of one variable of a population (or slice), or of those of its neurons for which a
/// condition holds: assign an expression to set them, `get()` to read them. Values are in SI units.
/// Integer variables keep the whole part.
template <class Population>
class values {
 public:
  values(Population const& p, ir::symbol const& variable) : population_(p), variable_(variable) {}

  /// One value per neuron, or one for a shared variable.
  std::vector<double> get() const {
    std::vector<double> out;
    if (is_shared()) return {shared()};
    if (is_stored() && !condition_)
      return {array() + population_.begin(), array() + population_.end()};
    auto value = reader();
    if (!condition_) {
      out.reserve(population_.size());
      for (std::uint32_t n = population_.begin(); n < population_.end(); ++n)
        out.push_back(value(n));
      return out;
    }
    detail::expression_binder<real> binder(all());
    ir::flat_expressions const e = bind(*condition_, std::move(binder));
    ir::interpreter<detail::element_environment<real>> holds(e);
    auto here = environment();
    for (here.element = population_.begin(); here.element < population_.end(); ++here.element) {
      double chosen = 0;
      holds(here, std::span<double>(&chosen, 1));
      if (chosen != 0) out.push_back(value(static_cast<std::uint32_t>(here.element)));
    }
    return out;
  }
  /// The value of one neuron. \throws std::out_of_range
  double operator[](std::size_t neuron) const {
    std::size_t const size = is_shared() ? 1 : population_.size();
    if (neuron >= size)
      throw std::out_of_range(label() + ": expected a neuron below " + std::to_string(size) +
                              ", found " + std::to_string(neuron));
    if (is_shared()) return shared();
    if (is_stored()) return static_cast<double>(array()[population_.begin() + neuron]);
    return reader()(population_.begin() + static_cast<std::uint32_t>(neuron));
  }
  /// Those of the neurons for which a condition holds, which may also be a text: `cells["v"]["i >
  /// 10"]`.
  template <dsl::Condition C>
  values operator[](C const& condition) const {
    values chosen = *this;
    chosen.condition_ = dsl::flatten(condition);
    chosen.check(*chosen.condition_);
    return chosen;
  }

  values operator[](std::string_view condition) const {
    values chosen = *this;
    chosen.condition_ = read(condition, true);
    return chosen;
  }

  /// Sets the values to those of an expression, evaluated for each neuron; `uniform()` and
  /// `randn()` are drawn for each, `i` counts from the start of the slice.
  template <detail::Written T>
  void operator=(T const& expression) const {
    set(dsl::flatten(expression));
  }
  /// Sets the values to those of an expression in a text: `cells["v"] = "El + randn()*5*mV"`. Its
  /// names are those of this population and the constants of its model. \throws
  /// std::invalid_argument for a mistake in the text.
  void operator=(std::string_view expression) const { set(read(expression, false)); }
  /// Sets the values to given ones, in SI units, one per neuron.
  void operator=(std::vector<double> const& given) const {
    require_settable();
    std::size_t const size = is_shared() ? 1 : population_.size();
    if (given.size() != size || condition_)
      throw std::invalid_argument(label() + ": expected " + std::to_string(size) +
                                  " values, found " + std::to_string(given.size()));
    for (std::size_t k = 0; k < size; ++k) {
      double const x = detail::as_type(variable_.type, given[k]);
      if (is_shared())
        shared() = x;
      else
        array()[population_.begin() + k] = static_cast<real>(x);
    }
  }
  /// Gives the values of a timed array. \throws std::invalid_argument where the unit is another one
  /// or there is none of that name.
  template <ir::dimension D>
  void operator=(timed_values<D> const& given) const {
    int const s = all().facts().find(variable_.id);
    if (variable_.kind != ir::role::table || given.values().empty())
      throw std::invalid_argument(label() + ": expected a timed array and at least one value");
    if (!(variable_.unit == D))
      throw std::invalid_argument(label() + ": expected values in " +
                                  std::string(ir::to_text(variable_.unit).view()) + ", found " +
                                  std::string(ir::to_text(D).view()));
    all().give(s, {given.values(), given.columns(), given.dt()});
  }

  /// The same choice of neurons as that of other values.
  void choose(values const& other) { condition_ = other.condition_; }

 private:
  using real = typename Population::real;

  auto& all() const { return population_.neurons(); }
  std::string label() const { return all().name() + "[" + std::string(variable_.id.view()) + "]"; }
  bool is_shared() const { return ir::is_shared(variable_.kind); }
  bool is_stored() const {
    return variable_.kind == ir::role::state || variable_.kind == ir::role::parameter;
  }
  real* array() const { return all().array(variable_.id); }
  double& shared() const {
    return all().values()[static_cast<std::size_t>(all().facts().find(variable_.id))];
  }
  void require_settable() const {
    if (is_shared() || is_stored()) return;
    throw std::invalid_argument(label() +
                                ": expected a variable of this population that can be set");
  }

  detail::element_environment<real> environment() const {
    auto here = all().environment(population_.state().time, population_.state().step);
    here.first = population_.begin();
    here.count = population_.size();
    return here;
  }
  detail::named_value<real> reader() const {
    detail::named_value<real> value(all(), variable_.id.view(), population_.begin(),
                                    population_.size());
    value.at(population_.state().time, population_.state().step);
    return value;
  }

  /// \throws std::invalid_argument for what this population does not have.
  void check(dsl::written_expression const& e) const {
    kernel::facts const& model = all().facts();
    std::string unknown;
    for (ir::symbol const& s : e.variables) {
      int const k = model.find(s.id);
      bool const builtin = detail::builtin_of(s.id) != detail::unknown;
      bool fits =
          s.owner == ir::side::here &&
          (s.kind == ir::role::table ? k != ir::none
                                     : detail::expression_binder<real>::is_known(model, s.id));
      if (fits && !builtin)
        fits = model.variables[static_cast<std::size_t>(k)].symbol.unit == s.unit;
      if (fits && is_shared()) {
        ir::role const kind =
            builtin ? s.kind : model.variables[static_cast<std::size_t>(k)].symbol.kind;
        fits = ir::is_shared(kind) || kind == ir::role::table || kind == ir::role::time ||
               kind == ir::role::time_step || kind == ir::role::count;
      }
      if (!fits) unknown = s.id.view();
    }
    detail::expression_binder<real> const binder(all());
    for (ir::name const& f : e.functions)
      if (binder.function(f) == ir::none) unknown = f.view();
    if (unknown.empty()) return;
    throw std::invalid_argument(label() + ": expected an expression of " +
                                (is_shared() ? "shared " : "") +
                                "variables of this model, found '" + unknown + "'");
  }
  /// What a text says. \throws std::invalid_argument
  dsl::written_expression read(std::string_view text, bool is_condition) const {
    std::vector<ir::symbol> known;
    for (auto const& v : all().facts().variables)
      if (v.symbol.kind == ir::role::table ||
          (detail::expression_binder<real>::is_known(all().facts(), v.symbol.id) &&
           detail::builtin_of(v.symbol.id) == detail::unknown))
        known.push_back(v.symbol);
    std::vector<brian::constant> constants;
    if constexpr (requires { Population::model_type::model.constants; })
      for (auto const& c : Population::model_type::model.constants) constants.push_back(c);
    brian::parsed_expression const e =
        is_condition ? brian::parse_condition(text, known, constants)
                     : brian::parse_expression(text, variable_, known, constants);
    if (!e.mistake().ok())
      throw std::invalid_argument(label() + ": " + std::string(ir::to_text(e.mistake()).view()));
    dsl::written_expression written;
    written.code = ir::flatten(e.model.nodes, std::span<int const>(&e.root, 1));
    // Only what is used.
    std::vector<int> place(e.model.symbols.size(), ir::none);
    for (ir::node& n : written.code.program) {
      if (n.code != ir::op::symbol && !ir::is_lookup(n.code)) continue;
      int& symbol = n.code == ir::op::symbol ? n.a : n.tag;
      int& p = place[static_cast<std::size_t>(symbol)];
      if (p == ir::none) {
        p = static_cast<int>(written.variables.size());
        written.variables.push_back(e.model.at(symbol));
      }
      symbol = p;
    }
    check(written);
    return written;
  }
  static ir::flat_expressions bind(dsl::written_expression const& e,
                                   detail::expression_binder<real>&& binder) {
    int const place = binder.read(e.code, e.variables, e.functions);
    return std::move(binder).with_results({place});
  }

  void set(dsl::written_expression const& e) const {
    require_settable();
    check(e);
    detail::expression_binder<real> binder(all());
    std::vector<int> results{binder.read(e.code, e.variables, e.functions)};
    if (condition_)
      results.push_back(
          binder.read(condition_->code, condition_->variables, condition_->functions));
    ir::flat_expressions const bound = std::move(binder).with_results(results);
    auto& state = population_.state();
    auto here = environment();
    here.key = {state.seed, all().object(), detail::assignment_steps + state.assignments++};
    using space = typename Population::execution_space;
    if (!is_shared())
      return detail::assign<space>(bound, here, array(), population_.begin(), population_.end(),
                                   variable_.type);
    double value[2] = {0, 1};
    here.element = here.first = 0;
    ir::interpreter<detail::element_environment<real>> evaluate(bound);
    evaluate(here, std::span<double>(value, results.size()));
    if (value[1] != 0) shared() = detail::as_type(variable_.type, value[0]);
  }

  Population population_;
  ir::symbol variable_;
  std::optional<dsl::written_expression> condition_;
};

}  // namespace nernst
