// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/record.hpp>

#include <vector>

namespace test {

using numbers = std::vector<double>;

/// What a record has of one variable of one neuron, step by step.
template <class Real>
numbers trace(nernst::state_record<Real> const& of, std::size_t variable = 0,
              std::size_t neuron = 0) {
  numbers values;
  for (std::size_t s = 0; s < of.steps(); ++s) values.push_back(of.at(s, variable, neuron));
  return values;
}

}  // namespace test
