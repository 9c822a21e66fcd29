// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>
#include <nernst/network/element_list.hpp>
#include <nernst/network/population.hpp>

namespace nernst {

/// Neurons without variables, which fire when they are told to.
struct given_neurons {
  static constexpr bool are_told_to_fire = true;
  static constexpr auto model = language::neuron();
};

/// Neurons that fire at given times: a population whose spikes can be given anew between runs.
template <class Space, class Real>
class spike_generator : public population<given_neurons, Space, Real> {
 public:
  using population<given_neurons, Space, Real>::population;

  /// Other times (in seconds) from now on. \throws std::invalid_argument, std::out_of_range: see
  /// `engine::given_spikes`.
  void set_spikes(element_list const& neurons, std::vector<double> times,
                  ir::quantity<"s"> period = ir::quantity<"s">{0.0}) const {
    population_base<Real>& all = this->neurons();
    engine::given_spikes given(neurons.numbers(), std::move(times), period.si, all.size(),
                               all.name());
    given.prepare(all.dt(), all.name());
    all.give(std::move(given));
  }
};

}  // namespace nernst
