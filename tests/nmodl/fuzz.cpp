// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Texts that nobody has written: whatever comes in, the reader comes back, with a place if it has
// not understood, and what it has made a mechanism of is derived to its kernels. As a test this
// file feeds the files beside it, cut off and mutated; for more, run
//   clang++ -std=c++20 -g -O1 -DNERNST_FUZZ -fsanitize=fuzzer,address,undefined -Iinclude
//   tests/nmodl/fuzz.cpp -o fuzz
//   ./fuzz -dict=tests/nmodl/fuzz.dict -max_len=4000 tests/nmodl/corpus tests/nmodl/files
//   tests/nmodl/mod tests/nmodl/events tests/nmodl/diffusion tests/nmodl/pointers tests/data/mod

#include <nernst/ir/print.hpp>
#include <nernst/kernel/derive.hpp>
#include <nernst/nmodl/lower.hpp>
#include <nernst/nmodl/strict_units.hpp>

#include <cstdlib>
#include <string>

namespace {
namespace nmodl = nernst::nmodl;

/// Whether a finding says where it is.
bool has_place(nmodl::finding const& f) {
  return f.what.line > 0 && f.what.column > 0 && !f.what.ok() && to_text(f).size > 10;
}

std::size_t length = 0;  // so that no work is thrown away

/// What a compiler does with a mechanism. Larger ones take long, and bring nothing else.
void derive(nernst::ir::model const& m) {
  constexpr int most_nodes = 2000;
  if (m.nodes.size() > most_nodes) return;
  length += nernst::ir::to_string(m).size();
  length += to_text(nernst::kernel::derive(m).mistake).size;
}

/// Reads a text, which it may include itself. Returns how many findings there were, or -1 if one
/// has no place.
int feed(std::string_view text) {
  nmodl::source const files[] = {{"constants.inc", text}};
  nmodl::syntax s = nmodl::parse({"x.mod", text}, files);
  if (!s.ok()) return has_place(s.mistake) ? 1 : -1;
  nmodl::contents c = nmodl::examine(s);
  nmodl::contents with_units = c;
  nmodl::check_units(s, with_units);
  for (nmodl::finding const& f : with_units.findings)
    if (!has_place(s.located(f))) return -1;
  for (nmodl::table_mode const mode : {nmodl::table_mode::none, nmodl::table_mode::neuron}) {
    nmodl::syntax again = s;
    nmodl::lowered const made = nmodl::lower(again, c, mode);
    if (!made.found.what.ok() && !has_place(made.found)) return -1;
    if (made.found.what.ok()) derive(made.model);
  }
  return c.findings.size();
}
}  // namespace

#ifdef NERNST_FUZZ
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (feed({reinterpret_cast<char const*>(data), size}) < 0) std::abort();
  return 0;
}
#else
#include "catch.hpp"
#include "nmodl/files.hpp"
#include <filesystem>
#include <random>

namespace {
std::vector<std::string> all_texts() {
  std::vector<std::string> all;
  for (char const* name : mod_files) all.push_back(read_mod_file(name));
  return all;
}
/// Takes parts of a text out, doubles them, or puts something else there.
std::string mutated(std::string text, std::vector<std::string> const& all, std::mt19937& random) {
  auto below = [&](std::size_t n) { return n == 0 ? n : random() % n; };
  constexpr std::string_view pieces[] = {"{",         "}",
                                         "(",         ")",
                                         "~",         "'",
                                         "\"",        ":",
                                         "?",         "<->",
                                         "0",         "1e999",
                                         "-",         "^",
                                         "[",         "]",
                                         "LOCAL",     "TABLE",
                                         "KINETIC k", "\x1a",
                                         "VERBATIM",  "\nENDVERBATIM\n",
                                         "COMMENT",   "INCLUDE \"constants.inc\"",
                                         "if",        "FROM",
                                         "SOLVE",     "\xff",
                                         "\r",        "DEFINE",
                                         "a = "};
  for (std::size_t changes = 1 + below(6); changes > 0; --changes) {
    std::size_t const at = below(text.size() + 1), size = below(40);
    switch (below(5)) {
    case 0:
      text.erase(at, size);
      break;
    case 1:
      text.insert(at, text.substr(below(text.size()), size));
      break;
    case 2:
      text.insert(at, pieces[below(std::size(pieces))]);
      break;
    case 3: {
      std::string const& other = all[below(all.size())];
      text.insert(at, other.substr(below(other.size()), 4 * size));
      break;
    }
    default:
      if (at < text.size()) text[at] = static_cast<char>(random());
    }
  }
  return text;
}
}  // namespace

TEST_CASE("a .mod file may end anywhere", "[nmodl][fuzz]") {
  for (std::string const& text : all_texts())
    for (std::size_t size = 0; size <= text.size(); ++size)
      if (feed(std::string(text, 0, size)) < 0) FAIL(size);
}

TEST_CASE("mutated .mod files are read to their end", "[nmodl][fuzz]") {
  std::vector<std::string> const all = all_texts();
  std::mt19937 random(14);
  int understood = 0, not_understood = 0;
  for (int k = 0; k < 4000; ++k) {
    std::string const text = mutated(all[static_cast<std::size_t>(k) % all.size()], all, random);
    int const found = feed(text);
    if (found < 0) FAIL(text);
    ++(found == 0 ? understood : not_understood);
  }
  CHECK(understood > 10);
  CHECK(not_understood > 2000);
}

TEST_CASE("the corpus of .mod files is read to its end", "[nmodl][fuzz]") {
  int files = 0;
  for (auto const& entry :
       std::filesystem::directory_iterator(NERNST_TEST_DATA "/../nmodl/corpus")) {
    INFO(entry.path().string());
    std::ifstream file(entry.path(), std::ios::binary);
    CHECK(feed(std::string(std::istreambuf_iterator<char>(file), {})) >= 0);
    ++files;
  }
  CHECK(files >= 8);
}

TEST_CASE("hostile texts", "[nmodl][fuzz]") {
  auto many = [](int n, std::string const& piece) {
    std::string all;
    for (int k = 0; k < n; ++k) all += piece;
    return all;
  };
  CHECK(feed(many(100000, "(")) == 1);
  CHECK(feed("INITIAL " + many(100000, "{")) == 1);
  CHECK(feed("INITIAL { x = " + many(100000, "-") + "1 }") == 1);
  CHECK(feed("INITIAL { x = " + many(100000, "a(") + "1 }") == 1);
  CHECK(feed("INITIAL { x = " + many(100000, "2^") + "1 }") == 1);
  CHECK(feed("ASSIGNED { x } INITIAL { x = 1" + many(100000, "+1") + " }") == 0);
  CHECK(feed("ASSIGNED { x } INITIAL { if (x) { } " + many(20000, "else if (x) { }") + " }") == 0);
  CHECK(feed(many(30, "INCLUDE \"constants.inc\"\n")) == 1);
  CHECK(feed("STATE { x[1e300] y[99999999999999999999] }") == 1);
  std::string names;
  for (int k = 0; k < 30000; ++k)
    names += "x" + std::to_string(k) + " = D" + std::to_string(k) + " ";
  CHECK(feed("INITIAL { " + names + " }\nVERBATIM\n" + names + "\nENDVERBATIM\n") > 0);
  CHECK(feed("UNITS { F = (" + many(1000, "m9") + ") (m) }") >= 0);
  CHECK(feed("UNITS { F = (" + many(5000, "milli") + "m) (m) }") >= 0);
}
#endif
