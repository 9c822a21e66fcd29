// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/network/connect/pair_formula.hpp>
#include <nernst/network/connect/row_random.hpp>

#include <memory>

namespace nernst::detail {

/// What a variable of a formula stands for.
enum class pair_leaf_kind : std::uint8_t { source, target, counter, value, of_source, of_target };
struct pair_leaf {
  pair_leaf_kind kind;
  double value = 0;
  double const* values = nullptr;  ///< one for each source or target
};

/// A formula that is ready to be evaluated for the sources and targets of a request.
struct bound_formula {
  ir::tape code;
  ir::list<pair_leaf> leaves;        ///< by variable
  ir::list<ir::function> functions;  ///< by number
  connection_request const* request;
  std::uint64_t first_draw = 0;
  bool is_random = false;

  bool reads(pair_leaf_kind kind) const {
    for (pair_leaf const& x : leaves)
      if (x.kind == kind) return true;
    return false;
  }
};

/// Where a formula is evaluated. Indices may be of elements that are not there, as long as nothing
/// of them is read.
struct pair_place {
  double source = 0, target = 0, counter = 0;
  /// What random numbers depend on.
  std::uint32_t row = 0, column = 0;
};

/// The values that an interpreter sees.
struct pair_environment {
  bound_formula const* formula;
  pair_place const* at;

  double symbol(int place) const {
    pair_leaf const& x = formula->leaves[place];
    switch (x.kind) {
    case pair_leaf_kind::source:
      return at->source;
    case pair_leaf_kind::target:
      return at->target;
    case pair_leaf_kind::counter:
      return at->counter;
    case pair_leaf_kind::of_source:
      return x.values[static_cast<std::size_t>(at->source)];
    case pair_leaf_kind::of_target:
      return x.values[static_cast<std::size_t>(at->target)];
    default:
      return x.value;
    }
  }
  double draw(ir::op code, int number) const {
    kernel::draw_key const key = key_for(number);
    return code == ir::op::uniform ? kernel::uniform<double>(key, at->row, at->column)
                                   : kernel::normal<double>(key, at->row, at->column);
  }
  /// These take many random numbers: they have a seed of their own.
  double draw(ir::op code, int number, double a, double b) const {
    kernel::draw_key key = key_for(number);
    kernel::philox_block const bits = kernel::draw_bits(key, at->row, at->column);
    key.seed = std::uint64_t{bits.v[1]} << 32 | bits.v[0];
    return code == ir::op::poisson ? kernel::poisson(key, 0, 0, a)
                                   : kernel::binomial(key, 0, 0, a, b);
  }
  double call(int function, double const* arguments) const {
    return formula->functions[function].evaluate(arguments);
  }

 private:
  kernel::draw_key key_for(int number) const {
    return key_of(*formula->request, connecting_draw::formulas,
                  formula->first_draw + static_cast<std::uint64_t>(number));
  }
};

/// Binds the formulas of a rule, and keeps the values that they read.
class pair_binder {
 public:
  pair_binder(char const* rule, connection_request const& request)
      : rule_(rule), request_(request) {}

  /// `counter` is the variable that a loop runs through, if there is one.
  /// \throws std::invalid_argument for what the elements do not have.
  bound_formula bind(language::written_expression const& e, std::string_view counter = {});

 private:
  pair_leaf leaf(ir::symbol const& s, std::string_view counter);
  pair_leaf read(ir::symbol const& s, element_values const& of, std::uint32_t size,
                 pair_leaf_kind kind);
  ir::function function(std::string_view id) const;

  char const* rule_;
  connection_request const& request_;
  std::vector<std::unique_ptr<std::vector<double>>> values_;
  std::uint64_t draws_ = 0;
};

/// The value of a formula, or another one where there is none.
class pair_value {
 public:
  explicit pair_value(double otherwise) : pair_value(nullptr, otherwise) {}
  /// `formula` may be null, and has to stay.
  pair_value(bound_formula const* formula, double otherwise)
      : formula_(formula), otherwise_(otherwise),
        evaluate_(formula == nullptr ? ir::tape_view() : ir::tape_view(formula->code)) {}

  double operator()(pair_place const& at) {
    double value = otherwise_;
    if (formula_ != nullptr) evaluate_({formula_, &at}, ir::span<double>(&value, 1));
    return value;
  }
  bool is_given() const { return formula_ != nullptr; }

 private:
  bound_formula const* formula_;
  double otherwise_;
  ir::interpreter<pair_environment> evaluate_;
};

/// How many synapses a pair has. \throws std::invalid_argument where that is no number.
std::uint64_t multiplicity(char const* rule, pair_value& number, pair_place const& at);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/bound_formula-inl.hpp>
#endif
