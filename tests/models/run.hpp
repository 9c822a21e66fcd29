// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/language.hpp>

#include "cells.hpp"
#include <catch.hpp>

/// The models of Brian 2's example scripts: run without a network, and compared with runs of Brian
/// 2 (tests/data/make_models.py).
namespace models {
namespace brian = nernst::brian;

/// From a step on a variable has other values, one per neuron.
struct change {
  int step;
  std::string_view variable;
  std::vector<double> values;
};

/// A run, as make_models.py made it.
struct experiment {
  std::string folder;
  double dt;
  int steps, every;                     ///< states are kept before each `every`th step
  std::vector<std::string_view> given;  ///< rows of the start values
  std::vector<std::string_view> recorded;
  std::vector<change> changes = {};
  double table_dt = 0;  ///< of the model's timed array, if it has one
};

/// States (samples x variables x neurons), and the step and neuron of each spike.
struct outcome {
  std::vector<double> trace;
  std::vector<std::pair<int, int>> spikes;

  friend bool operator==(outcome const&, outcome const&) = default;
};

inline std::vector<double> load(std::string const& folder, std::string const& file) {
  return nernst::io::read_npy<double>(std::string(NERNST_TEST_DATA) + "/models/" + folder + "/" +
                                      file + ".npy")
      .data;
}

/// Runs a model as an experiment says, from Brian's start values.
template <class Model, draws Draws>
outcome run(experiment const& x) {
  std::vector<double> const start = load(x.folder, "start"), table = x.table_dt > 0
                                                                         ? load(x.folder, "table")
                                                                         : std::vector<double>{};
  std::size_t const n = start.size() / x.given.size();
  cells<Model, Draws> all(n, x.dt);
  if (x.table_dt > 0) all.set_table(table, x.table_dt);
  for (std::size_t k = 0; k < x.given.size(); ++k)
    std::copy_n(start.begin() + static_cast<std::ptrdiff_t>(k * n), n, all[x.given[k]]);
  all.prepare();
  outcome result;
  for (int step = 0; step < x.steps; ++step) {
    for (change const& c : x.changes)
      if (c.step == step) std::copy_n(c.values.begin(), n, all[c.variable]);
    all.begin(step);
    if (step % x.every == 0)
      for (auto const id : x.recorded)
        result.trace.insert(result.trace.end(), all[id], all[id] + n);
    for (std::size_t const e : all.end(step)) result.spikes.emplace_back(step, static_cast<int>(e));
  }
  return result;
}

/// Brian's results.
inline outcome reference(experiment const& x) {
  auto const spikes = nernst::io::read_npy<std::int32_t>(std::string(NERNST_TEST_DATA) +
                                                         "/models/" + x.folder + "/spikes.npy");
  outcome result{load(x.folder, "trace"), {}};
  std::size_t const count = spikes.data.size() / 2;
  for (std::size_t k = 0; k < count; ++k)
    result.spikes.emplace_back(spikes.data[k], spikes.data[count + k]);
  std::sort(result.spikes.begin(), result.spikes.end());
  return result;
}

/// The largest difference of a variable, as a fraction of the largest value it has in its neuron,
/// before sample `samples`.
inline double difference(experiment const& x, outcome const& a, outcome const& b,
                         std::size_t samples) {
  std::size_t const all =
      (static_cast<std::size_t>(x.steps) + static_cast<std::size_t>(x.every) - 1) /
      static_cast<std::size_t>(x.every);
  std::size_t const columns = b.trace.size() / all;
  REQUIRE(a.trace.size() == b.trace.size());
  REQUIRE(columns % x.recorded.size() == 0);
  double worst = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    double largest = 0, off = 0;
    for (std::size_t s = 0; s < std::min(samples, all); ++s) {
      double const ours = a.trace[s * columns + c], theirs = b.trace[s * columns + c];
      largest = std::max(largest, std::abs(theirs));
      off = std::max(off, std::abs(ours - theirs));
      if (!(std::abs(ours - theirs) < 1e300)) return 1e300;
    }
    if (off > 0) worst = std::max(worst, off / largest);
  }
  return worst;
}

/// Both forms of a model give the same numbers, bit for bit, and those of Brian: all spikes in the
/// same steps, states within a `tolerance`, a fraction of a variable's largest value. Where the
/// dynamics amplify rounding the comparison with Brian ends before step `until`.
inline void compare(experiment const& x, outcome const& ours, outcome const& from_text,
                    double tolerance, int until = 1 << 30) {
  INFO(x.folder);
  outcome const theirs = reference(x);
  CHECK(ours == from_text);

  double const off =
      difference(x, ours, theirs, static_cast<std::size_t>((until - 1) / x.every + 1));
  auto const first = std::mismatch(ours.spikes.begin(), ours.spikes.end(), theirs.spikes.begin(),
                                   theirs.spikes.end());
  auto const same = static_cast<std::size_t>(first.first - ours.spikes.begin());
  INFO("difference " << off << ", " << same << " of " << theirs.spikes.size() << " spikes");
  CHECK(off < tolerance);
  if (first.first != ours.spikes.end()) CHECK(first.first->first >= until);
  if (first.second != theirs.spikes.end()) CHECK(first.second->first >= until);
}
template <class Written, class Text, draws Draws = draws::random>
void compare(experiment const& x, double tolerance, int until = 1 << 30) {
  compare(x, run<Written, Draws>(x), run<Text, Draws>(x), tolerance, until);
}

}  // namespace models
