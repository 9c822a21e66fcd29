// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/fixed_probability.hpp>
#include <nernst/network/connect/independent_trials.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst {

NERNST_INLINE void fixed_probability_rule::refuse(double probability) {
  detail::refuse<std::invalid_argument>(
      {"fixed_probability: expected a probability in [0, 1], found ", probability});
}

NERNST_INLINE connection_list
fixed_probability_rule::build(executor const& run, connection_request const& request) const {
  return detail::draw_independent_trials(run, request, probability_, autapses_);
}

}  // namespace nernst
