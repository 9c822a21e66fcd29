// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// SWC files that nobody has written: whatever comes in, the reader comes back with a tree or with
// an error that names the file. As a test this file changes the cells in data/cable at random; for
// more, run
//   clang++ -std=c++20 -g -O1 -DNERNST_FUZZ -fsanitize=fuzzer,address,undefined -Iinclude
//   tests/cable/fuzz.cpp -o fuzz
//   ./fuzz -max_len=2000 tests/data/cable

#include <nernst/cable/compartments.hpp>
#include <nernst/language/units.hpp>

#include <cmath>
#include <stdexcept>
#include <string>

namespace {

using namespace nernst::dsl;
using namespace nernst::language;
using nernst::morphology;

constexpr nernst::swc_reading readings[] = {nernst::swc_reading::neuron, nernst::swc_reading::arbor,
                                            nernst::swc_reading::brian};

/// Whether there is a mistake in what was made of a tree.
bool is_wrong(morphology const& cell) {
  nernst::compartments const c(cell, nernst::fixed_per_branch(2));
  bool wrong = false;
  double area = 0, of_branches = 0;
  for (auto const& b : cell.branches()) of_branches += b.between(0, 1).area;
  for (int k = 0; k < c.size(); ++k) {
    auto const n = static_cast<std::size_t>(k);
    wrong = wrong || c.parent[n] >= k || !(c.area[n] >= 0) || !(c.resistance[n] >= 0);
    area += c.area[n];
  }
  // Numbers of very different size may overflow.
  if (std::isfinite(of_branches)) wrong = wrong || std::abs(area / of_branches - 1) > 1e-9;
  auto const far = (distance > 20 * um && dendrites).in(cell);
  auto const covered = (whole - nernst::region(far)).in(cell);
  wrong = wrong || !nernst::cable::intersection(far, covered).empty();
  return wrong || terminals.on(cell).empty() || centre(whole).on(cell).size() != 1;
}

enum class outcome : char { tree, error, wrong };

outcome feed(std::string_view text, nernst::swc_reading how) {
  try {
    return is_wrong(morphology::from_swc_text(text, how, "fuzz.swc")) ? outcome::wrong
                                                                      : outcome::tree;
  } catch (std::runtime_error const& e) {
    return std::string_view(e.what()).starts_with("fuzz.swc:") ? outcome::error : outcome::wrong;
  }
}

}  // namespace

#ifdef NERNST_FUZZ
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  for (auto const how : readings)
    if (feed({reinterpret_cast<char const*>(data), size}, how) == outcome::wrong) __builtin_trap();
  return 0;
}
#else
#include "catch.hpp"
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace {

std::vector<std::string> cells() {
  std::vector<std::string> all;
  for (auto const& entry : std::filesystem::directory_iterator(NERNST_TEST_DATA "/cable")) {
    if (entry.path().extension() != ".swc" || entry.file_size() > 3000) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return all;
}

std::string changed(std::string text, std::mt19937& draw) {
  constexpr std::string_view letters = "0123456789.-+e# \n\t\r\x00\xffnaif";
  auto const below = [&](std::size_t n) { return static_cast<std::size_t>(draw() % n); };
  for (std::size_t changes = 1 + below(4); changes > 0 && !text.empty(); --changes) {
    std::size_t const at = below(text.size()), size = 1 + below(8);
    switch (below(4)) {
    case 0:
      text[at] = letters[below(letters.size())];
      break;
    case 1:
      text.erase(at, size);
      break;
    case 2:
      text.insert(at, 1, letters[below(letters.size())]);
      break;
    default:
      text.insert(at, text.substr(below(text.size()), 4 * size));
      break;
    }
  }
  return text;
}

}  // namespace

TEST_CASE("fuzz: cells that were changed at random are trees or errors", "[cable][fuzz]") {
  std::vector<std::string> const good = cells();
  REQUIRE(good.size() >= 8);
  std::mt19937 draw(7);
  int trees = 0, errors = 0;
  for (int k = 0; k < 3000; ++k) {
    std::string const text = changed(good[draw() % good.size()], draw);
    for (auto const how : readings) {
      outcome const result = feed(text, how);
      if (result == outcome::wrong) FAIL_CHECK(text);
      ++(result == outcome::tree ? trees : errors);
    }
  }
  CHECK(trees > 300);
  CHECK(errors > 300);
}

TEST_CASE("fuzz: a file may end anywhere", "[cable][fuzz]") {
  for (std::string const& text : cells())
    for (std::size_t size = 0; size < text.size(); ++size)
      CHECK(feed(text.substr(0, size), nernst::swc_reading::neuron) != outcome::wrong);
}

TEST_CASE("fuzz: long lines, deep trees and wide ones take no long time", "[cable][fuzz]") {
  std::string deep = "1 1 0 0 0 5 -1\n", wide = deep;
  for (int k = 2; k < 20000; ++k) {
    std::string const n = std::to_string(k), p = std::to_string(k - 1);
    // Each sample has another type than its parent, so that each is a section.
    deep += n + " " + std::to_string(2 + k % 2) + " " + n + " 0 0 1 " + p + "\n";
    wide += n + " 3 " + n + " 9 0 1 1\n";
  }
  auto const neuron = nernst::swc_reading::neuron;
  CHECK(feed(deep, nernst::swc_reading::brian) == outcome::tree);
  CHECK(morphology::from_swc_text(deep, neuron).size() == 19999);
  CHECK(feed(wide, neuron) == outcome::tree);
  CHECK(feed(deep, neuron) == outcome::tree);
  CHECK(feed(std::string(1 << 20, '1'), neuron) == outcome::error);
  CHECK(feed(std::string(1 << 20, '\n'), neuron) == outcome::error);
}
#endif
