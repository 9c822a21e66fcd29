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

/// The function that stands in a table.
template <class Real>
class tabulated_function {
 public:
  tabulated_function(kernel::compiled_model const& model, int table, environment<Real> const& where)
      : where_(where), argument_(model.tables[table].argument),
        evaluate_(ir::record(model.tape(model.tabulated_values), table)) {}

  double operator()(double x) const {
    double value;
    evaluate_({where_, argument_, x}, {&value, 1});
    return value;
  }

 private:
  environment<Real> where_;
  int argument_;
  mutable ir::interpreter<environment_with<Real>> evaluate_;
};

template <class Real>
void element_group<Real>::make_tables() {
  tabulated_.assign(static_cast<std::size_t>(model_.tables.size()), {});
  for (int k = 0; k < model_.tables.size(); ++k) make_table(k);
}

template <class Real>
void element_group<Real>::make_table(int which) {
  kernel::tabulated const& t = model_.tables[which];
  if (t.pieces != ir::none) return make_table_within_error(which);
  value_table made{.values = std::vector<double>(static_cast<std::size_t>(t.count) + 1),
                   .from = t.from,
                   .to = t.to};
  tabulated_function<Real> const f(model_, which, at(0, 0));
  fill_by_steps(f, t.from, t.to, t.count, made.values.data());
  enter(which, std::move(made));
}

/// With as many pieces in all tables of the clause as one of them takes: those before it are made
/// anew where this one needs more.
template <class Real>
void element_group<Real>::make_table_within_error(int which) {
  kernel::tabulated const& t = model_.tables[which];
  auto const is_of_clause = [&](int k) { return k >= 0 && model_.tables[k].pieces == t.pieces; };
  int const before = is_of_clause(which - 1) ? static_cast<int>(value_[t.pieces]) : 16;
  int pieces = before;
  for (; !make_table(which, pieces); pieces *= 2)
    if (2 * pieces > value_table::most_pieces) refuse_error_of_table(which);
  value_[t.pieces] = pieces;
  if (pieces == before) return;
  for (int k = which - 1; is_of_clause(k); --k) make_table(k, pieces);
}

/// Whether its error is one that the clause allows.
template <class Real>
bool element_group<Real>::make_table(int which, int pieces) {
  kernel::tabulated const& t = model_.tables[which];
  tabulated_function<Real> const f(model_, which, at(0, 0));
  value_table made = make_value_table(f, t.from, t.to, pieces);
  bool const is_good = is_within(made, f, t.relative, t.absolute, value_table::places_compared);
  enter(which, std::move(made));
  return is_good;
}

/// From then on those behind look numbers up in it.
template <class Real>
void element_group<Real>::enter(int which, value_table made) {
  value_table& kept = tabulated_[static_cast<std::size_t>(which)];
  kept = std::move(made);
  table_[model_.tables[which].table] = {.values = kept.values.data(),
                                        .rows = static_cast<std::int64_t>(kept.values.size())};
}

template <class Real>
void element_group<Real>::refuse_error_of_table(int which) const {
  kernel::tabulated const& t = model_.tables[which];
  value_table const& last = tabulated_[static_cast<std::size_t>(which)];
  nernst::detail::refuse<std::invalid_argument>(
      {name(), ": expected a table of '", model_.variables[t.table].symbol.id.view().substr(7),
       "' with an error of ", t.relative, " times its value or ", t.absolute, ", found one of ",
       last.relative_error, " or ", last.absolute_error, " with ", last.pieces(), " pieces"});
}

template <class Real>
std::vector<table_report> element_group<Real>::tables() const {
  std::vector<table_report> all;
  if (tabulated_.empty()) return all;
  for (int k = 0; k < model_.tables.size(); ++k) {
    kernel::tabulated const& t = model_.tables[k];
    value_table made = tabulated_[static_cast<std::size_t>(k)];
    table_report one{.name = std::string(model_.variables[t.table].symbol.id.view().substr(7)),
                     .pieces = made.pieces(),
                     .from = t.from,
                     .to = t.to};
    if (t.pieces == ir::none)
      is_within(made, tabulated_function<Real>(model_, k, at(0, 0)), 0, 0,
                value_table::places_compared);
    one.absolute_error = made.absolute_error;
    one.relative_error = made.relative_error;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace nernst::engine
