// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst {

/// Neurons that fire at random, each with a rate of its own, at most once in a step: in each with
/// probability rate dt (Brian 2's PoissonGroup). The rates may be changed between runs and by
/// functions that are called in them; a rate that follows a formula in time makes a model of one
/// line: `neuron(threshold(uniform() < (10 * Hz + 5 * Hz * sin(w * t)) * dt))`.
struct poisson_neurons {
  static constexpr auto rate = language::parameter<"rate">(dsl::hertz) | language::at_least_0;
  static constexpr auto model =
      language::neuron(rate, language::threshold(dsl::uniform() < rate * dsl::dt));
};

/// The same with the rates of a timed array, for all neurons or, with several columns, for each.
struct poisson_neurons_in_time {
  static constexpr auto rates = language::timed_array<"rates">(dsl::hertz);
  static constexpr auto has_columns = language::shared<"has_columns">(dsl::one);
  static constexpr auto model = language::neuron(
      language::threshold(dsl::uniform() < rates(dsl::t, has_columns* dsl::i) * dsl::dt));
};

/// Neurons that fire at random with a rate in common, and together: each keeps a spike of a process
/// in common, whose rate is rate / correlation, with probability `correlation` (Kuhn, Aertsen and
/// Rotter 2003, NEST's mip_generator). Counts of two neurons have that correlation.
struct correlated_poisson_neurons {
  static constexpr auto rate = language::shared<"rate">(dsl::hertz) | language::at_least_0;
  static constexpr auto correlation = language::shared<"correlation">(dsl::one);
  static constexpr auto mother = language::shared<"mother">(language::boolean);
  static constexpr auto model = language::neuron(
      language::every(dsl::dt, mother = dsl::uniform() < rate / correlation * dsl::dt),
      language::threshold(mother&& dsl::uniform() < correlation));
};

}  // namespace nernst
