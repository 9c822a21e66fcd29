// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian.hpp>
#include <nernst/ir/check.hpp>
#include <nernst/ir/inline_subexpressions.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/ir/resolve_types.hpp>
#include <nernst/ir/simplify.hpp>
#include <nernst/language.hpp>

#include <algorithm>
#include <catch.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

/// The two forms of a model, in C++ and as Brian strings, beside each other: the rows of
/// docs/features.md.
namespace features {
using namespace nernst::dsl;
namespace brian = nernst::brian;
namespace ir = nernst::ir;

/// What the strings of expressions are about; in C++ the same.
inline constexpr std::string_view variables = R"(
  a : 1
  b : 1
  v : volt
  w : volt
  n : integer
  k : integer
  on : boolean
  off : boolean
)";
inline constexpr auto a = parameter<"a">(one);
inline constexpr auto b = parameter<"b">(one);
inline constexpr auto v = parameter<"v">(volt);
inline constexpr auto w = parameter<"w">(volt);
inline constexpr auto n = parameter<"n">(integer);
inline constexpr auto k = parameter<"k">(integer);
inline constexpr auto on = parameter<"on">(boolean);
inline constexpr auto off = parameter<"off">(boolean);

/// What integrators get: definitions inlined, types resolved, expressions simplified.
struct reduced {
  ir::model m;
  ir::list<ir::assignment> held;

  explicit reduced(ir::model written) : m(std::move(written)) {
    ir::typing types(m);
    ir::checker(m, types).run();
    INFO(ir::to_text(types.found()).view());
    REQUIRE(types.found().ok());
    ir::resolve_types(m, types);
    held = ir::inline_subexpressions(m).statements;
    ir::simplify(m);
  }

  /// Everything there is to know, as text; of the variables those that occur.
  std::string text() const {
    std::string all = ir::to_string(m);
    ir::list<char> occurs(m.symbols.size());
    auto mark = [&](int s) { occurs[s] = 1; };
    auto mark_targets = [&](auto const& block) {
      for (auto const& s : block) mark(s.symbol);
    };
    ir::list<int> roots;
    for (int const root : ir::roots(m))
      if (root != ir::none) roots.push_back(root);
    for (auto const& s : held) {
      all += "at the start of each step: " + ir::to_string(m, s) + "\n";
      roots.push_back(s.value);
    }
    for (int const i : ir::schedule(m.nodes, roots))
      if (m.nodes[i].code == ir::op::symbol || ir::is_lookup(m.nodes[i].code))
        mark(m.nodes[i].which);
    mark_targets(m.equations);
    mark_targets(m.subexpressions);
    mark_targets(m.reset);
    for (auto const& e : m.events) {
      mark_targets(e.action);
      all += "event " + std::string(e.id) + instant(e.check) + instant(e.act) + "\n";
    }
    for (auto const& x : m.actions) {
      mark_targets(x.statements);
      all += "action" + instant(x.when) + "\n";
    }
    for (auto const& p : m.pathways) {
      mark_targets(p.statements);
      all += "pathway " + std::string(p.name) + instant(p.when) + "\n";
    }
    mark_targets(m.sums);
    std::vector<std::string> lines;
    for (int s = 0; s < m.symbols.size(); ++s)
      if (occurs[s] != 0) lines.push_back(described(m.symbols[s]));
    std::sort(lines.begin(), lines.end());
    for (auto const& line : lines) all += line + "\n";
    all += "method " + std::to_string(static_cast<int>(m.method)) + " " + std::string(m.scheme);
    for (auto const& e : m.equations) all += " " + std::to_string(static_cast<int>(e.method));
    return all;
  }

 private:
  static std::string instant(ir::instant i) {
    return ", " + std::string(ir::to_text(i.when)) + " " + std::to_string(i.order);
  }
  static std::string described(ir::symbol const& s) {
    return ir::spelling(s) + ": " + std::string(ir::to_text(s.kind)) + ", " +
           ir::detail::type_or_unit(s) + (s.constant ? ", constant" : "");
  }
};

/// Both are one model.
inline void same(ir::model const& written, ir::model const& text) {
  CHECK(reduced(written).text() == reduced(text).text());
}
template <class Written, class Text>
void same(Written const& written, Text const& text) {
  same(lower(written), lower(text));
}

/// Both are one expression; `text` ends with its unit: `a + b : 1`.
template <class Written, class... Clause>
void agree(Written const& written, std::string_view text, Clause const&... clauses) {
  std::string const lines = std::string(variables) + "result = " + std::string(text);
  same(neuron(subexpression<"result">(written)), brian::neuron(lines, clauses...));
}
template <class Written>
void agree_whole(Written const& written, std::string_view text) {
  std::string const lines = std::string(variables) + "result = " + std::string(text) + " : integer";
  same(neuron(subexpression<"result">(integer, written)), brian::neuron(lines));
}

/// The values of the first subexpression of a model, for each of the values of one variable;
/// `others` are those of the rest.
inline std::vector<double> values_of(ir::model written, std::string const& variable,
                                     std::vector<double> const& inputs,
                                     std::map<std::string, double> others = {}) {
  struct environment {
    ir::model const& m;
    std::map<std::string, double> const& values;
    double symbol(int s) const { return values.at(ir::spelling(m.at(s))); }
    double draw(ir::op, int) const { return NAN; }
    double call(int f, double const* arguments) const { return m.functions[f].evaluate(arguments); }
  };
  reduced const r(std::move(written));
  REQUIRE(!r.m.subexpressions.empty());
  ir::interpreter<environment> evaluate(r.m.nodes, ir::list<int>{r.m.subexpressions[0].value});
  std::vector<double> results;
  for (double const input : inputs) {
    others[variable] = input;
    evaluate({r.m, others}, {&results.emplace_back(), 1});
  }
  return results;
}

/// The words about what is wrong with a model.
template <class Model>
std::string mistake_of(Model const& written) {
  return std::string(ir::to_text(ir::check(lower(written))));
}
}  // namespace features
