// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Named expressions, outside of any equation.
#include "exprel_function.hpp"

using namespace models;

namespace {
template <class Model>
std::vector<std::vector<double>> rates(std::vector<double> const& v) {
  cells<Model> all(v.size(), 1e-4);
  std::copy(v.begin(), v.end(), all["v"]);
  all.prepare();
  return {all.subexpression("alpha_simple"), all.subexpression("alpha_improved")};
}
}  // namespace

TEST_CASE("rates with exprel and without", "[models]") {
  std::vector<double> const v = load("exprel_function", "start"),
                            brian = load("exprel_function", "trace");
  auto const ours = rates<exprel_function::written>(v), from_text = rates<exprel_function::text>(v);
  for (std::size_t k = 0; k < v.size(); ++k) {
    CAPTURE(v[k]);
    CHECK(ours[1][k] == from_text[1][k]);
    CHECK(ours[1][k] == Approx(brian[v.size() + k]).epsilon(1e-13));
    if (std::isnan(brian[k])) continue;  // 0/0
    CHECK(ours[0][k] == from_text[0][k]);
    CHECK(ours[0][k] == Approx(brian[k]).epsilon(1e-13));
  }
}
