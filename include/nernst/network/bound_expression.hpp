// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/tape.hpp>
#include <nernst/network/environment.hpp>
#include <nernst/network/population_base.hpp>

namespace nernst::detail {

/// Whether neurons have something of that name: a variable, a subexpression, what every model has
/// (`t dt i N` ...), or `not_refractory lastspike` where a model has a refractory period.
bool is_known(kernel::compiled_model const& model, std::string_view id);

/// An expression of anything that has a name in a population, ready to be evaluated there.
class expression_binder {
 public:
  explicit expression_binder(kernel::compiled_model const& model) : model_(model) {}

  /// The place of the value of what has that name.
  int read(std::string_view id);
  /// The place of the value of an expression that names its variables and timed arrays by place in
  /// `variables`, its functions by place in `functions`. All of them have to be known. Each
  /// expression draws random numbers of its own.
  int read(ir::tape const& e, ir::span<ir::symbol const> variables,
           ir::span<ir::identifier const> functions);
  /// What was read, with the places of some of its values as results.
  ir::tape with_results(ir::list<int> const& results) &&;

  /// The number of a function of the user, or `none`.
  int function(std::string_view id) const;

 private:
  int leaf(int place);
  int append(ir::tape_view const& tape, int result);

  kernel::compiled_model const& model_;
  ir::tape bound_;
  int draws_ = 0;
};

/// The value per neuron of anything in a population that has a name. Reading allocates nothing.
template <class Real>
class named_value {
 public:
  named_value(population_base<Real> const& of, std::string_view id, std::uint32_t first,
              std::uint32_t count);

  /// Goes to a time: before the update of a step, or behind it.
  void at(double time, std::int64_t step, bool updated = false);
  double operator()(std::uint32_t neuron);

 private:
  ir::interpreter<element_environment<Real>> evaluate_;
  element_environment<Real> here_;
};

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/bound_expression-inl.hpp>
#endif
