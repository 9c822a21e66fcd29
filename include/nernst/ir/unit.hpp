// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/fixed_string.hpp>
#include <nernst/ir/units.hpp>

#include <stdexcept>
#include <utility>

namespace nernst::ir {

namespace detail {

/// The dimension of a coherent unit by its symbol, or of 1. \throws std::invalid_argument
constexpr dimension dimension_of_symbol(string_view symbol) {
  constexpr struct {
    string_view symbol;
    dimension unit;
  } base[] = {{"1", units::one},    {"V", units::volt},   {"s", units::second},
              {"m", units::metre},  {"A", units::ampere}, {"kg", units::kilogram},
              {"K", units::kelvin}, {"mol", units::mole}, {"cd", units::candela}};
  for (auto const& b : base)
    if (b.symbol == symbol) return b.unit;
  for (int k = 0; k < units_by_code.size; ++k)
    if (unit_rows[units_by_code.row[k]].symbol == symbol) return dimension(units_by_code.code[k]);
  throw std::invalid_argument("no symbol of a coherent SI unit");
}

/// Reads a unit as `to_text` writes them.
class unit_text {
 public:
  constexpr explicit unit_text(string_view text) : rest_(text) {}

  constexpr dimension read() {
    dimension all = factor();
    while (!rest_.empty()) {
      bool const divides = rest_.front() == '/';
      rest_.remove_prefix(1);
      dimension const d = factor();
      all = divides ? all / d : all * d;
    }
    return all;
  }

 private:
  constexpr dimension factor() {
    std::size_t const end = rest_.find_first_of(" */^");
    dimension const unit = dimension_of_symbol(rest_.substr(0, end));
    rest_.remove_prefix(end == string_view::npos ? rest_.size() : end);
    if (rest_.empty() || rest_.front() != '^') return unit;
    rest_.remove_prefix(1);
    bool const in_parentheses = !rest_.empty() && rest_.front() == '(';
    if (in_parentheses) rest_.remove_prefix(1);
    int const numerator = number();
    if (!in_parentheses) return power(unit, numerator);
    rest_.remove_prefix(1);
    int const denominator = number();
    rest_.remove_prefix(1);
    return power(unit, {numerator, denominator});
  }
  constexpr int number() {
    bool const negative = !rest_.empty() && rest_.front() == '-';
    if (negative) rest_.remove_prefix(1);
    int n = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1))
      n = 10 * n + (rest_.front() - '0');
    return negative ? -n : n;
  }

  string_view rest_;
};

}  // namespace detail

/// A dimension as a template argument, by the name of its coherent SI unit, so that compilers print
/// `quantity<"V">`. One dimension has one text, that of `to_text`.
struct unit {
  char text[80] = {};  // the longest has 73 characters

  /// \throws std::invalid_argument for what `to_text` does not write. (nvcc writes template
  /// arguments with the zeros behind them.)
  template <std::size_t N>
  constexpr unit(char const (&name)[N]) : unit(name, std::make_index_sequence<N - 1>{}) {
    if (to_text(detail::unit_text(view()).read()).view() != view())
      throw std::invalid_argument("a unit has one text, such as \"J\" for \"kg m^2/s^2\"");
  }

  constexpr unit(dimension d) {
    phrase const name = to_text(d);
    for (int k = 0; k < name.size; ++k) text[k] = name.data[k];
  }

  constexpr string_view view() const {
    std::size_t size = 0;
    while (text[size] != '\0') ++size;
    return {text, size};
  }
  friend constexpr bool operator==(unit const&, unit const&) = default;

  // Characters that are known to be such a text. Clang prints an array as a text if a zero at its
  // end was written, g++ if none was.
  template <std::size_t... K>
  constexpr unit(char const* name, std::index_sequence<K...>)
#ifdef __clang__
      : text{name[K]..., '\0'} {}
#else
      : text{name[K]...} {
  }
#endif
};

namespace detail {
template <dimension D>
constexpr auto name_of() {
  constexpr phrase text = to_text(D);
  return unit(text.data, std::make_index_sequence<text.size>{});
}
}  // namespace detail

// The compiler computes each once.
template <unit U>
inline constexpr dimension dimension_of = detail::unit_text(U.view()).read();
template <dimension D>
inline constexpr unit unit_of = detail::name_of<D>();

}  // namespace nernst::ir
