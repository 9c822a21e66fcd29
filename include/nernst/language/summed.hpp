// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/variable.hpp>

namespace nernst::language {

template <int N>
struct summed_clause {
  term target;
  term value[N];
};

/// A variable of a neuron that is, in every step before the state update, the sum of an expression
/// over its synapses: `summed(post(g) = w * s)`, or `pre(g)` for the source neuron.
template <class S>
constexpr auto summed(S const& s) {
  if constexpr (!detail::are_statements<"summed", S>()) {
    return mistaken{};
  } else {
    summed_clause<sizeof s.value / sizeof(term)> r{};
    r.target = s.target;
    for (std::size_t k = 0; k < sizeof s.value / sizeof(term); ++k) r.value[k] = s.value[k];
    return r;
  }
}

}  // namespace nernst::language
