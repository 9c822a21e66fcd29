// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian.hpp>
#include <nernst/ir/check.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/language/units.hpp>

#include <string>

/// What the tests of this folder write models with.
namespace reading {
using namespace nernst::brian;
namespace brian = nernst::brian;
namespace language = nernst::language;
using language::cm, language::mV, language::ms, language::mS, language::nA, language::nS,
    language::second, language::siemens, language::uF, language::um, language::volt;
namespace ir = nernst::ir;
using ir::mistake;

/// The first mistake of a neuron, whoever finds it.
template <class Model>
constexpr ir::diagnosis finding(Model const& written) {
  ir::model const m = lower(written);
  return ir::check(m);
}
template <class... Clauses>
constexpr ir::diagnosis mistake_of(std::string_view equations, Clauses const&... clauses) {
  return finding(neuron(equations, clauses...));
}
constexpr bool is(ir::diagnosis const& d, mistake what, std::string_view where,
                  std::string_view expected = {}, std::string_view found = {}) {
  return d.what == what && d.where == where && (expected.empty() || d.expected == expected) &&
         (found.empty() || d.found == found);
}
constexpr bool is_at(ir::diagnosis const& d, mistake what, int line, int column) {
  return d.what == what && d.line == line && d.column == column;
}

/// Variables to write expressions with.
inline constexpr std::string_view variables = R"(
  a : 1
  b : 1
  c : 1
  v : volt
  I : amp
  tau : second
  n : integer
  k : integer
  on : boolean
  off : boolean
)";

/// An expression as the printer writes it, or its mistake.
inline std::string text(std::string_view expression) {
  std::string const condition(expression);
  ir::model const m = lower(neuron(variables, threshold(condition)));
  if (!m.mistake.ok()) return std::string(to_text(m.mistake).view());
  return ir::to_string(m, m.threshold);
}
}  // namespace reading
