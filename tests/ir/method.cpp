// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/method.hpp>

#include "catch.hpp"

using namespace nernst::ir;

namespace {

static_assert(find_method("exact")->id == method_id::exact &&
              find_method("linear")->id == method_id::exact &&
              find_method("gsl_rkf45")->id == method_id::rk45 &&
              find_method("scheme")->id == method_id::scheme);
static_assert(name_of(method_id::exact) == "exact" && name_of(method_id::rk45) == "rk45" &&
              name_of(method_id::automatic) == "automatic");
static_assert(find_method("gsl_rk8pd")->id == method_id::automatic &&
              find_method("gsl_rk8pd")->instead == "rk45" &&
              find_method("independent")->instead == "exact");
static_assert(find_method("rk3") == nullptr && find_method("") == nullptr &&
              find_method("automatic") == nullptr && find_method("Euler") == nullptr);

// A name has one row. Where a method is not there, another one that is there is named.
constexpr bool is_consistent() {
  for (method_name const& m : method_names) {
    if (find_method(m.name) != &m) return false;
    if ((m.id == method_id::automatic) == m.instead.empty()) return false;
    if (!m.instead.empty() && find_method(m.instead)->id == method_id::automatic) return false;
  }
  return true;
}
static_assert(is_consistent());

}  // namespace

TEST_CASE("every method has a name by which it is found", "[ir][method]") {
  for (int k = static_cast<int>(method_id::exact); k <= static_cast<int>(method_id::scheme); ++k) {
    auto const id = static_cast<method_id>(k);
    REQUIRE(find_method(name_of(id)) != nullptr);
    CHECK(find_method(name_of(id))->id == id);
  }
}
