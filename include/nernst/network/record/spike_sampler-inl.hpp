// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/record/spike_sampler.hpp>

namespace nernst::detail {

template <class Real>
void spike_sampler<Real>::reserve(std::int64_t) {
  for (int p = 0; p < into->logs.size(); ++p) {
    auto& taken = into->taken[static_cast<std::size_t>(p)];
    taken.clear();
    taken.reserve(into->logs[p].room() * into->variables.size());
  }
}

template <class Real>
void spike_sampler<Real>::record(int partition, std::uint32_t, std::uint32_t,
                                 kernel::step_context const& now) {
  auto const p = static_cast<std::size_t>(partition);
  bool const updated = when >= ir::instant{ir::slot::groups, 0};
  for (auto& value : values[p]) value.at(now.time, now.step, updated);
  for (std::uint32_t const n : into->logs[partition].spikes(now.step)) {
    if (!into->set.contains(n)) continue;
    for (auto& value : values[p]) into->taken[p].push_back(value(n));
  }
}

template <class Real>
std::size_t spike_sampler<Real>::memory_bytes() const {
  std::size_t bytes = 0;
  for (auto const& each : into->taken) bytes += each.capacity() * sizeof each[0];
  return bytes;
}

}  // namespace nernst::detail
