// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/ion_group.hpp>
#include <nernst/cable/reversal.hpp>
#include <nernst/ir/constants.hpp>

#include <algorithm>

namespace nernst::cable {

template <class Real>
double ion_group<Real>::unit_at(double temperature) const {
  using namespace ir::codata_2018;
  return gas_constant * temperature / (charge_ * faraday_constant);
}

template <class Real>
void ion_group<Real>::promote(std::vector<std::int32_t> const& places, reversal_source source) {
  if (source == reversal_source::painted) return;
  sources_.resize(this->size());
  for (std::int32_t const place : places) {
    reversal_source& here = sources_[static_cast<std::size_t>(place)];
    here = std::max(here, source);
  }
  derived_ = find_runs(reversal_source::initial);
  changing_ = find_runs(reversal_source::concentrations);
}

template <class Real>
auto ion_group<Real>::find_runs(reversal_source least) const -> std::vector<place_run> {
  std::vector<place_run> all;
  for (std::uint32_t k = 0; k < sources_.size(); ++k) {
    if (sources_[k] < least || sources_[k] == reversal_source::held) continue;
    if (all.empty() || all.back().end != k) all.push_back({k, k});
    all.back().end = k + 1;
  }
  return all;
}

template <class Real>
bool ion_group<Real>::changes_everywhere() const {
  return changing_.size() == 1 && changing_[0].begin == 0 && changing_[0].end == this->size();
}

template <class Real>
void ion_group<Real>::find_reversal(std::uint32_t begin, std::uint32_t end, double temperature,
                                    reversal_source least) const {
  double const unit = unit_at(temperature);
  Real const* const inside = this->array("inside");
  Real const* const outside = this->array("outside");
  Real* const to = this->array("reversal");
  std::vector<place_run> const& runs = runs_of(least);
  auto const ends_before = [](place_run const& r, std::uint32_t place) { return r.end <= place; };
  auto run = std::lower_bound(runs.begin(), runs.end(), begin, ends_before);
  for (; run != runs.end() && run->begin < end; ++run)
    for (std::uint32_t k = std::max(begin, run->begin); k < std::min(end, run->end); ++k)
      to[k] = reversal_of(inside[k], outside[k], unit);
}

template <class Real>
std::size_t ion_group<Real>::memory_bytes() const {
  return population_base<Real>::memory_bytes() + sources_.size() * sizeof(reversal_source) +
         (derived_.size() + changing_.size()) * sizeof(place_run);
}

}  // namespace nernst::cable
