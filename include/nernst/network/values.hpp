// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/written_expression.hpp>
#include <nernst/network/function_grid.hpp>
#include <nernst/network/function_values.hpp>
#include <nernst/network/population_slice.hpp>
#include <nernst/network/timed_values.hpp>

#include <functional>
#include <memory>

namespace nernst {

namespace engine {
struct bound_expression;
}

namespace detail {
/// What can stand on the right of an assignment.
template <class T>
concept Assignable = language::Operand<T> || language::Condition<T> || std::same_as<T, bool>;
}  // namespace detail

/// The values of one variable of a population (or slice), or of those of its neurons for which a
/// condition holds: assign an expression to set them, `get()` to read them. Values are in SI units.
/// Integer variables keep the whole part.
template <class Real>
class values {
 public:
  values(detail::group_slice<Real> const& of, ir::symbol const& variable)
      : of_(of), variable_(variable) {}

  detail::group_slice<Real> const& elements() const { return of_; }
  ir::symbol const& symbol() const { return variable_; }

  /// One value per neuron, or one for a shared variable.
  std::vector<double> get() const;
  /// The value of one neuron. \throws std::out_of_range
  double operator[](std::size_t neuron) const;
  /// Those of the neurons for which a condition holds, which may also be a text: `cells["v"]["i >
  /// 10"]`.
  template <language::Condition C>
  values operator[](C const& condition) const {
    return chosen(language::flatten(condition));
  }
  values operator[](std::string_view condition) const { return chosen(read(condition, true)); }
  /// Of synapses: those from source `from` to target `to`, counted within the slices or sets; none
  /// where these are not connected. \throws std::out_of_range for neurons that are not there.
  values operator()(std::uint32_t from, std::uint32_t to) const;

  /// Whether the condition holds, for each element.
  std::vector<char> holds() const;

  /// Sets the values to those of an expression, evaluated for each neuron; `uniform()` and
  /// `randn()` are drawn for each, `i` counts from the start of the slice or set. \throws
  /// std::invalid_argument for another unit, and for values that the model does not allow: then
  /// the old ones stay.
  template <detail::Assignable T>
  void operator=(T const& expression) const {
    set(language::flatten(expression));
  }
  /// Sets the values to those of an expression in a text: `cells["v"] = "El + randn()*5*mV"`. Its
  /// names are those of this population and the constants of its model. \throws
  /// std::invalid_argument for a mistake in the text.
  void operator=(std::string_view expression) const { set(read(expression, false)); }
  /// Sets the values to given ones, in SI units, one per neuron.
  void operator=(std::vector<double> const& given) const;
  /// Gives the values of a timed array. \throws std::invalid_argument where the unit is another one
  /// or there is none of that name.
  template <ir::unit U>
  void operator=(timed_values<U> const& given) const {
    give(given.table(), ir::dimension_of<U>);
  }
  /// Gives the places and values of a function, a FUNCTION_TABLE of a .mod file say. \throws as
  /// that.
  template <ir::unit X, ir::unit U>
  void operator=(function_values<X, U> const& given) const {
    give(given.table(), ir::dimension_of<U>);
  }

  /// The same of a function of several arguments. \throws as that, and for another number of
  /// arguments or places of another unit.
  template <ir::unit U>
  void operator=(function_grid<U> const& given) const {
    give_axes(given.axes());
    set_table(given.table(), ir::dimension_of<U>);
  }

  /// Calls `visit(numbers, values, count)` with the values of an expression for some elements after
  /// others, from several threads. \throws std::invalid_argument
  using visitor =
      std::function<void(std::size_t const* numbers, double const* values, std::size_t count)>;
  void evaluate(language::written_expression const& e, visitor const& visit) const;
  void evaluate(std::string_view expression, visitor const& visit) const {
    evaluate(read(expression, false), visit);
  }
  /// An expression as these elements understand it. \throws std::invalid_argument
  engine::bound_expression bind(language::written_expression const& e) const;
  /// Writes the values to a .npy, .npz or .csv file. \throws std::invalid_argument for another
  /// ending, std::runtime_error when it cannot be written.
  void save(std::string const& path) const;

 private:
  std::string label() const;
  bool is_shared() const { return ir::is_shared(variable_.kind); }
  bool is_stored() const { return ir::is_stored(variable_.kind); }
  Real* array() const { return of_.all->array(variable_.id); }
  double& shared() const;
  /// Among the variables of the model, or `none`.
  int number() const { return of_.all->model().find(variable_.id); }
  void require_settable() const;
  void require_unit(ir::dimension unit) const;
  std::string misfit(language::written_expression const& e) const;
  void check(language::written_expression const& e) const;
  language::written_expression read(std::string_view text, bool is_condition) const;
  values chosen(language::written_expression const& condition) const;
  void set(language::written_expression const& e) const;
  template <class Write>
  void write(int symbol, Write const& write) const;
  void write_shared(int symbol, double value) const;
  void give(given_table table, ir::dimension unit) const;
  void set_table(given_table table, ir::dimension unit) const;
  void give_axes(std::vector<function_axis> const& axes) const;
  engine::environment<Real> environment(engine::bound_expression const& e) const;
  engine::environment<Real> next_environment(engine::bound_expression const& e) const;
  template <class Visit>
  void for_each(Visit const& visit) const;

  detail::group_slice<Real> of_;
  ir::symbol variable_;
  std::shared_ptr<language::written_expression const> condition_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/values-inl.hpp>
#endif
