// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bound_expression.hpp>
#include <nernst/network/record/spike_record.hpp>

namespace nernst::detail {

/// Takes values of variables in the spikes (or other events) of a population, for a record of
/// these.
template <class Real>
struct spike_sampler : sampling_store {
  std::shared_ptr<spike_store> into;
  std::vector<std::vector<engine::named_value<Real>>> values;  ///< by partition, then by variable

  void begin_run() override { takes_part = into->active; }
  void change_dt(double, std::int64_t) override {}
  void collect(std::int64_t) override {}
  void reserve(std::int64_t end) override;
  void cut(std::int64_t) override {}
  void record(int partition, std::uint32_t begin, std::uint32_t end,
              kernel::step_context const& now) override;
  std::size_t memory_bytes() const override;
};

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/record/spike_sampler-inl.hpp>
#endif
