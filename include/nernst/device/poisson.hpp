// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/kernels.hpp>
#include <nernst/device/mirror.hpp>
#include <nernst/engine/poisson_input.hpp>

namespace nernst::device {

/// What comes to neurons from Poisson neurons of their own, a number for each.
template <class Real>
struct poisson_arrivals {
  engine::poisson_law law;
  kernel::inversion_table table;
  kernel::spike_history<Real> spikes;
  std::uint32_t const* members;  ///< by neuron from the first on, as in `elements`
  std::uint32_t first;
  Real* values;
  Real weight;
  step_count when;

  NERNST_FUNCTION void operator()(std::int64_t number) const {
    if (members != nullptr && members[number] == elements::nobody) return;
    std::uint32_t const neuron = first + static_cast<std::uint32_t>(number);
    kernel::step_context const now = when.now();
    if (law.frozen && !spikes.is_open_now(neuron, now.step)) return;
    Real const count = draw(neuron, now.key);
    if (count > 0) values[neuron] = values[neuron] + count * weight;
  }

 private:
  /// As `kernel::draw_together` draws them on the host, which neighbours do together.
  NERNST_FUNCTION Real draw(std::uint32_t neuron, kernel::draw_key const& key) const {
    constexpr std::uint32_t draw = engine::poisson_law::draw;
    if (table.is_empty())
      return static_cast<Real>(kernel::binomial(key, neuron, draw, law.trials, law.p));
    return static_cast<Real>(table.first + kernel::draw_as_together(table, key, neuron, draw));
  }
};

}  // namespace nernst::device
