// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/origin.hpp>

namespace nernst::nmodl {

/// How much a finding weighs.
enum class grade : char {
  mistake,  ///< the file is wrong
  refusal,  ///< the file may be right, but needs what is not supported
  warning,
};

/// What was found in a file, at the place `at` of its texts, which are counted through.
/// `syntax::located` tells which file, line and column that is.
struct finding {
  grade weight = grade::mistake;
  int at = 0;
  ir::diagnosis what;
  ir::string_view advice = {};  ///< what to write instead
  ir::string_view file = {};
};

using message = ir::short_string<639>;

/// file:line:column: what is wrong, of a finding that has been located.
constexpr message to_text(finding const& f) {
  message t(f.file);
  if (f.what.line > 0) {
    (t += ":").append(f.what.line);
    (t += ":").append(f.what.column);
  }
  t += f.weight == grade::warning ? ": warning: " : ": ";
  ir::diagnosis what = f.what;
  what.line = 0;
  t += ir::to_text(what);
  if (!f.advice.empty()) (t += "; ") += f.advice;
  return t;
}

}  // namespace nernst::nmodl
