// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/npy.hpp>
#include <nernst/network/record.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
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

/// Numbers of several networks that differ by chance.
using samples = std::vector<std::vector<double>>;

/// An array of several networks, all of one size.
inline samples networks_in(std::vector<double> const& all, std::size_t size) {
  samples each;
  for (std::size_t first = 0; first < all.size(); first += size) {
    auto const begin = all.begin() + static_cast<std::ptrdiff_t>(first);
    each.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
  }
  return each;
}

/// How many of a network's numbers are at most x, as a part of all, for some x.
inline std::vector<double> distribution(std::vector<double> numbers, std::vector<double> const& x) {
  std::sort(numbers.begin(), numbers.end());
  std::vector<double> part;
  for (double const at : x) {
    auto const below = std::upper_bound(numbers.begin(), numbers.end(), at) - numbers.begin();
    part.push_back(static_cast<double>(below) / static_cast<double>(numbers.size()));
  }
  return part;
}

/// Kolmogorov and Smirnov's test over networks, whose neurons depend on each other: the part of all
/// ways to divide the networks into two sets of these sizes in which the mean distributions of the
/// sets are at least as far from each other as those of ours and theirs are.
inline double chance(samples const& ours, samples const& theirs) {
  samples all = ours;
  all.insert(all.end(), theirs.begin(), theirs.end());
  std::vector<double> x;
  for (auto const& numbers : all) x.insert(x.end(), numbers.begin(), numbers.end());
  std::sort(x.begin(), x.end());
  x.erase(std::unique(x.begin(), x.end()), x.end());
  std::vector<double> some;
  for (std::size_t k = 0; k < x.size(); k += 1 + x.size() / 200) some.push_back(x[k]);
  samples parts;
  for (auto const& numbers : all) parts.push_back(distribution(numbers, some));

  auto const distance = [&](std::uint32_t first_set) {
    double worst = 0;
    for (std::size_t k = 0; k < some.size(); ++k) {
      double difference = 0;
      for (std::size_t n = 0; n < all.size(); ++n)
        difference += (first_set >> n & 1) != 0 ? parts[n][k] / static_cast<double>(ours.size())
                                                : -parts[n][k] / static_cast<double>(theirs.size());
      worst = std::max(worst, std::abs(difference));
    }
    return worst;
  };
  double const found = distance((1u << ours.size()) - 1) - 1e-12;
  int as_far = 0, sets = 0;
  for (std::uint32_t set = 0; set < 1u << all.size(); ++set) {
    if (static_cast<std::size_t>(std::popcount(set)) != ours.size()) continue;
    ++sets;
    if (distance(set) >= found) ++as_far;
  }
  return static_cast<double>(as_far) / sets;
}

}  // namespace test
