// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <string>
#include <vector>

namespace nernst::engine {

/// A table of a function between two numbers, with straight lines in between.
struct value_table {
  static constexpr int most_pieces = 1 << 20, places_compared = 9;

  std::vector<double> values;  ///< at places that are equally far from one another
  double from = 0, to = 0;
  /// How far a straight line is from the function at most, where these were compared.
  double absolute_error = 0, relative_error = 0;

  int pieces() const { return static_cast<int>(values.size()) - 1; }
  double length() const { return (to - from) / pieces(); }
  double at(double x) const {
    double const place = (x - from) / (to - from) * pieces();
    double const low = std::floor(std::fmin(place, pieces() - 1));
    auto const k = static_cast<std::size_t>(low);
    return values[k] + (place - low) * (values[k + 1] - values[k]);
  }
};

/// A table with `pieces` of a function.
template <class Function>
value_table make_value_table(Function const& f, double from, double to, int pieces) {
  value_table made{.values = {}, .from = from, .to = to};
  double const length = (to - from) / pieces;
  for (int k = 0; k <= pieces; ++k) made.values.push_back(f(k == pieces ? to : from + k * length));
  return made;
}

/// Writes the values of a function at `count` + 1 places, found by stepping from the first to the
/// last, as NEURON does.
template <class Function>
void fill_by_steps(Function const& f, double from, double to, int count, double* values) {
  double x = from;
  for (int k = 0; k <= count; ++k, x += (to - from) / count) values[k] = f(x);
}

/// Compares a table with its function at so many places of each piece. Whether no difference is
/// above a part of the value, or a number, whichever is more.
template <class Function>
bool is_within(value_table& table, Function const& f, double relative, double absolute,
               int places) {
  bool all = true;
  table.absolute_error = 0;
  table.relative_error = 0;
  double const step = table.length() / (places + 1);
  for (int k = 0; k < table.pieces(); ++k)
    for (int n = 1; n <= places; ++n) {
      double const x = table.from + k * table.length() + n * step;
      double const value = f(x), error = std::abs(table.at(x) - value);
      all = all && error <= std::fmax(relative * std::abs(value), absolute);
      table.absolute_error = std::fmax(table.absolute_error, error);
      if (value != 0)
        table.relative_error = std::fmax(table.relative_error, error / std::abs(value));
    }
  return all;
}

/// What is known of a table that subexpressions are looked up in.
struct table_report {
  std::string name;  ///< of the subexpression
  int pieces = 0;
  double from = 0, to = 0;  ///< of its argument, in SI units
  /// How far straight lines are from the values at most, at nine places of each piece: in SI units,
  /// and as a part of the value. Where nobody asked for an error, by the values that parameters
  /// have now.
  double absolute_error = 0, relative_error = 0;
};

}  // namespace nernst::engine
