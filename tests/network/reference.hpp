// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/npy.hpp>
#include <nernst/network/record.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

/// Comparison with what Brian 2 computed (tests/data).
namespace test {

/// A file of tests/data as numbers of a type of its own.
template <class T>
std::vector<T> read(std::string const& file) {
  return nernst::io::read_npy<T>(std::string(NERNST_TEST_DATA) + "/" + file).data;
}
/// The same as other numbers.
template <class Stored, class T = double>
std::vector<T> read_as(std::string const& file) {
  auto const stored = read<Stored>(file);
  return {stored.begin(), stored.end()};
}
/// The same times the unit that the numbers are stored in.
template <class Stored>
std::vector<double> read_times(std::string const& file, double unit) {
  auto values = read_as<Stored>(file);
  for (double& x : values) x *= unit;
  return values;
}

/// The number of spikes before the first that differs, and the step of that one.
struct agreement {
  std::size_t spikes;
  std::int64_t steps;
};
template <class Step, class Neuron>
agreement compare(nernst::spike_record const& ours, std::vector<Step> const& step,
                  std::vector<Neuron> const& neuron) {
  std::size_t const n = std::min(ours.count(), step.size());
  for (std::size_t k = 0; k < n; ++k)
    if (ours.steps()[k] != step[k] || ours.neurons()[k] != neuron[k])
      return {k, std::min<std::int64_t>(ours.steps()[k], step[k])};
  if (n < step.size()) return {n, step[n]};
  return {n, n < ours.count() ? ours.steps()[n] : step.back() + 1};
}

/// A recorded variable as Brian 2 has it: element by element, each for the first `steps` steps.
template <class Real>
std::vector<double> rows(nernst::state_record<Real> const& of, std::size_t elements,
                         std::size_t steps, std::size_t variable = 0) {
  std::vector<double> values;
  for (std::size_t n = 0; n < elements; ++n)
    for (std::size_t s = 0; s < steps; ++s) values.push_back(of.at(s, variable, n));
  return values;
}

/// The largest difference by the size of their number; a size below `least` counts as that.
inline double worst_relative(std::vector<double> const& ours, std::vector<double> const& theirs,
                             double least = 1e-30) {
  if (ours.size() != theirs.size()) return std::numeric_limits<double>::infinity();
  double worst = 0;
  for (std::size_t k = 0; k < ours.size(); ++k)
    worst = std::max(worst, std::abs(ours[k] - theirs[k]) / std::max(least, std::abs(theirs[k])));
  return worst;
}

/// Kolmogorov and Smirnov's distance of two samples, by the one that is exceeded by chance in one
/// of a thousand pairs of samples of one distribution: below 1 if they may be of one.
inline double kolmogorov_smirnov(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  auto const n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  double distance = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    double const x = std::min(a[i], b[j]);
    while (i < a.size() && a[i] == x) ++i;
    while (j < b.size() && b[j] == x) ++j;
    distance =
        std::max(distance, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  return distance / (1.95 * std::sqrt((n + m) / (n * m)));
}

}  // namespace test
