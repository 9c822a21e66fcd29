// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <vector>

namespace test {

/// Spikes of sources that fire in step k where `fires(source, k)`, in steps of 1 ms.
struct firing {
  std::vector<std::uint32_t> neurons;
  std::vector<double> times;

  template <class Fires>
  firing(int sources, int steps, Fires const& fires) {
    for (int step = 0; step < steps; ++step)
      for (int s = 0; s < sources; ++s)
        if (fires(s, step)) {
          neurons.push_back(static_cast<std::uint32_t>(s));
          times.push_back(1e-3 * step);
        }
  }
};

}  // namespace test
