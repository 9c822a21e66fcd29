// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/error_types.hpp>
#include <nernst/nmodl/examine.hpp>
#include <nernst/nmodl/finding_as_error.hpp>
#include <nernst/nmodl/parse.hpp>

namespace nernst::nmodl {

namespace detail {

template <class Mechanism>
constexpr ir::span<source const> included_by() {
  if constexpr (requires { Mechanism::included; })
    return Mechanism::included;
  else
    return {};
}

/// The first mistake or refusal of a file.
template <class Mechanism>
constexpr ir::diagnosis first_finding() {
  syntax s = parse(Mechanism::file, included_by<Mechanism>());
  if (!s.ok()) return to_diagnosis(s.mistake);
  contents const c = examine(s);
  for (grade const weight : {grade::mistake, grade::refusal})
    if (finding const* const f = c.first(weight)) return to_diagnosis(s.located(*f));
  return {};
}

}  // namespace detail

/// A .mod file that is read by the compiler. `Mechanism` is a struct with a
/// `static constexpr nmodl::source file`, and with an array `included` of them if it includes
/// others.
template <class Mechanism>
class checked {
  struct finding {
    static constexpr ir::diagnosis value = detail::first_finding<Mechanism>();
    static constexpr ir::diagnosis get() { return value; }
  };

 public:
  /// Whether the file has no mistake, and nothing that is not supported. If it has, that is an
  /// error.
  static constexpr bool valid = [] {
    nernst::detail::report<finding, Mechanism>();
    return finding::value.ok();
  }();
};

}  // namespace nernst::nmodl
