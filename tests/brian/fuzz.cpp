// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Texts that nobody has written: whatever comes in, the reader and the passes behind it come back.
// As a test this file feeds the corpus beside it; for more, run
//   clang++ -std=c++20 -g -O1 -DNERNST_FUZZ -fsanitize=fuzzer,address,undefined -Iinclude
//   tests/brian/fuzz.cpp -o fuzz
//   ./fuzz -dict=tests/brian/fuzz.dict -max_len=2000 tests/brian/corpus

#include <nernst/brian.hpp>
#include <nernst/ir/check.hpp>
#include <nernst/ir/inline_subexpressions.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/ir/simplify.hpp>

#include <string>

namespace {
namespace brian = nernst::brian;
namespace ir = nernst::ir;

/// The parts of an input: lines `---` stand between equations, threshold, reset, refractory, event,
/// method and a value.
struct parts {
  static constexpr std::size_t count = 7;
  std::string_view part[count] = {};

  explicit parts(std::string_view all) {
    constexpr std::string_view between = "\n---\n";
    for (std::size_t k = 0; k < count; ++k) {
      auto const end = all.find(between);
      part[k] = all.substr(0, end);
      if (end == std::string_view::npos) return;
      all.remove_prefix(end + between.size());
    }
  }
};

std::size_t length = 0;  // so that no work is thrown away

void pass(ir::model m) {
  length += to_text(m.mistake).view().size();
  ir::typing types(m);
  ir::checker(m, types).run();
  length += to_text(types.found()).view().size();
  if (!types.found().ok()) return;
  ir::resolve_types(m, types);
  if (!ir::inline_subexpressions(m).mistake.ok()) return;
  if (m.nodes.size() > 2000) return;
  ir::simplify(m);
  length += ir::to_string(m).size();
}

void feed(std::string_view input) {
  parts const all(input);
  auto const& [equations, threshold, reset, refractory, event, method, value] = all.part;
  constexpr brian::constant constants[] = {
      {"tau", 0.01, ir::units::second, {}}, {"El", -0.07, ir::units::volt, {}}, {"k", 3, {}, {}}};
  brian::piece pieces[8];
  int count = 0;
  auto add = [&](brian::piece_kind kind, std::string_view text, std::string_view name = {}) {
    if (!text.empty()) pieces[count++] = {.kind = kind, .text = text, .name = name};
  };
  add(brian::piece_kind::equations, equations);
  add(brian::piece_kind::threshold, threshold);
  add(brian::piece_kind::reset, reset);
  add(brian::piece_kind::refractory, refractory);
  add(brian::piece_kind::event, event, "seen");
  add(brian::piece_kind::on_event, reset, "seen");
  if (method.find('@') == std::string_view::npos)
    add(brian::piece_kind::method, method);
  else
    add(brian::piece_kind::method, method.substr(0, method.find('@')),
        method.substr(method.find('@') + 1));
  ir::span<brian::piece const> const used(pieces, count);
  ir::model const neuron = brian::lower_neuron(used, constants);
  pass(neuron);

  ir::symbol const target{"target", ir::role::state, ir::side::here, ir::units::volt, {}};
  auto const e = brian::parse_expression(value, target, neuron.symbols, constants);
  if (e.mistake().ok()) length += ir::to_string(e.model, e.root).size();
  auto const c = brian::parse_condition(value, neuron.symbols, constants);
  length += to_text(c.mistake()).view().size();

  brian::piece const synapse[] = {
      {.kind = brian::piece_kind::equations, .text = equations},
      {.kind = brian::piece_kind::on_pre, .text = reset, .name = method, .event = event},
      {.kind = brian::piece_kind::on_post, .text = reset},
      {.kind = brian::piece_kind::multisynaptic_index, .text = "number"}};
  pass(brian::lower_synapse(synapse, constants, neuron.symbols, neuron.symbols));
}
}  // namespace

#ifdef NERNST_FUZZ
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  feed({reinterpret_cast<char const*>(data), size});
  return 0;
}
#else
#include "catch.hpp"
#include <filesystem>
#include <fstream>
#include <iterator>

TEST_CASE("the corpus is read to its end", "[brian][fuzz]") {
  int files = 0;
  for (auto const& entry :
       std::filesystem::directory_iterator(NERNST_TEST_DATA "/../brian/corpus")) {
    INFO(entry.path().string());
    std::ifstream file(entry.path(), std::ios::binary);
    std::string const text((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    std::size_t const before = length;
    feed(text);
    CHECK(length > before);
    ++files;
  }
  CHECK(files >= 20);
}

TEST_CASE("a text may end anywhere", "[brian][fuzz]") {
  for (char const* model : {"cuba", "cobahh", "flags", "continued"}) {
    std::ifstream file(std::string(NERNST_TEST_DATA "/../brian/corpus/") + model);
    std::string const text((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    REQUIRE(text.size() > 30);
    std::size_t const before = length;
    for (std::size_t size = 0; size <= text.size(); ++size) feed(std::string(text, 0, size));
    CHECK(length > before);
  }
}
#endif
