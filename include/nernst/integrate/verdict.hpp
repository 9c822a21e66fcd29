// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

namespace nernst::integrate {

/// Whether a method can integrate a model, and why (not), in one short sentence.
struct verdict {
  bool ok = true;
  ir::phrase reason;
  /// The equation that is in the way, or `none`.
  int equation = ir::none;
};

/// The variable that an equation is about.
constexpr ir::symbol const& state_of(ir::model const& m, int equation) {
  return m.at(m.equations[equation].symbol);
}

/// "d<state>/dt<what>", for reasons.
constexpr ir::phrase about(ir::model const& m, int equation, ir::string_view what) {
  ir::phrase t("d");
  t += state_of(m, equation).id;
  t += "/dt";
  t += what;
  return t;
}
constexpr verdict refusal(ir::model const& m, int equation, ir::string_view why) {
  return {false, about(m, equation, why), equation};
}

}  // namespace nernst::integrate
