// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/given_table.hpp>
#include <nernst/ir/quantity.hpp>
#include <nernst/refuse.hpp>

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

namespace nernst {

/// The values of a timed array, in SI units: row k holds from k dt to (k + 1) dt, the last row for
/// ever. `U` is their unit.
///
///     cells[current] = timed_values({0 * nA, 1 * nA, 0 * nA}, 10 * ms);  // one value at a time
///     cells[current] = timed_values({{0 * nA, 1 * nA}, {2 * nA, 3 * nA}}, ms);  // rows of columns
///     cells[current] = timed_values(numbers, nA, ms, 100);  // numbers times a unit, 100 columns
template <ir::unit U = "1">
class timed_values {
 public:
  using duration = ir::quantity<"s">;

  timed_values(std::initializer_list<ir::quantity<U>> values, duration dt) : dt_(checked(dt)) {
    append(values);
  }
  timed_values(std::vector<ir::quantity<U>> const& values, duration dt) : dt_(checked(dt)) {
    append(values);
  }
  timed_values(std::initializer_list<std::initializer_list<ir::quantity<U>>> rows, duration dt)
      : dt_(checked(dt)) {
    columns_ = rows.size() == 0 ? 1 : rows.begin()->size();
    for (auto const& row : rows) {
      if (row.size() != columns_)
        detail::refuse<std::invalid_argument>({"timed_values: expected rows of equal length"});
      append(row);
    }
  }
  /// `numbers` times `unit`, row after row of `columns` values.
  timed_values(std::vector<double> numbers, ir::quantity<U> unit, duration dt,
               std::size_t columns = 1)
      : values_(std::move(numbers)), columns_(columns), dt_(checked(dt)) {
    if (columns == 0 || values_.size() % columns != 0)
      detail::refuse<std::invalid_argument>({"timed_values: expected whole rows of ", columns,
                                             ", found ", values_.size(), " values"});
    for (double& x : values_) x *= unit.si;
  }

  std::vector<double> const& values() const { return values_; }
  given_table table() const { return {values_, columns_, dt_}; }
  std::size_t rows() const { return values_.size() / columns_; }
  std::size_t columns() const { return columns_; }
  /// In seconds.
  double dt() const { return dt_; }

 private:
  static double checked(duration dt) {
    if (!(dt.si > 0))
      detail::refuse<std::invalid_argument>(
          {"timed_values: expected dt > 0 s, found ", dt.si, " s"});
    return dt.si;
  }
  void append(auto const& quantities) {
    for (auto const& q : quantities) values_.push_back(q.si);
  }

  std::vector<double> values_;
  std::size_t columns_ = 1;
  double dt_;
};

timed_values(std::initializer_list<double>, ir::quantity<"s">) -> timed_values<"1">;
timed_values(std::initializer_list<std::initializer_list<double>>, ir::quantity<"s">)
    -> timed_values<"1">;

namespace dsl {
using nernst::timed_values;
}

}  // namespace nernst
