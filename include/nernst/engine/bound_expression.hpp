// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_group.hpp>
#include <nernst/engine/element_set.hpp>
#include <nernst/ir/tape.hpp>

namespace nernst::engine {

/// Whether elements of a model have something of that name: a variable, a subexpression, what every
/// model has (`t dt i N` ...), or `not_refractory lastspike` where it has a refractory period.
bool is_known(kernel::compiled_model const& model, std::string_view id);

/// An expression, and what its leaves, functions and draws are among the elements it is evaluated
/// for.
struct bound_expression {
  ir::tape tape;
  ir::list<leaf> leaves;
  ir::list<ir::function> functions;

  /// Whether it speaks of elements at the ends of synapses, or of their numbers.
  bool reads_ends() const {
    for (leaf const& x : leaves)
      if (x.owner != ir::side::here || x.kind == ir::role::index) return true;
    return reads_kept_once();
  }
  /// Whether it speaks of what is kept once for the synapses of a neuron.
  bool reads_kept_once() const {
    for (leaf const& x : leaves)
      if (ir::is_kept_once(x.kind)) return true;
    return false;
  }
  /// Whether it depends on random numbers, which depend on the numbers of elements.
  bool draws() const {
    for (ir::node const& n : tape.operations)
      if (ir::is_random(n.code)) return true;
    return false;
  }
  /// Lets an environment know them.
  template <class Real>
  void enter(environment<Real>& where) const {
    where.leaves = leaves.data();
    where.functions = functions;
  }
};

/// Makes an expression of anything that has a name among elements ready to be evaluated there.
class expression_binder {
 public:
  explicit expression_binder(name_scope const& names) : names_(names) {}

  /// The place of the value of what has that name.
  int read(std::string_view id, ir::side owner = ir::side::here);
  /// The place of the value of an expression that names its variables and timed arrays by place in
  /// `variables`, its functions by place in `functions`. All of them have to be known. Each
  /// expression draws random numbers of its own.
  int read(ir::tape const& e, ir::span<ir::symbol const> variables,
           ir::span<ir::identifier const> functions);
  /// What was read, with the places of some of its values as results.
  bound_expression with_results(ir::list<int> const& results) &&;

 private:
  int enter(leaf const& x);
  int read(ir::symbol const& x);
  int read_leaf(leaf const& x);
  int append(kernel::compiled_model const& model, int result, ir::side owner);
  leaf leaf_of(kernel::compiled_model const& model, int symbol, ir::side owner) const;
  int function(ir::function const& f);

  name_scope names_;
  bound_expression bound_;
  int draws_ = 0;
};

/// The place of a function of the user among those of a model, or `none`.
int function_of(kernel::compiled_model const& model, std::string_view id);

/// The value per element of anything in a group of elements that has a name. Reading allocates
/// nothing.
template <class Real>
class named_value {
 public:
  /// Of some of the elements.
  named_value(element_group<Real> const& of, std::string_view id, element_set set);
  named_value(named_value&&) = default;

  /// Goes to a time: before the update of a step, or behind it.
  void at(double time, std::int64_t step, bool updated = false);
  double operator()(std::size_t place);

 private:
  element_group<Real> const& of_;
  element_set set_;
  bound_expression bound_;
  ir::interpreter<environment<Real>> evaluate_;
  environment<Real> here_;
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/bound_expression-inl.hpp>
#endif
