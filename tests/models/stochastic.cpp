// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Models with noise, compared with Brian where every random number is 0.5.
#include "diesmann_1999.hpp"
#include "non_reliability.hpp"
#include "platkiewicz_brette_2011.hpp"
#include "reliability.hpp"
#include "sturzl_2000.hpp"

using namespace models;

namespace {
/// Neurons that are linked to an input, which comes first in each step.
template <class Input, class Neurons>
outcome run_with_input(experiment const& x) {
  std::vector<double> const start = load(x.folder, "start");
  cells<Input, draws::half> input(1, x.dt);
  cells<Neurons, draws::half> all(start.size(), x.dt);
  std::copy(start.begin(), start.end(), all["x"]);
  all.link("I", *input["x"]);
  input.prepare();
  all.prepare();
  outcome result;
  for (int step = 0; step < x.steps; ++step) {
    if (step % x.every == 0)
      result.trace.insert(result.trace.end(), all["x"], all["x"] + start.size());
    input.end(step);
    for (std::size_t const e : all.end(step)) result.spikes.emplace_back(step, static_cast<int>(e));
  }
  return result;
}
}  // namespace

TEST_CASE("non-reliability", "[models]") {
  compare<non_reliability::written, non_reliability::text, draws::half>(
      {"non_reliability", 1e-4, 2000, 10, {"x"}, {"x"}}, 1e-10);
}
TEST_CASE("Platkiewicz and Brette 2011", "[models]") {
  compare<platkiewicz_brette_2011::written, platkiewicz_brette_2011::text, draws::half>(
      {"platkiewicz_brette_2011", 1e-4, 600, 10, {"v", "theta", "I"}, {"v", "theta", "I"}}, 1e-10);
}
TEST_CASE("Diesmann et al. 1999", "[models]") {
  compare<diesmann_1999::written, diesmann_1999::text, draws::half>(
      {"diesmann_1999", 1e-4, 600, 10, {"V", "y"}, {"V", "x", "y"}}, 1e-10);
}
TEST_CASE("Sturzl et al. 2000", "[models]") {
  compare<sturzl_2000::written, sturzl_2000::text, draws::half>(
      {"sturzl_2000", 1e-4, 500, 5, {"d"}, {"v"}, {}, 1e-4}, 1e-10);
}
TEST_CASE("reliability", "[models]") {
  using namespace reliability;
  experiment const x{"reliability", 1e-4, 1000, 10, {"x"}, {"x"}};
  compare(x, run_with_input<written_input, written>(x), run_with_input<text_input, text>(x), 1e-10);
}
