// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/given_table.hpp>
#include <nernst/ir/quantity.hpp>
#include <nernst/refuse.hpp>

#include <initializer_list>
#include <stdexcept>
#include <vector>

namespace nernst {

/// The ascending places of one argument of a function.
class function_axis {
 public:
  /// \throws std::invalid_argument
  template <ir::unit X>
  function_axis(std::initializer_list<ir::quantity<X>> places) : unit_(ir::dimension_of<X>) {
    for (auto const& x : places) append(x.si);
    require_places();
  }
  function_axis(std::initializer_list<double> places) {
    for (double const x : places) append(x);
    require_places();
  }
  /// `count` places from `first` to `last`, at equal distances. \throws std::invalid_argument
  template <ir::unit X>
  function_axis(ir::quantity<X> first, ir::quantity<X> last, std::size_t count)
      : unit_(ir::dimension_of<X>) {
    append_equal(first.si, last.si, count);
  }
  function_axis(double first, double last, std::size_t count) { append_equal(first, last, count); }

  std::size_t size() const { return pairs_.size() / 2; }
  ir::dimension unit() const { return unit_; }
  /// Finds where a place is, counted from 0.
  given_table table() const { return {pairs_, 2, 0}; }

 private:
  void append(double x) {
    if (!pairs_.empty() && !(x > pairs_[pairs_.size() - 2]))
      detail::refuse<std::invalid_argument>(
          {"function_axis: expected places in ascending order, found ", x, " behind ",
           pairs_[pairs_.size() - 2]});
    pairs_.push_back(x);
    pairs_.push_back(static_cast<double>(size()));
  }
  void append_equal(double first, double last, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k)
      append(k == 0 ? first
                    : first +
                          (last - first) / static_cast<double>(count - 1) * static_cast<double>(k));
    require_places();
  }
  void require_places() const {
    if (pairs_.empty())
      detail::refuse<std::invalid_argument>({"function_axis: expected one place or more"});
  }

  std::vector<double> pairs_;  ///< place, number, place, ...
  ir::dimension unit_;
};

/// The values `U` of a function of several arguments, the last of which runs fastest: what a
/// FUNCTION_TABLE of a .mod file is given, as NEURON's `table_rate(&values, size, places, size,
/// places)`. Of two arguments it is linear in each between the places; of more, a value holds up to
/// the next place. Beyond the places it has the values at the ends.
///
///     channels["rate"] = function_grid({function_axis({-80 * mV, 20 * mV}), function_axis({0, 1,
///                                      2})}, {1 / ms, 2 / ms, 4 / ms, 2 / ms, 3 / ms, 9 / ms});
template <ir::unit U>
class function_grid {
 public:
  /// \throws std::invalid_argument
  function_grid(std::vector<function_axis> axes, std::vector<ir::quantity<U>> const& values)
      : axes_(std::move(axes)) {
    std::size_t expected = 1;
    for (function_axis const& a : axes_) expected *= a.size();
    if (axes_.size() < 2 || values.size() != expected)
      detail::refuse<std::invalid_argument>({"function_grid: expected two axes or more, and ",
                                             expected, " values, found ", axes_.size(),
                                             " axes and ", values.size(), " values"});
    for (auto const& v : values) values_.push_back(v.si);
  }

  std::vector<function_axis> const& axes() const { return axes_; }
  /// Its rows are numbered in seconds.
  given_table table() const { return {values_, 1, 1}; }

 private:
  std::vector<function_axis> axes_;
  std::vector<double> values_;
};

template <ir::unit U>
function_grid(std::initializer_list<function_axis>, std::initializer_list<ir::quantity<U>>)
    -> function_grid<U>;
function_grid(std::initializer_list<function_axis>, std::initializer_list<double>)
    -> function_grid<"1">;

namespace dsl {
using nernst::function_axis;
using nernst::function_grid;
}  // namespace dsl

}  // namespace nernst
