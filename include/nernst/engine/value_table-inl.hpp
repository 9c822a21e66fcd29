// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_group.hpp>
#include <nernst/ir/interpreter.hpp>

#include <algorithm>
#include <stdexcept>

// The tables that a group of elements makes of subexpressions.

namespace nernst::engine {

/// What an interpreter sees where one variable has a given value.
template <class Real>
struct environment_with {
  environment<Real> of;
  int given;
  double value;

  double symbol(int place) const { return place == given ? value : of.symbol(place); }
  double draw(ir::op code, int number) const { return of.draw(code, number); }
  double call(int function, double const* x) const { return of.call(function, x); }
  double lookup(int place, double t, double column) const { return of.lookup(place, t, column); }
};

/// What stands in tables.
template <class Real>
class tabulated_values {
 public:
  tabulated_values(kernel::compiled_model const& model, environment<Real> const& where)
      : model_(model), where_(where), evaluate_(model.tape(model.tabulated_values)),
        values_(model.tables.size()) {}

  /// The function that stands in one of them.
  auto of(int number) {
    return [this, number](double x) {
      evaluate_(environment_with<Real>{where_, model_.tables[number].argument, x}, values_);
      return values_[number];
    };
  }

 private:
  kernel::compiled_model const& model_;
  environment<Real> where_;
  ir::interpreter<environment_with<Real>> evaluate_;
  ir::list<double> values_;
};

template <class Real>
void element_group<Real>::make_tables() {
  tabulated_.assign(static_cast<std::size_t>(model_.tables.size()), {});
  for (int k = 0; k < model_.tables.size(); ++k) {
    make_table(k);
    // Those before may have been made anew, and those behind may look numbers up in them.
    for (int made = 0; made <= k; ++made) {
      std::vector<double> const& values = tabulated_[static_cast<std::size_t>(made)].values;
      table_[model_.tables[made].table] = {.values = values.data(),
                                           .rows = static_cast<std::int64_t>(values.size())};
    }
  }
}

/// Where an error is given, with as many pieces as it takes, in all tables of the clause: those
/// before it are made anew where this one needs more.
template <class Real>
void element_group<Real>::make_table(int which) {
  kernel::tabulated const& t = model_.tables[which];
  tabulated_values<Real> values(model_, at(0, 0));
  auto const make = [&](int number, int pieces) -> value_table& {
    value_table& made = tabulated_[static_cast<std::size_t>(number)];
    made = make_value_table(values.of(number), t.from, t.to, pieces);
    return made;
  };
  if (t.pieces == ir::none) {
    value_table& made = tabulated_[static_cast<std::size_t>(which)];
    made = {.values = std::vector<double>(static_cast<std::size_t>(t.count) + 1),
            .from = t.from,
            .to = t.to};
    fill_by_steps(values.of(which), t.from, t.to, t.count, made.values.data());
    return;
  }
  double& count = value_[t.pieces];
  bool const is_first = which == 0 || model_.tables[which - 1].pieces != t.pieces;
  int pieces = is_first ? 16 : static_cast<int>(count);
  auto const is_good = [&] {
    return is_within(make(which, pieces), values.of(which), t.relative, t.absolute,
                     value_table::places_compared);
  };
  while (!is_good()) {
    pieces *= 2;
    if (pieces <= value_table::most_pieces) continue;
    value_table const& last = tabulated_[static_cast<std::size_t>(which)];
    nernst::detail::refuse<std::invalid_argument>(
        {name(), ": expected a table of '", model_.variables[t.table].symbol.id.view().substr(7),
         "' with an error of ", t.relative, " times its value or ", t.absolute, ", found one of ",
         last.relative_error, " or ", last.absolute_error, " with ", last.pieces(), " pieces"});
  }
  count = pieces;
  for (int k = which - 1; k >= 0 && model_.tables[k].pieces == t.pieces; --k)
    if (tabulated_[static_cast<std::size_t>(k)].pieces() != pieces)
      is_within(make(k, pieces), values.of(k), t.relative, t.absolute,
                value_table::places_compared);
}

template <class Real>
std::vector<table_report> element_group<Real>::tables() const {
  std::vector<table_report> all;
  if (tabulated_.empty()) return all;
  tabulated_values<Real> values(model_, at(0, 0));
  for (std::size_t k = 0; k < tabulated_.size(); ++k) {
    kernel::tabulated const& t = model_.tables[static_cast<int>(k)];
    table_report one{.name = std::string(model_.variables[t.table].symbol.id.view().substr(7)),
                     .pieces = tabulated_[k].pieces(),
                     .from = t.from,
                     .to = t.to};
    value_table made = tabulated_[k];
    if (t.pieces == ir::none)
      is_within(made, values.of(static_cast<int>(k)), 0, 0, value_table::places_compared);
    one.absolute_error = made.absolute_error;
    one.relative_error = made.relative_error;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace nernst::engine
