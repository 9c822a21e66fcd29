// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/print.hpp>
#include <nernst/language.hpp>

#include <catch.hpp>
#include <concepts>

namespace written {
using namespace nernst::dsl;
namespace ir = nernst::ir;

inline constexpr auto v = state<"v">(volt);
inline constexpr auto w = state<"w">(ampere);
inline constexpr auto x = state<"x">(one);
inline constexpr auto I = parameter<"I">(ampere);
inline constexpr auto b = shared<"b">(ampere);

/// A written expression as the text of what it becomes.
template <Operand T>
std::string text(T const& e) {
  constexpr variable<"result", nernst::dsl::detail::traits<T>::unit, ir::role::state> result;
  ir::model const m = lower(neuron(reset(result = e)));
  return ir::to_string(m, m.reset[0].value);
}
template <int N>
std::string text(condition<N> const& c) {
  ir::model m = lower(neuron(threshold(c)));
  return ir::to_string(m, m.threshold);
}

template <class T>
inline constexpr ir::dimension unit_of = nernst::dsl::detail::traits<std::remove_cvref_t<T>>::unit;
}  // namespace written
