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

/// The values `U` of a function at ascending places `X`: straight lines in between, and beyond them
/// the values at the ends. What a FUNCTION_TABLE of a .mod file is given.
///
///     channels["tau"] = function_values({-80 * mV, 0 * mV, 40 * mV}, {5 * ms, 1 * ms, 3 * ms});
template <ir::unit X, ir::unit U>
class function_values {
 public:
  /// \throws std::invalid_argument
  function_values(std::vector<ir::quantity<X>> const& places,
                  std::vector<ir::quantity<U>> const& values) {
    if (places.empty() || places.size() != values.size())
      detail::refuse<std::invalid_argument>(
          {"function_values: expected a value for each place, one or more, found ", values.size(),
           " values and ", places.size(), " places"});
    for (std::size_t k = 0; k < places.size(); ++k) {
      if (k > 0 && !(places[k].si > places[k - 1].si))
        detail::refuse<std::invalid_argument>(
            {"function_values: expected places in ascending order, found ", places[k].si,
             " behind ", places[k - 1].si});
      pairs_.push_back(places[k].si);
      pairs_.push_back(values[k].si);
    }
  }

  given_table table() const { return {pairs_, 2, 0}; }

 private:
  std::vector<double> pairs_;  ///< place, value, place, ...
};

template <ir::unit X, ir::unit U>
function_values(std::initializer_list<ir::quantity<X>>, std::initializer_list<ir::quantity<U>>)
    -> function_values<X, U>;
template <ir::unit X>
function_values(std::initializer_list<ir::quantity<X>>, std::initializer_list<double>)
    -> function_values<X, "1">;

namespace dsl {
using nernst::function_values;
}

}  // namespace nernst
