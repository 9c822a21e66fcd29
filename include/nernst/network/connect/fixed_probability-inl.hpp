// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/fixed_probability.hpp>
#include <nernst/network/connect/independent_trials.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst {

NERNST_INLINE void fixed_probability_rule::refuse(double probability) {
  detail::refuse<std::invalid_argument>(
      {"fixed_probability: expected a probability in [0, 1], found ", probability});
}

NERNST_INLINE connections fixed_probability_rule::make(executor const&,
                                                       connection_request const& request) const {
  return detail::independent_trials(request, probability_, autapses_);
}

NERNST_INLINE connection_list
fixed_probability_rule::build(executor const& run, connection_request const& request) const {
  return detail::list_of(run, make(run, request));
}

}  // namespace nernst
