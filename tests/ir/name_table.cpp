// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/name_table.hpp>

#include "catch.hpp"
#include <string>
#include <vector>

using namespace nernst::ir;

namespace {

constexpr bool numbers_names_once() {
  name_table names;
  int const v = names.intern("v"), tau = names.intern("tau_m"), again = names.intern("v");
  int const nameless = names.add_nameless(), other = names.add_nameless();
  return v == 0 && tau == 1 && again == v && nameless == 2 && other == 3 && names.size() == 4 &&
         names[tau] == "tau_m" && names[nameless].empty() && names.intern("tau_") == 4 &&
         names.intern("tau_m2") == 5 && names.intern("tau_m") == tau;
}
static_assert(numbers_names_once());

// The known values of FNV-1a.
static_assert(hash_of("") == 0x811c9dc5U && hash_of("a") == 0xe40c292cU &&
              hash_of("foobar") == 0xbf9cf968U);

// Names with one hash are different names.
constexpr bool tells_equal_hashes_apart() {
  name_table names;
  int const a = names.intern("abc", 3, 7), b = names.intern("abd", 3, 7),
            shorter = names.intern("ab", 2, 7);
  return a != b && shorter != a && names.intern("abc", 3, 7) == a &&
         names.intern("abd", 3, 7) == b && names.intern("ab", 2, 7) == shorter;
}
static_assert(tells_equal_hashes_apart());

}  // namespace

TEST_CASE("a large table finds its names again", "[ir][name_table]") {
  std::vector<std::string> texts;
  for (int k = 0; k < 5000; ++k) texts.push_back("x" + std::to_string(k));
  name_table names;
  for (int k = 0; k < 5000; ++k) {
    if (k % 100 == 0) names.add_nameless();
    REQUIRE(names.intern(texts[static_cast<std::size_t>(k)]) == k + k / 100 + 1);
  }
  for (int k = 0; k < 5000; ++k) {
    std::string const& text = texts[static_cast<std::size_t>(k)];
    REQUIRE(names.intern(text) == k + k / 100 + 1);
    REQUIRE(names[k + k / 100 + 1] == text);
  }
  CHECK(names.size() == 5050);
}
