// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/schedule.hpp>
#include <nernst/network/watch.hpp>
#include <nernst/refuse.hpp>

#include <cmath>
#include <stdexcept>

namespace nernst::engine {

/// Looks for states that are not finite. Each thread looks at its own partition; of what they find
/// the first counts, by population, variable and neuron.
template <class Real>
class lookout {
 public:
  lookout(watch what, network_parts<Real> const& network, int partitions)
      : on_(what == watch::finite), network_(network), found_(partitions) {}

  bool is_on() const { return on_; }
  void look(int partition) {
    for (int n = 0; n < network_.populations.size() && found_[partition].population == ir::none;
         ++n)
      look(partition, n);
  }
  /// Whether any partition has found something in the step in which all of them have looked.
  bool has_found() const { return first().population != ir::none; }
  /// \throws std::runtime_error for what was found; `step` is the one that comes next, at `t`.
  [[noreturn]] void end_run(std::int64_t step, double t) const {
    finding const f = first();
    population_base<Real> const& neurons = *network_.populations[f.population];
    kernel::variable const& v = neurons.model().variables[f.variable];
    std::string_view found = "nan";
    if (std::isinf(f.value)) found = f.value > 0 ? "inf" : "-inf";
    std::string const where =
        f.is_shared ? std::string() : detail::message({"neuron ", f.neuron, ", "});
    detail::refuse<std::runtime_error>({detail::label(neurons.name(), v.symbol.id),
                                        ": expected a finite value, found ", found, " at ", where,
                                        "t = ", t, " s (step ", step, ")"});
  }

 private:
  struct finding {
    int population = ir::none, variable = ir::none;
    std::uint32_t neuron = 0;
    bool is_shared = false;
    double value = 0;

    bool is_before(finding const& other) const {
      if (population != other.population) return population < other.population;
      return variable != other.variable ? variable < other.variable : neuron < other.neuron;
    }
  };

  finding first() const {
    finding f;
    for (finding const& one : found_)
      if (one.population != ir::none && (f.population == ir::none || one.is_before(f))) f = one;
    return f;
  }
  void look(int partition, int population) {
    population_base<Real> const& neurons = *network_.populations[population];
    ir::span<kernel::variable const> const variables = neurons.model().variables;
    finding& f = found_[partition];
    for (int s = 0; s < variables.size(); ++s) {
      ir::symbol const& v = variables[s].symbol;
      Real const* const array = neurons.arrays()[s];
      bool const is_shared = v.kind == ir::role::shared_state && partition == 0;
      if (is_shared && !std::isfinite(neurons.values()[s]))
        f = {population, s, 0, true, neurons.values()[s]};
      else if (v.kind == ir::role::state && array != nullptr && v.id.view().front() != '_')
        look(f, {population, s}, array, neurons.begin(partition), neurons.end(partition));
      if (f.population != ir::none) return;
    }
  }
  static void look(finding& f, finding const& at, Real const* array, std::uint32_t begin,
                   std::uint32_t end) {
    bool all = true;  // without a way out, so that the loop is vectorised
    for (std::uint32_t n = begin; n < end; ++n) all = all & (array[n] - array[n] == 0);
    if (all) return;
    std::uint32_t n = begin;
    while (std::isfinite(array[n])) ++n;
    f = {at.population, at.variable, n, false, static_cast<double>(array[n])};
  }

  bool on_;
  network_parts<Real> const& network_;
  ir::list<finding> found_;  ///< by partition
};

}  // namespace nernst::engine
